//! 组织和地区: the four trees at the desk, level by level, as of any day. The security administrator of the province changes them, because
//! what a grant reaches hangs on them; the system administrator reads.

mod act;
mod effects;
mod form;
mod level;
mod node;
mod overview;
mod waiting;
mod words;

pub(crate) mod which;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses. Names are written into forms, so that none stands in an address; ids, codes and days do.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/trees", Access::Role, overview::page)
            .entry((120, Icon::List, "组织和地区"), desk::trees),
        Route::get("/console/trees/{tree}", Access::Role, level::page),
        Route::get("/console/trees/{tree}/{node}", Access::Role, node::page),
        Route::get("/console/trees/{tree}/{node}/{act}", Access::Role, act::page),
        Route::post("/console/trees/{tree}/{node}/{act}", Access::Role, act::submit).risky(),
        Route::get("/console/tree-changes/{tree_change}", Access::Role, waiting::page),
        Route::post("/console/tree-changes/{tree_change}", Access::Role, waiting::act).risky(),
    ]
}
