//! How a call is made on each of the two hosts: where its token stands, and how its answer is read. What is called is said in the
//! files of the single products.

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use crate::{
    Client, envelope,
    error::Error,
    gate,
    http::{self, Answer},
};

/// Files take longer than words.
const UPLOAD_TIME: Duration = Duration::from_mins(2);

/// Where the new host looks for the token.
const TOKEN_HEADER: &str = "x-acs-dingtalk-access-token";

impl Client {
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

    /// A call to the new host that is carried out once for each `client_token`, for a day.
    pub(crate) async fn api_once<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        client_token: &str,
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.api, path)?;
        let request = |token: &str| {
            let request = self.0.http.request(method.clone(), url.clone());
            with_body(request.header("x-client-token", client_token).header(TOKEN_HEADER, token), body)
        };
        self.call(method.as_str(), path, request, envelope::new).await
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

    /// A reading call to the old host: everything in the query, the payload beside `errcode`.
    pub(crate) async fn oapi_read<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        let request =
            |token: &str| self.0.http.get(url.clone()).query(query).query(&[("access_token", token)]);
        self.call("GET", path, request, envelope::old_flat).await
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

    /// A call to the old host that needs no app token. Its limits are held for each `subject`.
    pub(crate) async fn oapi_open<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
        subject: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        let request = self.0.http.post(url).query(query).json(body);
        envelope::old_flat(&self.send("POST", path, Some(gate::mark(subject)), request).await?)
    }

    /// A file to the old host; `fill` puts it into the request, for each try anew.
    pub(crate) async fn upload<T: DeserializeOwned>(
        &self,
        path: &str,
        fill: impl Fn(RequestBuilder) -> RequestBuilder + Send + Sync,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        self.call("POST", path, |token| fill(self.file_to(&url, token)), envelope::old_flat).await
    }

    /// The same with a file that can be read only once: a refused token is dropped, and the caller asked to try again.
    pub(crate) async fn upload_once<T: DeserializeOwned>(
        &self,
        path: &str,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder + Send,
    ) -> Result<T, Error> {
        let url = join(&self.0.config.hosts.oapi, path)?;
        let (token, generation) = self.token().await?;
        let request = fill(self.file_to(&url, token.expose_secret()));
        match envelope::old_flat(&self.send("POST", path, None, request).await?) {
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
