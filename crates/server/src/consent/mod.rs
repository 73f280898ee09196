//! 我同意的事: for what one's data may be used, and taking it back.

mod page;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/consents", Access::SignedIn, page::list),
        Route::get("/consents/{purpose}", Access::SignedIn, page::one),
        Route::post("/consents/{purpose}", Access::SignedIn, page::submit),
    ]
}
