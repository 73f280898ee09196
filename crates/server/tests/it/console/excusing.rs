//! 回避: whoever is excused from a case finds its number, and nothing else on any page.

use super::office::desk;
use crate::harness::{House, Page};

/// What no page may say to whoever is excused.
const OF_THE_CASE: [&str; 6] = ["王秀英", "王*英", "重大疾病", "3,000", "家中整洁", "集体研究，同意"];

fn says_nothing(page: &Page) {
    for word in OF_THE_CASE {
        page.never_says(word);
    }
}

impl House {
    /// 王秀英 is declared to be close to somebody of the desk.
    async fn is_close(&self, who: &str) {
        let wang = domain::seed::cast().wang;
        let born = domain::person::store::find(&self.app.db, wang).await.unwrap().unwrap().born_on;
        let year = born.format("%Y").to_string();
        let kin = [("who", "王秀英"), ("year", year.as_str()), ("kind", "kin"), ("from", "2026-01-01")];
        self.sends(who, "/console/relations", &kin, 303).await;
    }

    /// How often somebody was refused a look at the case.
    async fn looks_refused(&self, case: &str) -> usize {
        let subjects = vec![format!("aid_case/{case}")];
        let search = audit::Search { subjects, ..audit::Search::default() };
        let rows = audit::search(&self.app.db, &search, None, 500).await.unwrap();
        rows.iter().filter(|row| row.action == "aid.kept_from").count()
    }
}

#[actix_web::test]
async fn who_stepped_aside_sees_a_page_that_says_so_and_nothing_of_the_case() {
    let house = House::open().await;
    let case = house.visited().await;
    house.reads("zhouming", &desk(&case), 200).await.says("王秀英");
    let page = format!("{}/council", desk(&case));
    let form = house.reads("fangyuan", &page, 200).await;
    let (once, on) =
        (form.value("once"), form.between("type=\"date\" id=\"on\" name=\"on\" value=\"", "\"").to_owned());
    let fields = [
        ("once", once.as_str()),
        ("on", on.as_str()),
        ("vote-chenjing", "for"),
        ("vote-shenlan", "for"),
        ("vote-linfang", "for"),
        ("vote-zhouming", "recused"),
        ("why", ""),
    ];
    house.sends("fangyuan", &page, &fields, 303).await;
    let number = house.case(&case).await.number;

    let below = ["", "/file", "/papers", "/council", "/history", "/rulings", "/visit", "/payee", "/after"];
    for (count, below) in below.into_iter().enumerate() {
        let excused = house.reads("zhouming", &format!("{}{below}", desk(&case)), 403).await;
        excused.says("您要回避").says(&number).says("您在集体研究时已经回避").says("请找陈静").says("tel:");
        says_nothing(&excused);
        assert_eq!(house.looks_refused(&case).await, count + 1, "each look is written down");
    }
    let sheet = house.reads("zhouming", &format!("{page}/{once}"), 403).await;
    says_nothing(&sheet);
    says_nothing(&house.presses("zhouming", "ask", &case, 403).await);
    let list = house.reads("zhouming", "/console", 200).await;
    list.says(&number).says("您要回避");
    says_nothing(&list);
    let bag = house.reads("zhouming", "/console/visits/state", 200).await;
    bag.never_says(&number).never_says("王秀英");
    let late = house.reads("zhouming", "/console/clocks", 200).await;
    says_nothing(&late);
    // Whoever voted reads on.
    house.reads("chenjing", &desk(&case), 200).await.says("王秀英");
    house.audited().await;
}

#[actix_web::test]
async fn who_is_close_to_the_person_finds_no_more_than_a_number() {
    let house = House::open().await;
    let case = house.ready().await;
    let number = house.case(&case).await.number;
    for who in ["linfang", "shenlan", "wumin"] {
        house.reads(who, &desk(&case), 200).await.says(&number);
        house.is_close(who).await;
        let excused = house.reads(who, &desk(&case), 403).await;
        excused.says(&number).says("您和申请人关系亲近").says("请找陈静");
        says_nothing(&excused);
        house.reads(who, "/console", 200).await.says("您要回避");
    }
    let batch = {
        let made = house.sends("xuke", "/console/batches", &[], 303).await;
        made.header("location").to_owned()
    };
    house.reads("xuke", &batch, 200).await.says("王秀英");
    let lines = house.reads("wumin", &batch, 200).await;
    lines.says("您要回避").never_says("王秀英").never_says("4567");
    lines.says("请另一位同志复核").never_says("复核通过");
    // One line is the whole sum.
    lines.says("共1笔，合计不显示，里面有您要回避的");
    says_nothing(&lines);
    house.reads("xuke", &batch, 200).await.says("共1笔，合计¥3,000.00");
    house.batch_act("wumin", "confirm", &batch, 422).await.never_says("王秀英");
    house.audited().await;
}
