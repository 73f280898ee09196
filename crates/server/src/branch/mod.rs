//! A member's meetings and sign-in; for the secretary, what is owed, who is missing, and the roll call.

mod meeting;
mod meetings;
mod sign_in;

mod duties;
mod roll_call;
mod roster;

mod words;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/branch/meetings", Access::SignedIn, meetings::page),
        Route::get("/branch/meetings/{meeting}", Access::SignedIn, meeting::page),
        Route::post("/branch/meetings/{meeting}/sign-in", Access::SignedIn, sign_in::submit),
        Route::get("/branch/meetings/{meeting}/signed", Access::SignedIn, sign_in::result),
        Route::post("/branch/meetings/{meeting}/undo", Access::SignedIn, sign_in::undo),
        Route::get("/branch/meetings/{meeting}/roster", Access::Role, roster::page),
        Route::get("/branch/meetings/{meeting}/roster/{person}", Access::Role, roll_call::form),
        Route::post("/branch/meetings/{meeting}/roster/{person}", Access::Role, roll_call::submit),
        Route::get("/branch/{branch}/duties", Access::Role, duties::page),
    ]
}
