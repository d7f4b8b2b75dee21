//! What customers may see. The only way from inside to here is [`fact`].

mod code;
mod fact;
mod groups;
mod overall;
mod page;
mod promises;
mod sentence;
mod uptime;
mod values;

pub use code::{code, is_code};
pub use fact::{PublicFact, fact};
pub use groups::{groups, public_name};
pub use overall::{Indicator, overall};
pub use page::{
    PublicComponent, PublicGroup, PublicIncident, PublicPage, PublicTitle, PublicWord,
    component_status,
};
pub use promises::{Kept, promises};
pub use sentence::{Sentence, Subject, sentence};
pub use uptime::{Day, DayState, Term, Uptime, share, uptime};
pub use values::{Affected, ComponentStatus, Impact, PublicState};
