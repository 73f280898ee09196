//! A member's meetings and sign-in; for the secretary, what is owed and who is missing.

mod meeting;
mod meetings;
mod secretary;

pub(crate) use meeting::Pressed;

use crate::routes::{Access, Route};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/branch/meetings", Access::SignedIn, meetings::page),
        Route::get("/branch/meetings/{meeting}", Access::SignedIn, meeting::page),
        Route::post("/branch/meetings/{meeting}/sign-in", Access::SignedIn, meeting::sign_in),
        Route::post("/branch/meetings/{meeting}/undo", Access::SignedIn, meeting::undo),
        Route::get("/branch/meetings/{meeting}/roster", Access::Role, secretary::roster),
        Route::get("/branch/{branch}/duties", Access::Role, secretary::duties),
    ]
}
