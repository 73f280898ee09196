use domain::aid::Status;

use super::office::desk;
use crate::harness::House;

#[actix_web::test]
async fn money_that_the_bank_returns_is_paid_again_when_the_account_was_asked_for() {
    House::each(async |house| {
        let case = house.ready().await;
        let (batch, line) = house.with_the_bank().await;
        for _ in 0..2 {
            house.sends("xuke", &line, &[("result", "account")], 303).await;
        }
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0], "still hers");
        house.reads("xuke", &batch, 200).await.says("已结清").says("退汇").never_says("登记</button>");
        let told = house.hears("wangxiuying", "帮扶款没有汇成", 1).await;
        assert!(told.text().contains("钱没有丢") && !told.text().contains('3'));
        house.sends("xuke", &line, &[("result", "paid")], 422).await.says("这一批已经办到下一步了。");

        // Until somebody has asked for the account it is in no batch.
        house.sends("wumin", "/console/batches", &[], 422).await.says("现在没有待发放的个案。");
        house.reads("chenjing", "/console", 200).await.says("待核对账户：<strong>1</strong>");
        house.reads("chenjing", &desk(&case), 200).await.says("账户已核对</button>");
        house.presses("wumin", "account", &case, 404).await;
        house.presses("chenjing", "account", &case, 303).await;
        house.reads("chenjing", &desk(&case), 200).await.never_says("账户已核对</button>");
        let (_, line) = house.with_the_bank().await;
        house.sends("xuke", &line, &[("result", "paid")], 303).await;
        assert_eq!(house.case(&case).await.status, Status::Paid);
        assert_eq!(house.pot().await, [147_000, 0, 0, 3000]);

        // The bank may send it back even then.
        house.sends("xuke", &line, &[("result", "other")], 303).await;
        assert_eq!(house.case(&case).await.status, Status::Returned);
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        house.hears("wangxiuying", "帮扶款没有汇成", 2).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn who_made_a_batch_neither_confirms_nor_settles_it() {
    let house = House::open().await;
    house.ready().await;
    let batch = house.batch().await;
    house.batch_act("wumin", "confirm", &batch, 422).await.says("自己做的批次，不能自己复核。");
    house.batch_act("xuke", "send", &batch, 422).await;
    house.sends("xuke", &format!("{batch}/file"), &[], 422).await;
    let stale = [("act", "confirm"), ("version", "0")];
    house.sends("xuke", &format!("{batch}/act"), &stale, 409).await.says("这一页放得太久了");
    for other in ["chenjing", "shenlan", "hemiao", "zhengzhe", "wangxiuying"] {
        house.reads(other, &batch, 404).await;
        house.sends(other, &format!("{batch}/act"), &[("act", "confirm"), ("version", "1")], 404).await;
        house.sends(other, &format!("{batch}/file"), &[], 404).await;
        house.sends(other, "/console/batches", &[], 404).await;
    }
    for act in ["confirm", "send"] {
        house.batch_act("xuke", act, &batch, 303).await;
    }
    let page = house.reads("xuke", &batch, 200).await;
    let line = format!("/console/payments/{}", page.between("action=\"/console/payments/", "\""));
    house.sends("wumin", &line, &[("result", "paid")], 422).await.says("自己做的批次");
    house.sends("chenjing", &line, &[("result", "paid")], 404).await;
    house.sends("xuke", &line, &[("result", "gold")], 409).await;
    // Nothing is chosen before somebody chooses.
    page.says("<option value=\"\">请选</option><option value=\"paid\">");
    house.sends("xuke", &line, &[("result", "")], 422).await.says("请选银行的结果</a>");
    assert_eq!(house.pot().await, [147_000, 0, 3000, 0], "nothing moved");
}

#[actix_web::test]
async fn a_line_that_was_changed_behind_our_back_is_not_confirmed() {
    use sea_orm::ConnectionTrait;
    let house = House::open().await;
    house.ready().await;
    let batch = house.batch().await;
    house.app.db.execute_unprepared("UPDATE aid_payment SET payee = '别人'").await.unwrap();
    house.batch_act("xuke", "confirm", &batch, 422).await.says("这一批有变化");
}

#[actix_web::test]
async fn whoever_dies_is_not_paid() {
    House::each(async |house| {
        let case = house.ready().await;
        let batch = house.batch().await;
        house.batch_act("xuke", "confirm", &batch, 303).await;
        let told = house.told("wangxiuying").len();
        house.dies(domain::seed::cast().wang).await;
        house.batch_act("xuke", "confirm", &batch, 422).await;
        assert_eq!(house.case(&case).await.status, Status::Terminated);
        assert_eq!(house.pot().await, [150_000, 0, 0, 0]);
        house.settled().await;
        assert_eq!(house.told("wangxiuying").len(), told, "nobody is told by a robot");
        house.reads("xuke", &batch, 200).await.says("已移出");
        house.audited().await;
    })
    .await;
}
