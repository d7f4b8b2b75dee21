//! The fixed words of the public pages, in every language that they are in. The messages are in `server/locales`, written
//! for Fluent; what people wrote is never among them.

mod key;
mod language;
mod speech;
#[cfg(test)]
mod tests;

pub(super) use key::Key;
pub(super) use language::{Language, Tongue};
pub(super) use speech::{capital, time_of_day};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use leptos::prelude::*;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// Where the first view goes in a message, while it is text; the second goes to the sign after it. Private signs of
/// Unicode, which no message has; a test sees to it.
const SLOT: u32 = 0xE000;

/// Every language, read once.
static ALL: LazyLock<[Words; Language::ALL.len()]> =
    LazyLock::new(|| Language::ALL.map(Words::read));

/// One language, ready to speak.
pub(super) struct Words {
    /// Which.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        &ALL[language as usize]
    }

    fn read(language: Language) -> Self {
        let id = language.code().parse::<LanguageIdentifier>();
        let mut bundle = FluentBundle::new_concurrent(vec![id.unwrap_or_default()]);
        // Marks of direction around everything that is put in would be in every title and in every feed reader's way; no
        // language here is written from right to left.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(language.messages().to_owned());
        let resource = resource.unwrap_or_else(|(resource, errors)| {
            tracing::error!(?language, ?errors, "a file of messages has mistakes");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(?language, ?errors, "messages stand in a file twice");
        }
        Self { language, bundle }
    }

    /// A message without arguments.
    pub fn say(&self, key: Key) -> String {
        self.format(key, None)
    }

    /// A message with arguments.
    pub fn tell<'a>(
        &self,
        key: Key,
        args: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String {
        let mut set = FluentArgs::new();
        for (name, value) in args {
            set.set(name, value);
        }
        self.format(key, Some(&set))
    }

    /// A message around views, which stand where the language wants them.
    pub fn weave<const N: usize>(&self, key: Key, views: [(&'static str, AnyView); N]) -> AnyView {
        let slots = (SLOT..).filter_map(char::from_u32);
        let (names, views): (Vec<_>, Vec<_>) = views.into_iter().unzip();
        let marks = names.into_iter().zip(slots);
        let args = marks.map(|(name, slot)| (name, FluentValue::from(slot.to_string())));
        let text = self.tell(key, args);
        let mut views: Vec<Option<AnyView>> = views.into_iter().map(Some).collect();
        let mut woven: Vec<AnyView> = Vec::new();
        let mut rest = text.as_str();
        while let Some((at, mark)) = rest.char_indices().find(|(_, sign)| slot(*sign).is_some()) {
            if at > 0 {
                woven.push(rest[..at].to_owned().into_any());
            }
            let view = slot(mark).and_then(|slot| views.get_mut(slot));
            woven.extend(view.and_then(Option::take));
            rest = &rest[at + mark.len_utf8()..];
        }
        if !rest.is_empty() {
            woven.push(rest.to_owned().into_any());
        }
        woven.into_any()
    }

    fn format(&self, key: Key, args: Option<&FluentArgs<'_>>) -> String {
        let message = self.bundle.get_message(key.name());
        let Some(pattern) = message.and_then(|message| message.value()) else {
            tracing::error!(language = ?self.language, ?key, "a message is missing");
            // Words in another language say more than none.
            return match self.language {
                Language::English => key.name().to_owned(),
                _ => Self::of(Language::English).format(key, args),
            };
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(language = ?self.language, ?key, ?errors, "a message could not be said");
        }
        text.into_owned()
    }
}

/// Which view a sign stands for.
fn slot(sign: char) -> Option<usize> {
    let at = u32::from(sign).checked_sub(SLOT)?;
    (at < 16).then_some(at as usize)
}
