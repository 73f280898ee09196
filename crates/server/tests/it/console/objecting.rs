use domain::aid::{Status, store};

use super::office::desk;
use crate::harness::House;

impl House {
    /// 林芳 writes down what somebody said on the telephone; the page of the objection.
    pub(crate) async fn objects(&self, case: &str, said: &str) -> String {
        let page = format!("{}/objection", desk(case));
        let once = self.reads("linfang", &page, 200).await.value("once");
        for _ in 0..2 {
            self.sends("linfang", &page, &[("once", &once), ("said", said)], 303).await;
        }
        let objections = store::notice::objections(&self.app.db, case.parse().unwrap()).await.unwrap();
        format!("{}/objections/{}", desk(case), objections.last().unwrap().id)
    }
}

#[actix_web::test]
async fn an_objection_that_is_unfounded_stops_the_clock_for_a_while() {
    House::each(async |house| {
        let case = house.published().await;
        house.turn_to("2026-11-26 10:00");
        let page = format!("{}/objection", desk(&case));
        let once = house.reads("linfang", &page, 200).await.value("once");
        house
            .sends("linfang", &page, &[("once", &once), ("said", " ")], 422)
            .await
            .says("请写几句话，最多1000个字");
        let objection = house.objects(&case, "听说她另有收入").await;
        let steps = house.steps(&case).await;
        house
            .reads("linfang", &desk(&case), 200)
            .await
            .says("异议处理中")
            .says("待处理")
            .never_says("另有收入");

        // It hangs on, and nothing closes it, however long that takes.
        house.turn_to("2026-12-14 09:00");
        house.settled().await;
        assert_eq!((house.case(&case).await.status, house.steps(&case).await), (Status::Objected, steps));
        house.reads("zhaodefu", "/notices", 200).await.says("王*英");

        // Who had a part in the case does not judge it; who has none of the office reads it.
        for part in ["zhouming", "chenjing", "linfang"] {
            let own = house.sends(part, &objection, &[("outcome", "dismissed")], 422).await;
            own.says("不能再办异议处理。");
        }
        house.reads("fangyuan", "/console", 200).await.says("异议待处理：<strong>1</strong>");
        house.reads("fangyuan", &objection, 200).await.says("听说她另有收入").says("不成立");
        house.sends("fangyuan", &objection, &[], 422).await.says("<a href=\"#outcome\">请选一个</a>");
        house.sends("fangyuan", &objection, &[("outcome", "dismissed")], 303).await;
        house.sends("fangyuan", &objection, &[("outcome", "upheld")], 409).await;
        // Three working days were left: Friday, Monday, Tuesday; now Tuesday, Wednesday, Thursday.
        assert_eq!(house.case(&case).await.status, Status::OnNotice);
        house.turn_to("2026-12-17 23:00");
        house.settled().await;
        assert_eq!(house.case(&case).await.status, Status::OnNotice);
        house.turn_to("2026-12-18 09:00");
        house.comes_to(&case, Status::ReadyToPay).await;
        house.sends("linfang", &page, &[("once", &once), ("said", "太晚了")], 422).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn an_objection_that_is_right_ends_it_and_frees_the_money() {
    let house = House::open().await;
    let case = house.published().await;
    let objection = house.objects(&case, "并非本人情况").await;
    house.sends("fangyuan", &objection, &[("outcome", "upheld")], 303).await;
    assert_eq!(house.case(&case).await.status, Status::Refused);
    assert_eq!(house.pot().await, [150_000, 0, 0, 0]);
    house.reads("zhaodefu", "/notices", 200).await.says("现在没有公示。");
    house
        .reads("fangyuan", &objection, 200)
        .await
        .says("已经处理过了。")
        .never_says("<form method=\"post\" action=\"/console/aid");
    house.hears("wangxiuying", "帮扶申请有结果了", 1).await;
}

#[actix_web::test]
async fn what_was_objected_is_for_workers_of_the_place() {
    let house = House::open().await;
    let case = house.published().await;
    let objection = house.objects(&case, "并非本人情况").await;
    for other in ["shenlan", "hemiao", "wumin", "zhengzhe", "wangxiuying"] {
        house.reads(other, &objection, 404).await;
        house.sends(other, &objection, &[("outcome", "upheld")], 404).await;
        house.reads(other, &format!("{}/objection", desk(&case)), 404).await;
    }
    let elsewhere = format!("{}/objections/018f0000-0000-7000-8000-000000000001", desk(&case));
    house.reads("fangyuan", &elsewhere, 404).await;
    // Whoever opened it stands in the chain.
    house.reads("fangyuan", &objection, 200).await;
    let rows = audit::of_subject(&house.app.db, &house.case(&case).await.subject()).await.unwrap();
    let read: Vec<_> = rows.iter().filter(|row| row.action == "aid.objection_read").collect();
    assert_eq!((read.len(), read[0].actor.as_str()), (1, "fangyuan"));
}
