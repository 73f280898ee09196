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
    group::Groups,
    http::{self, Answer},
    media::Media,
    robot::Robot,
    token::{TokenAnswer, TokenCache, TokenRequest},
    work_notice::WorkNotices,
    workflow::Workflow,
};

/// Files take longer than words.
const UPLOAD_TIME: Duration = Duration::from_mins(2);

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

    /// Groups.
    pub fn groups(&self) -> Groups<'_> {
        Groups(self)
    }

    /// Files for messages.
    pub fn media(&self) -> Media<'_> {
        Media(self)
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
            with_body(request.header("x-acs-dingtalk-access-token", token), body)
        };
        self.call(request, envelope::new).await
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
        self.call(request, read).await
    }

    /// A call to the old host that needs no app token.
    pub(crate) async fn oapi_open<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
        body: &(impl Serialize + Sync),
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        envelope::old_flat(&http::send(self.0.http.post(url).query(query).json(body)).await?)
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

    /// Makes a call with the token; a refused token is dropped and the call repeated exactly once.
    async fn call<T>(
        &self,
        request: impl Fn(&str) -> RequestBuilder + Send + Sync,
        read: fn(&Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (token, generation) = self.token().await?;
        match read(&http::send(request(token.expose_secret())).await?) {
            Err(error) if error.token_refused() => {
                self.0.token.refused(generation).await;
                let (token, _) = self.token().await?;
                read(&http::send(request(token.expose_secret())).await?)
            }
            done => done,
        }
    }

    /// A file to the old host; `fill` puts it into the request, for each try anew.
    pub(crate) async fn upload<T: DeserializeOwned>(
        &self,
        path: &str,
        fill: impl Fn(RequestBuilder) -> RequestBuilder + Send + Sync,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        self.call(|token| fill(self.file_to(&url, token)), envelope::old_flat).await
    }

    /// The same with a file that can be read only once: a refused token is dropped, and the caller asked to try again.
    pub(crate) async fn upload_once<T: DeserializeOwned>(
        &self,
        path: &str,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder + Send,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        let (token, generation) = self.token().await?;
        match envelope::old_flat(&http::send(fill(self.file_to(&url, token.expose_secret()))).await?) {
            Err(error) if error.token_refused() => {
                self.0.token.refused(generation).await;
                Err(Error::Unavailable(None))
            }
            done => done,
        }
    }

    fn file_to(&self, url: &Url, token: &str) -> RequestBuilder {
        self.0.http.post(url.clone()).query(&[("access_token", token)]).timeout(UPLOAD_TIME)
    }

    /// What the clock says.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.0.clock)()
    }

    async fn token(&self) -> Result<(SecretString, u64), Error> {
        self.0.token.get(&self.0.clock, self.fetch_token()).await
    }

    async fn fetch_token(&self) -> Result<TokenAnswer, Error> {
        let Inner { http, config, .. } = &*self.0;
        let request = TokenRequest {
            app_key: config.client_id.clone(),
            app_secret: config.client_secret.expose_secret().to_owned(),
        };
        let url = join(&config.hosts.api, "/v1.0/oauth2/accessToken")?;
        envelope::new(&http::send(http.post(url).json(&request)).await?)
    }
}

fn with_body(request: RequestBuilder, body: Option<&impl Serialize>) -> RequestBuilder {
    match body {
        Some(body) => request.json(body),
        None => request,
    }
}

fn join(host: &Url, path: &str) -> Result<Url, Error> {
    host.join(path).or(Err(Error::NotSent("the path makes no address")))
}
