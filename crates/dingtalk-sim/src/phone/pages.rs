//! The few pages a phone shows of its own: when there is nothing to show.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

/// The app does not answer, or is not connected yet.
pub(super) fn nothing_there(detail: &str) -> HttpResponse {
    page(StatusCode::BAD_GATEWAY, "应用还没有应答", "请先启动应用，然后按上面的“重新载入”。", detail)
}

/// A link that leaves the app: a phone would open another site, the simulator does not.
pub(super) fn elsewhere(url: &str) -> HttpResponse {
    page(StatusCode::OK, "这是另一个网站", "模拟器的手机只打开本应用的页面。", url)
}

fn page(status: StatusCode, title: &str, text: &str, detail: &str) -> HttpResponse {
    let detail = detail.replace('&', "&amp;").replace('<', "&lt;");
    let body = format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>body{{margin:0;min-height:100vh;display:grid;\
         place-content:center;gap:.5rem;padding:2rem;box-sizing:border-box;text-align:center;font-family:system-ui,\
         sans-serif;background:#faf7f2;color:#3b332b}}h1{{font-size:1.4rem;margin:0}}p{{margin:0;font-size:1.05rem}}\
         small{{color:#6d6257;overflow-wrap:anywhere}}</style><h1>{title}</h1><p>{text}</p><small>{detail}</small></html>"
    );
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body)
}
