//! 走访慰问 at the desk: standards, plans, ways, visits, what people asked, items, figures; and for retirees what has come to them.

mod reader;
mod today;
mod words;

mod overview;

mod new_standard;
mod standards;

mod difference;
mod new_plan;
mod plan;
mod plan_act;

mod add;
mod listed;

mod share;
mod sheet;

mod mine;
mod someone;
mod visit;

mod request;
mod stays;

mod item;
mod purchase;
mod stock;

mod points;

mod figures;

mod own;

pub(crate) use today::today;
pub(crate) use words::page_error;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/outreach", Access::SignedIn, own::page),
        Route::post("/outreach/{visit}", Access::SignedIn, own::received),
        Route::get("/console/outreach", Access::Role, overview::page)
            .entry((70, Icon::Heart, "走访慰问"), desk::decides_or_pays),
        Route::get("/console/outreach/standards", Access::Role, standards::page),
        Route::get("/console/outreach/standards/new", Access::Role, new_standard::form),
        Route::post("/console/outreach/standards/new", Access::Role, new_standard::submit),
        Route::get("/console/outreach/standards/{standard}", Access::Role, standards::shown),
        Route::post("/console/outreach/standards/{standard}", Access::Role, standards::act),
        Route::get("/console/outreach/plans/new", Access::Role, new_plan::form).to(desk::works_for_a_region),
        Route::post("/console/outreach/plans/new", Access::Role, new_plan::submit),
        Route::get("/console/outreach/plans/{outreach}", Access::Role, plan::page),
        Route::post("/console/outreach/plans/{outreach}", Access::Role, plan_act::act),
        Route::get("/console/outreach/plans/{outreach}/difference", Access::Role, difference::page),
        Route::get("/console/outreach/plans/{outreach}/add", Access::Role, add::form),
        Route::post("/console/outreach/plans/{outreach}/add", Access::Role, add::submit),
        Route::get("/console/outreach/plans/{outreach}/share", Access::Role, share::form),
        Route::post("/console/outreach/plans/{outreach}/share", Access::Role, share::submit),
        Route::get("/console/outreach/plans/{outreach}/sheet", Access::Role, sheet::page),
        Route::get("/console/outreach/mine", Access::Role, mine::page),
        Route::get("/console/outreach/people/{entry}", Access::Role, someone::page),
        Route::get("/console/outreach/people/{entry}/list", Access::Role, listed::page),
        Route::post("/console/outreach/people/{entry}/list", Access::Role, listed::act),
        Route::get("/console/outreach/people/{entry}/visit", Access::Role, visit::form),
        Route::post("/console/outreach/people/{entry}/visit", Access::Role, visit::submit),
        Route::post("/console/outreach/visits/{visit}/signed", Access::Role, someone::signed),
        Route::get("/console/outreach/requests", Access::Role, request::list),
        Route::get("/console/outreach/requests/{visit}", Access::Role, request::page),
        Route::post("/console/outreach/requests/{visit}", Access::Role, request::submit),
        Route::get("/console/outreach/stays", Access::Role, stays::list),
        Route::post("/console/outreach/stays/{stay}", Access::Role, stays::end),
        Route::get("/console/people/{person}/stay", Access::Role, stays::form),
        Route::post("/console/people/{person}/stay", Access::Role, stays::submit),
        Route::get("/console/outreach/stock", Access::Role, stock::page),
        Route::post("/console/outreach/stock", Access::Role, stock::submit),
        Route::get("/console/outreach/stock/{article}", Access::Role, item::page),
        Route::post("/console/outreach/stock/{article}", Access::Role, item::act),
        Route::post("/console/outreach/stock/{article}/purchases", Access::Role, purchase::submit),
        Route::get("/console/outreach/purchases/{purchase}", Access::Role, purchase::page),
        Route::post("/console/outreach/purchases/{purchase}", Access::Role, purchase::act),
        Route::get("/console/outreach/points", Access::Role, points::page),
        Route::post("/console/outreach/points", Access::Role, points::submit),
        Route::get("/console/outreach/figures", Access::Role, figures::page),
        Route::post("/console/outreach/figures/file", Access::Role, figures::file),
    ]
}
