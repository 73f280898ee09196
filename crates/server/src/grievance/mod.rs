//! 反映问题: saying it, with one's name or without, reading the answer; and at the desk who has it, and what became of it.

mod words;

mod say;
mod sent;

mod mine;
mod undo;

mod receipt;
mod tries;

mod note;
mod queue;

mod act;
mod item;

mod today;

pub(crate) use today::today;
pub use tries::Tries;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/grievances", Access::SignedIn, mine::list),
        Route::get("/grievances/new", Access::SignedIn, say::kind),
        Route::get("/grievances/words", Access::SignedIn, say::words),
        Route::post("/grievances/words", Access::SignedIn, say::rewrite),
        Route::post("/grievances/check", Access::SignedIn, say::check),
        Route::post("/grievances/send", Access::SignedIn, sent::send),
        Route::get("/grievances/receipt", Access::SignedIn, receipt::form),
        Route::post("/grievances/receipt", Access::SignedIn, receipt::read),
        Route::post("/grievances/receipt/act", Access::SignedIn, receipt::act),
        Route::get("/grievances/{grievance}", Access::SignedIn, mine::one),
        Route::get("/grievances/{grievance}/withdraw", Access::SignedIn, undo::withdraw_form),
        Route::post("/grievances/{grievance}/withdraw", Access::SignedIn, undo::withdraw),
        Route::get("/grievances/{grievance}/again", Access::SignedIn, undo::again_form),
        Route::post("/grievances/{grievance}/again", Access::SignedIn, undo::again),
        Route::get("/console/grievances", Access::Role, queue::page)
            .entry((75, Icon::Megaphone, "反映的问题"), desk::works),
        Route::get("/console/grievances/new", Access::Role, note::nameless_form).to(desk::works_for_a_region),
        Route::post("/console/grievances/new", Access::Role, note::nameless),
        Route::get("/console/people/{person}/grievance", Access::Role, note::form),
        Route::post("/console/people/{person}/grievance", Access::Role, note::submit),
        Route::get("/console/grievances/{grievance}", Access::Role, item::page),
        Route::post("/console/grievances/{grievance}", Access::Role, act::act),
    ]
}
