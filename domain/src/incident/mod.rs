//! The incident: what can happen to it, what people may ask for, and the three functions that are the product.

mod command;
mod decide;
mod describe;
mod effect;
mod event;
mod form;
mod phase;
mod redact;
mod rejection;
mod role;
mod severity;
mod sitrep;
mod slash;
mod state;
mod summary;
mod texts;
mod timeline;

pub use command::{Declaration, IncidentCommand, PublicDraft};
pub use decide::{decide, declare, may_end, merges_into, preview_auto};
pub use describe::{Part, Sentence, describe};
pub use effect::{Effect, effects};
pub use event::{IncidentEvent, PublicUpdate, Source, WordSource};
pub use form::{Form, UpdateForm};
pub use phase::{Phase, Progress};
pub use redact::{
    Blanking, Carried, Found, Hit, Redaction, Told, carried, find, redact, stands_in,
};
pub use rejection::Rejection;
pub use role::Role;
pub use severity::{Confidence, Kind, Severity};
pub use sitrep::{Auto, SentSitrep, Sitrep, SitrepDraft, field_label};
pub use slash::{HELP, slash};
pub use state::{Incident, Link, SentUpdate};
pub use summary::{Holder, LastSitrep, LastWord, Summary};
pub use texts::FreeText;
pub use timeline::{Entry, EntryKind, entry};
