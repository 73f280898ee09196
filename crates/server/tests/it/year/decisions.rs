//! What is decided: by the approver in the platform's own pages, and by whoever judges an objection or an appeal.

use chrono::Datelike;
use domain::aid::{
    Case, Happened, RoundState,
    reconcile::{self, Outcome},
    standard::Level,
    store,
};
use rand::Rng;

use super::{
    Year,
    acts::{desk, done},
    office::{MAILROOM, Office},
};
use crate::crash::until;

impl Year {
    /// In the platform, where an approver has it in the inbox: mostly agreed to, by who may.
    pub(super) async fn is_decided(&self, case: &Case) {
        let rounds = store::approval::of_case(&self.app.db, case.id).await.unwrap();
        let Some(round) = rounds.last() else { return };
        if round.state == RoundState::Agreed {
            // There was no money.
            if self.dice().random_bool(0.5) {
                self.asks_for_money(case).await;
            }
            return self.presses(case, "reserve").await;
        }
        let (Some(instance), RoundState::Created) = (&round.instance_id, round.state) else { return };
        let approvals = self.site.tenant.approvals();
        let mut dice = self.dice();
        let county = case.region.as_str();
        let own =
            if round.level == Level::County { Office::approver(county) } else { Office::higher(county) };
        let thrown = dice.random_range(0..100);
        let wrong = Office::higher(&self.office.counties[0]);
        let to = if thrown < 3 { &wrong } else { &own };
        // Passed on or decided already, and the news is lost or under way: then this is refused there.
        let _ = approvals.forward(instance, MAILROOM, to, Some("请审批"));
        let _ = match thrown {
            0..3 => approvals.agree(instance, &wrong, None),
            3..6 => approvals.withdraw(instance, round.asked_by.as_str()),
            6..9 => approvals.forward(instance, &own, &Office::higher(county), Some("请您定")),
            9..13 => approvals.refuse(instance, &own, Some("不符合条件")),
            13..20 => approvals.comment(instance, &own, "请补充说明"),
            _ => approvals.agree(instance, &own, None),
        };
    }

    /// The city gives the county what one case needs, by two people's word.
    async fn asks_for_money(&self, case: &Case) {
        let (county, mut dice) = (case.region.as_str(), self.dice());
        let city = &county[..4];
        let [writes, decides, _] = Office::payers(city, &mut dice);
        let year = domain::calendar::local_date(self.app.clock.now()).year().to_string();
        let yuan = case.proposed.map_or(0, |fen| fen.fen() / 100).to_string();
        let fields = [
            ("kind", "down"),
            ("region", city),
            ("to", county),
            ("year", year.as_str()),
            ("category", case.category.code()),
            ("amount", yuan.as_str()),
            ("source", "市里调剂"),
        ];
        let order = self.office.sits(&self.site, &writes).sends("/console/budget/new", &fields).await;
        self.counts("调剂", done(order.as_ref()));
        if let Some(order) = order.filter(|page| page.status == 303) {
            let at = order.header("location").split('?').next().unwrap().to_owned();
            let page = self.office.sits(&self.site, &decides).sends(&at, &[("act", "agree")]).await;
            self.counts("调剂入账", done(page.as_ref()));
        }
    }

    /// Somebody telephones, and a worker writes it down.
    pub(super) async fn objects(&self, case: &Case) {
        let path = format!("{}/objection", desk(case));
        let who = self.office.sits(&self.site, &self.somebody(case));
        let page = who.looks(&path).await;
        if page.status == 200 {
            let once = page.value("once");
            let page = who.sends(&path, &[("once", &once), ("said", "听说另有收入")]).await;
            self.counts("异议", done(page.as_ref()));
        }
    }

    pub(super) async fn judges_objection(&self, case: &Case) {
        let objections = store::notice::objections(&self.app.db, case.id).await.unwrap();
        let outcome = if self.dice().random_bool(0.3) { "upheld" } else { "dismissed" };
        for objection in objections {
            let who = self.office.sits(&self.site, &self.somebody(case));
            let path = format!("{}/objections/{}", desk(case), objection.id);
            self.counts("异议处理", done(who.sends(&path, &[("outcome", outcome)]).await.as_ref()));
        }
    }

    /// Whoever was refused says that it is not right, and a worker writes it down.
    pub(super) async fn appeals(&self, case: &Case) {
        let path = format!("{}/appeal", desk(case));
        let who = self.office.sits(&self.site, &self.somebody(case));
        let page = who.looks(&path).await;
        if page.status == 200 {
            let once = page.value("once");
            let page = who.sends(&path, &[("once", &once), ("said", "我有住院发票")]).await;
            self.counts("申诉", done(page.as_ref()));
        }
    }

    /// By whoever of the city or the county has had no part in it.
    pub(super) async fn judges_appeal(&self, case: &Case) {
        let appeals = store::paper::appeals(&self.app.db, case.id).await.unwrap();
        let Some(appeal) = appeals.last() else { return };
        let mut dice = self.dice();
        let county = case.region.as_str();
        let judge =
            if dice.random_bool(0.7) { Office::higher(county) } else { Office::worker(county, &mut dice) };
        let who = self.office.sits(&self.site, &judge);
        let outcome = if dice.random_bool(0.4) { "upheld" } else { "dismissed" };
        let path = format!("{}/appeals/{}", desk(case), appeal.id);
        let page = who.sends(&path, &[("outcome", outcome), ("why", "看了材料和记录")]).await;
        self.counts("申诉处理", done(page.as_ref()));
    }

    /// What the platform and we do not agree on is looked into by a clerk: he may, where a withdrawal or a death here crossed a decision
    /// there, and nothing else ever has to be explained.
    pub(super) async fn explains(&self) {
        // What a server had made in the platform when it died is nobody's, until the next one has found it.
        until(async || reconcile::store::open(&self.app.db, Outcome::Orphan).await.unwrap() == 0).await;
        let mut open = reconcile::store::unexplained(&self.app.db, 100).await.unwrap();
        // What came late is being caught up with.
        open.retain(|finding| finding.outcome != Outcome::Late);
        for finding in open {
            let case = finding.case_id.unwrap();
            let log = store::case::log(&self.app.db, case).await.unwrap();
            let crossed = log
                .iter()
                .any(|entry| matches!(entry.what, Happened::Withdrawn | Happened::Terminated { .. }));
            assert!(crossed, "{finding:?} {log:?}");
            let case = store::case::find(&self.app.db, case).await.unwrap().unwrap();
            let who = self.office.sits(&self.site, &Office::higher(case.region.as_str()));
            let page =
                who.sends(&format!("/console/approvals/{}", finding.id), &[("why", "put_right")]).await;
            self.counts("对账说明", done(page.as_ref()));
        }
    }
}
