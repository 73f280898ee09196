//! Asking for help from the first page to the last, as a person does it on a phone; and what others see of it.

use chrono::TimeDelta;
use domain::{
    account::{
        commands::{LONGEST_MANDATE, Link, Terms, end_link, give_mandate},
        mandate::Matters,
    },
    aid::store,
    authority::{Grants, Worker},
    ids::AccountId,
    person,
    seed::cast,
};

use crate::harness::{Browser, House, Page};

/// The answers of somebody who is ill.
pub(crate) const ANSWERS: [(&str, &[(&str, &str)]); 6] = [
    ("what", &[("choice", "illness"), ("text", "")]),
    ("words", &[("text", "最近看病花得多")]),
    ("since", &[("choice", "last_quarter")]),
    ("elsewhere", &[("choice", "unit"), ("choice", "union")]),
    ("reach", &[("choice", "on_file"), ("phone", ""), ("text", "下午")]),
    ("pay", &[("choice", "on_file")]),
];

/// Answers one question; says where the answer leads.
async fn answer(browser: &Browser, question: &str, whose: &str, fields: &[(&str, &str)]) -> String {
    let address = format!("/aid/apply/{question}");
    let page = if whose.is_empty() { address.clone() } else { format!("{address}?whose={whose}") };
    let shown = browser.get(&page, 200).await;
    assert_eq!(shown.value("whose"), whose);
    let token = shown.value("csrf");
    let mut form = vec![("csrf", token.as_str()), ("whose", whose)];
    form.extend(fields);
    browser.post(&address, &form, 303).await.header("location").to_owned()
}

/// Answers all of them; the page on which they are checked.
pub(crate) async fn answered(browser: &Browser, whose: &str) -> Page {
    let mut to = String::new();
    for (question, fields) in ANSWERS {
        to = answer(browser, question, whose, fields).await;
    }
    assert!(to.starts_with("/aid/apply/check"), "{to}");
    browser.get(&to, 200).await
}

/// Sends what the page shows; where that leads.
async fn send(browser: &Browser, check: &Page) -> String {
    let (token, draft, version) = (check.value("csrf"), check.value("draft"), check.value("version"));
    let whose = check.value("whose");
    let form =
        [("csrf", token.as_str()), ("draft", &draft), ("version", &version), ("whose", whose.as_str())];
    browser.post("/aid/apply/send", &form, 303).await.header("location").to_owned()
}

/// Asks for help with an illness; the case's id.
pub(crate) async fn applied(browser: &Browser) -> String {
    applied_for(browser, "illness").await
}

/// Asks for help of another kind.
pub(crate) async fn applied_for(browser: &Browser, category: &str) -> String {
    answered(browser, "").await;
    answer(browser, "what", "", &[("choice", category), ("text", "")]).await;
    let received = send(browser, &browser.get("/aid/apply/check", 200).await).await;
    received.trim_start_matches("/aid/cases/").trim_end_matches("/received").to_owned()
}

#[actix_web::test]
async fn six_questions_a_check_and_a_number() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        let start = wang.get("/aid/apply", 200).await;
        start.says("一共6个问题").says("href=\"/aid/apply/what\"").never_says("接着填");
        let check = answered(&wang, "").await;
        check.says("看一遍，再提交").says("最近看病花得多").says("原单位、工会").says("登记的电话，下午");
        check.says("尾号4821").never_says("6222");

        // Two taps, and one more from a page that lay open: one request.
        let received = send(&wang, &check).await;
        assert_eq!(send(&wang, &check).await, received);
        assert_eq!(send(&wang, &check).await, received);
        let cases = store::case::of_person(&house.app.db, cast().wang).await.unwrap();
        assert_eq!(cases.len(), 1);

        let page = wang.get(&received, 200).await;
        page.says("申请已经收到").says("西湖帮扶2026-0001").says("最晚12月1日（星期二）").says("看看进度");
        wang.get("/aid/cases", 200).await.says("已经收到").says("11月24日（星期二）提交");
        let case = received.trim_end_matches("/received");
        wang.get(case, 200).await.says("接下来：工作人员和您联系").says("撤回申请");

        // Back after sending: it is among the requests, and nothing is left to send.
        assert_eq!(wang.get("/aid/apply/check", 303).await.header("location"), "/aid/cases");
        wang.get("/aid/apply", 200).await.never_says("接着填");
        house.tenant.clock().advance(TimeDelta::days(3));
        house.signed_in("wangxiuying").await.get(&received, 200).await.says("西湖帮扶2026-0001");
    })
    .await;
}

#[actix_web::test]
async fn whoever_stops_goes_on_where_he_was() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    assert_eq!(answer(&wang, "what", "", ANSWERS[0].1).await, "/aid/apply/words");
    answer(&wang, "words", "", ANSWERS[1].1).await;
    house.tenant.clock().advance(TimeDelta::days(2));
    let wang = house.signed_in("wangxiuying").await;
    let start = wang.get("/aid/apply", 200).await;
    start.says("接着填").says("href=\"/aid/apply/since\"");
    wang.get("/aid/apply/words", 200).await.says("最近看病花得多");
    wang.get("/aid/apply/what", 200).await.says("value=\"illness\" checked");

    let form = [("csrf", start.value("csrf")), ("draft", start.value("draft")), ("whose", String::new())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    wang.post("/aid/apply/again", &form, 303).await;
    wang.get("/aid/apply/words", 200).await.never_says("最近看病花得多");
    // The page of yesterday throws nothing else away.
    answer(&wang, "what", "", ANSWERS[0].1).await;
    wang.post("/aid/apply/again", &form, 303).await;
    wang.get("/aid/apply/what", 200).await.says("value=\"illness\" checked");
}

#[actix_web::test]
async fn a_mistake_is_said_twice_and_nothing_typed_is_lost() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    let token = wang.get("/aid/apply/reach", 200).await.value("csrf");
    let wrong = [("csrf", token.as_str()), ("choice", "other"), ("phone", "一二三"), ("text", "早上")];
    let page = wang.post("/aid/apply/reach", &wrong, 422).await;
    page.says("<title>错误：怎么和您联系？</title>").says("<a href=\"#phone\">请写一个电话号码</a>");
    page.says("id=\"phone-mistake\"").says("一二三").says("早上").says("value=\"other\" checked");
    // As people write numbers.
    let right =
        [("csrf", token.as_str()), ("choice", "other"), ("phone", "１３８ 0000－0007"), ("text", "早上")];
    wang.post("/aid/apply/reach", &right, 303).await;

    let none = wang.post("/aid/apply/elsewhere", &[("csrf", &token)], 422).await;
    none.says("<a href=\"#choice\">请选一个</a>").says("id=\"choice\"");
    let both = [("csrf", token.as_str()), ("choice", "nobody"), ("choice", "unit")];
    let both = wang.post("/aid/apply/elsewhere", &both, 422).await;
    assert_eq!(both.text.matches(" checked").count(), 2);
    let long = "难".repeat(501);
    let long = wang.post("/aid/apply/words", &[("csrf", &token), ("text", &long)], 422).await;
    long.says("最多500个字").says(&"难".repeat(501));
    wang.post("/aid/apply/what", &[("csrf", &token), ("choice", "other")], 422).await.says("href=\"#text\"");
    for nothing in ["/aid/apply/who", "/aid/apply/gold"] {
        wang.get(nothing, 404).await;
    }
}

#[actix_web::test]
async fn an_answer_that_is_changed_comes_back_to_the_check() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    assert_eq!(wang.get("/aid/apply/check", 303).await.header("location"), "/aid/cases");
    let check = answered(&wang, "").await;
    let change = check.between("<a href=\"/aid/apply/since", "\"").replace("&#38;", "&");
    let page = wang.get(&format!("/aid/apply/since{change}"), 200).await;
    page.says("<a class=\"back\" href=\"/aid/apply/check\">").says("value=\"last_quarter\" checked");
    let form = [("csrf", page.value("csrf")), ("from", page.value("from")), ("choice", "earlier".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let changed = wang.post("/aid/apply/since", &form, 303).await;
    assert_eq!(changed.header("location"), "/aid/apply/check");
    // What is sent is what was shown: the page from before the change sends nothing.
    let old =
        [("csrf", check.value("csrf")), ("draft", check.value("draft")), ("version", check.value("version"))];
    let old: Vec<(&str, &str)> = old.iter().map(|(name, value)| (*name, value.as_str())).collect();
    wang.post("/aid/apply/send", &old, 409).await;
    let check = wang.get("/aid/apply/check", 200).await;
    check.says("更早以前").says("最近看病花得多");
    send(&wang, &check).await;
}

#[actix_web::test]
async fn a_second_request_for_the_same_names_the_first() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    let check = answered(&wang, "").await;
    send(&wang, &check).await;
    let again = answered(&wang, "").await;
    let form =
        [("csrf", again.value("csrf")), ("draft", again.value("draft")), ("version", again.value("version"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = wang.post("/aid/apply/send", &form, 422).await;
    refused.says("这样的申请已经在办了。").says("西湖帮扶2026-0001").says("tel:");
}

#[actix_web::test]
async fn a_request_is_taken_back_after_one_more_question() {
    House::each(async |house| {
        let (wang, zhao) = (house.signed_in("wangxiuying").await, house.signed_in("zhaodefu").await);
        let received = send(&wang, &answered(&wang, "").await).await;
        let case = received.trim_end_matches("/received").to_owned();
        for page in ["", "/received", "/withdraw"] {
            zhao.get(&format!("{case}{page}"), 404).await;
        }
        let ask = wang.get(&format!("{case}/withdraw"), 200).await;
        ask.says("要撤回申请吗？").says("不撤回");
        let theirs = zhao.get("/text-size", 200).await.value("csrf");
        zhao.post(&format!("{case}/withdraw"), &[("csrf", &theirs)], 404).await;
        let token = ask.value("csrf");
        for _ in 0..2 {
            let done = wang.post(&format!("{case}/withdraw"), &[("csrf", &token)], 303).await;
            wang.get(done.header("location"), 200)
                .await
                .says("已经撤回了")
                .says("您已经撤回")
                .never_says("/withdraw");
        }
        assert_eq!(wang.get(&format!("{case}/withdraw"), 303).await.header("location"), case);
        wang.get("/aid/apply", 200).await.says("开始");
    })
    .await;
}

#[actix_web::test]
async fn a_mandate_asks_for_somebody_until_it_ends() {
    House::each(async |house| {
        let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
        let account = |name| AccountId::parse(name).unwrap();
        let zhao = house.signed_in("zhaodefu").await;
        let whose = cast().wang.to_string();
        zhao.get(&format!("/aid/apply?whose={whose}"), 404).await;
        zhao.get(&format!("/aid/apply/what?whose={whose}"), 404).await;

        let grants = Grants::of(db, &account("chenjing"), now).await.unwrap();
        let place = person::store::place_of(db, cast().wang).await.unwrap().unwrap();
        let worker = Worker::among(&grants, place).unwrap();
        let given = Link { account: &account("zhaodefu"), person: cast().wang, proof: "witnessed" };
        let (matters, until) = (Matters::all(), now + TimeDelta::days(30));
        let terms = Terms { matters, until, longest: LONGEST_MANDATE };
        let link = give_mandate(db, cx, &worker, (&given, &terms), now).await.unwrap();

        let who = zhao.get("/aid/apply", 200).await;
        who.says("您为谁申请？").says("为我自己").says("为王秀英").says("type=\"radio\"");
        zhao.get("/aid/apply?whose=self", 200).await.says("开始").never_says("王秀英");
        let start = zhao.get(&format!("/aid/apply?whose={whose}"), 200).await;
        start.says("您为<strong>王秀英</strong>申请").says(&format!("/aid/apply/what?whose={whose}"));

        // One's own answers and the other's lie apart.
        answer(&zhao, "words", "", &[("text", "我自己的话")]).await;
        let check = answered(&zhao, &whose).await;
        check.says("为谁申请").says("王秀英").never_says("我自己的话");
        let received = send(&zhao, &check).await;
        let case = received.trim_end_matches("/received").to_owned();
        zhao.get("/aid/cases", 200).await.says("（为王秀英）");
        let cases = store::case::of_person(db, cast().wang).await.unwrap();
        assert!(cases[0].for_another && cases[0].applicant == account("zhaodefu"));
        house.signed_in("wangxiuying").await.get(&case, 200).await.says("已经收到");

        end_link(db, cx, &worker, link.id, house.app.clock.now()).await.unwrap();
        zhao.get(&format!("/aid/apply/what?whose={whose}"), 404).await;
        zhao.get("/aid/apply", 200).await.never_says("王秀英").says("接着填");
    })
    .await;
}

#[actix_web::test]
async fn where_nothing_hangs_the_board_says_so() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    wang.get("/notices", 200).await.says("现在没有公示。");
    wang.get("/notices/018f0000-0000-7000-8000-000000000001", 404).await;
}
