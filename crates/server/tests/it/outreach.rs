//! Going round to see people, from the list to the last receipt.

use domain::{authority::Role, budget::Purpose, seed::cast};
use ledger::{Envelope, Fen};
use sea_orm::ConnectionTrait;

use crate::harness::House;

const PLANS: &str = "/console/outreach/plans/new";

fn festival(year: &str) -> [(&str, &str); 4] {
    [("occasion", "spring_festival"), ("whose", "330106"), ("year", year), ("month", "1")]
}

impl House {
    /// Two who pay give money to the visits of 2027.
    async fn affords_visits(&self, yuan: &str) {
        let order = [
            ("kind", "appropriate"),
            ("region", "330106"),
            ("to", ""),
            ("year", "2027"),
            ("category", Purpose::Outreach.code()),
            ("amount", yuan),
            ("source", "示例〔2026〕8号"),
        ];
        let order =
            self.sends("wumin", "/console/budget/new", &order, 303).await.header("location").to_owned();
        self.sends("xuke", &order, &[("act", "agree")], 303).await;
        self.reads("xuke", &order, 200).await.says("走访慰问");
    }

    async fn held_for_visits(&self) -> [Fen; 4] {
        assert_eq!(ledger::check(&self.app.db).await.unwrap(), []);
        let pot = Envelope::new("330106", 2027, Purpose::Outreach.code());
        let held = ledger::balance(&self.app.db, &pot).await.unwrap();
        [held.available, held.reserved, held.committed, held.paid]
    }

    /// 陈静 makes a list on which only 王秀英 is, whom she has added.
    async fn lists_wang(&self) -> (String, String) {
        let page = self.sends("chenjing", PLANS, &festival("2027"), 303).await;
        let plan = page.header("location").to_owned();
        let rows = domain::outreach::store::standard::of_occasion(
            &self.app.db,
            domain::outreach::Occasion::SpringFestival,
        );
        let rows = rows.await.unwrap();
        let row = rows.iter().find(|row| row.who.hardship).unwrap().id.to_string();
        let id = plan.rsplit('/').next().unwrap().parse().unwrap();
        for entry in domain::outreach::store::entry::of_plan(&self.app.db, id).await.unwrap() {
            let at = format!("/console/outreach/people/{}/list", entry.id);
            self.sends("chenjing", &at, &[("act", "leave_out"), ("reason", "另有安排")], 303).await;
        }
        let add = format!("{plan}/add");
        self.sends("chenjing", &add, &[("name", "无此人")], 422).await.says("没有找到");
        self.sends("chenjing", &add, &[("name", "王秀英")], 200).await.says("是哪一位").says("困难");
        let wang = cast().wang.to_string();
        let whole = [
            ("name", "王秀英"),
            ("person", wang.as_str()),
            ("standard", &row),
            ("reason", ""),
            ("found", "yes"),
        ];
        self.sends("chenjing", &add, &whole, 422).await.says("请写原因");
        let whole = [whole[0], whole[1], whole[2], whole[4], ("reason", "今年困难多")];
        self.sends("chenjing", &add, &whole, 303).await;
        let entries = domain::outreach::store::entry::of_plan(&self.app.db, id).await.unwrap();
        let entry = entries.iter().find(|entry| entry.person_id == cast().wang).unwrap();
        (plan, format!("/console/outreach/people/{}", entry.id))
    }
}

#[actix_web::test]
async fn from_a_list_to_the_last_receipt() {
    House::each(async |house| {
        house.affords_visits("5,000").await;
        let late = [("occasion", "spring_festival"), ("whose", "330106"), ("year", "2020"), ("month", "1")];
        house.sends("chenjing", PLANS, &late, 422).await.says("太远");
        house.sends("chenjing", PLANS, &[], 422).await.says("请选什么时候").says("请选哪里的同志");
        let (plan, wang) = house.lists_wang().await;
        let page = house.reads("chenjing", &plan, 200).await;
        page.says("拟名单").says("王秀英").says("另外列入，按离退休干部，困难").says("慰问金¥1,000.00");
        house.reads("chenjing", &format!("{wang}/list"), 200).await.says("今年困难多");
        house.welcomes("outsider").await;
        house.hires_in("outsider", Role::Worker, "330108").await;
        house.reads("outsider", &plan, 404).await;

        // 沈岚 agrees, and a thousand is reserved.
        house.sends("chenjing", &plan, &[("act", "submit")], 303).await;
        house.reads("shenlan", "/console", 200).await.says("2027年春节慰问").says("等您审批");
        house.sends("chenjing", &plan, &[("act", "agree")], 404).await;
        house.sends("shenlan", &plan, &[("act", "agree")], 303).await;
        assert_eq!(house.held_for_visits().await, [4000, 1000, 0, 0].map(Fen::yuan));
        let lines = house.reads("xuke", "/console/budget/330106/2027/outreach/reserved", 200).await;
        lines.says("2027年春节慰问").says(&plan);

        // 陈静 shares the way, and goes with 周明.
        house.sends("chenjing", &format!("{plan}/share"), &[], 422).await.says("请选当地的");
        house.sends("chenjing", &format!("{plan}/share"), &[("who", "chenjing")], 303).await;
        let sheet = house.reads("chenjing", &format!("{plan}/sheet"), 200).await;
        sheet.says("王秀英").says("签收").never_says("3399").never_says("138");
        house.reads("chenjing", "/console", 200).await.says("我要走访的");
        house.turn_to("2027-01-20 10:00");
        house.reads("chenjing", "/console/outreach/mine", 200).await.says("王秀英").says(&wang);
        house.reads("chenjing", &wang, 200).await.says("去以前先打电话告诉本人").says("两个人");
        let form = house.reads("chenjing", &format!("{wang}/visit"), 200).await;
        let (once, on) = (form.value("once"), form.between("name=\"on\" value=\"", "\"").to_owned());
        form.says("value=\"1000\"");
        let alone = [("once", once.as_str()), ("outcome", "given"), ("on", &on), ("cash", "1000")];
        house.sends("chenjing", &format!("{wang}/visit"), &alone, 422).await.says("标准要求两个人去");
        let more = [alone[0], alone[1], alone[2], ("cash", "1000.01"), ("second", "zhouming")];
        house.sends("chenjing", &format!("{wang}/visit"), &more, 422).await.says("不能超过名单上的标准");
        let done = [alone[0], alone[1], alone[2], alone[3], ("second", "zhouming"), ("said", "想修扶手")];
        for _ in 0..2 {
            house.sends("chenjing", &format!("{wang}/visit"), &done, 303).await;
        }
        assert_eq!(house.count("SELECT count(*) FROM outreach_visit").await, 1);
        house.reads("zhouming", "/console", 200).await.says("走访时的诉求待办");
        let requests = house.reads("zhouming", "/console/outreach/requests", 200).await;
        let request = requests.between("href=\"/console/outreach/requests/", "\"").to_owned();
        let request = format!("/console/outreach/requests/{request}");
        house.reads("zhouming", &request, 200).await.says("想修扶手");
        house.sends("zhouming", &request, &[("answer", "")], 422).await.says("请写几句话");
        house.sends("zhouming", &request, &[("answer", "已装")], 303).await;

        // 许可 waits for the receipt; 王秀英 says by one tap that it has come.
        house.sends("xuke", &plan, &[("act", "settle")], 422).await.says("还有1位没有签收");
        let own = house.reads("wangxiuying", "/outreach", 200).await;
        let tap = format!("/outreach/{}", own.says("我收到了").between("action=\"/outreach/", "\""));
        house.sends("zhaodefu", &tap, &[], 404).await;
        house.sends("wangxiuying", &tap, &[], 303).await;
        house.reads("wangxiuying", "/outreach", 200).await.says("您说收到了");
        house.sends("xuke", &plan, &[("act", "settle")], 303).await;
        house.sends("xuke", &plan, &[("act", "settle")], 422).await;
        assert_eq!(house.held_for_visits().await, [4000, 0, 0, 1000].map(Fen::yuan));
        house.reads("xuke", &plan, 200).await.says("已结清");
        let figures = house.reads("shenlan", "/console/outreach/figures?year=2027", 200).await;
        figures.says("春节慰问").says("¥1,000.00").says(&plan);
        let file = house.sends("xuke", "/console/outreach/figures/file", &[("year", "2027")], 200).await;
        assert!(file.header("content-disposition").contains("attachment"));
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn who_was_missed_is_on_the_first_page_of_whoever_leads() {
    let house = House::open().await;
    house.affords_visits("5,000").await;
    let (plan, wang) = house.lists_wang().await;
    house.sends("chenjing", &plan, &[("act", "submit")], 303).await;
    house.sends("shenlan", &plan, &[("act", "agree")], 303).await;
    house.turn_to("2027-02-04 09:00");
    for who in ["chenjing", "shenlan"] {
        house.reads(who, "/console", 200).await.says("过期没走访").says("1位，1位没去过");
    }
    house.reads("shenlan", "/console/outreach", 200).await.says("过期又没去过");
    let away = |once: &str| {
        [("once", once.to_owned()), ("outcome", "away".to_owned()), ("on", "2027-02-04".to_owned())]
    };
    let form = house.reads("chenjing", &format!("{wang}/visit"), 200).await.value("once");
    let sent: Vec<(&str, String)> = away(&form).into();
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.sends("chenjing", &format!("{wang}/visit"), &sent, 303).await;
    house.reads("shenlan", "/console", 200).await.says("1位，0位没去过");
    // A death word at the door leads to where deaths are recorded; with the record nobody is missed any more.
    let form = house.reads("chenjing", &format!("{wang}/visit"), 200).await.value("once");
    let died = [("once", form.as_str()), ("outcome", "died"), ("on", "2027-02-04")];
    let to = house.sends("chenjing", &format!("{wang}/visit"), &died, 303).await;
    assert_eq!(to.header("location"), format!("/console/people/{}/death", cast().wang));
    house.dies(cast().wang).await;
    house.reads("shenlan", "/console", 200).await.never_says("过期没走访");
    assert_eq!(house.held_for_visits().await, [5000, 0, 0, 0].map(Fen::yuan));
    house.audited().await;
}

#[actix_web::test]
async fn items_are_bought_by_two_and_counted_by_two() {
    let house = House::open().await;
    let order = [
        ("kind", "appropriate"),
        ("region", "330106"),
        ("to", ""),
        ("year", "2026"),
        ("category", "outreach"),
        ("amount", "1000"),
        ("source", "示例〔2026〕8号"),
    ];
    let order = house.sends("wumin", "/console/budget/new", &order, 303).await.header("location").to_owned();
    house.sends("xuke", &order, &[("act", "agree")], 303).await;
    house.sends("chenjing", "/console/outreach/stock", &[("name", "大米")], 422).await.says("单价请写数字");
    let new = [("name", "大米"), ("value", "98")];
    let item = house.sends("chenjing", "/console/outreach/stock", &new, 303).await;
    let item = item.header("location").to_owned();
    let buys = format!("{item}/purchases");
    house.sends("chenjing", &buys, &[("quantity", "x")], 422).await.says("请写买几份").says("金额请写数字");
    let invoice = [("quantity", "10"), ("amount", "980"), ("source", "发票0001号")];
    let bought = house.sends("chenjing", &buys, &invoice, 303).await.header("location").to_owned();
    house.reads("chenjing", &bought, 200).await.says("等出纳付款");
    house.sends("chenjing", &bought, &[("act", "agree")], 404).await;
    house.sends("wumin", &bought, &[("act", "agree")], 303).await;
    house.reads("wumin", &bought, 200).await.says("已付款，已入库");
    let hands = [("act", "hand"), ("who", "zhouming"), ("many", "11")];
    house.sends("chenjing", &item, &hands, 422).await.says("现在有10份");
    house.sends("chenjing", &item, &[hands[0], hands[1], ("many", "3")], 303).await;
    house.sends("chenjing", &item, &[("act", "take_back"), hands[1], ("many", "1")], 303).await;
    let alone = [("act", "count"), ("who", "chenjing"), ("many", "7")];
    house.sends("chenjing", &item, &alone, 422).await.says("不能自己审核");
    house.sends("chenjing", &item, &[alone[0], hands[1], alone[2]], 303).await;
    let page = house.reads("xuke", &item, 200).await;
    page.says("盘亏").says("周明手上").says("来的和去的、在的对得上");
    assert!(house.app.db.execute_unprepared("DELETE FROM outreach_movement").await.is_err());
    house.audited().await;
}
