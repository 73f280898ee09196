//! One phone on its own port.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::{App, HttpResponse, HttpServer, web};
use serde::Deserialize;
use url::Url;

use crate::config::PhoneKind;
use crate::phone::port::Phone;
use crate::phone::{bridge, pages, proxy};
use crate::shared::Shared;

const LARGEST_BODY: usize = 32 * 1024 * 1024;

pub(crate) fn serve(
    shared: &Arc<Shared>,
    number: usize,
    kind: PhoneKind,
    listener: TcpListener,
) -> std::io::Result<Server> {
    let phone = web::Data::new(Phone { shared: Arc::clone(shared), number, kind });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(phone.clone())
            .app_data(web::PayloadConfig::new(LARGEST_BODY))
            .route("/static/dingtalk.js", web::get().to(shim))
            .service(
                web::scope("/__phone")
                    .route("/home", web::get().to(home))
                    .route("/open", web::get().to(open))
                    .route("/bridge/auth-code", web::post().to(bridge::auth_code))
                    .route("/bridge/title", web::post().to(bridge::title))
                    .route("/bridge/phone", web::post().to(bridge::call))
                    .route("/bridge/scan", web::post().to(bridge::scan))
                    .route("/bridge/speech", web::post().to(bridge::speech))
                    .route("/bridge/locate", web::post().to(bridge::locate)),
            )
            .default_service(web::to(proxy::forward))
    });
    Ok(server.workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run())
}

async fn shim() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .insert_header(("Cache-Control", "no-store"))
        .body(include_str!("shim.js"))
}

/// The app's tile on the workbench.
async fn home(phone: web::Data<Phone>) -> HttpResponse {
    let world = &phone.shared.world;
    let path = match phone.kind {
        PhoneKind::Phone => &world.app.home,
        PhoneKind::Desk => world.app.desk_home.as_ref().unwrap_or(&world.app.home),
    };
    redirect(&path.replace("$CORPID$", &world.corp.id))
}

#[derive(Deserialize)]
struct Open {
    url: String,
}

/// A button of a message: the app's own address opens here.
async fn open(phone: web::Data<Phone>, query: web::Query<Open>) -> HttpResponse {
    let app = phone.shared.read(|state| state.app.as_ref().map(|app| app.base_url.clone()));
    match path_within(&query.url, app.as_deref()) {
        Some(path) => redirect(&path.replace("$CORPID$", &phone.shared.world.corp.id)),
        None => pages::elsewhere(&query.url),
    }
}

/// The path of an address of the app, also when it is wrapped in one of the client's own links.
fn path_within(url: &str, app: Option<&str>) -> Option<String> {
    if url.starts_with('/') && !url.starts_with("//") {
        return Some(url.to_owned());
    }
    let parsed = Url::parse(url).ok()?;
    if parsed.scheme() == "dingtalk" {
        let inner = parsed.query_pairs().find(|(key, _)| key == "url" || key == "redirect_url")?.1;
        return path_within(&inner, app);
    }
    let app = Url::parse(app?).ok()?;
    let query = parsed.query().map(|query| format!("?{query}")).unwrap_or_default();
    (parsed.origin() == app.origin()).then(|| format!("{}{query}", parsed.path()))
}

fn redirect(to: &str) -> HttpResponse {
    HttpResponse::Found().insert_header(("Location", to)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_opens_what_belongs_to_the_app() {
        let app = Some("https://yl.example.cn");
        let open = |url| path_within(url, app);
        assert_eq!(open("https://yl.example.cn/aid/1?x=2").unwrap(), "/aid/1?x=2");
        assert_eq!(open("/aid/1").unwrap(), "/aid/1");
        let wrapped =
            "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fyl.example.cn%2Fhome&pc_slide=true";
        assert_eq!(open(wrapped).unwrap(), "/home");
        assert_eq!(open("https://elsewhere.example/aid/1"), None);
        assert_eq!(open("//elsewhere.example/aid/1"), None);
    }
}
