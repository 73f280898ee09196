//! The first page, what is on record of the reader, and how large to read.

mod looks;
mod me;
mod page;
mod text_size;
mod whole;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Access::Public, page::root),
        Route::get("/home", Access::SignedIn, page::page),
        Route::get("/me", Access::SignedIn, me::page),
        Route::get("/me/looks", Access::SignedIn, looks::page),
        Route::post("/me/whole", Access::SignedIn, whole::page),
        Route::get("/text-size", Access::SignedIn, text_size::form),
        Route::post("/text-size", Access::SignedIn, text_size::submit),
    ]
}
