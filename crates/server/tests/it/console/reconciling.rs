use chrono::TimeDelta;
use dingtalk::{
    DeptId,
    workflow::{FormField, NewInstance},
};
use dingtalk_sim::{EventFaults, Fault};
use domain::aid::{
    Status,
    reconcile::{Outcome, store},
};
use sea_orm::ConnectionTrait;
use server::jobs::{Approvals, Reconcile};

use crate::harness::House;

impl House {
    /// One round of the job, as of now.
    pub(crate) async fn reconciled(&self) {
        let form = self.app.config.dingtalk.aid_process_code.parse().unwrap();
        let (db, cx) = (self.app.db.clone(), self.app.cx.clone());
        let limits = self.app.limits.clone();
        let job = Reconcile { db, cx, client: self.app.dingtalk.clone(), form, limits };
        let now = self.app.clock.now();
        job.round(now).await.unwrap();
        // The house's own job may have begun a check before this one could.
        self.until("a check", async || {
            store::undone(&self.app.db, now + TimeDelta::hours(1)).await.unwrap().is_none()
        })
        .await;
    }

    /// One round of the job that asks about the silent ones.
    pub(crate) async fn silent_asked(&self) {
        Approvals { db: self.app.db.clone() }.round(self.app.clock.now()).await.unwrap();
    }

    async fn unexplained(&self, outcome: Outcome) -> u64 {
        store::open(&self.app.db, outcome).await.unwrap()
    }

    /// 陈静 fills the form in by hand, with no case behind it.
    pub(crate) async fn fills_in_by_hand(&self) -> String {
        let form = self.app.config.dingtalk.aid_process_code.parse().unwrap();
        let values = [
            ("受理编号", "手工-1"),
            ("轮次", "1"),
            ("申请人", "某人"),
            ("帮扶类别", "看病"),
            ("建议金额（元）", "100.00"),
            ("审批级别", "县级"),
            ("个案页面", "无"),
        ];
        let fields = values.map(|(name, value)| FormField::new(name, value)).to_vec();
        let new = NewInstance::new(form, "chenjing".parse().unwrap(), DeptId(-1), fields);
        self.app.dingtalk.workflow().create(&new).await.unwrap().to_string()
    }
}

#[actix_web::test]
async fn what_was_decided_while_nobody_listened_is_found_by_its_window_and_caught_up() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        house.reconciled().await;
        house.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.settled().await;
        // All servers were away for a quarter of an hour.
        house.later(15);
        house.reconciled().await;
        let checks = store::checks(&house.app.db, 9).await.unwrap();
        let down = checks.iter().find(|check| check.slot.starts_with("down/")).unwrap();
        assert_eq!((down.matched, down.late, down.diverged, down.orphans), (0, 1, 0, 0));
        house.comes_to(&case, Status::Approved).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        house.reconciled().await;
        assert_eq!(house.unexplained(Outcome::Late).await, 0, "it came right by itself");
        // The evening's check finds that everything agrees.
        house.turn_to("2026-11-24 23:31");
        house.reconciled().await;
        let checks = store::checks(&house.app.db, 9).await.unwrap();
        let day = checks.iter().find(|check| check.slot == "day/2026-11-24").unwrap();
        assert_eq!((day.matched, day.late, day.diverged, day.orphans), (1, 0, 0, 0));
        let page = house.reads("chenjing", "/console/approvals", 200).await;
        page.says("一致1件").says("两边都对得上").says("钉钉上已经办完，消息来晚了");
    })
    .await;
}

#[actix_web::test]
async fn what_was_made_long_after_it_was_asked_for_is_looked_for_where_it_is() {
    House::each(async |house| {
        let case = house.visited().await;
        house.turn_to("2026-11-24 22:50");
        house.tenant.faults().next(1000, "POST /v1.0/workflow/processInstances", Fault::Busy);
        house.presses("linfang", "ask", &case, 303).await;
        house
            .until("a refusal", async || {
                house.tenant.wire().iter().any(|one| one.path.ends_with("/workflow/processInstances"))
            })
            .await;
        // The window of the day's check ends at 23:21: it was asked for in it, and made after it.
        house.turn_to("2026-11-24 23:26");
        house.tenant.faults().clear();
        house.until("an instance", async || !house.tenant.approvals().inbox("shenlan").is_empty()).await;
        house.settled().await;
        house.turn_to("2026-11-24 23:31");
        house.reconciled().await;
        let checks = store::checks(&house.app.db, 9).await.unwrap();
        let day = checks.iter().find(|check| check.slot == "day/2026-11-24").unwrap();
        assert_eq!((day.matched, day.late, day.diverged, day.orphans), (1, 0, 0, 0));
        assert!(checks.iter().all(|check| check.diverged == 0), "{checks:?}");
    })
    .await;
}

#[actix_web::test]
async fn an_instance_that_no_case_knows_waits_for_an_explanation() {
    House::each(async |house| {
        let instance = house.fills_in_by_hand().await;
        house.turn_to("2026-11-24 23:31");
        house.reconciled().await;
        house.reconciled().await;
        assert_eq!(house.unexplained(Outcome::Orphan).await, 1, "once");
        // Of no case, it is everybody's.
        house.welcomes("outsider").await;
        house.hires_in("outsider", domain::authority::Role::Worker, "330205").await;
        house.reads("outsider", "/console", 200).await.says("1件和钉钉对不上");
        house.reads("chenjing", "/console", 200).await.says("1件和钉钉对不上，请说明");
        house.reads("shenlan", "/console/approvals", 404).await;
        house.reads("chenjing", "/console/approvals", 200).await.says("这边没有个案").says(&instance);
        let finding = store::unexplained(&house.app.db, 9).await.unwrap().remove(0);
        let path = format!("/console/approvals/{}", finding.id);
        house.sends("shenlan", &path, &[("why", "by_hand")], 404).await;
        house.sends("chenjing", &path, &[("why", "nonsense")], 409).await;
        house.sends("chenjing", &path, &[("why", "by_hand")], 303).await;
        house.sends("zhouming", &path, &[("why", "trial")], 303).await;
        assert_eq!(house.unexplained(Outcome::Orphan).await, 0);
        let page = house.reads("chenjing", "/console/approvals", 200).await;
        page.says("有人手工填的，不算数").never_says("试填的，不算数</td>");
        house.audited().await;
        // The next evening finds it again, and it stays explained.
        house.turn_to("2026-11-25 23:31");
        house.reconciled().await;
        assert_eq!(house.unexplained(Outcome::Orphan).await, 0);
    })
    .await;
}

#[actix_web::test]
async fn what_contradicts_is_a_row_until_it_agrees() {
    House::each(what_contradicts).await;
}

async fn what_contradicts(house: House) {
    let (_, instance) = house.in_approval().await;
    let here = "UPDATE aid_approval SET state = 'withdrawn'";
    house.app.db.execute_unprepared(here).await.unwrap();
    house.turn_to("2026-11-24 23:31");
    house.reconciled().await;
    assert_eq!(house.unexplained(Outcome::Diverged).await, 1);
    house.reads("linfang", "/console/approvals", 200).await.says("这边已有结果，钉钉上还没办完");
    // Another county counts what its list shows.
    house.welcomes("outsider").await;
    house.hires_in("outsider", domain::authority::Role::Worker, "330205").await;
    let elsewhere = house.reads("outsider", "/console/approvals", 200).await;
    elsewhere.says("<dt>两边不一致</dt><dd>0件").says("两边都对得上");
    house.reads("outsider", "/console", 200).await.says("和钉钉对得上");
    house.reads("linfang", "/console/approvals", 200).await.says("<dt>两边不一致</dt><dd>1件");
    house.tenant.approvals().withdraw(&instance, "linfang").unwrap();
    house.turn_to("2026-11-25 23:31");
    house.reconciled().await;
    assert_eq!(house.unexplained(Outcome::Diverged).await, 0);
}

#[actix_web::test]
async fn an_end_of_which_the_news_is_lost_is_ours_within_ten_minutes_however_long_it_waited() {
    House::each(async |house| {
        for silent in [0, 47, 3 * 60 + 1] {
            let (case, instance) = if silent == 0 {
                house.in_approval().await
            } else {
                let case = house.back_at_the_desk().await;
                let instance = house.asked(&case).await;
                (case, instance)
            };
            let mut waited = 0;
            while waited < silent {
                house.later(7);
                waited += 7;
                house.minute().await;
            }
            house.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
            house.tenant.approvals().withdraw(&instance, "linfang").unwrap();
            house.tenant.pushes().settled().await;
            house.tenant.faults().events(EventFaults::default());
            let mut minutes = 0;
            while house.case(&case).await.status == Status::InApproval {
                house.later(1);
                minutes += 1;
                house.minute().await;
                assert!(minutes <= 10, "silent for {silent} minutes");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn a_sweep_asks_once_in_eight_minutes_and_not_at_all_when_nothing_waits() {
    let house = House::open().await;
    let listings = || {
        let wire = house.tenant.wire();
        wire.iter().filter(|one| one.path.contains("instanceIds/query")).count()
    };
    house.reconciled().await;
    assert_eq!(listings(), 0);
    house.in_approval().await;
    house.later(3);
    for _ in 0..16 {
        house.later(1);
        // Two servers.
        house.reconciled().await;
        house.reconciled().await;
    }
    assert_eq!(listings(), 2);
    // At night, of five thousand calls a month: every three quarters of an hour.
    house.turn_to("2026-11-24 21:00");
    house.reconciled().await;
    let before = listings();
    for _ in 0..50 {
        house.later(1);
        house.reconciled().await;
    }
    let more = listings() - before;
    assert!((1..=2).contains(&more), "{more} in fifty minutes");
}

#[actix_web::test]
async fn the_days_end_says_how_much_nobody_had_explained() {
    House::each(async |house| {
        house.reconciled().await;
        house.fills_in_by_hand().await;
        house.turn_to("2026-11-24 23:31");
        house.reconciled().await;
        let page = house.reads("chenjing", "/console/approvals", 200).await;
        page.says("问一问填表的同志").never_says("日结");
        house.turn_to("2026-11-25 00:02");
        house.reconciled().await;
        house.reconciled().await;
        // Explained in the morning; the day before has ended as it has.
        house.turn_to("2026-11-25 09:00");
        let finding = store::unexplained(&house.app.db, 9).await.unwrap().remove(0);
        house
            .sends("chenjing", &format!("/console/approvals/{}", finding.id), &[("why", "by_hand")], 303)
            .await;
        house.turn_to("2026-11-25 23:31");
        house.reconciled().await;
        // All servers are off over midnight.
        house.turn_to("2026-11-27 09:00");
        house.reconciled().await;
        let days = store::days(&house.app.db, 9).await.unwrap();
        let said: Vec<_> = days
            .iter()
            .map(|day| (day.on_day.to_string(), day.unexplained, day.explained, day.checks))
            .collect();
        let (first, second, third) = ("2026-11-24", "2026-11-25", "2026-11-26");
        assert_eq!((said[2].0.as_str(), said[2].1, said[2].2), (first, 1, 0));
        assert_eq!((said[1].0.as_str(), said[1].1, said[1].2), (second, 0, 1));
        assert_eq!((said[0].0.as_str(), said[0].1, said[0].3), (third, 0, 0));
        let page = house.reads("chenjing", "/console/approvals", 200).await;
        page.says("1件没有说清").says("没有说不清的").says("没有核对过");
        let day = house.reads("chenjing", "/console/approvals/days/2026-11-25", 200).await;
        day.says("这一天没有说不清的").says("有人手工填的，不算数（陈静）");
        house.reads("chenjing", "/console/approvals/days/2026-11-24", 200).await.says("日终没有说清的");
        house.reads("shenlan", "/console/approvals/days/2026-11-24", 404).await;
        house.reads("chenjing", "/console/approvals/days/2026-11-20", 404).await;
        house.audited().await;
    })
    .await;
}

impl House {
    /// What the jobs do in a minute.
    async fn minute(&self) {
        self.silent_asked().await;
        self.reconciled().await;
        self.settled().await;
    }

    /// The case of the story so far waits for another round.
    async fn back_at_the_desk(&self) -> String {
        let scopes = [domain::authority::Scope::Region("330106".parse().unwrap())];
        let all =
            domain::aid::store::case::waiting(&self.app.db, &scopes, &[Status::Visited], 1).await.unwrap();
        all[0].id.to_string()
    }
}
