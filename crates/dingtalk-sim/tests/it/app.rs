//! An app for the tenant to talk to: it opens what it is pushed with the real receiver, and has pages with cookies.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dingtalk_callback::{Event, Key, Query, Receiver};
use dingtalk_sim::AppEndpoints;
use serde_json::{Value, json};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Takes,
    Answers500,
    SaysSomethingElse,
    TakesTooLong,
}

#[derive(Clone)]
pub(crate) struct FakeApp {
    url: String,
    seen: Arc<Seen>,
}

struct Seen {
    manner: Mutex<Manner>,
    events: Mutex<Vec<Event>>,
    said: Mutex<Vec<Value>>,
    robot_answer: Mutex<Value>,
    pressed: Mutex<Vec<Value>>,
    card_answer: Mutex<Value>,
    card_dawdles: Mutex<Duration>,
    pages: Mutex<Vec<Vec<(String, String)>>>,
}

impl FakeApp {
    /// With which presses on cards are signed.
    pub(crate) const CARD_SECRET: &str = "card-secret-that-is-not-secret";

    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Seen {
            manner: Mutex::new(Manner::Takes),
            events: Mutex::default(),
            said: Mutex::default(),
            robot_answer: Mutex::new(json!({})),
            pressed: Mutex::default(),
            card_answer: Mutex::new(json!({})),
            card_dawdles: Mutex::default(),
            pages: Mutex::default(),
        });
        let app = Self { url, seen };
        let data = web::Data::new(app.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .route("/callback", web::post().to(callback))
                .route("/robot", web::post().to(robot))
                .route("/card", web::post().to(card))
                .route("/cookies", web::get().to(cookies))
                .default_service(web::to(page))
        });
        tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
        app
    }

    pub(crate) fn endpoints(&self) -> AppEndpoints {
        AppEndpoints {
            base_url: self.url.clone(),
            callback_url: Some(format!("{}/callback", self.url)),
            robot_url: Some(format!("{}/robot", self.url)),
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn behaves(&self, manner: Manner) {
        *self.seen.manner.lock().unwrap() = manner;
    }

    pub(crate) fn robot_answers(&self, answer: Value) {
        *self.seen.robot_answer.lock().unwrap() = answer;
    }

    /// The events it was told of, in the order of their arrival, as `kind` or `kind/type`.
    pub(crate) fn events(&self) -> Vec<String> {
        let events = self.seen.events.lock().unwrap();
        let name = |event: &Event| match event.json()["type"].as_str() {
            Some(kind) => format!("{}/{kind}", event.kind),
            None => event.kind.clone(),
        };
        events.iter().map(name).collect()
    }

    /// The fields of the first event of a kind.
    pub(crate) fn raw_of(&self, kind: &str) -> Value {
        let events = self.seen.events.lock().unwrap();
        events.iter().find(|event| event.kind == kind).unwrap().json()
    }

    /// The same, as they were written.
    pub(crate) fn raw_events(&self) -> Vec<Value> {
        self.seen.events.lock().unwrap().iter().map(Event::json).collect()
    }

    pub(crate) fn card_answers(&self, answer: Value) {
        *self.seen.card_answer.lock().unwrap() = answer;
    }

    pub(crate) fn card_dawdles(&self, time: Duration) {
        *self.seen.card_dawdles.lock().unwrap() = time;
    }

    /// What was pressed on its cards.
    pub(crate) fn pressed(&self) -> Vec<Value> {
        self.seen.pressed.lock().unwrap().clone()
    }

    pub(crate) fn said(&self) -> Vec<Value> {
        self.seen.said.lock().unwrap().clone()
    }

    /// The headers of each page request.
    pub(crate) fn pages(&self) -> Vec<Vec<(String, String)>> {
        self.seen.pages.lock().unwrap().clone()
    }
}

async fn callback(app: web::Data<FakeApp>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let manner = *app.seen.manner.lock().unwrap();
    if manner == Manner::Answers500 {
        return HttpResponse::InternalServerError().finish();
    }
    let world = crate::world();
    let receiver = Receiver::new(
        world.events.token.clone().into(),
        Key::parse(&world.events.aes_key).unwrap(),
        vec![world.app.client_id.clone()],
        chrono::Duration::days(400),
    );
    let pairs: Vec<_> = url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    let opened = receiver.open(&Query::pick(pairs).unwrap(), &body, crate::now()).unwrap();
    let reply = receiver.success(&opened, crate::now()).unwrap();
    app.seen.events.lock().unwrap().push(opened.event);
    match manner {
        Manner::SaysSomethingElse => HttpResponse::Ok().json(json!({"errcode": 0})),
        Manner::TakesTooLong => {
            dawdle(Duration::from_millis(1800)).await;
            HttpResponse::Ok().json(reply)
        }
        Manner::Takes | Manner::Answers500 => HttpResponse::Ok().json(reply),
    }
}

#[expect(clippy::disallowed_methods, reason = "an app that is too slow for the platform's patience")]
async fn dawdle(time: Duration) {
    tokio::time::sleep(time).await;
}

async fn card(app: web::Data<FakeApp>, request: HttpRequest, body: web::Json<Value>) -> HttpResponse {
    let header = |name: &str| request.headers().get(name).unwrap().to_str().unwrap().to_owned();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, FakeApp::CARD_SECRET.as_bytes());
    let signature = STANDARD.decode(header("x-ddpaas-signature")).unwrap();
    ring::hmac::verify(&key, header("x-ddpaas-signature-timestamp").as_bytes(), &signature).unwrap();
    app.seen.pressed.lock().unwrap().push(body.into_inner());
    let time = *app.seen.card_dawdles.lock().unwrap();
    if !time.is_zero() {
        dawdle(time).await;
    }
    HttpResponse::Ok().json(&*app.seen.card_answer.lock().unwrap())
}

async fn robot(app: web::Data<FakeApp>, request: HttpRequest, body: web::Json<Value>) -> HttpResponse {
    let header = |name: &str| request.headers().get(name).unwrap().to_str().unwrap().to_owned();
    let secret = crate::world().app.client_secret;
    dingtalk_callback::robot::verify(&secret, &header("timestamp"), &header("sign"), crate::now()).unwrap();
    app.seen.said.lock().unwrap().push(body.into_inner());
    HttpResponse::Ok().json(&*app.seen.robot_answer.lock().unwrap())
}

/// Tries to leave good and bad cookies.
async fn cookies(app: web::Data<FakeApp>) -> HttpResponse {
    HttpResponse::Found()
        .append_header(("Location", format!("{}/home", app.url)))
        .append_header(("Set-Cookie", "__Host-session=s1; Secure; HttpOnly; Path=/; SameSite=Lax"))
        .append_header(("Set-Cookie", "__Host-broken=1; Path=/"))
        .append_header(("X-Frame-Options", "DENY"))
        .append_header(("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"))
        .finish()
}

async fn page(app: web::Data<FakeApp>, request: HttpRequest) -> HttpResponse {
    let headers = request.headers().iter();
    let seen = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    app.seen.pages.lock().unwrap().push(seen);
    HttpResponse::Ok().content_type("text/html").body(format!("page {}", request.uri()))
}
