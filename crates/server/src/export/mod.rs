//! 导出: asking for people as a spreadsheet, agreeing to it, taking it. A worker's pages; what is decided is in `domain/src/export`.

mod act;
mod list;
mod show;
mod take;

mod words;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/exports", Access::Role, list::page),
        Route::post("/console/exports", Access::Role, list::submit),
        Route::get("/console/exports/{export}", Access::Role, show::page),
        Route::post("/console/exports/{export}/act", Access::Role, act::submit),
        Route::post("/console/exports/{export}/file", Access::Role, take::file),
    ]
}
