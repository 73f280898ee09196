//! The client: one connection pool, one token, two hosts.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use crate::{
    auth::Auth,
    config::Config,
    contact::Contact,
    envelope,
    error::Error,
    events::Events,
    http::{self, Answer},
    robot::Robot,
    token::{TokenAnswer, TokenCache, TokenRequest},
    work_notice::WorkNotices,
    workflow::Workflow,
};

/// A typed client of one app. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    config: Config,
    token: TokenCache,
    clock: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("config", &self.0.config).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the app. The caller has installed a rustls crypto provider before.
    ///
    /// # Errors
    ///
    /// When the TLS back end cannot be set up, e.g. because the system has no certificates.
    pub fn new(
        config: Config,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Result<Self, reqwest::Error> {
        let http = http::pool(config.timeout)?;
        Ok(Self(Arc::new(Inner { http, config, token: TokenCache::default(), clock: Box::new(clock) })))
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

    /// What the client was made with.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Fetches a token if there is none; for a health check.
    pub async fn probe(&self) -> Result<(), Error> {
        self.token().await.map(|_| ())
    }

    async fn token(&self) -> Result<(secrecy::SecretString, u64), Error> {
        let inner = &self.0;
        inner
            .token
            .get(&inner.clock, async || {
                let request = TokenRequest {
                    app_key: inner.config.client_id.clone(),
                    app_secret: inner.config.client_secret.expose_secret().to_owned(),
                };
                let url = join(&inner.config.hosts.api, "/v1.0/oauth2/accessToken")?;
                envelope::new::<TokenAnswer>(&http::send(inner.http.post(url).json(&request)).await?)
            })
            .await
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
        self.with_token(async |token| {
            let mut request = self
                .0
                .http
                .request(method.clone(), url.clone())
                .query(query)
                .header("x-acs-dingtalk-access-token", token);
            if let Some(body) = body {
                request = request.json(body);
            }
            envelope::new(&http::send(request).await?)
        })
        .await
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
        self.with_token(async |token| {
            let mut request =
                self.0.http.request(method.clone(), url.clone()).query(&[("access_token", token)]);
            if let Some(body) = body {
                request = request.json(body);
            }
            read(&http::send(request).await?)
        })
        .await
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
        envelope::old_flat(&http::send(self.0.http.post(url).json(body)).await?)
    }

    /// Runs a call with the token; a refused token is dropped and the call repeated exactly once.
    async fn with_token<T>(&self, call: impl AsyncFn(&str) -> Result<T, Error>) -> Result<T, Error> {
        let (token, generation) = self.token().await?;
        match call(token.expose_secret()).await {
            Err(error) if error.token_refused() => {
                self.0.token.refused(generation).await;
                let (token, _) = self.token().await?;
                call(token.expose_secret()).await
            }
            done => done,
        }
    }
}

fn join(host: &Url, path: &str) -> Result<Url, Error> {
    host.join(path).or(Err(Error::NotSent("the path makes no address")))
}
