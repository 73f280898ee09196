//! The first page, and how large to read.

mod page;
mod text_size;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Access::SignedIn, page::root),
        Route::get("/home", Access::SignedIn, page::page),
        Route::get("/text-size", Access::SignedIn, text_size::form),
        Route::post("/text-size", Access::SignedIn, text_size::submit),
    ]
}
