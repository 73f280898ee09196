//! 导入: sending a list of people, looking at what would become of it, having it done, taking it back. A worker's pages; what is decided
//! is in `domain/src/intake`.

mod act;
mod back;
mod file;
mod list;
mod places;
mod rows;
mod show;
mod template;
mod upload;

mod words;

pub(crate) use file::{archive, attachment};
pub(crate) use words::unwritten;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/intakes", Access::Role, list::page)
            .entry((40, Icon::File, "导入名册"), desk::works),
        Route::post("/console/intakes", Access::Role, upload::submit),
        Route::get("/console/intakes/template", Access::Role, template::file),
        Route::get("/console/intakes/{intake}", Access::Role, show::page),
        Route::get("/console/intakes/{intake}/file", Access::Role, back::file),
        Route::post("/console/intakes/{intake}/act", Access::Role, act::submit).risky(),
    ]
}
