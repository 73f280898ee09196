//! Asking for help, one question a page; seeing how far it is; taking it back; reading public notices.

mod words;

mod start;
mod whose;

mod form;
mod question;

mod check;

mod appeal;
mod case;
mod cases;
mod reason;
mod receipt;
mod supplement;
mod withdraw;

mod notices;

mod papers;

mod desk;

pub(crate) use notices::Hung;
pub(crate) use words::page_error;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/aid/apply", Access::SignedIn, start::page),
        Route::post("/aid/apply/again", Access::SignedIn, start::again),
        Route::get("/aid/apply/check", Access::SignedIn, check::page),
        Route::post("/aid/apply/send", Access::SignedIn, check::send),
        Route::get("/aid/apply/papers", Access::SignedIn, papers::of_draft),
        Route::get("/aid/apply/papers/{item}", Access::SignedIn, papers::draft_form),
        Route::post("/aid/apply/papers/{item}", Access::SignedIn, papers::draft_submit),
        Route::post("/aid/apply/papers/{item}/back", Access::SignedIn, papers::take_back),
        Route::get("/aid/papers/{paper}", Access::SignedIn, papers::picture),
        Route::get("/aid/cases/{case}/papers", Access::SignedIn, papers::of_case),
        Route::get("/aid/cases/{case}/papers/{item}", Access::SignedIn, papers::case_form),
        Route::post("/aid/cases/{case}/papers/{item}", Access::SignedIn, papers::case_submit),
        Route::get("/aid/apply/{question}", Access::SignedIn, question::page),
        Route::post("/aid/apply/{question}", Access::SignedIn, question::submit),
        Route::get("/aid/cases", Access::SignedIn, cases::list),
        Route::get("/aid/cases/{case}", Access::SignedIn, case::page),
        Route::get("/aid/cases/{case}/received", Access::SignedIn, case::received),
        Route::get("/aid/cases/{case}/withdraw", Access::SignedIn, withdraw::ask),
        Route::post("/aid/cases/{case}/withdraw", Access::SignedIn, withdraw::submit),
        Route::get("/aid/cases/{case}/supplement", Access::SignedIn, supplement::ask),
        Route::post("/aid/cases/{case}/supplement", Access::SignedIn, supplement::submit),
        Route::get("/aid/cases/{case}/reason", Access::SignedIn, reason::page),
        Route::post("/aid/cases/{case}/receipt", Access::SignedIn, receipt::submit),
        Route::get("/aid/cases/{case}/appeal", Access::SignedIn, appeal::form),
        Route::post("/aid/cases/{case}/appeal", Access::SignedIn, appeal::submit),
        Route::get("/console/people/{person}/aid", Access::Role, desk::page),
        Route::post("/console/people/{person}/aid", Access::Role, desk::enter),
        Route::post("/console/people/{person}/aid-form", Access::Role, desk::print_for_person),
        Route::get("/console/forms", Access::Role, desk::find),
        Route::post("/console/forms", Access::Role, desk::print_for_unit),
        Route::get("/console/forms/{number}", Access::Role, desk::form),
        Route::get("/console/forms/{number}/print", Access::Role, desk::print),
        Route::get("/console/visits/blanks", Access::Role, desk::bag),
        Route::post("/console/visits/request", Access::Role, desk::send),
        Route::get("/notices", Access::SignedIn, notices::list),
        Route::get("/notices/{notice}", Access::SignedIn, notices::page),
    ]
}
