//! 经费 at the desk: what is in the envelopes of a region and the lines behind each figure; orders that one writes and another decides;
//! the end of the year.

mod reader;
mod words;

mod envelope;
mod overview;

mod new;
mod order;
mod split;

mod paid;

mod year;

pub(crate) use reader::{address, waiting};

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/budget", Access::Role, overview::page)
            .entry((60, Icon::Wallet, "经费"), desk::reads_money),
        Route::get("/console/budget/new", Access::Role, new::form),
        Route::post("/console/budget/new", Access::Role, new::submit),
        Route::get("/console/budget/split", Access::Role, split::form),
        Route::post("/console/budget/split", Access::Role, split::submit),
        Route::get("/console/budget/orders/{order}", Access::Role, order::page),
        Route::post("/console/budget/orders/{order}", Access::Role, order::act).risky(),
        Route::get("/console/budget/paid", Access::Role, paid::page),
        Route::get("/console/budget/paid/rows", Access::Role, paid::rows),
        Route::post("/console/budget/paid/file", Access::Role, paid::file).risky(),
        Route::get("/console/budget/years/{year}", Access::Role, year::page),
        Route::post("/console/budget/years/{year}", Access::Role, year::act).risky(),
        Route::get("/console/budget/{region}/{year}/{category}", Access::Role, envelope::page),
        Route::get("/console/budget/{region}/{year}/{category}/{figure}", Access::Role, envelope::lines),
    ]
}
