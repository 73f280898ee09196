//! How strictly the platform holds the app to its quotas.

use serde::Deserialize;

/// What is absent is counted but not enforced; [`Limits::standard`] is the platform as it is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Counted calls in a calendar month, over all APIs.
    #[serde(default)]
    pub calls_per_month: Option<u64>,
    /// Counted events, robot messages and card presses in a calendar month.
    #[serde(default)]
    pub deliveries_per_month: Option<u64>,
    /// Calls to one API in a second; 20 on the standard edition. On a clock that stands still it is always the same second.
    #[serde(default)]
    pub calls_per_second: Option<u32>,
    /// Calls to one API in a minute. The platform has such a limit, and does not publish it.
    #[serde(default)]
    pub calls_per_minute: Option<u32>,
    /// Calls from one address in 20 seconds, over all APIs; 10 000 on the platform. More is a ban of five minutes.
    #[serde(default)]
    pub calls_per_address: Option<u32>,
    /// Work notices to one person in a day; 500 when absent.
    #[serde(default)]
    pub notices_per_person: Option<usize>,
    /// People who get a work notice within a minute; 5000 when absent.
    #[serde(default)]
    pub notices_per_minute: Option<usize>,
    /// How the ban is told.
    #[serde(default)]
    pub ban: Ban,
}

impl Limits {
    /// What the platform publishes for the standard edition (标准版).
    pub fn standard() -> Self {
        Self {
            calls_per_month: Some(5000),
            deliveries_per_month: Some(3000),
            calls_per_second: Some(20),
            calls_per_address: Some(10_000),
            ..Self::default()
        }
    }
}

/// The platform has been seen to tell a ban in both ways, neither of which is an answer in its own shape.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Ban {
    /// `{"status":1111,…,"source":"x5",…}`
    #[default]
    Json,
    /// A page.
    Page,
}
