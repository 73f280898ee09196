//! Floors of treatment at the desk: written down by one, seen whom it would raise, approved by another, carried out.

mod floor;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/floors", Access::Role, floor::list)
            .entry((20, Icon::Shield, "待遇底线"), desk::works_for_a_region),
        Route::post("/console/floors", Access::Role, floor::propose),
        Route::get("/console/floors/{floor}", Access::Role, floor::page),
        Route::post("/console/floors/{floor}", Access::Role, floor::act).risky(),
    ]
}
