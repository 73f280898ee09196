//! The tenant's one port: the platform's two hosts, the control API, the console.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::error::InternalError;
use actix_web::{App, HttpResponse, HttpServer, web};
use rustls::ServerConfig;
use serde_json::json;

use crate::shared::Shared;
use crate::{console, control, gateway, http};

const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// The largest file of the platform, and what stands around it.
const LARGEST_UPLOAD: usize = 21 * 1024 * 1024;

/// How long a connection may be idle: as long as common gateways allow, and longer than clients keep theirs.
const IDLE: Duration = Duration::from_secs(75);

pub(crate) fn serve(
    shared: &Arc<Shared>,
    listener: TcpListener,
    tls: Option<ServerConfig>,
) -> std::io::Result<Server> {
    let shared = web::Data::new(Arc::clone(shared));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(shared.clone())
            .app_data(web::PayloadConfig::new(LARGEST_UPLOAD))
            .app_data(web::JsonConfig::default().limit(LARGEST_BODY).error_handler(|error, _request| {
                let answer = HttpResponse::BadRequest().json(json!({ "message": error.to_string() }));
                InternalError::from_response(error, answer).into()
            }))
            .configure(control::configure)
            .configure(console::configure)
            .configure(http::login)
            .route("/connect", web::get().to(gateway::connect))
            .default_service(web::to(http::face))
    });
    let server = server.workers(1).keep_alive(IDLE).disable_signals().shutdown_timeout(1);
    Ok(match tls {
        Some(tls) => server.listen_rustls_0_23(listener, tls)?,
        None => server.listen(listener)?,
    }
    .run())
}
