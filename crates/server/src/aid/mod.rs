//! Asking for help, one question a page; seeing how far it is; taking it back; reading public notices.

mod apply;
mod cases;
mod check;
mod notices;
mod words;

pub(crate) use words::page_error;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/aid/apply", Access::SignedIn, apply::start),
        Route::get("/aid/apply/check", Access::SignedIn, check::page),
        Route::post("/aid/apply/send", Access::SignedIn, check::send),
        Route::get("/aid/apply/{question}", Access::SignedIn, apply::page),
        Route::post("/aid/apply/{question}", Access::SignedIn, apply::submit),
        Route::get("/aid/cases", Access::SignedIn, cases::list),
        Route::get("/aid/cases/{case}", Access::SignedIn, cases::page),
        Route::get("/aid/cases/{case}/withdraw", Access::SignedIn, cases::ask_withdraw),
        Route::post("/aid/cases/{case}/withdraw", Access::SignedIn, cases::withdraw),
        Route::get("/notices", Access::SignedIn, notices::list),
    ]
}
