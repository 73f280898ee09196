//! People at the desk: finding somebody, a person's page, beginning a record, and the queues of what a human must decide: records that
//! look the same, requests to change a protected field, dates in two periods.

mod part;
mod roster;
mod search;
mod show;

mod birth;
mod change;
mod create;
mod day;
mod death;
mod death_undo;
mod fact;
mod family;
mod logins;
mod naming;
pub(crate) mod numbers;
mod reach;

mod changes;
mod doubles;
mod quality;
mod undecided;

pub(crate) mod due;
mod facts;
pub(crate) mod leaders;
mod words;

pub(crate) use words::{Reached, reached};

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses. Names and numbers are looked for by POST, so that none stands in an address.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/people", Access::Role, search::form)
            .entry((10, Icon::People, "人员"), desk::finds),
        Route::post("/console/people", Access::Role, search::submit),
        Route::get("/console/people/new", Access::Role, create::form).to(desk::works),
        Route::post("/console/people/new", Access::Role, create::submit),
        Route::get("/console/people/all", Access::Role, roster::page).to(desk::finds),
        Route::get("/console/people/quality", Access::Role, quality::overview).to(desk::works),
        Route::get("/console/people/quality/{fault}", Access::Role, quality::list),
        Route::get("/console/people/undecided", Access::Role, undecided::page).to(desk::works),
        Route::get("/console/people/{person}", Access::Role, show::page),
        Route::get("/console/people/{person}/day", Access::Role, day::page),
        Route::post("/console/people/{person}/numbers", Access::Role, numbers::page).risky(),
        Route::get("/console/people/{person}/name", Access::Role, naming::form),
        Route::post("/console/people/{person}/name", Access::Role, naming::submit),
        Route::get("/console/people/{person}/birth", Access::Role, birth::form),
        Route::post("/console/people/{person}/birth", Access::Role, birth::submit),
        Route::get("/console/people/{person}/family", Access::Role, family::form),
        Route::post("/console/people/{person}/family", Access::Role, family::submit),
        Route::post("/console/kin/{kin}", Access::Role, family::end),
        Route::get("/console/people/{person}/logins", Access::Role, logins::form),
        Route::post("/console/people/{person}/logins", Access::Role, logins::submit),
        Route::post("/console/links/{link}", Access::Role, logins::end),
        Route::get("/console/people/{person}/fact", Access::Role, fact::form),
        Route::post("/console/people/{person}/fact", Access::Role, fact::submit),
        Route::get("/console/people/{person}/contact", Access::Role, reach::form),
        Route::post("/console/people/{person}/contact", Access::Role, reach::submit),
        Route::post("/console/contacts/{contact}", Access::Role, reach::act),
        Route::get("/console/people/{person}/change", Access::Role, change::form),
        Route::post("/console/people/{person}/change", Access::Role, change::submit),
        Route::get("/console/people/{person}/death", Access::Role, death::form),
        Route::post("/console/people/{person}/death", Access::Role, death::submit),
        Route::post("/console/death-tasks/{task}", Access::Role, death::done),
        Route::get("/console/people/{person}/death-undo", Access::Role, death_undo::form),
        Route::post("/console/people/{person}/death-undo", Access::Role, death_undo::submit),
        Route::get("/console/death-undos", Access::Role, death_undo::list).to(desk::works),
        Route::get("/console/death-undos/{undo}", Access::Role, death_undo::page),
        Route::post("/console/death-undos/{undo}", Access::Role, death_undo::decide),
        Route::post("/console/death-undo-left/{left}", Access::Role, death_undo::done),
        Route::get("/console/leaders", Access::Role, leaders::list),
        Route::get("/console/leaders/{leader}", Access::Role, leaders::form),
        Route::post("/console/leaders/{leader}", Access::Role, leaders::submit).risky(),
        Route::get("/console/changes", Access::Role, changes::list).to(desk::works),
        Route::get("/console/changes/{change}", Access::Role, changes::page),
        Route::post("/console/changes/{change}", Access::Role, changes::decide),
        Route::get("/console/doubles", Access::Role, doubles::list).to(desk::works),
        Route::get("/console/doubles/{double}", Access::Role, doubles::page),
        Route::post("/console/doubles/{double}", Access::Role, doubles::submit),
        Route::get("/console/merges/{merge}", Access::Role, doubles::merge),
        Route::post("/console/merges/{merge}", Access::Role, doubles::decide),
    ]
}
