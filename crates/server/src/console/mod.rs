//! The desk of those who handle cases: what waits for them, a case with the actions of their roles, payments. Each action is the
//! domain's command; a button that is not allowed is refused there, in words.

mod account;
mod act;
mod answer;
mod approvals;
mod batch;
mod calls;
mod case;
mod directory;
mod elsewhere;
mod file;
mod near;
mod new_standard;
mod notice;
mod objection;
mod pay;
mod sending;
mod standards;
mod today;
mod told;
mod visit;

mod words;

pub(crate) use case::reached;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console", Access::Role, today::page),
        Route::get("/console/approvals", Access::Role, approvals::page),
        Route::post("/console/approvals/{finding}", Access::Role, approvals::explain),
        Route::get("/console/directory", Access::Role, directory::newest),
        Route::get("/console/directory/{run}", Access::Role, directory::page),
        Route::post("/console/directory/{run}", Access::Role, directory::answer),
        Route::get("/console/aid/{case}", Access::Role, case::page),
        Route::get("/console/aid/{case}/visit", Access::Role, visit::form),
        Route::post("/console/aid/{case}/visit", Access::Role, visit::submit),
        Route::get("/console/aid/{case}/file", Access::Role, file::page),
        Route::get("/console/aid/{case}/objection", Access::Role, objection::form),
        Route::post("/console/aid/{case}/objection", Access::Role, objection::submit),
        Route::get("/console/aid/{case}/objections/{objection}", Access::Role, objection::page),
        Route::post("/console/aid/{case}/objections/{objection}", Access::Role, objection::judge),
        Route::post("/console/aid/{case}/act", Access::Role, act::submit),
        Route::post("/console/aid/{case}/bundle", Access::Role, act::bundle),
        Route::get("/console/sending", Access::Role, sending::page),
        Route::get("/console/plans/{plan}", Access::Role, sending::plan),
        Route::post("/console/plans/{plan}", Access::Role, sending::switch),
        Route::get("/console/told/people/{person}", Access::Role, told::person),
        Route::get("/console/told/matters/{notice}", Access::Role, told::matter),
        Route::get("/console/calls/{call}", Access::Role, calls::page),
        Route::post("/console/calls/{call}", Access::Role, calls::close),
        Route::get("/console/standards", Access::Role, standards::page),
        Route::get("/console/standards/new", Access::Role, new_standard::form),
        Route::post("/console/standards/new", Access::Role, new_standard::submit),
        Route::get("/console/standards/rows/{rule}", Access::Role, new_standard::shown),
        Route::post("/console/standards/rows/{rule}", Access::Role, new_standard::act),
        Route::get("/console/standards/{category}", Access::Role, standards::one),
        Route::get("/console/aid/{case}/notice", Access::Role, notice::page),
        Route::get("/console/aid/{case}/elsewhere", Access::Role, elsewhere::form),
        Route::post("/console/aid/{case}/elsewhere", Access::Role, elsewhere::submit),
        Route::get("/console/near-misses", Access::Role, near::page),
        Route::get("/console/aid/{case}/account", Access::Role, account::form),
        Route::post("/console/aid/{case}/account", Access::Role, account::submit),
        Route::get("/console/batches/{batch}", Access::Role, batch::page),
        Route::post("/console/batches/{batch}/answers", Access::Role, answer::send),
        Route::get("/console/answers/{answer}", Access::Role, answer::page),
        Route::post("/console/answers/{answer}", Access::Role, answer::accept),
        Route::post("/console/batches", Access::Role, pay::open),
        Route::post("/console/batches/{batch}/act", Access::Role, pay::act),
        Route::post("/console/batches/{batch}/file", Access::Role, pay::file),
        Route::post("/console/payments/{payment}", Access::Role, pay::settle),
    ]
}
