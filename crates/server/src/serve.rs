//! Putting it together: pages, callbacks, jobs, the private listener; and stopping all of it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{App as Web, HttpServer, dev::ServerHandle, middleware, web};
use anyhow::Context as _;
use dingtalk_callback::{Key, Receiver};
use mailbox::{Acceptor, Stop};
use notify::Dispatcher;
use secrecy::ExposeSecret;

use crate::{
    app::App,
    callback::{Inbox, Intake, Listening, Meter},
    config,
    doors::Doors,
    headers, health,
    jobs::{
        Approvals, Climbing, Evidence, FailedEvents, Intakes, Jobs, Notices, Reconcile, Retention, Rotation,
        Running, Trail, directory,
    },
    page::render_errors,
    routes,
};

/// How far a push's timestamp may be from now. Retries carry their own.
const PUSH_WINDOW: chrono::TimeDelta = chrono::TimeDelta::hours(1);
/// Requests in flight get this long to finish, and so do the jobs' rounds.
const STOP: u64 = 7;
/// Whoever balances load looks about once a second, and sends new requests here until it has seen that this server is not ready.
const NOTICE: Duration = Duration::from_millis(1200);
/// No form of ours is larger, and a push is below a megabyte.
const BODY: usize = 1 << 20;

/// A server that has bound its addresses and runs.
pub struct Server {
    /// Pages and callbacks.
    pub address: SocketAddr,
    /// Health and figures.
    pub private_address: SocketAddr,
    /// What pages use.
    pub app: App,
    web: ServerHandle,
    private: ServerHandle,
    stream: Option<Listening>,
    jobs: Running,
    readiness: health::Readiness,
}

impl App {
    /// Serves, and starts the jobs.
    pub async fn start(self, doors: Doors) -> anyhow::Result<Server> {
        let config = Arc::clone(&self.config);
        let it = &config.dingtalk;
        let intake = Intake {
            receiver: receiver(it)?,
            client_secret: it.client_secret.clone(),
            card_secret: it.card_secret.clone(),
            inbox: Acceptor::start(self.db.clone()),
            clock: self.clock.clone(),
            meter: Meter { db: self.db.clone(), limits: self.limits.clone() },
        };
        let stream = (it.incoming == config::Incoming::Stream)
            .then(|| Listening::start(self.dingtalk.clone(), intake.clone()));
        let health = stream.as_ref().map(|stream| stream.health.clone());
        let readiness = health::Readiness::new(self.db.clone()).listening(health);
        let intake = web::Data::new(intake);
        let (data, ready) = (web::Data::new(self.clone()), web::Data::new(readiness.clone()));
        let public = config.web.public_url.clone();
        let csp = headers::policy(&config.web.frame_ancestors);
        let mut server = HttpServer::new(move || {
            Web::new()
                .app_data(data.clone())
                .app_data(intake.clone())
                .app_data(ready.clone())
                .app_data(web::PayloadConfig::new(BODY))
                .app_data(web::FormConfig::default().limit(BODY))
                .wrap(middleware::from_fn(render_errors))
                .wrap(middleware::Compress::default())
                .wrap(headers::secure(&csp, &public))
                .wrap(middleware::from_fn(health::observe))
                .wrap(tracing_actix_web::TracingLogger::<health::Spans>::new())
                .configure(routes::configure)
        })
        .shutdown_timeout(STOP)
        // A page goes out in a few parts; without this each waits some 40 ms for the reader's word that the one before has come.
        .tcp_nodelay(true)
        .disable_signals();
        if config.web.workers > 0 {
            server = server.workers(config.web.workers);
        }
        let server = server.listen(doors.web)?;
        let address = *server.addrs().first().context("no address was bound")?;
        let (private, private_address) = health::listen(doors.private, &readiness, &self)?;
        let web = server.run();
        let (web_handle, private_handle) = (web.handle(), private.handle());
        tokio::spawn(web);
        tokio::spawn(private);
        let jobs = self.jobs()?.start();
        Ok(Server {
            address,
            private_address,
            app: self,
            web: web_handle,
            private: private_handle,
            stream,
            jobs,
            readiness,
        })
    }

    fn jobs(&self) -> anyhow::Result<Jobs> {
        let owner = format!("{}-{}", std::process::id(), self.clock.now().timestamp_millis());
        let config = &self.config;
        let form: dingtalk::ProcessCode =
            config.dingtalk.aid_process_code.parse().context("dingtalk.aid_process_code is not set")?;
        let settings = notify::Settings {
            public_url: config.web.public_url.clone(),
            aid_process_code: form.clone(),
            help_desk: format!(
                "{}（{}）",
                config.help.name,
                domain::calendar::say::telephone(&config.help.phone)
            ),
            card: config.approval_card()?,
        };
        let (db, cx, client) = (self.db.clone(), self.cx.clone(), self.dingtalk.clone());
        let stop = Stop::default();
        Ok(Jobs {
            clock: self.clock.clone(),
            inbox: Inbox {
                db: db.clone(),
                cx: cx.clone(),
                client: client.clone(),
                form: form.clone(),
                cards: settings.card.is_some(),
                owner: owner.clone(),
                stop: stop.clone(),
            },
            intakes: Intakes { db: db.clone(), cx: cx.clone(), owner: owner.clone() },
            dispatcher: Dispatcher {
                db: db.clone(),
                cx: cx.clone(),
                client: client.clone(),
                settings,
                limits: self.limits.clone(),
                sms: config.sms()?,
                ding: config.ding()?,
                owner,
                stop: stop.clone(),
            },
            climbing: Climbing { db: db.clone(), ladder: config.ladder()? },
            approvals: Approvals { db: db.clone() },
            // The list has only what was to be posted to an address.
            failed_events: (config.dingtalk.incoming == config::Incoming::Http)
                .then(|| FailedEvents::new(db.clone(), client.clone(), self.limits.clone())),
            notices: Notices { db: db.clone(), cx: cx.clone() },
            evidence: Evidence::new(db.clone(), self.files.clone()),
            reconcile: Reconcile {
                db: db.clone(),
                cx: cx.clone(),
                client: client.clone(),
                form,
                limits: self.limits.clone(),
            },
            retention: Retention::new(db.clone(), cx.clone(), config.register()),
            rotation: Rotation { db: db.clone(), cx: cx.clone() },
            trail: Trail {
                db: db.clone(),
                cx: cx.clone(),
                folder: config.anchors(),
                every_rows: config.audit.anchor_every_rows,
                check_at: config.audit.check_at,
                tell_at: config.audit.anchor_tell_at,
                tell_also: config.audit.told_also(),
                told: Arc::default(),
            },
            directory: directory::Directory { db, cx, client, settings: config.directory.clone() },
            stop,
        })
    }
}

/// Opens what is posted. With Stream mode the keys for that may stay, for the time in which the console is changed over.
fn receiver(it: &config::DingTalk) -> anyhow::Result<Option<Receiver>> {
    let secret = it.callback_aes_key.expose_secret();
    if secret.is_empty() && it.incoming == config::Incoming::Stream {
        return Ok(None);
    }
    let key = Key::parse(secret).context("dingtalk.callback_aes_key")?;
    let owners = vec![it.client_id.clone(), it.corp_id.clone()];
    Ok(Some(Receiver::new(it.callback_token.clone(), key, owners, PUSH_WINDOW)))
}

impl Server {
    /// Not ready any more, but still answering, until whoever balances load has seen it.
    pub async fn drain(&self) {
        self.readiness.drain();
        #[expect(clippy::disallowed_methods, reason = "others need the time")]
        tokio::time::sleep(NOTICE).await;
    }

    /// Readiness goes first, then what is coming in is kept, then requests in flight and the jobs' rounds finish.
    pub async fn stop(mut self) {
        self.readiness.drain();
        if let Some(stream) = self.stream.take() {
            stream.stop().await;
        }
        tokio::join!(self.web.stop(true), self.jobs.stop());
        self.private.stop(true).await;
        let _ = self.app.db.clone().close().await;
    }
}

/// A server that is dropped without having been stopped ends at once, as if it had been killed.
impl Drop for Server {
    fn drop(&mut self) {
        drop((self.web.stop(false), self.private.stop(false)));
    }
}
