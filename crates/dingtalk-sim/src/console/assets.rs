//! The console's files, compiled in: nothing is loaded from elsewhere.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
    connect-src 'self'; frame-src http:; base-uri 'none'; form-action 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

struct Asset {
    path: &'static str,
    kind: &'static str,
    text: &'static str,
}

macro_rules! assets {
    ($($path:literal => $file:literal, $kind:ident;)*) => {
        &[$(Asset { path: $path, kind: $kind, text: include_str!(concat!("files/", $file)) }),*]
    };
}

const ASSETS: &[Asset] = assets! {
    "/" => "index.html", HTML;
    "/_desk/icon.svg" => "icon.svg", SVG;
    "/_desk/base.css" => "base.css", CSS;
    "/_desk/desk.css" => "desk.css", CSS;
    "/_desk/phone.css" => "phone.css", CSS;
    "/_desk/panels.css" => "panels.css", CSS;
    "/_desk/desk.js" => "desk.js", JS;
    "/_desk/dom.js" => "dom.js", JS;
    "/_desk/sim.js" => "sim.js", JS;
    "/_desk/clock.js" => "clock.js", JS;
    "/_desk/phone.js" => "phone.js", JS;
    "/_desk/bubble.js" => "bubble.js", JS;
    "/_desk/chat.js" => "chat.js", JS;
    "/_desk/card.js" => "card.js", JS;
    "/_desk/approvals.js" => "approvals.js", JS;
    "/_desk/todos.js" => "todos.js", JS;
    "/_desk/wire.js" => "wire.js", JS;
    "/_desk/stories.js" => "stories.js", JS;
    "/_desk/trouble.js" => "trouble.js", JS;
    "/_desk/markdown.js" => "markdown.js", JS;
};

pub(crate) fn configure(config: &mut ServiceConfig) {
    for asset in ASSETS {
        config.route(asset.path, web::get().to(serve));
    }
}

async fn serve(request: HttpRequest) -> HttpResponse {
    match ASSETS.iter().find(|asset| asset.path == request.path()) {
        Some(asset) => HttpResponse::Ok()
            .content_type(asset.kind)
            .insert_header(("Cache-Control", "no-cache"))
            .insert_header(("Content-Security-Policy", POLICY))
            .insert_header(("X-Content-Type-Options", "nosniff"))
            .body(asset.text),
        None => HttpResponse::NotFound().finish(),
    }
}
