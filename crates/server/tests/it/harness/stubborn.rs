//! Somebody in front of a server that dies: asks again until there is an answer, and signs in again when the day is over.

use std::cell::RefCell;

use dingtalk_sim::Member;
use reqwest::Method;

use super::{Browser, Page, Site};
use crate::crash::pause;

/// A person with a browser.
pub(crate) struct Stubborn {
    member: Member,
    browser: Browser,
    /// Of the session that lasts.
    token: RefCell<Option<String>>,
}

impl Stubborn {
    pub(crate) fn new(site: &Site, userid: &str) -> Self {
        let browser = Browser::new(site.address("web"));
        Self { member: site.tenant.person(userid), browser, token: RefCell::default() }
    }

    /// A page, signed in, whatever it says.
    pub(crate) async fn looks(&self, path: &str) -> Page {
        loop {
            match self.browser.try_send(self.browser.request(Method::GET, path)).await {
                Some(page) if is_entrance(&page) => self.enters().await,
                Some(page) if page.status < 500 && page.status != 429 => return page,
                // Nobody there, killed over it, or too much at once.
                _ => pause(30).await,
            }
        }
    }

    /// A code is good once, so each try takes a new one.
    async fn enters(&self) {
        self.token.take();
        let entrance = self.browser.request(Method::GET, "/enter?to=/home");
        let Some(entrance) = self.browser.try_send(entrance).await.filter(|page| page.status == 200) else {
            return pause(30).await;
        };
        let (code, nonce) = (self.member.auth_code().unwrap(), entrance.value("nonce"));
        let form = [("code", code.as_str()), ("nonce", &nonce), ("to", "/home"), ("kept", "")];
        self.browser.try_send(self.browser.form("/session", &form)).await;
    }

    /// The token of the session.
    pub(crate) async fn token(&self) -> String {
        if let Some(token) = &*self.token.borrow() {
            return token.clone();
        }
        let token = self.looks("/text-size").await.value("csrf");
        self.token.replace(Some(token.clone()));
        token
    }

    /// Sends a form once. `None` when no answer came: whether it arrived is seen afterwards.
    pub(crate) async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        self.posts(|token| self.browser.form(path, &[&[("csrf", token)][..], fields].concat())).await
    }

    /// Sends a form with a file once.
    pub(crate) async fn uploads(&self, path: &str, (name, bytes): (&str, &str)) -> Option<Page> {
        let body = |token: &str| {
            format!(
                "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\n\
                 Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: text/plain\r\n\r\n{bytes}\r\n--edge--\r\n"
            )
        };
        let request = |token: &str| {
            let request = self.browser.request(Method::POST, path).body(body(token));
            request.header("content-type", "multipart/form-data; boundary=edge")
        };
        self.posts(request).await
    }

    /// Whoever is not signed in any more signs in, and sends it again.
    async fn posts(&self, request: impl Fn(&str) -> reqwest::RequestBuilder) -> Option<Page> {
        loop {
            let page = self.browser.try_send(request(&self.token().await)).await?;
            match page.status {
                _ if is_entrance(&page) => self.enters().await,
                500.. => return None,
                _ => return Some(page),
            }
        }
    }

    /// Sends a form until there is an answer, whatever that says.
    pub(crate) async fn gets_through(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        loop {
            if let Some(page) = self.sends(path, fields).await {
                return page;
            }
            pause(30).await;
        }
    }
}

fn is_entrance(page: &Page) -> bool {
    page.status == 401 || page.status == 303 && page.header("location").starts_with("/enter")
}
