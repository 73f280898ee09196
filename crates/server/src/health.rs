//! The private listener: is the process alive, is it ready, how does it do. And the one line that each request leaves.

use std::{
    cell::RefCell,
    collections::HashMap,
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use actix_web::{
    App, HttpMessage, HttpResponse, HttpServer,
    body::MessageBody,
    dev::{Server, ServiceRequest, ServiceResponse},
    http::ConnectionType,
    middleware::Next,
    web,
};
use anyhow::Context as _;
use domain::{
    aid::reconcile::{self, Outcome},
    quota::{self, Level},
};
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use serde_json::json;
use tracing::Span;
use tracing_actix_web::RootSpanBuilder;

use crate::app::Db;

/// Of the time that requests take, in seconds.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];

/// Whether the server takes work.
#[derive(Clone, Debug)]
pub struct Readiness {
    db: Db,
    draining: Arc<AtomicBool>,
    stream: Option<dingtalk_callback::stream::Health>,
}

impl Readiness {
    pub(crate) fn new(db: Db) -> Self {
        Self { db, draining: Arc::new(AtomicBool::new(false)), stream: None }
    }

    /// With the connections on which the platform sends.
    pub(crate) fn listening(self, stream: Option<dingtalk_callback::stream::Health>) -> Self {
        Self { stream, ..self }
    }

    /// From now on not ready: whoever balances load looks elsewhere.
    pub(crate) fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Whether that has been said.
    fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}

/// Answers at the private address.
pub(crate) fn listen(
    door: TcpListener,
    readiness: &Readiness,
    of: &crate::app::App,
) -> anyhow::Result<(Server, SocketAddr)> {
    let recorder = recorder();
    let (readiness, app) = (web::Data::new(readiness.clone()), web::Data::new(of.clone()));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(readiness.clone())
            .app_data(app.clone())
            .app_data(web::Data::new(recorder.clone()))
            .route("/livez", web::get().to(async || HttpResponse::Ok().body("alive\n")))
            .route("/readyz", web::get().to(ready))
            .route("/metrics", web::get().to(figures))
    })
    .workers(1)
    .shutdown_timeout(1)
    .disable_signals()
    .listen(door)?;
    let address = *server.addrs().first().context("no private address was bound")?;
    Ok((server.run(), address))
}

/// Figures are counted for the process, so several servers in it (tests) show the same ones.
fn recorder() -> Option<PrometheusHandle> {
    static RECORDER: LazyLock<Option<PrometheusHandle>> = LazyLock::new(|| {
        let seconds = Matcher::Full("request_seconds".to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(seconds, &BUCKETS).ok()?;
        builder.install_recorder().ok()
    });
    RECORDER.clone()
}

/// What the recorder wants done now and then: until somebody asks for the figures, it keeps every single time of a request.
pub(crate) fn tidy() -> usize {
    if let Some(recorder) = recorder() {
        recorder.run_upkeep();
    }
    0
}

async fn ready(readiness: web::Data<Readiness>) -> HttpResponse {
    let draining = readiness.is_draining();
    let database = writable(&readiness.db).await;
    let migrated = database && schema::pending(&readiness.db).await.is_ok_and(|pending| pending.is_empty());
    let mut checks = json!({ "database": database, "migrated": migrated, "taking_work": !draining });
    // Without connections pages still work, so it is said and does not count.
    if let (Some(stream), Some(checks)) = (&readiness.stream, checks.as_object_mut()) {
        checks.insert("stream_connections".to_owned(), json!(stream.report().connected));
    }
    if database && migrated && !draining {
        HttpResponse::Ok().json(checks)
    } else {
        HttpResponse::ServiceUnavailable().json(checks)
    }
}

/// Takes the write lock where there is one, and gives it back.
pub(crate) async fn writable(db: &Db) -> bool {
    match mailbox::transaction::write(db).await {
        Ok(tx) => tx.rollback().await.is_ok(),
        Err(_unwritable) => false,
    }
}

async fn figures(
    recorder: web::Data<Option<PrometheusHandle>>,
    app: web::Data<crate::app::App>,
    readiness: web::Data<Readiness>,
) -> HttpResponse {
    readiness.stream.iter().for_each(stream_figures);
    let (db, now) = (&app.db, app.clock.now());
    #[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
    let count = |value: i64| value as f64;
    for (name, depth) in
        [("inbox", mailbox::inbox::depth(db).await), ("outbox", mailbox::outbox::depth(db).await)]
    {
        if let Ok(depth) = depth {
            let age = depth.oldest.map_or(0, |oldest| (now - oldest).num_seconds().max(0));
            metrics::gauge!("mailbox_waiting", "box" => name).set(count(depth.waiting));
            metrics::gauge!("mailbox_leased", "box" => name).set(count(depth.leased));
            metrics::gauge!("mailbox_dead", "box" => name).set(count(depth.dead));
            metrics::gauge!("mailbox_oldest_seconds", "box" => name).set(count(age));
        }
    }
    if let Ok(question) = domain::directory::store::question(db).await {
        metrics::gauge!("directory_question_open").set(if question.is_some() { 1.0 } else { 0.0 });
    }
    for outcome in [Outcome::Late, Outcome::Diverged, Outcome::Orphan] {
        if let Ok(open) = reconcile::store::open(db, outcome).await {
            #[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
            let open = open as f64;
            metrics::gauge!("approvals_unexplained", "outcome" => outcome.code()).set(open);
        }
    }
    if let Ok(lanes) = mailbox::outbox::waiting(db).await {
        for lane in mailbox::Lane::ALL {
            let waiting = lanes.iter().find(|(found, _)| *found == lane).map_or(0, |(_, waiting)| *waiting);
            metrics::gauge!("outbox_lane_waiting", "lane" => lane.name()).set(count(waiting));
        }
    }
    if let Ok(month) = quota::figures(db, &app.limits, now).await {
        for (what, used, budget) in [
            ("calls", month.used.calls, month.budget.calls),
            ("deliveries", month.used.deliveries, month.budget.deliveries),
        ] {
            metrics::gauge!("quota_used", "what" => what).set(count(used));
            metrics::gauge!("quota_budget", "what" => what).set(count(budget));
        }
        let level = Level::ALL.iter().position(|level| *level == month.level).unwrap_or_default();
        metrics::gauge!("quota_level").set(count(i64::try_from(level).unwrap_or_default()));
        metrics::gauge!("sending_paused").set(count(month.paused_until.is_some().into()));
    }
    HttpResponse::Ok().body(recorder.as_ref().as_ref().map(PrometheusHandle::render).unwrap_or_default())
}

fn stream_figures(stream: &dingtalk_callback::stream::Health) {
    let report = stream.report();
    metrics::gauge!("stream_connections").set(f64::from(u32::try_from(report.connected).unwrap_or(u32::MAX)));
    for (what, count) in [("opened", report.opened), ("failed", report.failed)] {
        metrics::counter!("stream_connects", "what" => what).absolute(count);
    }
    for (what, count) in [
        ("taken", report.taken),
        ("put_off", report.put_off),
        ("repeated", report.repeated),
        ("malformed", report.malformed),
    ] {
        metrics::counter!("stream_frames", "what" => what).absolute(count);
    }
}

/// The middleware that counts, measures and logs each request in one line: the route's pattern (never the address itself, which may
/// hold a signature or a case), the status, how long, and the number that a person can read out on the telephone.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let (started, method) = (tokio::time::Instant::now(), request.method().clone());
    let draining =
        request.app_data::<web::Data<Readiness>>().is_some_and(|readiness| readiness.is_draining());
    let mut answer = next.call(request).await?;
    if draining {
        // Whoever keeps connections open must not send the next request into one that is about to close.
        answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    let route = answer.request().match_pattern().unwrap_or_else(|| "none".to_owned());
    let (status, took) = (answer.status().as_u16(), started.elapsed());
    count(&route, status, took);
    let id = || request_id(answer.request());
    tracing::info!(%method, route, status, ms = millis(took), id = id(), "request");
    Ok(answer)
}

/// Looking a figure up by its labels costs more than counting, so each thread keeps what it has looked up. There are as many as routes
/// and statuses.
fn count(route: &str, status: u16, took: Duration) {
    type ByStatus = HashMap<u16, (Counter, Histogram)>;
    thread_local! {
        static FIGURES: RefCell<HashMap<String, ByStatus>> = RefCell::default();
    }
    FIGURES.with_borrow_mut(|figures| {
        let known = figures.get(route).is_some_and(|known| known.contains_key(&status));
        if !known {
            let labels = route.to_owned();
            let counter =
                metrics::counter!("requests", "route" => labels.clone(), "status" => status.to_string());
            let histogram = metrics::histogram!("request_seconds", "route" => labels.clone());
            figures.entry(labels).or_default().insert(status, (counter, histogram));
        }
        if let Some((counter, histogram)) = figures.get(route).and_then(|known| known.get(&status)) {
            counter.increment(1);
            histogram.record(took);
        }
    });
}

fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

/// The span around a request. Nothing of the address is in it, and an error is said once, by whoever renders it.
#[derive(Debug)]
pub struct Spans;

impl RootSpanBuilder for Spans {
    fn on_request_start(request: &ServiceRequest) -> Span {
        tracing::info_span!("request", id = request_id(request))
    }

    fn on_request_end<B: MessageBody>(_: Span, _: &Result<ServiceResponse<B>, actix_web::Error>) {}
}

/// Six letters and digits, from the id that the tracing layer gives each request.
pub fn request_id(request: &impl HttpMessage) -> String {
    let id = request
        .extensions()
        .get::<tracing_actix_web::RequestId>()
        .map(ToString::to_string)
        .unwrap_or_default();
    id.chars().filter(char::is_ascii_alphanumeric).take(6).collect::<String>().to_uppercase()
}
