//! 导出: asking for people as a spreadsheet, agreeing to it, taking it. A worker's pages; what is decided is in `domain/src/export`.

mod act;
mod list;
mod password;
mod show;
mod take;

mod words;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/exports", Access::Role, list::page)
            .entry((50, Icon::FileCheck, "导出名册"), desk::finds),
        Route::post("/console/exports", Access::Role, list::submit),
        Route::get("/console/exports/{export}", Access::Role, show::page),
        Route::post("/console/exports/{export}/act", Access::Role, act::submit).risky(),
        Route::post("/console/exports/{export}/file", Access::Role, take::file).risky(),
    ]
}
