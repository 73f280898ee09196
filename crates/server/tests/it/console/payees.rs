use domain::{
    aid::commands::evidence::{NewPaper, add},
    evidence::{Item, Sent, Source},
    ids::EvidenceId,
};

use super::office::desk;
use crate::harness::House;

#[actix_web::test]
async fn a_unit_receives_for_her_and_every_page_still_speaks_of_her() {
    let house = House::open().await;
    let case = house.ready().await;
    let page = format!("{}/payee", desk(&case));
    house.reads("zhouming", &desk(&case), 200).await.says("代收人");
    house.reads("shenlan", &page, 404).await;
    let empty = house.sends("zhouming", &page, &[("act", "propose")], 422).await;
    empty.says("请选谁代收").says("请看一下账号").says("请写开户行").says("请写收到哪一天");
    let row = [
        ("act", "propose"),
        ("kind", "unit"),
        ("account", "6222 0212 0204 1234 567"),
        ("bank", "另一银行"),
        ("until", "2026-12-31"),
    ];
    house.sends("zhouming", &page, &row, 422).await.says("还没有委托书。");
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let bytes = crate::papers::photograph();
    let examined = attachment::examine("a.jpg", &bytes, &attachment::Limits::default()).unwrap();
    let sent = Sent::of(&bytes, examined);
    let new = NewPaper { id: EvidenceId::new(now), item: Item::Mandate, source: Source::OriginalSeen, sent };
    let worker = house.worker().await;
    add(db, (cx, &house.app.files), &worker, (case.parse().unwrap(), new), now).await.unwrap();

    house.sends("zhouming", &page, &row, 303).await;
    let shown = house.reads("fangyuan", &page, 200).await;
    shown.says("单位，").says("尾号4567").says("待审核").never_says("6222");
    let payee = shown.value("payee");
    let press = async |who: &str, act: &str, words: &str, status: u16| {
        let fields = [("act", act), ("payee", payee.as_str()), ("words", words)];
        house.sends(who, &page, &fields, status).await
    };
    press("zhouming", "agree", "", 422).await.says("您已经办过代收人的一步。");
    press("fangyuan", "agree", "", 303).await;
    house.sends("wumin", "/console/batches", &[], 422).await;
    press("fangyuan", "vouch", "打电话问过", 422).await.says("您已经办过代收人的一步。");
    press("chenjing", "vouch", "打电话问过本人", 303).await;
    let batch = house.batch().await;
    house.reads("xuke", &batch, 200).await.says("4567").never_says("王秀英");
    let log = house.reads("linfang", &desk(&case), 200).await;
    log.says("提出代收人").says("同意代收人").says("代收人的账户已核对").says("王秀英");
    house.audited().await;
}
