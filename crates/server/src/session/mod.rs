//! Signing in inside DingTalk: no password, a code from the container, a session row, one cookie.

mod cookie;
mod enter;
mod leave;
mod posted;
mod resume;
mod signed_in;
mod uploaded;

pub use enter::entrance;
pub(crate) use enter::is_ours;
pub use posted::{Posted, Pressed};
pub(crate) use resume::{fields as kept_fields, page as resumed};
pub use signed_in::SignedIn;
pub use uploaded::Uploaded;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/enter", Access::Public, enter::page),
        Route::post("/session", Access::Public, enter::submit),
        Route::post("/sign-out", Access::SignedIn, leave::submit),
    ]
}
