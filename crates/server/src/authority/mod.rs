//! Grants at the desk: the security administrator's list, a grant with its second person, a login with its history; and for everybody who
//! has a role, his own with whoever stands in for him.

mod grant;
mod list;
mod login;
mod new;
pub(crate) mod substitutes;

pub(crate) mod words;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses. Names are looked for by POST, so that none stands in an address.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/grants", Access::Role, list::page)
            .entry((100, Icon::Shield, "授权"), desk::secures),
        Route::post("/console/grants", Access::Role, list::find),
        Route::get("/console/grants/new", Access::Role, new::form),
        Route::post("/console/grants/new", Access::Role, new::submit).risky(),
        Route::get("/console/grants/{grant}", Access::Role, grant::page),
        Route::post("/console/grants/{grant}", Access::Role, grant::act).risky(),
        Route::get("/console/logins/{login}", Access::Role, login::page),
        Route::get("/console/substitutes", Access::Role, substitutes::page).to(desk::anybody),
        Route::post("/console/substitutes", Access::Role, substitutes::submit).risky(),
        Route::post("/console/substitutes/{substitution}", Access::Role, substitutes::end),
    ]
}
