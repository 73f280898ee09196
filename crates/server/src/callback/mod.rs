//! What DingTalk sends us, posted or on connections that we opened: taken, stored, answered; then worked off from the inbox.
//!
//! The receiver verifies, opens, stores and answers, nothing else, because the platform waits about a second. What is stored is
//! reduced to ids first: a push carries names and titles that have no business in a table of events.

mod approval;
mod incoming;
mod intake;
mod meter;
mod press;
mod read;
mod receive;
mod stream;
mod work;

pub use incoming::Incoming;
pub use intake::Intake;
pub use meter::Meter;
use receive::{cards, events, robot};
pub use stream::Listening;
pub use work::Inbox;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::post("/callback/dingtalk", Access::Platform, events),
        Route::post("/callback/robot", Access::Platform, robot),
        Route::post("/callback/card", Access::Platform, cards),
    ]
}
