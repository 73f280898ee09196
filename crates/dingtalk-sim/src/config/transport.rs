//! The two ways to the app.

use serde::Deserialize;

/// Posted to the app's address, or sent on a connection that the app opened.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Posted to an address.
    #[default]
    Http,
    /// On a connection that the app opened.
    Stream,
}
