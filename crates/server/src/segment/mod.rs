//! 分层分类 at the desk: segments with their rules and their services, who is in them, who came and went, and why somebody is in one or not.

mod desk;
mod fields;

mod changes;
mod edit;
mod explain;
mod list;
mod members;
mod person;
mod show;

use crate::{
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/segments", Access::Role, list::page)
            .entry((35, Icon::Help, "分层分类"), crate::desk::works),
        Route::get("/console/segments/new", Access::Role, edit::form),
        Route::post("/console/segments/new", Access::Role, edit::make),
        Route::get("/console/segments/{segment}", Access::Role, show::page),
        Route::post("/console/segments/{segment}", Access::Role, show::act),
        Route::get("/console/segments/{segment}/edit", Access::Role, edit::again),
        Route::post("/console/segments/{segment}/edit", Access::Role, edit::change),
        Route::get("/console/segments/{segment}/members", Access::Role, members::page),
        Route::get("/console/segments/{segment}/changes", Access::Role, changes::page),
        Route::get("/console/segments/{segment}/people/{person}", Access::Role, explain::page),
        Route::get("/console/people/{person}/segments", Access::Role, person::page),
    ]
}
