//! Somebody who tries again until it has worked, as people do: looks, and presses if it is not so yet.

use domain::{aid::Status, ids::CaseId};

use super::{Scene, until};
use crate::{
    aid::ANSWERS,
    harness::{Page, Stubborn},
};

/// A person with a browser, in front of a server that dies.
pub(super) struct Patient<'a> {
    scene: &'a Scene,
    stubborn: Stubborn,
}

impl<'a> Patient<'a> {
    pub(super) fn new(scene: &'a Scene, userid: &'static str) -> Self {
        Self { scene, stubborn: Stubborn::new(&scene.site, userid) }
    }

    pub(super) async fn asks_for_help(&self) -> CaseId {
        for (question, fields) in ANSWERS {
            let path = format!("/aid/apply/{question}");
            let form = [&[("whose", "")][..], fields].concat();
            while self.stubborn.sends(&path, &form).await.is_none_or(|page| page.status != 303) {}
        }
        loop {
            if let Some(case) = self.scene.case().await {
                return case;
            }
            let check = self.looks("/aid/apply/check").await;
            // Sent already: the check page has nothing to show.
            if check.status == 200 {
                let (draft, version) = (check.value("draft"), check.value("version"));
                let form = [("draft", draft.as_str()), ("version", version.as_str()), ("whose", "")];
                // An impatient finger: the same form twice.
                for _ in 0..2 {
                    self.stubborn.sends("/aid/apply/send", &form).await;
                }
            }
        }
    }

    /// Presses a button of a case until the case is where that leads.
    pub(super) async fn presses(&self, act: &str, case: CaseId, to: Status) {
        let desk = format!("/console/aid/{case}/act");
        until(async || {
            if self.scene.status(case).await == to {
                return true;
            }
            self.stubborn.sends(&desk, &[("act", act)]).await;
            false
        })
        .await;
    }

    /// Writes down the visit, with the form that was opened first.
    pub(super) async fn visits(&self, case: CaseId) {
        let path = format!("/console/aid/{case}/visit");
        let form = self.looks(&path).await;
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
            self.stubborn.sends(&path, &fields).await;
            false
        })
        .await;
    }

    /// A form of the desk that leads somewhere: sends it until it does.
    pub(super) async fn gets_through(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.stubborn.gets_through(path, fields).await
    }

    pub(super) async fn looks(&self, path: &str) -> Page {
        self.stubborn.looks(path).await
    }
}
