//! Signing in: one tap, no typing, and nothing that was typed is lost.

use dingtalk_sim::{Fault, Person};
use domain::{
    account::{TextSize, store},
    ids::AccountId,
    session::{self, Ended},
};
use mailbox::inbox;
use server::callback::Incoming;

use crate::harness::House;

#[actix_web::test]
async fn one_tap_and_no_typing() {
    House::each(async |house| {
        let browser = house.browser();
        let turned = browser.get("/aid/cases?x=1", 303).await;
        assert_eq!(turned.header("location"), "/enter?to=%2Faid%2Fcases%3Fx%3D1");
        let entrance = browser.get(turned.header("location"), 200).await;
        entrance.says("dingtalk.js").says("data-corp=\"dingdemocorp");
        let (nonce, to) = (entrance.value("nonce"), entrance.value("to"));
        let code = house.code("wangxiuying");
        let form = [("code", code.as_str()), ("nonce", &nonce), ("to", &to)];
        let signed = browser.post("/session", &form, 303).await;
        assert_eq!(signed.header("location"), "/aid/cases?x=1");
        let cookie = signed.all("set-cookie").find(|cookie| cookie.starts_with("__Host-sid=")).unwrap();
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{attribute}: {cookie}");
        }
        assert!(!cookie.contains("Domain"));
        browser.get("/home", 200).await.says("王秀英，您好").says("class=\"extra-large");
    })
    .await;
}

#[actix_web::test]
async fn a_way_back_is_one_of_our_own_paths() {
    let house = House::open().await;
    for elsewhere in
        ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/a%0d%0ab"]
    {
        let entrance = house.browser().get(&format!("/enter?to={elsewhere}"), 200).await;
        assert_eq!(entrance.value("to"), "/home", "{elsewhere}");
    }
}

#[actix_web::test]
async fn a_code_of_another_browser_or_of_yesterday_signs_nobody_in() {
    let house = House::open().await;
    let (mine, other) = (house.browser(), house.browser());
    let nonce = mine.get("/enter", 200).await.value("nonce");
    other.get("/enter", 200).await;
    let code = house.code("wangxiuying");
    let form = [("code", code.as_str()), ("nonce", &nonce), ("to", "/home")];
    other.post("/session", &form, 409).await.says("tel:");
    mine.post("/session", &form, 303).await;
    let nonce = mine.get("/enter", 200).await.value("nonce");
    let again = [("code", code.as_str()), ("nonce", &nonce), ("to", "/home")];
    mine.post("/session", &again, 409).await.says("这一页放得太久了");
}

#[actix_web::test]
async fn whose_code_it_is_is_asked_once_more_when_no_answer_came() {
    let house = House::open().await;
    // The code is good still; then it is used, though no answer said so.
    for (fault, status) in [(Fault::SystemError, 303), (Fault::LostAnswer, 409)] {
        let browser = house.browser();
        let nonce = browser.get("/enter", 200).await.value("nonce");
        let code = house.code("wangxiuying");
        house.tenant.faults().next(1, "/topapi/v2/user/getuserinfo", fault);
        browser.post("/session", &[("code", &code), ("nonce", &nonce), ("to", "/home")], status).await;
    }
    // A third time it is not asked.
    house.tenant.faults().next(2, "/topapi/v2/user/getuserinfo", Fault::SystemError);
    let browser = house.browser();
    let nonce = browser.get("/enter", 200).await.value("nonce");
    let form = [("code", &*house.code("wangxiuying")), ("nonce", &nonce), ("to", "/home")];
    browser.post("/session", &form, 503).await.says("系统正忙");
}

#[actix_web::test]
async fn a_form_that_was_sent_too_late_comes_back_after_a_silent_sign_in() {
    House::each(async |house| {
        let (browser, account) =
            (house.signed_in("wangxiuying").await, AccountId::parse("wangxiuying").unwrap());
        let token = browser.get("/text-size", 200).await.value("csrf");
        let now = house.app.clock.now();
        session::store::revoke_all(&house.app.db, &account, Ended::Killed, now).await.unwrap();

        let late = browser.post("/text-size", &[("csrf", &token), ("size", "standard")], 401).await;
        let (nonce, to, kept) = (late.value("nonce"), late.value("to"), late.value("kept"));
        let code = house.code("wangxiuying");
        let form = [("code", code.as_str()), ("nonce", &nonce), ("to", &to), ("kept", &kept)];
        let resumed = browser.post("/session", &form, 200).await;
        let (token, size) = (resumed.value("csrf"), resumed.value("size"));
        assert_eq!(
            (resumed.between("method=\"post\" action=\"", "\""), size.as_str()),
            ("/text-size", "standard")
        );
        browser.post("/text-size", &[("csrf", &token), ("size", &size)], 303).await;
        let read = store::find(&house.app.db, &account).await.unwrap().unwrap();
        assert_eq!(read.text_size, TextSize::Standard);
    })
    .await;
}

/// Its form arrives without our cookie, like that of a session that has ended.
#[actix_web::test]
async fn a_form_of_a_foreign_page_is_not_kept() {
    let house = House::open().await;
    let browser = house.signed_in("wangxiuying").await;
    for origin in ["https://evil.example", "null"] {
        let answer = browser.post_from(origin, "/text-size", &[("size", "standard")], 401).await;
        assert_eq!((answer.value("kept"), answer.value("to")), (String::new(), "/home".to_owned()));
    }
}

#[actix_web::test]
async fn a_form_needs_the_token_of_its_session() {
    let house = House::open().await;
    let (wang, zhao) = (house.signed_in("wangxiuying").await, house.signed_in("zhaodefu").await);
    let theirs = zhao.get("/text-size", 200).await.value("csrf");
    for token in ["", "x", &theirs] {
        wang.post("/text-size", &[("csrf", token), ("size", "standard")], 409).await;
    }
    wang.post("/text-size", &[("size", "standard")], 409).await;
    let mine = wang.get("/text-size", 200).await.value("csrf");
    let foreign = wang.request(reqwest::Method::POST, "/text-size").header("origin", "https://evil.example");
    wang.send(foreign.form(&[("csrf", mine.as_str()), ("size", "standard")]), 409).await;
    let before = wang.cookie("__Host-sid");
    wang.enter(&house.code("wangxiuying"), "/home").await;
    assert_ne!(wang.cookie("__Host-sid"), before, "each sign-in has a token of its own");
    wang.post("/text-size", &[("csrf", &mine), ("size", "standard")], 409).await;
}

#[actix_web::test]
async fn a_form_with_a_mistake_says_what_to_do() {
    let house = House::open().await;
    let browser = house.signed_in("wangxiuying").await;
    let token = browser.get("/text-size", 200).await.value("csrf");
    let wrong = browser.post("/text-size", &[("csrf", &token)], 422).await;
    wrong
        .says("<title>错误：字大小</title>")
        .says("<a href=\"#size\">请选一个</a>")
        .says("id=\"size-mistake\"");
    let done = browser.post("/text-size", &[("csrf", &token), ("size", "large")], 303).await;
    browser.get(done.header("location"), 200).await.says("字的大小换好了").says("class=\"large");
}

#[actix_web::test]
async fn who_signs_out_is_out() {
    let house = House::open().await;
    let browser = house.signed_in("chenjing").await;
    let desk = browser.get("/console", 200).await;
    let (token, before) = (desk.value("csrf"), browser.cookie("__Host-sid").unwrap());
    browser.post("/sign-out", &[("csrf", &token)], 200).await.says("已经退出");
    assert_eq!(browser.cookie("__Host-sid"), None);
    browser.get("/console", 303).await;
    let stolen = house.browser().request(reqwest::Method::GET, "/console");
    browser.send(stolen.header("cookie", format!("__Host-sid={before}")), 303).await;
}

#[actix_web::test]
async fn somebody_who_joined_counts_once_though_the_event_is_in_the_list_of_failed_ones_too() {
    House::each(async |house| {
        house.tenant.add_person(Person::named("luyan", "陆燕")).unwrap();
        house.settled().await;
        let luyan = AccountId::parse("luyan").unwrap();
        let news = store::news_of(&house.app.db, &luyan).await.unwrap();
        assert_eq!(news.len(), 1);

        // The push was stored, and the answer got lost: it comes again without the id that it was pushed under.
        let again = Incoming::Joined { users: vec!["luyan".parse().unwrap()], at: news[0].happened_at };
        let item = again.item("dingtalk.failed_list", "dingtalk/sha256:of-its-content".to_owned()).unwrap();
        let taken = inbox::accept(&house.app.db, &item, house.app.clock.now()).await.unwrap();
        assert_eq!(taken, inbox::Accepted::New);
        house.later(1);
        house.settled().await;
        assert_eq!(inbox::depth(&house.app.db).await.unwrap().waiting, 0);
        assert_eq!(store::news_of(&house.app.db, &luyan).await.unwrap(), news);
    })
    .await;
}
