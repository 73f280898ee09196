//! A browser: cookies, no scripts, and the expected status as an argument of each request.

use std::sync::Mutex;

use reqwest::{Method, RequestBuilder, redirect::Policy};

use super::Page;

/// Keeps cookies, follows nothing.
pub(crate) struct Browser {
    client: reqwest::Client,
    base: String,
    jar: Mutex<Vec<(String, String)>>,
}

impl Browser {
    pub(crate) fn new(base: String) -> Self {
        Self { client: client(), base, jar: Mutex::default() }
    }

    pub(crate) async fn get(&self, path: &str, status: u16) -> Page {
        self.send(self.request(Method::GET, path), status).await
    }

    /// Sends a form as a page of the server's own would.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)], status: u16) -> Page {
        self.send(self.form(path, fields), status).await
    }

    /// Sends a form from somewhere else. Like a browser, it leaves the cookies at home.
    pub(crate) async fn post_from(
        &self,
        origin: &str,
        path: &str,
        fields: &[(&str, &str)],
        status: u16,
    ) -> Page {
        let request = self.client.post(format!("{}{path}", self.base)).header("origin", origin);
        self.send(request.form(fields), status).await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies: Vec<String> =
            self.jar.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        self.client.request(method, format!("{}{path}", self.base)).header("cookie", cookies.join("; "))
    }

    pub(crate) async fn send(&self, request: RequestBuilder, status: u16) -> Page {
        let page = self.try_send(request).await.unwrap();
        assert_eq!(page.status, status, "{}", page.text);
        page
    }

    /// `None` when no whole answer came: nobody is there, or he died over it.
    pub(crate) async fn try_send(&self, request: RequestBuilder) -> Option<Page> {
        let page = Page::read(request.send().await.ok()?).await?;
        for cookie in page.all("set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            let mut jar = self.jar.lock().unwrap();
            jar.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                jar.push((name.to_owned(), value.to_owned()));
            }
        }
        Some(page)
    }

    /// A form as a page of the server's own sends it.
    pub(crate) fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.request(Method::POST, path).header("origin", &self.base).form(fields)
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().unwrap().iter().find(|(kept, _)| kept == name).map(|(_, value)| value.clone())
    }

    /// What the entrance's script does.
    pub(crate) async fn enter(&self, code: &str, to: &str) -> Page {
        let entrance = self.get(&format!("/enter?to={to}"), 200).await;
        let nonce = entrance.value("nonce");
        self.post("/session", &[("code", code), ("nonce", &nonce), ("to", to), ("kept", "")], 303).await
    }
}

/// Follows nothing.
pub(crate) fn client() -> reqwest::Client {
    // What the command line does first; a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(Policy::none()).build().unwrap()
}
