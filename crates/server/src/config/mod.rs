//! Configuration: defaults < file < `YINLING__…` variables < flags. Unknown keys are refused with the nearest one that exists.

mod cards;
mod complete;
mod layers;
mod second_factor;
mod sections;
mod sending;
mod show;

pub use cards::ROUTE;
pub use complete::missing;
pub use layers::{ConfigError, Loaded, load};
pub use second_factor::SecondFactor;
pub use sections::{
    Audit, Config, Database, DingTalk, Directory, Help, Incoming, Keys, Log, Mandates, Private, Sending, Web,
};
pub use show::show;

/// The defaults, which are the documentation too.
pub const DEFAULTS: &str = include_str!("../../config.default.toml");
