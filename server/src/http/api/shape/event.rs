//! What happened, as it was recorded, and what changed between two sitreps. Both are the domain's own JSON to the letter;
//! the types here describe it.

use super::PersonRef;
use chrono::{DateTime, Utc};
use domain::Recorded;
use domain::diff::{self as words, OpKind};
use serde::Serialize;
use utoipa::ToSchema;

/// An event, as it stands in the log, on the live stream and in exports.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    /// Place in the order of everything, gapless, from 1; the id on the live stream.
    position: i64,
    /// The incident it belongs to.
    #[schema(example = 142)]
    incident: i64,
    /// Place in the incident's own order, gapless, from 1.
    version: i64,
    /// What kind of thing happened, in the past tense: `declared`, `role_handed_over`, `sitrep_sent`,
    /// `public_update_published`, …. New kinds may come; pass over those you do not know.
    #[schema(value_type = String, example = "severity_changed")]
    kind: String,
    /// When it happened; may be earlier than when it was recorded.
    occurred_at: DateTime<Utc>,
    /// When the server was told.
    recorded_at: DateTime<Utc>,
    /// Who did it; null for what an import brought.
    #[schema(required)]
    by: Option<PersonRef>,
    /// What happened, by kind.
    #[schema(value_type = Object, example = json!({"from": "unset", "to": "sev2"}))]
    data: serde_json::Value,
}

impl From<&Recorded> for Event {
    fn from(recorded: &Recorded) -> Self {
        let Recorded {
            position,
            incident,
            version,
            occurred_at,
            recorded_at,
            by,
            event,
        } = recorded;
        let mut json = serde_json::to_value(event).unwrap_or_default();
        Self {
            position: *position,
            incident: incident.0,
            version: *version,
            kind: event.kind().to_owned(),
            occurred_at: *occurred_at,
            recorded_at: *recorded_at,
            by: by.as_ref().map(PersonRef::from),
            data: json["data"].take(),
        }
    }
}

/// What changed between two sitreps.
#[derive(Debug, Serialize, ToSchema)]
pub struct Diff {
    /// Version compared from.
    from: i64,
    /// Version compared to.
    to: i64,
    /// One line: "Situation +21 −13, impact +6 −2, needs new".
    summary: String,
    /// Every field, in the order of reading.
    fields: Vec<FieldDiff>,
}

/// What changed in one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldDiff {
    /// The field's name.
    #[schema(example = "situation")]
    field: String,
    /// Whether the two texts differ at all, be it by a space.
    changed: bool,
    /// Words inserted, without those that only moved.
    added: usize,
    /// Words deleted, without those that only moved.
    removed: usize,
    /// The steps from the old text to the new one: `equal` and `insert` joined give the new text to the letter, `equal` and
    /// `delete` the old one.
    ops: Vec<Piece>,
}

/// One step.
#[derive(Debug, Serialize, ToSchema)]
pub struct Piece {
    /// What happens to the text.
    op: Step,
    /// The text.
    text: String,
    /// True when the same lines stand elsewhere in the other text.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    moved: bool,
}

/// What happens to a text.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// In both texts.
    Equal,
    /// Only in the new text.
    Insert,
    /// Only in the old text.
    Delete,
}

/// What changed between two sitreps.
pub fn diff(diff: words::Diff) -> Diff {
    let words::Diff {
        from,
        to,
        summary,
        fields,
    } = diff;
    Diff {
        from,
        to,
        summary,
        fields: fields.into_iter().map(field).collect(),
    }
}

fn field(diff: words::FieldDiff) -> FieldDiff {
    let words::FieldDiff {
        field,
        changed,
        added,
        removed,
        ops,
    } = diff;
    FieldDiff {
        field,
        changed,
        added,
        removed,
        ops: ops.into_iter().map(piece).collect(),
    }
}

fn piece(step: words::Op) -> Piece {
    let words::Op { op, text, moved } = step;
    let op = match op {
        OpKind::Equal => Step::Equal,
        OpKind::Insert => Step::Insert,
        OpKind::Delete => Step::Delete,
    };
    Piece { op, text, moved }
}
