//! A sitrep by mail: what changed first, the whole of it below.

use super::{Unwritten, Written, moot, page, thread};
use crate::services::Services;
use app::ui::{DiffText, Markdown};
use domain::diff::{Diff, FieldDiff, Op, OpKind};
use domain::incident::{SentSitrep, Sitrep, field_label};
use domain::{Directory, IncidentEvent, Kind, Number, diff};
use leptos::prelude::*;
use std::fmt::Write;

pub(super) async fn write(
    services: &Services,
    incident: Number,
    version: i64,
    joined: bool,
) -> Result<Written, Unwritten> {
    let store = services.store();
    let Some(sent) = store.sitrep(incident, version).await? else {
        return Err(moot("This sitrep is not there any more."));
    };
    let Some(state) = services.incident(incident).await? else {
        return Err(moot("This incident is not there any more."));
    };
    let before = store.sitrep(incident, version - 1).await?;
    let diff = before.map(|before| {
        let (old, new) = (&before.sitrep, &sent.sitrep);
        diff::sitreps(old.version, new.version, &old.fields(), &new.fields())
    });
    let directory = services.directory();
    let mail = Mail {
        tag: directory.tag(incident),
        room: format!("{}/incidents/{incident}", services.base_url()),
        why: why(&directory, incident, joined),
        sent: &sent,
        diff: diff.as_ref(),
    };
    let drill = match state.summary.kind {
        Kind::Drill => "Drill: ",
        Kind::Live | Kind::Backfilled => "",
    };
    Ok(Written {
        subject: format!("{drill}[{}] {}", mail.tag, name(services, incident).await?),
        id: thread::sitrep(services.base_url(), incident, version),
        follows: thread::before_sitrep(services.base_url(), incident, version),
        at: sent.sent_at,
        text: mail.text(),
        html: mail.html(),
    })
}

/// What the thread is called from its first message to its last: the headline of the first sitrep, or else the title that
/// the incident was declared with. Both stay, whatever the incident is renamed to.
async fn name(services: &Services, incident: Number) -> Result<String, Unwritten> {
    let first = services.store().sitrep(incident, 1).await?;
    if let Some(headline) = first.and_then(|first| first.sitrep.headline) {
        return Ok(headline);
    }
    let begun = services.store().stream_page(incident, 0, 0, 1).await?;
    Ok(match begun.first().map(|first| &first.event) {
        Some(IncidentEvent::Declared { title, .. } | IncidentEvent::Imported { title, .. }) => {
            title.clone()
        }
        Some(_) | None => "Incident".to_owned(),
    })
}

fn why(directory: &Directory, incident: Number, joined: bool) -> String {
    let tag = directory.tag(incident);
    if joined {
        format!("You get this because you are in {tag}. Leave it in the room to get no more.")
    } else {
        format!(
            "You get this because this address is on the incident list of {}.",
            directory.settings.organisation
        )
    }
}

struct Mail<'a> {
    tag: String,
    room: String,
    why: String,
    sent: &'a SentSitrep,
    diff: Option<&'a Diff>,
}

impl Mail<'_> {
    fn sitrep(&self) -> &Sitrep {
        &self.sent.sitrep
    }

    /// "Sitrep 3 of INC-142, sent 14:20 UTC by Ines Alder".
    fn heading(&self) -> String {
        let by = self
            .sent
            .by
            .as_ref()
            .map_or_else(String::new, |by| format!(" by {}", by.name));
        format!(
            "Sitrep {} of {}, sent {} UTC{by}",
            self.sitrep().version,
            self.tag,
            self.sent.sent_at.format("%-d %b %Y, %H:%M")
        )
    }

    fn changed(&self) -> Vec<&FieldDiff> {
        let fields = self.diff.map(|diff| diff.fields.as_slice());
        let fields = fields.unwrap_or_default().iter();
        fields.filter(|field| field.changed).collect()
    }

    fn since(&self) -> Option<String> {
        let diff = self.diff?;
        Some(if self.changed().is_empty() {
            format!("Nothing changed since sitrep {}", diff.from)
        } else {
            format!("What changed since sitrep {}", diff.from)
        })
    }

    fn whole(&self) -> Vec<(&'static str, &str)> {
        let fields = self.sitrep().fields().into_iter();
        fields
            .filter(|(field, text)| *field != "headline" && !text.trim().is_empty())
            .collect()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut put = |paragraph: &str| {
            let _ = write!(text, "{}\n\n", paragraph.trim_end());
        };
        if let Some(headline) = &self.sitrep().headline {
            put(headline);
        }
        put(&self.sitrep().summary);
        put(&self.heading());
        if let Some(since) = self.since() {
            put(&underlined(&since));
            for field in self.changed() {
                put(&format!(
                    "{}:\n{}",
                    field_label(&field.field),
                    changed_lines(&field.ops)
                ));
            }
            put(&underlined("The whole sitrep"));
        }
        for (field, said) in self.whole() {
            put(&format!("{}:\n{said}", field_label(field)));
        }
        put(&format!("The room: {}", self.room));
        put(&format!("-- \n{}", self.why));
        text
    }

    fn html(&self) -> String {
        let changes = self.since().map(|since| {
            let fields = self.changed().into_iter().map(|field| {
                view! { <dt>{field_label(&field.field)}</dt><dd><DiffText ops=field.ops.clone()/></dd> }
            });
            view! {
                <h2>{since}</h2>
                <dl>{fields.collect_view()}</dl>
                <h2>"The whole sitrep"</h2>
            }
        });
        let whole = self.whole().into_iter().map(|(field, said)| {
            view! { <h3>{field_label(field)}</h3><Markdown text=said.to_owned()/> }
        });
        let headline = self.sitrep().headline.clone();
        page(view! {
            {headline.map(|headline| view! { <h1>{headline}</h1> })}
            <p>{self.sitrep().summary.clone()}</p>
            <p class="foot">{self.heading()}</p>
            {changes}
            {whole.collect_view()}
            <p><a href=self.room.clone()>{format!("To the room of {}", self.tag)}</a></p>
            <p class="foot">{self.why.clone()}</p>
        })
    }
}

fn underlined(words: &str) -> String {
    format!("{words}\n{}", "=".repeat(words.chars().count()))
}

/// The lines that changed: `[-what went-]` and `{+what came+}`, as `wdiff` writes it. Lines that only moved are left out.
fn changed_lines(ops: &[Op]) -> String {
    let mut lines: Vec<(String, bool)> = vec![(String::new(), false)];
    for op in ops
        .iter()
        .filter(|op| !(op.moved && op.op == OpKind::Delete))
    {
        for (nth, piece) in op.text.split('\n').enumerate() {
            if nth > 0 {
                lines.push((String::new(), false));
            }
            let Some((line, changed)) = lines.last_mut() else {
                continue;
            };
            let (before, word, after) = trimmed(piece);
            match op.op {
                OpKind::Insert if !op.moved && !word.is_empty() => {
                    let _ = write!(line, "{before}{{+{word}+}}{after}");
                    *changed = true;
                }
                OpKind::Delete if !word.is_empty() => {
                    let _ = write!(line, "{before}[-{word}-]{after}");
                    *changed = true;
                }
                OpKind::Equal | OpKind::Insert | OpKind::Delete => line.push_str(piece),
            }
        }
    }
    let changed = lines.iter().filter(|(_, changed)| *changed);
    let changed: Vec<&str> = changed.map(|(line, _)| line.as_str()).collect();
    changed.join("\n")
}

/// White space stays outside of the marks.
fn trimmed(piece: &str) -> (&str, &str, &str) {
    let word = piece.trim();
    match piece.find(word).filter(|_| !word.is_empty()) {
        Some(at) => (&piece[..at], word, &piece[at + word.len()..]),
        None => (piece, "", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_changed_are_shown_with_what_went_and_came() {
        let old = "About 42% of requests fail.\nThe rollout is stopped.\n";
        let new = "About 38% of requests fail.\nThe rollout is stopped.\nReads work.\n";
        assert_eq!(
            changed_lines(&diff::words("situation", old, new).ops),
            "About [-42%-]{+38%+} of requests fail.\n{+Reads work.+}"
        );
    }
}
