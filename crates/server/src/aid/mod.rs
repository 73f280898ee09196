//! Asking for help, one question a page; seeing how far it is; taking it back; reading public notices.

mod words;

mod start;
mod whose;

mod form;
mod question;

mod check;

mod case;
mod cases;
mod withdraw;

mod notices;

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
        Route::get("/aid/apply/{question}", Access::SignedIn, question::page),
        Route::post("/aid/apply/{question}", Access::SignedIn, question::submit),
        Route::get("/aid/cases", Access::SignedIn, cases::list),
        Route::get("/aid/cases/{case}", Access::SignedIn, case::page),
        Route::get("/aid/cases/{case}/received", Access::SignedIn, case::received),
        Route::get("/aid/cases/{case}/withdraw", Access::SignedIn, withdraw::ask),
        Route::post("/aid/cases/{case}/withdraw", Access::SignedIn, withdraw::submit),
        Route::get("/notices", Access::SignedIn, notices::list),
        Route::get("/notices/{notice}", Access::SignedIn, notices::page),
    ]
}
