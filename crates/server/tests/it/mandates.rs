//! Acting for somebody, and a phone that two people use.

use domain::{
    account::{
        commands::{LONGEST_MANDATE, Link, Terms, give_mandate},
        mandate::Matters,
    },
    authority::{Grants, Worker},
    ids::AccountId,
    person,
    seed::cast,
};

use crate::harness::{Browser, House};

impl House {
    pub(crate) async fn may_act(&self, who: &str, matters: &[&str]) {
        let (db, cx, now) = (&self.app.db, &self.app.cx, self.app.clock.now());
        let grants = Grants::of(db, &AccountId::parse("chenjing").unwrap(), now).await.unwrap();
        let place = person::store::place_of(db, cast().wang).await.unwrap().unwrap();
        let worker = Worker::among(&grants, place).unwrap();
        let account = AccountId::parse(who).unwrap();
        let terms = Terms {
            matters: Matters::of(matters.iter().copied()).unwrap(),
            until: now + chrono::TimeDelta::days(30),
            longest: LONGEST_MANDATE,
        };
        let link = Link { account: &account, person: cast().wang, proof: "witnessed" };
        give_mandate(db, cx, &worker, (&link, &terms), now).await.unwrap();
    }
}

async fn uses(browser: &Browser, choice: &str) {
    let page = browser.get("/using", 200).await;
    let code = if choice == "self" {
        choice.to_owned()
    } else {
        let (before, _) = page.text.split_once(choice).unwrap();
        before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    browser.post("/using", &[("csrf", &page.value("csrf")), ("who", &code)], 303).await;
}

#[actix_web::test]
async fn a_shared_phone_says_who_uses_it_and_forgets_it_with_the_session() {
    House::each(async |house| {
        let zhao = house.signed_in("zhaodefu").await;
        zhao.get("/home", 200).await.never_says("/using");
        house.may_act("zhaodefu", &["aid"]).await;
        zhao.get("/home", 200).await.says("本人在用").says("href=\"/using\"");
        uses(&zhao, "替王秀英办").await;
        zhao.get("/home", 200).await.says("正在替<strong data-said>王秀英</strong>办");
        zhao.get("/aid/apply", 200).await.says("您为<strong>王秀英</strong>申请").never_says("您为谁申请");
        zhao.get("/me", 422).await.says("没有委托您办");
        zhao.get("/branch/meetings", 422).await.says("没有委托您办");
        let again = house.signed_in("zhaodefu").await;
        again.get("/home", 200).await.says("本人在用");
        uses(&zhao, "self").await;
        zhao.get("/me", 200).await.says("赵德福").says("本人在用");
        let page = zhao.get("/using", 200).await;
        zhao.post("/using", &[("csrf", &page.value("csrf")), ("who", "nobody")], 422).await.says("请选一个");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn the_person_sees_who_may_act_and_stops_it_at_once() {
    House::each(async |house| {
        house.may_act("zhaodefu", &["aid", "activity"]).await;
        house.hears("wangxiuying", "有人可以替您办事了", 1).await;
        let wang = house.signed_in("wangxiuying").await;
        let page = wang.get("/mandates", 200).await;
        page.says("赵德福").says("申请帮扶、参加活动");
        let end = format!("/mandates/{}/end", page.between("href=\"/mandates/", "/end\""));
        let zhao = house.signed_in("zhaodefu").await;
        uses(&zhao, "替王秀英办").await;
        let asked = wang.get(&end, 200).await;
        asked.says("马上就不能替您办事了");
        house.signed_in("liguoqiang").await.get(&end, 404).await;
        wang.post(&end, &[("csrf", &asked.value("csrf"))], 303).await;
        wang.get("/mandates", 200).await.says("现在没有");
        zhao.get("/home", 200).await.never_says("王秀英");
        wang.get(&end, 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn family_asks_by_name_and_number_and_the_desk_or_the_person_answers() {
    let house = House::open().await;
    let seal = &house.app.cx.seal;
    let wang = person::store::find(&house.app.db, cast().wang).await.unwrap().unwrap();
    let row = wang.id.to_string();
    let phone = seal.open(person::SealedColumn::Phone.cell(&row), wang.phone.as_ref().unwrap()).unwrap();
    let phone = secrecy::ExposeSecret::expose_secret(&phone).to_owned();
    let zhao = house.signed_in("zhaodefu").await;
    let form = zhao.get("/mandates/ask", 200).await;
    let csrf = form.value("csrf");
    let fields = |name| {
        vec![
            ("csrf", csrf.as_str()),
            ("name", name),
            ("phone", phone.as_str()),
            ("matters", "aid"),
            ("time", "90"),
        ]
    };
    zhao.post("/mandates/ask", &fields(""), 422).await.says("请写家人的姓名");
    for name in ["王秀英", "谁也不是"] {
        zhao.post("/mandates/ask", &fields(name), 303).await;
    }
    zhao.get("/mandates/asked", 200).await.says("申请收到了");
    house.hears("wangxiuying", "有人想替您办事", 1).await;
    let list = house.reads("chenjing", "/console/mandates", 200).await;
    list.says("王秀英").says("赵德福想替他办");
    let at = format!("/console/mandates/{}", list.between("href=\"/console/mandates/", "\""));
    house.sends("chenjing", &at, &[("proof", "")], 422).await.says("请选怎么知道本人同意的");
    let own = house.signed_in("wangxiuying").await;
    let page = own.get("/mandates", 200).await;
    page.says("等您答复");
    let ask = format!("/mandates/asks/{}", page.between("href=\"/mandates/asks/", "\""));
    let question = own.get(&ask, 200).await;
    question.says("赵德福").says("申请帮扶");
    own.post(&ask, &[("csrf", &question.value("csrf")), ("answer", "yes")], 303).await;
    house.hears("zhaodefu", "您可以替家人办事了", 1).await;
    house.sends("chenjing", &at, &[("proof", "voice")], 409).await;
    zhao.get("/mandates", 200).await.says("我可以替谁办事").says("王秀英");
    house.reads("wumin", "/console/mandates", 404).await;
    house.audited().await;
}
