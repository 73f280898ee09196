//! The few files that pages load, all from here.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentType},
};

use crate::routes::{Access, Route};

const CSS: &str = include_str!("../static/yinling.css");
const SCRIPT: &str = include_str!("../static/yinling.js");
const BRIDGE: &str = include_str!("../static/bridge/dingtalk.js");

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/static/yinling.css", Access::Public, async || file("text/css; charset=utf-8", CSS)),
        Route::get("/static/yinling.js", Access::Public, async || {
            file("text/javascript; charset=utf-8", SCRIPT)
        }),
        // A simulator's phone answers this address itself.
        Route::get("/static/dingtalk.js", Access::Public, async || {
            file("text/javascript; charset=utf-8", BRIDGE)
        }),
        Route::get("/favicon.ico", Access::Public, async || HttpResponse::NoContent().finish()),
        Route::get("/robots.txt", Access::Public, async || {
            HttpResponse::Ok().content_type(ContentType::plaintext()).body("User-agent: *\nDisallow: /\n")
        }),
    ]
}

/// An hour: a new release is seen the same day without version numbers in addresses.
fn file(kind: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((header::CONTENT_TYPE, kind))
        .body(body)
}
