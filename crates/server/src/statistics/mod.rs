//! The year's figures at the desk: the table of a day, freezing it, and asking the same question again.

mod page;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/statistics", Access::Role, page::list)
            .entry((30, Icon::File, "年报"), desk::works_for_a_region),
        Route::post("/console/statistics", Access::Role, page::freeze),
        Route::get("/console/statistics/{snapshot}", Access::Role, page::one),
    ]
}
