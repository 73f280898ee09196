//! What is done with a case at a desk, by whoever is there: mostly by somebody who may, now and then by somebody who may not.

use domain::aid::{Case, Category, Status};
use rand::Rng;

use super::{
    Year,
    office::{Office, proposed},
    people::Applicant,
};
use crate::{aid::ANSWERS, harness::Page};

pub(super) fn desk(case: &Case) -> String {
    format!("/console/aid/{}", case.id)
}

/// Was it done?
pub(super) fn done(page: Option<&Page>) -> bool {
    page.is_some_and(|page| page.status == 303)
}

impl Year {
    /// On the own phone, or at the counter.
    pub(super) async fn asks(&self, one: &Applicant) {
        if one.taps { self.taps(one).await } else { self.comes_to_the_counter(one).await }
    }

    async fn taps(&self, one: &Applicant) {
        let person = self.office.sits(&self.site, &one.login);
        for (question, fields) in ANSWERS {
            let form: Vec<(&str, &str)> = match question {
                "what" => vec![("whose", ""), ("choice", one.kind.code()), ("text", "")],
                "elsewhere" if !one.elsewhere => vec![("whose", ""), ("choice", "nobody")],
                _ => [&[("whose", "")][..], fields].concat(),
            };
            if !done(person.sends(&format!("/aid/apply/{question}"), &form).await.as_ref()) {
                return;
            }
        }
        let check = person.looks("/aid/apply/check").await;
        if check.status == 200 {
            let (draft, version) = (check.value("draft"), check.value("version"));
            let form = [("draft", draft.as_str()), ("version", version.as_str()), ("whose", "")];
            // An impatient finger: the same form twice.
            for _ in 0..2 {
                self.counts("申请", done(person.sends("/aid/apply/send", &form).await.as_ref()));
            }
        }
    }

    async fn comes_to_the_counter(&self, one: &Applicant) {
        let mut dice = self.dice();
        let worker = self.office.sits(&self.site, &Office::worker(&one.county, &mut dice));
        let at = format!("/console/people/{}/aid", one.person);
        let page = worker.looks(&at).await;
        if page.status != 200 {
            return;
        }
        let (entry, received) =
            (page.value("once"), page.between("name=\"received\" value=\"", "\"").to_owned());
        let form = [
            ("once", entry.as_str()),
            ("what", one.kind.code()),
            ("words", "家里有困难"),
            ("since", "earlier"),
            ("elsewhere", if one.elsewhere { "union" } else { "nobody" }),
            ("reach", "on_file"),
            ("visit", "上午"),
            ("pay", "on_file"),
            ("channel", "counter"),
            ("received", received.as_str()),
        ];
        for _ in 0..2 {
            self.counts("登记申请", done(worker.sends(&at, &form).await.as_ref()));
        }
    }

    pub(super) async fn acts_on(&self, case: &Case) {
        let chance = |share| self.dice().random_bool(share);
        if chance(0.001) {
            return self.dies(case).await;
        }
        if case.status.may_withdraw() && chance(0.002) {
            return self.withdraws(case).await;
        }
        match case.status {
            Status::Submitted if chance(0.05) => self.lacks(case).await,
            Status::Submitted if chance(0.03) => self.decides(case, "not_this_kind").await,
            Status::Submitted => self.presses(case, "accept").await,
            Status::Supplementing => self.brings(case).await,
            Status::Accepted => self.visits(case).await,
            Status::Visited if chance(0.03) => self.decides(case, "not_so").await,
            Status::Visited if chance(0.03) => self.decides(case, "back").await,
            Status::Visited => self.sends_up(case).await,
            Status::InApproval => self.is_decided(case).await,
            Status::Approved => self.publishes(case).await,
            Status::OnNotice if chance(0.01) => self.objects(case).await,
            Status::Objected => self.judges_objection(case).await,
            Status::Contested | Status::Appealed => self.judges_appeal(case).await,
            Status::ReadyToPay if !case.account_checked => self.presses(case, "account").await,
            Status::Returned => self.presses(case, "account").await,
            _ => {}
        }
    }

    /// Some worker of the place, or now and then just anybody.
    pub(super) fn somebody(&self, case: &Case) -> String {
        let mut dice = self.dice();
        if dice.random_bool(0.04) {
            return self.office.anybody(&mut dice);
        }
        Office::worker(case.region.as_str(), &mut dice)
    }

    /// Who took the request comes along on the visit, as he may: with somebody else nobody might be left who judges, in an office of four.
    fn beside(&self, case: &Case) -> String {
        let dice = &mut self.dice();
        let took = case.worker.as_ref().map(ToString::to_string);
        if dice.random_bool(0.04) {
            return self.office.anybody(dice);
        }
        took.unwrap_or_else(|| Office::worker(case.region.as_str(), dice))
    }

    pub(super) async fn presses(&self, case: &Case, act: &'static str) {
        let who = self.office.sits(&self.site, &self.somebody(case));
        let page = who.sends(&format!("{}/act", desk(case)), &[("act", act)]).await;
        self.counts(act, done(page.as_ref()));
    }

    async fn lacks(&self, case: &Case) {
        let path = format!("{}/supplement", desk(case));
        let who = self.office.sits(&self.site, &self.somebody(case));
        let page = who.looks(&path).await;
        if page.status == 200 {
            let once = page.value("once");
            let page = who.sends(&path, &[("once", &once), ("said", "住院发票的原件")]).await;
            self.counts("补正", done(page.as_ref()));
        }
    }

    async fn brings(&self, case: &Case) {
        let path = format!("{}/supplement", desk(case));
        let who = self.office.sits(&self.site, &self.somebody(case));
        let page = who.looks(&path).await;
        if page.status == 200 {
            let once = page.value("once");
            let page = who.sends(&path, &[("once", &once), ("came", "yes"), ("said", "发票一张")]).await;
            self.counts("补正材料", done(page.as_ref()));
        }
    }

    pub(super) async fn decides(&self, case: &Case, choice: &'static str) {
        let who = self.office.sits(&self.site, &self.somebody(case));
        let fields = [("choice", choice), ("why", "和规定的条件不符")];
        let page = who.sends(&format!("{}/decision", desk(case)), &fields).await;
        self.counts(choice, done(page.as_ref()));
        if done(page.as_ref()) && choice != "back" && self.dice().random_bool(0.3) {
            self.appeals(case).await;
        }
    }

    async fn visits(&self, case: &Case) {
        let path = format!("{}/visit", desk(case));
        let (lead, second) = (self.somebody(case), self.beside(case));
        let who = self.office.sits(&self.site, &lead);
        let page = who.looks(&path).await;
        if page.status != 200 {
            return self.counts("家访", false);
        }
        let (once, on) =
            (page.value("once"), page.between("type=\"date\" name=\"on\" value=\"", "\"").to_owned());
        let yuan = self.proposes(case);
        // Half of what was paid above ten thousand is what is given.
        let paid = if case.category == Category::MEDICAL_COST {
            (10_000 + 2 * yuan).to_string()
        } else {
            String::new()
        };
        let yuan = yuan.to_string();
        let fields = [
            ("once", once.as_str()),
            ("on", on.as_str()),
            ("second", second.as_str()),
            ("findings", "情况属实"),
            ("yuan", yuan.as_str()),
            ("paid", paid.as_str()),
        ];
        self.counts("家访", done(who.sends(&path, &fields).await.as_ref()));
    }

    fn proposes(&self, case: &Case) -> i64 {
        self.dice().random_range(proposed(case.category)) * 10
    }

    /// To the approver; whoever said that others help, too, is asked about it first.
    async fn sends_up(&self, case: &Case) {
        // In a county of three who handle cases, most have had a part by now.
        let who = if self.dice().random_bool(0.6) {
            Office::higher(case.region.as_str())
        } else {
            self.somebody(case)
        };
        let who = self.office.sits(&self.site, &who);
        let act = format!("{}/act", desk(case));
        let page = who.sends(&act, &[("act", "ask")]).await;
        self.counts("ask", done(page.as_ref()));
        if page.is_some_and(|page| page.status == 422 && page.text.contains("别处也帮扶过")) {
            let note = [("why", "工会帮的是去年住院"), ("evidence", "工会的发放通知")];
            self.presses_elsewhere(case, &note).await;
        }
    }

    async fn presses_elsewhere(&self, case: &Case, note: &[(&str, &str)]) {
        let who = self.office.sits(&self.site, &self.somebody(case));
        let page = who.sends(&format!("{}/elsewhere", desk(case)), note).await;
        self.counts("别处帮扶", done(page.as_ref()));
    }

    async fn publishes(&self, case: &Case) {
        let mut dice = self.dice();
        let who = if dice.random_bool(0.05) {
            self.office.anybody(&mut dice)
        } else {
            Office::publisher(case.region.as_str())
        };
        let who = self.office.sits(&self.site, &who);
        let page = who.sends(&format!("{}/act", desk(case)), &[("act", "publish")]).await;
        self.counts("publish", done(page.as_ref()));
    }

    async fn withdraws(&self, case: &Case) {
        let Some(one) = self.applicants.iter().find(|one| one.person == case.person_id) else { return };
        let who = self.office.sits(&self.site, &one.login);
        let page = who.sends(&format!("/aid/cases/{}/withdraw", case.id), &[]).await;
        self.counts("撤回", done(page.as_ref()));
    }

    async fn dies(&self, case: &Case) {
        let mut dice = self.dice();
        let who = self.office.sits(&self.site, &Office::worker(case.region.as_str(), &mut dice));
        let on = domain::calendar::local_date(self.app.clock.now()).to_string();
        let page =
            who.sends(&format!("/console/people/{}/death", case.person_id), &[("on", on.as_str())]).await;
        self.counts("登记去世", done(page.as_ref()));
    }
}
