//! One screen a folder or file. A screen gathers its data once, keeps it alive by the stream, and hands small parts on.

mod audit;
mod board;
mod close;
mod components;
mod declare;
mod devices;
mod gathered;
mod handover;
mod incidents;
mod maintenance;
pub(crate) mod people;
mod refused;
mod room;
pub(crate) mod settings;
mod sitreps;
mod update;

pub use audit::Audit;
pub use board::Board;
pub use close::Close;
pub use components::Components;
pub use declare::Declare;
pub use devices::Devices;
pub(crate) use gathered::{gathered, suspended};
pub use handover::Handover;
pub use incidents::Incidents;
pub use maintenance::Maintenances;
pub use people::People;
pub use refused::{Missing, Refused};
pub use room::WarRoom;
pub use settings::Settings;
pub use sitreps::Sitreps;
pub use update::Update;

use crate::AppError;
use domain::Number;

/// The incident that an address is about: `142`, or `INC-142` as people say it.
///
/// # Errors
/// Words for people when it is no number.
pub fn numbered(text: Option<&str>) -> Result<Number, AppError> {
    let text = text.unwrap_or_default();
    let digits = text.rsplit('-').next().unwrap_or(text);
    digits
        .parse()
        .map(Number)
        .map_err(|_| AppError::no_incident(text))
}
