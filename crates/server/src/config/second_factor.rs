//! Whether those whose roles need a second factor must bind one.

use serde::Deserialize;

/// `[second_factor]`
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    /// Does an act of high risk wait until one is bound?
    pub required: bool,
}
