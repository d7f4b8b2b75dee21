//! Every language says everything, and says it itself.

use super::*;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};

/// What a message is made of: what it prints, what it only chooses by, which messages it speaks through, and its text.
#[derive(Debug, Default, Clone)]
struct Anatomy {
    prints: BTreeSet<String>,
    chooses: BTreeSet<String>,
    through: BTreeSet<String>,
    text: Vec<String>,
}

impl Anatomy {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    self.chooses.insert(id.name.to_owned());
                } else {
                    panic!("nobody can choose by {selector:?}");
                }
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                self.prints.insert(id.name.to_owned());
            }
            Expression::Inline(InlineExpression::MessageReference { id, .. }) => {
                self.through.insert(id.name.to_owned());
            }
            Expression::Inline(other) => panic!("nothing here speaks {other:?}"),
        }
    }

    /// Everything it takes.
    fn takes(&self) -> BTreeSet<String> {
        self.prints.union(&self.chooses).cloned().collect()
    }
}

/// The messages of a language, each with all that it speaks through.
fn anatomy(language: Language) -> BTreeMap<String, Anatomy> {
    let resource = FluentResource::try_new(language.messages().to_owned());
    let resource = resource.unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut all = BTreeMap::new();
    for entry in resource.entries() {
        match entry {
            Entry::Message(message) => {
                assert!(message.attributes.is_empty(), "{}", message.id.name);
                let mut anatomy = Anatomy::default();
                anatomy.pattern(message.value.as_ref().expect("a value"));
                let twice = all.insert(message.id.name.to_owned(), anatomy);
                assert!(twice.is_none(), "{} twice in {language:?}", message.id.name);
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Term(_) | Entry::Junk { .. } => panic!("{language:?}: {entry:?}"),
        }
    }
    // Three are as deep as any goes.
    for _ in 0..3 {
        let before = all.clone();
        for anatomy in all.values_mut() {
            for name in anatomy.through.clone() {
                let other = &before[&name];
                anatomy.prints.extend(other.prints.clone());
                anatomy.chooses.extend(other.chooses.clone());
                anatomy.through.extend(other.through.clone());
            }
        }
    }
    all
}

/// The messages that a page can ask for.
fn asked() -> BTreeSet<String> {
    Key::NAMES.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_message_is_in_every_language_and_none_is_there_for_nothing() {
    for language in Language::ALL {
        let all = anatomy(language);
        let mut used = asked();
        for (name, anatomy) in &all {
            if used.contains(name) {
                used.extend(anatomy.through.clone());
            }
        }
        let there: BTreeSet<String> = all.into_keys().collect();
        let missing: Vec<_> = used.difference(&there).collect();
        let idle: Vec<_> = there.difference(&used).collect();
        assert!(missing.is_empty(), "not in {language:?}: {missing:?}");
        assert!(idle.is_empty(), "for nothing in {language:?}: {idle:?}");
    }
}

#[test]
fn every_language_takes_the_same_arguments() {
    let english = anatomy(Language::English);
    for language in Language::ALL {
        let other = anatomy(language);
        for name in Key::NAMES {
            let (ours, theirs) = (&english[*name], &other[*name]);
            let unknown: Vec<_> = theirs.takes().difference(&ours.takes()).cloned().collect();
            // A day of the week may be left out, or the year, but no fact.
            let dropped: Vec<_> = ours.prints.difference(&theirs.takes()).cloned().collect();
            assert!(unknown.is_empty(), "{name} in {language:?}: {unknown:?}");
            assert!(dropped.is_empty(), "{name} in {language:?}: {dropped:?}");
            let dated = |anatomy: &Anatomy, part| anatomy.takes().contains(part);
            for part in ["weekday", "month"] {
                assert_eq!(
                    dated(ours, part),
                    dated(theirs, part),
                    "{name} in {language:?}"
                );
            }
        }
    }
}

/// What is the same in English and in another language, rightly.
const ALIKE: &[(&str, &str)] = &[
    ("day-incidents", "fr"),
    ("day-maintenance", "fr"),
    ("incident", "fr"),
    ("length-both", "es pt"),
    ("length-hours", "es pt"),
    ("length-minutes", "es pt"),
    ("maintenance", "fr"),
    ("pages", "fr"),
    ("site-word", "pt"),
];

#[test]
fn no_language_is_english() {
    let english = anatomy(Language::English);
    let mut alike = BTreeMap::<String, Vec<&str>>::new();
    for language in Language::ALL.into_iter().skip(1) {
        for (name, anatomy) in anatomy(language) {
            let text = english.get(&name).map(|ours| &ours.text);
            // What is only made of others has nothing of its own to say.
            let says = anatomy
                .text
                .iter()
                .any(|text| text.chars().any(char::is_alphabetic));
            if says && text == Some(&anatomy.text) {
                alike.entry(name).or_default().push(language.code());
            }
        }
    }
    let found: BTreeMap<String, String> = alike
        .into_iter()
        .map(|(name, mut languages)| {
            languages.sort_unstable();
            (name, languages.join(" "))
        })
        .collect();
    let expected: BTreeMap<String, String> = ALIKE
        .iter()
        .map(|(name, languages)| ((*name).to_owned(), (*languages).to_owned()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_message_can_be_said() {
    let names = Language::ALL.map(anatomy);
    for (language, all) in Language::ALL.into_iter().zip(names) {
        let words = Words::of(language);
        assert_eq!(words.language, language);
        for name in Key::NAMES {
            // As a number, as every other argument can be.
            for count in [0, 1, 2, 5, 11, 1_000_000] {
                let mut args = FluentArgs::new();
                for arg in all[*name].takes() {
                    args.set(arg, count);
                }
                let message = words.bundle.get_message(name).expect("it is there");
                let pattern = message.value().expect("a value");
                let mut errors = Vec::new();
                let said = words
                    .bundle
                    .format_pattern(pattern, Some(&args), &mut errors);
                assert!(errors.is_empty(), "{name} in {language:?}: {errors:?}");
                assert!(!said.trim().is_empty(), "{name} in {language:?}");
                assert!(said.chars().all(|sign| slot(sign).is_none()), "{said}");
            }
        }
    }
}

#[test]
fn one_is_not_many() {
    for (language, one, many) in [
        (Language::English, "1 day", "3 days"),
        (Language::German, "1 Tag", "3 Tage"),
        (Language::French, "1 jour", "3 jours"),
        (Language::Spanish, "1 día", "3 días"),
        (Language::Portuguese, "1 dia", "3 dias"),
        (Language::Japanese, "1日", "3日"),
    ] {
        let words = Words::of(language);
        let days = |days: i64| words.tell(Key::LengthDays, [("days", days.into())]);
        assert_eq!((days(1).as_str(), days(3).as_str()), (one, many));
    }
}

#[test]
fn english_is_said_as_tools_have_it() {
    use chrono::TimeDelta;
    use domain::status::{PublicState, PublicTitle};
    use domain::{ComponentStatus, MaintenanceState, time};
    let words = Words::of(Language::English);
    for minutes in [-3, 0, 1, 59, 60, 61, 68, 120, 2879, 2880, 4400] {
        let span = TimeDelta::minutes(minutes);
        assert_eq!(words.length(span), time::length(span));
    }
    for status in ComponentStatus::ALL {
        assert_eq!(words.status(status), status.label());
    }
    for state in PublicState::ALL {
        assert_eq!(words.state(state), state.label());
    }
    for state in MaintenanceState::ALL {
        assert_eq!(words.maintenance(state), state.label());
    }
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-17T14:27:00Z");
    let now = now.expect("a time").to_utc();
    for days in [0, 1, 20, 400] {
        let at = now - TimeDelta::days(days);
        assert_eq!(words.short(at, now), time::short(at, now));
    }
    let title = PublicTitle::Made(["A", "B", "C"].map(str::to_owned).into());
    assert_eq!(words.title(&title), "Incident with A, B and C");
}
