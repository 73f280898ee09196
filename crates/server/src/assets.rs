//! The few files that pages load, all from here.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, ContentType},
};
use ring::digest::{SHA256, digest};

use crate::routes::{Access, Route};

/// A compiled-in file. Its address carries its hash, so a browser may keep it for good and still sees a new release at once.
pub struct Asset {
    path: &'static str,
    kind: &'static str,
    body: &'static str,
    hash: LazyLock<String>,
}

impl Asset {
    /// Its bare address.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Where pages load it from.
    pub fn address(&self) -> String {
        format!("{}?v={}", self.path, *self.hash)
    }

    /// Kept for good under the address with its hash, for an hour under the bare one.
    fn serve(&self, request: &HttpRequest) -> HttpResponse {
        let exact = request.query_string().strip_prefix("v=") == Some(self.hash.as_str());
        let keep = if exact { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, keep))
            .insert_header((header::CONTENT_TYPE, self.kind))
            .body(self.body)
    }
}

const STYLE: &str = include_str!("../static/yinling.css");
const OURS: &str = include_str!("../static/yinling.js");
const DRAWING: &str = include_str!("../static/redact.js");
const FIELDWORK: &str = include_str!("../static/field.js");
const REQUESTING: &str = include_str!("../static/requests.js");
const VISITING: &str = include_str!("../static/visits.js");
const BUNDLE: &str = include_str!("../static/bridge/dingtalk.js");
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The style sheet.
pub static CSS: Asset = Asset {
    path: "/static/yinling.css",
    kind: "text/css; charset=utf-8",
    body: STYLE,
    hash: LazyLock::new(|| hash(STYLE)),
};

/// The little script.
pub static SCRIPT: Asset =
    Asset { path: "/static/yinling.js", kind: JAVASCRIPT, body: OURS, hash: LazyLock::new(|| hash(OURS)) };

/// Drawing on a picture what is to be black.
pub static REDACT: Asset = Asset {
    path: "/static/redact.js",
    kind: JAVASCRIPT,
    body: DRAWING,
    hash: LazyLock::new(|| hash(DRAWING)),
};

/// What works without a network: the phone's sealed database, and the talk with the server.
pub static FIELD: Asset = Asset {
    path: "/static/field.js",
    kind: JAVASCRIPT,
    body: FIELDWORK,
    hash: LazyLock::new(|| hash(FIELDWORK)),
};

/// Requests for help without a network.
pub static REQUESTS: Asset = Asset {
    path: "/static/requests.js",
    kind: JAVASCRIPT,
    body: REQUESTING,
    hash: LazyLock::new(|| hash(REQUESTING)),
};

/// Home visits without a network.
pub static VISITS: Asset = Asset {
    path: "/static/visits.js",
    kind: JAVASCRIPT,
    body: VISITING,
    hash: LazyLock::new(|| hash(VISITING)),
};

/// The bridge to the container. Its address has no hash: a simulator's phone answers it itself.
pub static BRIDGE: Asset = Asset {
    path: "/static/dingtalk.js",
    kind: JAVASCRIPT,
    body: BUNDLE,
    hash: LazyLock::new(|| hash(BUNDLE)),
};

fn hash(body: &str) -> String {
    hex::encode(digest(&SHA256, body.as_bytes())).chars().take(12).collect()
}

/// Addresses.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get(CSS.path, Access::Public, async |request: HttpRequest| CSS.serve(&request)),
        Route::get(SCRIPT.path, Access::Public, async |request: HttpRequest| SCRIPT.serve(&request)),
        Route::get(REDACT.path, Access::Public, async |request: HttpRequest| REDACT.serve(&request)),
        Route::get(FIELD.path, Access::Public, async |request: HttpRequest| FIELD.serve(&request)),
        Route::get(REQUESTS.path, Access::Public, async |request: HttpRequest| REQUESTS.serve(&request)),
        Route::get(VISITS.path, Access::Public, async |request: HttpRequest| VISITS.serve(&request)),
        Route::get(BRIDGE.path, Access::Public, async |request: HttpRequest| BRIDGE.serve(&request)),
        Route::get("/favicon.ico", Access::Public, async || HttpResponse::NoContent().finish()),
        Route::get("/robots.txt", Access::Public, async || {
            HttpResponse::Ok().content_type(ContentType::plaintext()).body("User-agent: *\nDisallow: /\n")
        }),
    ]
}
