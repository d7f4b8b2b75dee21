//! The free texts of an event: everything in it that a person could have put a secret into. Ids, times, roles, states and
//! numbers are none, because what happened hangs on them.

use super::IncidentEvent;

/// One free text of an event.
#[derive(Debug)]
pub struct FreeText<'a> {
    /// Its name on the wire.
    pub field: &'static str,
    /// The text.
    pub text: &'a mut String,
    /// True when it is written for customers.
    pub public: bool,
}

impl IncidentEvent {
    /// Every free text, in reading order. Whatever a new kind of event can hold belongs here: from here it is found, and
    /// from here it is blanked. What was filled in or computed when a sitrep was sent counts too, because it repeats what
    /// was typed elsewhere.
    pub fn texts_mut(&mut self) -> Vec<FreeText<'_>> {
        match self {
            Self::Declared { title, summary, .. } => {
                let mut texts = vec![inside("title", title)];
                texts.extend(summary.as_mut().map(|text| inside("summary", text)));
                texts
            }
            Self::Imported { title, source, .. } => {
                let mut texts = vec![public("title", title)];
                texts.extend(source.url.as_mut().map(|url| inside("url", url)));
                texts
            }
            Self::TitleChanged { title } => vec![inside("title", title)],
            Self::PublicTitleChanged { title } => vec![public("public_title", title)],
            Self::Cancelled { reason }
            | Self::Reopened { reason, .. }
            | Self::RoleHandedOver { reason, .. }
            | Self::CommandTaken { reason, .. }
            | Self::SilenceDecided { reason }
            | Self::Snoozed { reason, .. }
            | Self::Redacted { reason, .. } => vec![inside("reason", reason)],
            Self::Noted { text } => vec![inside("text", text)],
            Self::UpdateRequested { question } => {
                let question = question.as_mut();
                question
                    .map(|text| inside("question", text))
                    .into_iter()
                    .collect()
            }
            Self::Linked { url, title } => vec![inside("title", title), inside("url", url)],
            Self::SitrepSent { sitrep } => {
                let headline = sitrep.headline.as_mut();
                let mut texts: Vec<_> = headline
                    .map(|text| inside("headline", text))
                    .into_iter()
                    .collect();
                texts.extend([
                    inside("situation", &mut sitrep.situation),
                    inside("impact", &mut sitrep.impact),
                    inside("hypothesis", &mut sitrep.hypothesis),
                    inside("needs", &mut sitrep.needs),
                    inside("people", &mut sitrep.auto.people),
                    inside("customers", &mut sitrep.auto.customers),
                    inside("promises", &mut sitrep.auto.promises),
                    inside("links", &mut sitrep.auto.links),
                    inside("summary", &mut sitrep.summary),
                ]);
                texts
            }
            Self::PublicUpdatePublished { update } => {
                vec![public("message", &mut update.message)]
            }
            Self::SeverityChanged { .. }
            | Self::PhaseChanged { .. }
            | Self::Resolved { .. }
            | Self::Closed {}
            | Self::Merged { .. }
            | Self::StartedAtChanged { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::Reminded { .. }
            | Self::Joined { .. }
            | Self::Left { .. }
            | Self::ComponentsAffected { .. } => Vec::new(),
        }
    }
}

fn inside<'a>(field: &'static str, text: &'a mut String) -> FreeText<'a> {
    FreeText {
        field,
        text,
        public: false,
    }
}

fn public<'a>(field: &'static str, text: &'a mut String) -> FreeText<'a> {
    FreeText {
        field,
        text,
        public: true,
    }
}
