//! 动态口令 at the desk: an act of high risk is held up until a code was shown (`gate.rs`, one place for all of them), the code is asked for
//! and the act goes on with all that was typed; everybody's own second factor; and its reset by two security administrators.

mod asked;
mod gate;
mod own;
mod reset;
mod typed;

mod words;

pub(crate) use asked::ask;
pub use gate::Held;
pub(crate) use gate::gate;

use crate::{
    desk,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/second-factor", Access::Role, own::page).to(desk::anybody),
        Route::post("/console/second-factor/new", Access::Role, own::begin),
        Route::post("/console/second-factor/confirm", Access::Role, own::first_code),
        Route::post("/console/second-factor/step", Access::Role, asked::submit),
        Route::get("/console/logins/{login}/second-factor", Access::Role, reset::page),
        Route::post("/console/logins/{login}/second-factor", Access::Role, reset::act).risky(),
    ]
}
