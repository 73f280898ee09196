//! The private listener: is the process alive, is it ready, how does it do. And the one line that each request leaves.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use actix_web::{
    App, HttpResponse, HttpServer,
    body::MessageBody,
    dev::{Server, ServiceRequest, ServiceResponse},
    web,
};
use anyhow::Context as _;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::json;
use tracing::Span;
use tracing_actix_web::{DefaultRootSpanBuilder, RootSpanBuilder};

use crate::{app::Db, config::Private};

/// Whether the server takes work.
#[derive(Clone, Debug)]
pub struct Readiness {
    db: Db,
    draining: Arc<AtomicBool>,
}

impl Readiness {
    pub(crate) fn new(db: Db) -> Self {
        Self { db, draining: Arc::new(AtomicBool::new(false)) }
    }

    /// From now on not ready: whoever balances load looks elsewhere.
    pub(crate) fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }
}

/// Binds the private listener.
pub(crate) fn listen(
    config: &Private,
    readiness: &Readiness,
    db: Db,
) -> anyhow::Result<(Server, SocketAddr)> {
    let recorder = recorder();
    let (readiness, db) = (web::Data::new(readiness.clone()), web::Data::new(db));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(readiness.clone())
            .app_data(db.clone())
            .app_data(web::Data::new(recorder.clone()))
            .route("/livez", web::get().to(async || HttpResponse::Ok().body("alive\n")))
            .route("/readyz", web::get().to(ready))
            .route("/metrics", web::get().to(figures))
    })
    .workers(1)
    .shutdown_timeout(1)
    .disable_signals()
    .bind(config.listen)
    .with_context(|| {
        format!("private.listen: {} cannot be bound; is something else running there?", config.listen)
    })?;
    let address = *server.addrs().first().context("no private address was bound")?;
    Ok((server.run(), address))
}

/// One recorder for the process; a second server in it (tests) has none of its own.
fn recorder() -> Option<PrometheusHandle> {
    PrometheusBuilder::new().install_recorder().ok()
}

async fn ready(readiness: web::Data<Readiness>) -> HttpResponse {
    let draining = readiness.draining.load(Ordering::Relaxed);
    let database = readiness.db.ping().await.is_ok();
    let migrated = database && schema::pending(&readiness.db).await.is_ok_and(|pending| pending.is_empty());
    let checks = json!({ "database": database, "migrated": migrated, "taking_work": !draining });
    if database && migrated && !draining {
        HttpResponse::Ok().json(checks)
    } else {
        HttpResponse::ServiceUnavailable().json(checks)
    }
}

async fn figures(recorder: web::Data<Option<PrometheusHandle>>, db: web::Data<Db>) -> HttpResponse {
    for (name, depth) in [
        ("inbox", mailbox::inbox::depth(db.as_ref()).await),
        ("outbox", mailbox::outbox::depth(db.as_ref()).await),
    ] {
        if let Ok(depth) = depth {
            #[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
            let count = |value: i64| value as f64;
            metrics::gauge!("mailbox_waiting", "box" => name).set(count(depth.waiting));
            metrics::gauge!("mailbox_leased", "box" => name).set(count(depth.leased));
            metrics::gauge!("mailbox_dead", "box" => name).set(count(depth.dead));
        }
    }
    HttpResponse::Ok().body(recorder.as_ref().as_ref().map(PrometheusHandle::render).unwrap_or_default())
}

/// One line a request: the route's pattern (never the address itself, which may hold a signature), the status and an id that a person
/// can read out on the telephone.
#[derive(Debug)]
pub struct Spans;

impl RootSpanBuilder for Spans {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request_id(request);
        tracing::info_span!(
            "request",
            route = request.match_pattern().unwrap_or_else(|| "none".to_owned()),
            method = %request.method(),
            id,
            status = tracing::field::Empty,
            exception.message = tracing::field::Empty,
            exception.details = tracing::field::Empty,
            http.status_code = tracing::field::Empty,
            otel.status_code = tracing::field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, actix_web::Error>) {
        if let Ok(answer) = outcome {
            let (route, status) =
                (answer.request().match_pattern().unwrap_or_default(), answer.status().as_u16().to_string());
            metrics::counter!("requests", "route" => route, "status" => status).increment(1);
        }
        DefaultRootSpanBuilder::on_request_end(span, outcome);
    }
}

/// Six letters and digits, from the id that the tracing layer gives each request.
pub fn request_id(request: &ServiceRequest) -> String {
    use actix_web::HttpMessage;
    let id = request
        .extensions()
        .get::<tracing_actix_web::RequestId>()
        .map(ToString::to_string)
        .unwrap_or_default();
    id.chars().filter(char::is_ascii_alphanumeric).take(6).collect::<String>().to_uppercase()
}
