//! What customers may see. The only way from inside to here is [`fact`].

mod fact;
mod page;
mod values;

pub use fact::{PublicFact, fact};
pub use page::{
    PublicComponent, PublicGroup, PublicIncident, PublicPage, PublicWord, component_status,
    sentence,
};
pub use values::{Affected, ComponentStatus, Impact, PublicState};
