//! The audit administrator's desk: who looked at whom, who did what, and whether the chain that says so holds.

pub mod configuration;

mod list;
mod looks;
mod people;

mod words;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses. Names are looked for by POST, so that none stands in an address.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/trail", Access::Role, list::page)
            .entry((55, Icon::Shield, "审计"), desk::audits),
        Route::get("/console/trail/people", Access::Role, people::form),
        Route::post("/console/trail/people", Access::Role, people::submit),
        Route::get("/console/trail/people/{person}", Access::Role, looks::page),
    ]
}
