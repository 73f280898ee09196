//! Asking for something to be put right or deleted, and the desk that answers.

mod ask;
mod desk;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/me/wishes", Access::SignedIn, ask::form),
        Route::post("/me/wishes", Access::SignedIn, ask::submit),
        Route::get("/console/wishes", Access::Role, desk::list),
        Route::get("/console/wishes/{wish}", Access::Role, desk::page),
        Route::post("/console/wishes/{wish}", Access::Role, desk::submit),
    ]
}
