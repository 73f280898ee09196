use dingtalk::{
    DeptId,
    workflow::{FormField, NewInstance},
};
use dingtalk_sim::EventFaults;
use domain::aid::{
    Status,
    reconcile::{Outcome, store},
};
use sea_orm::ConnectionTrait;
use server::jobs::Reconcile;

use crate::harness::House;

impl House {
    /// One round of the job, as of now.
    pub(crate) async fn reconciled(&self) {
        let form = self.app.config.dingtalk.aid_process_code.parse().unwrap();
        let job = Reconcile { db: self.app.db.clone(), client: self.app.dingtalk.clone(), form };
        job.round(self.app.clock.now()).await.unwrap();
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
async fn an_instance_that_no_case_knows_waits_for_an_explanation() {
    House::each(async |house| {
        let instance = house.fills_in_by_hand().await;
        house.turn_to("2026-11-24 23:31");
        house.reconciled().await;
        house.reconciled().await;
        assert_eq!(house.unexplained(Outcome::Orphan).await, 1, "once");
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
    let house = House::open().await;
    let (_, instance) = house.in_approval().await;
    let here = "UPDATE aid_approval SET state = 'withdrawn'";
    house.app.db.execute_unprepared(here).await.unwrap();
    house.turn_to("2026-11-24 23:31");
    house.reconciled().await;
    assert_eq!(house.unexplained(Outcome::Diverged).await, 1);
    house.reads("linfang", "/console/approvals", 200).await.says("这边已有结果，钉钉上还没办完");
    house.tenant.approvals().withdraw(&instance, "linfang").unwrap();
    house.turn_to("2026-11-25 23:31");
    house.reconciled().await;
    assert_eq!(house.unexplained(Outcome::Diverged).await, 0);
}
