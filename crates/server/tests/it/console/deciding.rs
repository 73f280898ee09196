use domain::{aid::Status, authority::Role};

use super::office::{desk, pot};
use crate::harness::House;

#[actix_web::test]
async fn the_approver_refuses() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        house.tenant.approvals().refuse(&instance, "shenlan", Some("不符合条件")).unwrap();
        house.comes_to(&case, Status::Refused).await;
        assert_eq!(house.pot().await, [150_000, 0, 0, 0]);
        let told = house.hears("wangxiuying", "帮扶申请有结果了", 1).await;
        assert!(told.text().contains("没有通过") && !told.text().contains("不符合条件"));
        house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await.says("这次没有通过");
        for (who, act) in [("linfang", "ask"), ("hemiao", "publish"), ("linfang", "reserve")] {
            house.presses(who, act, &case, 422).await;
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn the_worker_takes_it_back_in_dingtalk_and_asks_again() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        house.tenant.approvals().withdraw(&instance, "linfang").unwrap();
        house.comes_to(&case, Status::Visited).await;
        house.reads("linfang", &desk(&case), 200).await.says("第1轮审批").says("送去审批");
        let second = house.asked(&case).await;
        assert_ne!(instance, second);
        house.tenant.approvals().agree(&second, "shenlan", None).unwrap();
        house.comes_to(&case, Status::Approved).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        assert_eq!(house.tenant.approvals().all().len(), 2);
    })
    .await;
}

#[actix_web::test]
async fn she_takes_her_request_back_and_the_instance_goes_with_it() {
    let house = House::open().await;
    let (case, _) = house.in_approval().await;
    house.sends("wangxiuying", &format!("/aid/cases/{case}/withdraw"), &[], 303).await;
    // The platform does not end an instance in its first seconds.
    house.later(1);
    house.until("taken back", async || house.tenant.approvals().inbox("shenlan").is_empty()).await;
    house.settled().await;
    assert_eq!(house.case(&case).await.status, Status::Withdrawn);
    house
        .reads("chenjing", &desk(&case), 200)
        .await
        .says("申请人撤回")
        .never_says("<button class=\"button primary\"");
}

#[actix_web::test]
async fn whoever_visited_her_does_not_decide_about_her() {
    let house = House::open().await;
    let case = house.accepted().await;
    house.hires("shenlan", Role::Worker).await;
    let page = format!("{}/visit", desk(&case));
    let once = house.reads("zhouming", &page, 200).await.value("once");
    let visit = [
        ("once", once.as_str()),
        ("on", "2026-11-24"),
        ("second", "shenlan"),
        ("findings", "家中整洁"),
        ("yuan", "3000"),
    ];
    house.sends("zhouming", &page, &visit, 303).await;
    house.explains_elsewhere(&case).await;
    let instance = house.asked(&case).await;
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.comes_to(&case, Status::Visited).await;
    house.reads("linfang", &desk(&case), 200).await.says("审批无效，回到经办人").says("送去审批");
    assert_eq!(house.pot().await, [150_000, 0, 0, 0]);
    house.audited().await;
}

#[actix_web::test]
async fn a_budget_that_is_too_small_binds_nothing_and_says_so() {
    House::each(async |house| {
        let (db, now) = (&house.app.db, house.app.clock.now());
        let (case, instance) = house.in_approval().await;
        house.reads("linfang", &desk(&case), 200).await.never_says("再预占");
        let tx = mailbox::transaction::write(db).await.unwrap();
        ledger::reserve(&tx, &pot(), ledger::Fen::yuan(148_000), "elsewhere", "elsewhere", now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.settled().await;
        house.reads("linfang", &desk(&case), 200).await.says("审批同意，经费不足").says("经费到位，再预占");
        house.reads("linfang", "/console", 200).await.says("经费不足：<strong>1</strong>");
        house
            .presses("linfang", "reserve", &case, 422)
            .await
            .says("可用¥2,000.00。")
            .says("还差¥1,000.00。")
            .says("tel:");
        assert_eq!(house.pot().await, [2000, 148_000, 0, 0]);
        assert!(house.told_of("wangxiuying", "通过了").is_empty(), "she is told when the money is there");

        let tx = mailbox::transaction::write(db).await.unwrap();
        ledger::release(&tx, &pot(), ledger::Fen::yuan(148_000), "elsewhere", "freed", now).await.unwrap();
        tx.commit().await.unwrap();
        house.presses("linfang", "reserve", &case, 303).await;
        house.presses("linfang", "reserve", &case, 422).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        house.hears("wangxiuying", "通过了", 1).await;
        house.audited().await;
    })
    .await;
}
