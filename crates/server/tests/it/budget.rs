//! Money before it is for anybody, at the desk and at the machine.

use domain::{
    aid::{Category, Status},
    authority::Role,
    ids::RegionCode,
};
use ledger::Envelope;
use sea_orm::ConnectionTrait;

use crate::{
    console::pot,
    harness::{House, Site},
};

const NEW: &str = "/console/budget/new";

fn fields<'a>(kind: &'a str, region: &'a str, to: &'a str, amount: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("kind", kind),
        ("region", region),
        ("to", to),
        ("year", "2026"),
        ("category", "illness"),
        ("amount", amount),
        ("source", "示例〔2026〕1号"),
    ]
}

/// Somebody writes an order; its page.
async fn writes(house: &House, who: &str, fields: &[(&str, &str)]) -> String {
    house.sends(who, NEW, fields, 303).await.header("location").to_owned()
}

#[actix_web::test]
async fn money_comes_by_two_peoples_word_and_every_figure_has_its_lines() {
    House::each(async |house| {
        let case = house.approved().await;
        let mistake = house.sends("wumin", NEW, &[("year", "x")], 422).await;
        mistake.says("请选做什么").says("请写年度").says("请选类别").says("请写金额").says("请写文件号");
        let order = writes(&house, "wumin", &fields("appropriate", "330106", "", "20,000.50")).await;
        house.reads("wumin", &order, 200).await.says("等另一位同志审核").never_says("同意，入账");
        house.sends("wumin", &order, &[("act", "agree")], 422).await.says("自己写的，不能自己审核。");
        house.reads("xuke", "/console", 200).await.says("1张经费单等审核");
        house.reads("xuke", &order, 200).await.says("¥20,000.50").says("同意，入账");
        house.sends("xuke", &order, &[("act", "agree")], 303).await;
        house.sends("xuke", &order, &[("act", "agree")], 422).await.says("这件事已经有人办过了。");
        house.reads("xuke", &order, 200).await.says("已入账").says("谁审核的");

        for who in ["xuke", "zhengzhe", "shenlan", "chenjing"] {
            let page = house.reads(who, "/console/budget", 200).await;
            page.says("重大疾病").says("¥170,000.50").says("¥3,000.00").says("¥167,000.50").says("账是平的");
        }
        let envelope = "/console/budget/330106/2026/illness";
        let page = house.reads("zhengzhe", envelope, 200).await;
        page.says("算出来是¥167,000.50，和账上的可用一样")
            .says("－<a href=\"/console/budget/330106/2026/illness/reserved\">");
        let given = house.reads("zhengzhe", &format!("{envelope}/given"), 200).await;
        given.says("开账").says("示例〔2026〕1号").says("拨款").says("一共¥170,000.50");
        let reserved = house.reads("chenjing", &format!("{envelope}/reserved"), 200).await;
        reserved.says("西湖帮扶2026-0001").says(&format!("/console/aid/{case}")).says("预占");
        house.reads("chenjing", &format!("/console/aid/{case}"), 200).await.says(envelope);
        house.reads("hemiao", &format!("/console/aid/{case}"), 200).await.never_says(envelope);
        // As it was before the first of them.
        let then = house.reads("xuke", "/console/budget?year=2026&on=2026-11-01", 200).await;
        then.says("这一年还没有经费");
        for nothing in
            ["gold", "330106/2026/gold", "330106/x/illness", "3302/2026/illness", "330106/2026/illness/gold"]
        {
            house.reads("xuke", &format!("/console/budget/{nothing}"), 404).await;
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_not_there_is_refused_with_the_sum_that_is_missing() {
    let house = House::open().await;
    for (who, region) in [("cashier", "33"), ("teller", "33")] {
        house.welcomes(who).await;
        house.hires_in(who, Role::Payer, region).await;
    }
    let no = house.sends("wumin", NEW, &fields("take_back", "330106", "", "150000.01"), 422).await;
    no.says("可用¥150,000.00。还差¥0.01。").says("value=\"150000.01\"");
    let no = house.sends("wumin", NEW, &fields("up", "330106", "330108", "1"), 422).await;
    no.says("上缴只到上面的省和市。");
    house.sends("wumin", NEW, &fields("up", "330108", "33", "1"), 422).await.says("请选自己管的地方");
    house.sends("wumin", NEW, &fields("down", "330106", "", "1"), 422).await.says("请选到哪个地方去");
    let order = writes(&house, "wumin", &fields("up", "330106", "33", "100,000")).await;
    house.reads("xuke", &order, 200).await.says("等出纳审核").never_says("同意，入账");
    house.sends("xuke", &order, &[("act", "agree")], 404).await;
    house.sends("cashier", &order, &[("act", "agree")], 303).await;
    assert_eq!(house.pot().await, [50_000, 0, 0, 0]);

    // And back, to two counties by their numbers of people.
    let page = house.reads("cashier", "/console/budget/split", 200).await;
    page.says("杭州市").says("name=\"w-3301\"");
    let mut split = vec![("year", "2026"), ("category", "illness"), ("amount", "100000"), ("source", "示例")];
    house.sends("cashier", "/console/budget/split", &split, 422).await.says("请至少写一个地方的份数");
    split.extend([("w-3301", "1"), ("w-3302", "2")]);
    let order =
        house.sends("cashier", "/console/budget/split", &split, 303).await.header("location").to_owned();
    house.reads("teller", &order, 200).await.says("¥33,333.33").says("¥66,666.67").says("宁波市");
    house.sends("teller", &order, &[("act", "agree")], 303).await;
    let page = house.reads("cashier", "/console/budget", 200).await;
    page.says("下级").says("杭州市").says("¥1,733,333.33").says("账是平的");
    house.reads("cashier", "/console/budget?region=3301", 200).await.says("西湖区").says("¥33,333.33");
    house.reads("wumin", "/console/budget?region=3301", 404).await;
    house.reads("wumin", "/console/budget/split", 200).await.says("下面没有市或者县");
    let mine = writes(&house, "wumin", &fields("appropriate", "330106", "", "1")).await;
    house.sends("xuke", &mine, &[("act", "withdraw")], 404).await;
    house.sends("wumin", &mine, &[("act", "withdraw")], 303).await;
    house.reads("wumin", &mine, 200).await.says("已撤回");
    house.audited().await;
}

#[actix_web::test]
async fn the_year_ends_and_what_was_promised_goes_on() {
    House::each(async |house| {
        let case = house.approved().await;
        let year = "/console/budget/years/2026";
        house.reads("wumin", year, 200).await.says("没有冻结，2026年12月31日起可以").never_says("冻结单");
        let freeze = [("act", "freeze"), ("source", "示例〔2026〕9号")];
        house.sends("wumin", year, &freeze, 422).await.says("2026年还没有过完。");
        house.turn_to("2026-12-31 09:00");
        house.reads("zhengzhe", year, 200).await.says("1件，¥3,000.00").never_says("冻结单");
        house.sends("wumin", year, &freeze[..1], 422).await.says("请写文件号");
        let order = house.sends("wumin", year, &freeze, 303).await.header("location").to_owned();
        house.sends("wumin", &order, &[("act", "agree")], 422).await;
        house.sends("xuke", &order, &[("act", "agree")], 303).await;
        let page = house.reads("xuke", year, 200).await;
        page.says("2026年12月31日冻结").says("0件，¥0.00").says("¥1,797,000.00");
        assert_eq!(house.pot().await, [147_000, 0, 0, 0]);
        let next = Envelope { year: 2027, ..pot() };
        assert_eq!(ledger::balance(&house.app.db, &next).await.unwrap().reserved, ledger::Fen::yuan(3000));
        let late = house.sends("wumin", NEW, &fields("take_back", "330106", "", "1"), 422).await;
        late.says("2026年的经费已经冻结。");

        // The case goes on as if nothing had been.
        house.reads("chenjing", &format!("/console/aid/{case}"), 200).await.says("结转到新的一年");
        house.sends("hemiao", &format!("/console/aid/{case}/act"), &[("act", "publish")], 303).await;
        house.turn_to("2027-01-20 09:00");
        house.comes_to(&case, Status::ReadyToPay).await;
        let (_, payment) = house.with_the_bank().await;
        house.sends("xuke", &payment, &[("result", "paid")], 303).await;
        let held = ledger::balance(&house.app.db, &next).await.unwrap();
        assert_eq!([held.reserved, held.paid], [0, 3000].map(ledger::Fen::yuan));
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn the_command_line_balances_freezes_and_carries() {
    for db in schema::testing::databases().await {
        let site = Site::new("ledger", db).await;
        let app = site.moved_in().await;
        let county: RegionCode = "330106".parse().unwrap();
        let pot = domain::aid::envelope(&county, 2020, Category::ILLNESS);
        let tx = mailbox::transaction::write(&app.db).await.unwrap();
        let at = "2020-05-01T02:00:00Z".parse().unwrap();
        ledger::appropriate(&tx, &pot, ledger::Fen::yuan(500), "test", "k", at).await.unwrap();
        tx.commit().await.unwrap();
        let (status, said) = site.run(&["ledger", "balance"]).await;
        assert!(status == 0 && said.contains("330106/2020/illness") && said.contains("¥500.00"), "{said}");
        let (status, said) = site.run(&["ledger", "balance", "--at", "2020-04-30"]).await;
        assert!(status == 0 && !said.contains("¥500.00") && said.contains("the ledger is whole"), "{said}");
        let (status, said) = site.run(&["ledger", "carry", "2020", "330106"]).await;
        assert!(status == 1 && said.contains("2020 is not frozen in 330106"), "{said}");
        let (status, said) = site.run(&["ledger", "freeze", "9000", "330000"]).await;
        assert!(status == 1 && said.contains("9000年还没有过完"), "{said}");
        let (status, said) = site.run(&["ledger", "freeze", "2020", "330000"]).await;
        assert_eq!(status, 0, "{said}");
        assert_eq!(site.run(&["ledger", "freeze", "2020", "330106"]).await.0, 1);
        let (status, said) = site.run(&["ledger", "carry", "2020", "330106"]).await;
        assert!(status == 0 && said.contains("0 cases, ¥0.00"), "{said}");
        app.db.execute_unprepared("UPDATE ledger_balance SET available = available + 1").await.unwrap();
        let (status, said) = site.run(&["ledger", "balance"]).await;
        assert!(status == 1 && said.contains("the ledger is not whole"), "{said}");
    }
}
