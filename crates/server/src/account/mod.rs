//! Who may act for whom: the page of those who may do things for the reader, asking to act for somebody, and who is using this phone.

mod asking;
mod desk;
mod mandates;
mod proofs;
mod using;

pub(crate) use desk::PROOFS;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/using", Access::SignedIn, using::form),
        Route::post("/using", Access::SignedIn, using::submit),
        Route::get("/mandates", Access::SignedIn, mandates::page),
        Route::get("/mandates/ask", Access::SignedIn, asking::form),
        Route::post("/mandates/ask", Access::SignedIn, asking::submit),
        Route::get("/mandates/asked", Access::SignedIn, asking::done),
        Route::get("/mandates/asks/{ask}", Access::SignedIn, mandates::asked),
        Route::post("/mandates/asks/{ask}", Access::SignedIn, mandates::answer),
        Route::get("/mandates/{link}/end", Access::SignedIn, mandates::end),
        Route::post("/mandates/{link}/end", Access::SignedIn, mandates::ended),
        Route::get("/console/mandates", Access::Role, desk::list),
        Route::get("/console/mandates/{ask}", Access::Role, desk::page),
        Route::post("/console/mandates/{ask}", Access::Role, desk::submit),
        Route::get("/console/mandates/{ask}/papers", Access::Role, proofs::of_ask),
        Route::post("/console/mandates/{ask}/papers", Access::Role, proofs::ask_submit),
        Route::get("/console/mandates/{ask}/papers/{paper}", Access::Role, proofs::ask_paper),
        Route::get("/console/links/{link}/papers", Access::Role, proofs::of_link),
        Route::post("/console/links/{link}/papers", Access::Role, proofs::link_submit),
        Route::get("/console/links/{link}/papers/{paper}", Access::Role, proofs::link_paper),
    ]
}
