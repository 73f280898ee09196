//! 保管期限 at the desk: the rules with their documents, the monthly list and its second person, holds, and what is left of what has gone.

mod hold;
mod holds;
mod list;
mod lists;
mod rule;
mod rules;
mod subjects;
mod tombstones;

mod words;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/retention", Access::Role, rules::page)
            .entry((130, Icon::Clock, "保管期限"), desk::anybody),
        Route::get("/console/retention/rules/{class}", Access::Role, rule::page),
        Route::post("/console/retention/rules/{class}", Access::Role, rule::submit).risky(),
        Route::get("/console/retention/lists", Access::Role, lists::page),
        Route::post("/console/retention/lists", Access::Role, lists::submit),
        Route::get("/console/retention/lists/{list}", Access::Role, list::page),
        Route::post("/console/retention/lists/{list}", Access::Role, list::act).risky(),
        Route::get("/console/retention/lists/{list}/{class}", Access::Role, subjects::page),
        Route::get("/console/retention/holds", Access::Role, holds::page),
        Route::post("/console/retention/holds", Access::Role, holds::submit),
        Route::get("/console/retention/holds/{hold}", Access::Role, hold::page),
        Route::post("/console/retention/holds/{hold}", Access::Role, hold::act).risky(),
        Route::get("/console/retention/tombstones", Access::Role, tombstones::page),
    ]
}
