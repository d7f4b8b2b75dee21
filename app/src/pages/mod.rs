//! One screen a folder or file. A screen gathers its data once, keeps it alive by the stream, and hands small parts on.

mod board;
mod close;
mod components;
mod declare;
mod devices;
mod gathered;
mod handover;
mod incidents;
pub(crate) mod people;
mod refused;
mod room;
pub(crate) mod settings;
mod sitreps;
mod update;

pub use board::Board;
pub use close::Close;
pub use components::Components;
pub use declare::Declare;
pub use devices::Devices;
pub(crate) use gathered::gathered;
pub use handover::Handover;
pub use incidents::Incidents;
pub use people::People;
pub use refused::{Missing, Refused};
pub use room::WarRoom;
pub use settings::Settings;
pub use sitreps::Sitreps;
pub use update::Update;
