//! 回避申报: one's own relations, and who has declared this year.

mod campaign;
mod mine;

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/relations", Access::Role, mine::page).to(desk::anybody),
        Route::post("/console/relations", Access::Role, mine::submit),
        Route::post("/console/relations/all", Access::Role, mine::say_all),
        Route::post("/console/relations/{relation}", Access::Role, mine::end),
        Route::get("/console/declarations", Access::Role, campaign::page)
            .entry((110, Icon::FileCheck, "年度回避申报"), desk::secures),
        Route::post("/console/declarations", Access::Role, campaign::open),
    ]
}
