use domain::{
    aid::{Status, commands::procedure::NewProcedure, procedure::Limit, store},
    authority::Worker,
    ids::AccountId,
};

use super::office::desk;
use crate::harness::House;

impl House {
    /// 方圆 writes down that three of the office agreed; which record it is.
    pub(crate) async fn discusses(&self, case: &str) -> String {
        let page = format!("{}/council", desk(case));
        let form = self.reads("fangyuan", &page, 200).await;
        let (once, on) = (
            form.value("once"),
            form.between("type=\"date\" id=\"on\" name=\"on\" value=\"", "\"").to_owned(),
        );
        let fields = [
            ("once", once.as_str()),
            ("on", on.as_str()),
            ("vote-chenjing", "for"),
            ("vote-shenlan", "for"),
            ("vote-linfang", "for"),
            ("vote-zhouming", ""),
            ("why", ""),
        ];
        for _ in 0..2 {
            let sheet = self.sends("fangyuan", &page, &fields, 303).await;
            assert!(sheet.header("location").ends_with(&once));
        }
        once
    }
}

#[actix_web::test]
async fn where_it_is_demanded_a_meeting_comes_before_the_approver() {
    let house = House::open().await;
    let case = house.visited().await;
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let new = NewProcedure {
        region: "330106".parse().unwrap(),
        limit: Limit::CouncilAbove,
        valid_from: domain::calendar::local_date(now),
        value: 2000,
        source: "示例〔2026〕8号".to_owned(),
    };
    let row =
        domain::aid::commands::procedure::propose(db, cx, &house.worker().await, new, now).await.unwrap();
    let other = AccountId::parse("zhouming").unwrap();
    let other = Worker::prove(db, &other, row.region.clone(), now).await.unwrap().unwrap();
    domain::aid::commands::procedure::decide(db, cx, &other, (row.id, true), now).await.unwrap();
    house.presses("linfang", "ask", &case, 422).await.says("先要集体研究。");

    let page = format!("{}/council", desk(&case));
    let once = house.reads("fangyuan", &page, 200).await.value("once");
    let empty = house.sends("fangyuan", &page, &[("once", &once), ("on", "2026-11-24")], 422).await;
    empty.says("<a href=\"#members\">请选谁参加了，怎么表决</a>");
    let two = [
        ("once", once.as_str()),
        ("on", "2026-11-24"),
        ("vote-chenjing", "for"),
        ("vote-linfang", "recused"),
    ];
    let few = house.sends("fangyuan", &page, &two, 422).await;
    few.says("至少3人，除了回避的有1人。").says("<option value=\"recused\" selected>");
    let council = house.discusses(&case).await;
    let sheet = house.reads("fangyuan", &format!("{page}/{council}"), 200).await;
    sheet.says("同意送审批").says("同意3票").says("沈岚").says("王*英").never_says("王秀英");
    house.reads("fangyuan", &desk(&case), 200).await.says("集体研究，同意送审");
    house.asked(&case).await;
    assert_eq!(house.case(&case).await.status, Status::InApproval);
    house.audited().await;
}

#[actix_web::test]
async fn what_a_meeting_does_not_support_ends_with_a_reason() {
    let house = House::open().await;
    let case = house.visited().await;
    let page = format!("{}/council", desk(&case));
    let once = house.reads("fangyuan", &page, 200).await.value("once");
    let mut fields = vec![
        ("once", once.as_str()),
        ("on", "2026-11-24"),
        ("vote-chenjing", "for"),
        ("vote-shenlan", "against"),
        ("vote-linfang", "abstained"),
        ("why", ""),
    ];
    house.sends("fangyuan", &page, &fields, 422).await.says("没有同意要写原因");
    fields.retain(|(name, _)| *name != "why");
    fields.push(("why", "家里已经有别的帮扶"));
    house.sends("fangyuan", &page, &fields, 303).await;
    assert_eq!(house.case(&case).await.status, Status::Refused);
    let reason = house.reads("wangxiuying", &format!("/aid/cases/{case}/reason"), 200).await;
    reason.says("集体研究没有同意").says("家里已经有别的帮扶").never_says("沈岚");
    assert_eq!(store::council::of_case(&house.app.db, case.parse().unwrap()).await.unwrap().len(), 1);
    house.audited().await;
}
