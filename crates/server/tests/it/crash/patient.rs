//! Somebody who tries again until it has worked, as people do: looks, and presses if it is not so yet.

use domain::{aid::Status, ids::CaseId};

use super::{Scene, pause, until};
use crate::{
    aid::ANSWERS,
    harness::{Browser, Page},
};

/// A person with a browser, in front of a server that dies.
pub(super) struct Patient<'a> {
    scene: &'a Scene,
    userid: &'static str,
    browser: Browser,
}

impl<'a> Patient<'a> {
    pub(super) fn new(scene: &'a Scene, userid: &'static str) -> Self {
        Self { scene, userid, browser: Browser::new(scene.site.address("web")) }
    }

    /// A page, signed in. Whoever is not, signs in: a code is good once, so each try takes a new one.
    async fn reads(&self, path: &str) -> Page {
        loop {
            if let Some(page) = self.browser.try_send(self.browser.request(reqwest::Method::GET, path)).await
            {
                match page.status {
                    303 if page.header("location").starts_with("/enter") => self.enters().await,
                    200 | 303 => return page,
                    _ => {}
                }
            }
            pause(30).await;
        }
    }

    async fn enters(&self) {
        let Some(entrance) =
            self.browser.try_send(self.browser.request(reqwest::Method::GET, "/enter?to=/home")).await
        else {
            return;
        };
        let (code, nonce) =
            (self.scene.site.tenant.person(self.userid).auth_code().unwrap(), entrance.value("nonce"));
        let form = [("code", code.as_str()), ("nonce", &nonce), ("to", "/home"), ("kept", "")];
        self.browser.try_send(self.browser.form("/session", &form)).await;
    }

    /// Sends a form with the page's token, once; whether it arrived is seen afterwards.
    async fn sends(&self, token: &str, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        let mut form = vec![("csrf", token)];
        form.extend(fields);
        self.browser.try_send(self.browser.form(path, &form)).await
    }

    pub(super) async fn asks_for_help(&self) -> CaseId {
        for (question, fields) in ANSWERS {
            let path = format!("/aid/apply/{question}");
            loop {
                let token = self.reads(&path).await.value("csrf");
                let mut form = vec![("whose", "")];
                form.extend(fields);
                if self.sends(&token, &path, &form).await.is_some_and(|page| page.status == 303) {
                    break;
                }
            }
        }
        loop {
            if let Some(case) = self.scene.case().await {
                return case;
            }
            let check = self.reads("/aid/apply/check").await;
            // Sent already: the check page has nothing to show.
            if check.status == 200 {
                let (draft, version) = (check.value("draft"), check.value("version"));
                let form = [("draft", draft.as_str()), ("version", version.as_str()), ("whose", "")];
                // An impatient finger: the same form twice.
                for _ in 0..2 {
                    self.sends(&check.value("csrf"), "/aid/apply/send", &form).await;
                }
            }
        }
    }

    /// Presses a button of a case until the case is where that leads.
    pub(super) async fn presses(&self, act: &str, case: CaseId, to: Status) {
        let desk = format!("/console/aid/{case}");
        until(async || {
            if self.scene.status(case).await == to {
                return true;
            }
            let token = self.reads("/text-size").await.value("csrf");
            self.sends(&token, &format!("{desk}/act"), &[("act", act)]).await;
            false
        })
        .await;
    }

    /// Writes down the visit, with the form that was opened first.
    pub(super) async fn visits(&self, case: CaseId) {
        let path = format!("/console/aid/{case}/visit");
        let form = self.reads(&path).await;
        let once = form.value("once");
        let on = form.between("type=\"date\" name=\"on\" value=\"", "\"").to_owned();
        let fields = [
            ("once", once.as_str()),
            ("on", &on),
            ("second", "chenjing"),
            ("findings", "情况属实"),
            ("yuan", "3000"),
        ];
        until(async || {
            if self.scene.status(case).await == Status::Visited {
                return true;
            }
            let token = self.reads("/text-size").await.value("csrf");
            self.sends(&token, &path, &fields).await;
            false
        })
        .await;
    }

    /// A form of the desk that leads somewhere: sends it until it does.
    pub(super) async fn gets_through(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        loop {
            let token = self.reads("/text-size").await.value("csrf");
            if let Some(page) = self.sends(&token, path, fields).await {
                return page;
            }
        }
    }

    pub(super) async fn looks(&self, path: &str) -> Page {
        self.reads(path).await
    }
}
