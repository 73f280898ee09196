//! The client: one connection pool, one token, two hosts.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use crate::{
    auth::Auth,
    config::Config,
    contact::Contact,
    envelope,
    error::Error,
    events::Events,
    gate::{self, Gate},
    http::{self, Answer},
    jsapi::Jsapi,
    limits::{InProcess, Limiter, Plan},
    robot::Robot,
    secret_cache::{Lent, SecretCache},
    token::{TokenAnswer, TokenRequest},
    work_notice::WorkNotices,
    workflow::Workflow,
};

/// A typed client of one app. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    config: Config,
    gate: Gate,
    token: SecretCache,
    tickets: SecretCache,
    clock: Box<Clock>,
}

/// What the time is.
type Clock = dyn Fn() -> DateTime<Utc> + Send + Sync;

/// Waits of the limiter up to here are kept inside a call; a longer one is the caller's to plan.
const PATIENCE: Duration = Duration::from_secs(2);

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("config", &self.0.config).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the app, alone behind its address: it holds itself to the standard plan's calls in a second, and counts the
    /// month. The caller has installed a rustls crypto provider before.
    ///
    /// # Errors
    ///
    /// When the TLS back end cannot be set up, e.g. because the system has no certificates.
    pub fn new(
        config: Config,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Result<Self, reqwest::Error> {
        Self::limited(config, clock, Arc::new(InProcess::new(Plan::STANDARD)))
    }

    /// The same, with a limiter that others may share. It is asked before each call.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    pub fn limited(
        config: Config,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        limiter: Arc<dyn Limiter>,
    ) -> Result<Self, reqwest::Error> {
        let http = http::pool(config.timeout)?;
        let gate = Gate::new(limiter, PATIENCE);
        let (token, tickets) = (SecretCache::default(), SecretCache::default());
        Ok(Self(Arc::new(Inner { http, config, gate, token, tickets, clock: Box::new(clock) })))
    }

    /// Sign-in.
    pub fn auth(&self) -> Auth<'_> {
        Auth(self)
    }

    /// People and departments.
    pub fn contact(&self) -> Contact<'_> {
        Contact(self)
    }

    /// The app's robot.
    pub fn robot(&self) -> Robot<'_> {
        Robot(self)
    }

    /// Work notices.
    pub fn work_notices(&self) -> WorkNotices<'_> {
        WorkNotices(self)
    }

    /// Approvals.
    pub fn workflow(&self) -> Workflow<'_> {
        Workflow(self)
    }

    /// Events that were not taken when they were pushed.
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }

    /// Signing pages for the container's JavaScript.
    pub fn jsapi(&self) -> Jsapi<'_> {
        Jsapi(self)
    }

    /// What the client was made with.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Fetches a token if there is none; for a health check.
    pub async fn probe(&self) -> Result<(), Error> {
        self.token().await.map(|_| ())
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(crate) fn tickets(&self) -> &SecretCache {
        &self.0.tickets
    }

    /// A call to the new host: the token in a header.
    pub(crate) async fn api<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, String)],
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.api, path)?;
        let request = |token: &str| {
            let request = self.0.http.request(method.clone(), url.clone()).query(query);
            with_body(request.header(TOKEN_HEADER, token), body)
        };
        self.call(method.as_str(), path, request, envelope::new).await
    }

    /// A call to the new host that says with its body who calls: tokens are made so.
    pub(crate) async fn without_token<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.api, path)?;
        envelope::new(&self.send("POST", path, None, self.0.http.post(url).json(body)).await?)
    }

    /// A call to the new host with a token that is not the app's. When it is refused, nobody here can get another.
    pub(crate) async fn with_token<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, String)],
        token: &SecretString,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.api, path)?;
        let request = self.0.http.request(method.clone(), url).query(query);
        let request = request.header(TOKEN_HEADER, token.expose_secret());
        envelope::new(&self.send(method.as_str(), path, None, request).await?)
    }

    /// A call to the old host: the token in the query, the payload in `result`.
    pub(crate) async fn oapi<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Error> {
        self.old(Method::POST, path, Some(body), envelope::old_result).await
    }

    /// The same, with the payload beside `errcode`.
    pub(crate) async fn oapi_flat<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<T, Error> {
        self.old(method, path, body, envelope::old_flat).await
    }

    async fn old<T>(
        &self,
        method: Method,
        path: &str,
        body: Option<&(impl Serialize + Sync)>,
        read: fn(&Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        let request = |token: &str| {
            let request = self.0.http.request(method.clone(), url.clone());
            with_body(request.query(&[("access_token", token)]), body)
        };
        self.call(method.as_str(), path, request, read).await
    }

    /// A call to an address that came in a message. It needs no token, but it must be one of the two hosts.
    pub(crate) async fn webhook<T: DeserializeOwned>(
        &self,
        url: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Error> {
        let url = Url::parse(url).or(Err(Error::NotSent("the session webhook is no address")))?;
        if !self.0.config.hosts.own(&url) {
            return Err(Error::NotSent("the session webhook points to another host"));
        }
        let (path, subject) = (url.path().to_owned(), gate::mark(url.as_str()));
        let request = self.0.http.post(url).json(body);
        envelope::old_flat(&self.send("POST", &path, Some(subject), request).await?)
    }

    /// Makes a call with the token; a refused token is dropped and the call repeated exactly once.
    async fn call<T>(
        &self,
        method: &str,
        path: &str,
        request: impl Fn(&str) -> RequestBuilder + Send + Sync,
        read: fn(&Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (token, generation) = self.token().await?;
        match read(&self.send(method, path, None, request(token.expose_secret())).await?) {
            Err(error) if error.token_refused() => {
                self.0.token.refused(generation).await;
                let (token, _) = self.token().await?;
                read(&self.send(method, path, None, request(token.expose_secret())).await?)
            }
            done => done,
        }
    }

    /// One request, after the limiter let it go.
    async fn send(
        &self,
        method: &str,
        path: &str,
        subject: Option<String>,
        request: RequestBuilder,
    ) -> Result<Answer, Error> {
        self.0.gate.pass(method, path, subject, &self.0.clock, http::send(request)).await
    }

    async fn token(&self) -> Result<(SecretString, u64), Error> {
        self.0.token.get(&self.0.clock, self.fetch_token()).await
    }

    async fn fetch_token(&self) -> Result<Lent, Error> {
        let config = &self.0.config;
        let request = TokenRequest {
            app_key: config.client_id.clone(),
            app_secret: config.client_secret.expose_secret().to_owned(),
        };
        let answer: TokenAnswer = self.without_token("/v1.0/oauth2/accessToken", &request).await?;
        Ok(Lent { secret: answer.access_token, life: answer.expire_in })
    }
}

/// Where the new host looks for the token.
const TOKEN_HEADER: &str = "x-acs-dingtalk-access-token";

fn with_body(request: RequestBuilder, body: Option<&impl Serialize>) -> RequestBuilder {
    match body {
        Some(body) => request.json(body),
        None => request,
    }
}

fn join(host: &Url, path: &str) -> Result<Url, Error> {
    host.join(path).or(Err(Error::NotSent("the path makes no address")))
}
