//! 动态口令 as people at the desk see it: an act of high risk waits for a code and then goes on with all that was typed.

use actix_web::http::Method;
use chrono::{DateTime, Utc};
use domain::{
    authority::Role,
    ids::AccountId,
    second_factor::{Secret, code_of, step_at, store},
    seed::cast,
};
use server::{config::Config, routes};

use crate::harness::{Browser, House, Page};

const NEW: &str = "/console/grants/new";

/// A new grant as the form sends it.
const GRANT: [(&str, &str); 6] = [
    ("who", "wumin"),
    ("role", "publisher"),
    ("place", "杭州市西湖区"),
    ("from", "2026-11-24"),
    ("until", "2026-12-31"),
    ("reason", "分工〔2026〕1号 & 会议纪要"),
];

fn required(config: &mut Config) {
    config.second_factor.required = true;
}

/// The secret that a page shows.
fn shown(page: &Page) -> Secret {
    Secret::parse(&page.between("<span class=\"secret\" data-said>", "</span>").replace(' ', "")).unwrap()
}

fn code(secret: &Secret, at: DateTime<Utc>) -> String {
    code_of(secret, step_at(at))
}

/// No code of these minutes.
fn wrong(secret: &Secret, at: DateTime<Utc>) -> String {
    let near: Vec<String> = (-4..=4).map(|step| code_of(secret, step_at(at) + step)).collect();
    (0..1_000_000).map(|n| format!("{n:06}")).find(|code| !near.contains(code)).unwrap()
}

/// What a page keeps of an act, with a code.
fn with(page: &Page, code: &str) -> Vec<(&'static str, String)> {
    let mut fields = vec![("code", code.to_owned())];
    fields.extend(["csrf", "to", "kept", "from"].map(|name| (name, page.value(name))));
    fields
}

async fn posts(browser: &Browser, path: &str, fields: &[(&str, String)], status: u16) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields, status).await
}

/// The form that goes on, as the page that has it sends it.
async fn goes_on(browser: &Browser, page: &Page, names: &[&str], status: u16) -> Page {
    let form = page.text.rsplit("<form ").next().unwrap();
    let to = form.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut fields = vec![("csrf", page.value("csrf"))];
    fields.extend(names.iter().map(|name| (*name, page.value(name))));
    posts(browser, to, &fields, status).await
}

impl House {
    /// Somebody has an app on the telephone.
    async fn binds(&self, browser: &Browser) -> Secret {
        let csrf = browser.get("/console/second-factor", 200).await.value("csrf");
        let page = browser.post("/console/second-factor/new", &[("csrf", &csrf)], 200).await;
        let secret = shown(&page);
        let fields = with(&page, &code(&secret, self.app.clock.now()));
        posts(browser, "/console/second-factor/confirm", &fields, 200).await;
        secret
    }
}

async fn a_grant_waits(house: House) {
    let browser = house.signed_in("qianwei").await;
    let csrf = browser.get(NEW, 200).await.value("csrf");
    let form: Vec<(&str, &str)> = [&[("csrf", csrf.as_str())][..], &GRANT[..]].concat();
    let names = GRANT.map(|(name, _)| name);

    // Nothing is bound: first that, and nothing typed is lost over it.
    let first = browser.post(NEW, &form, 403).await;
    first.says("您还没有绑定").says("您填的内容还在");
    let page = posts(&browser, "/console/second-factor/new", &with(&first, ""), 200).await;
    page.says("<svg").says("qianwei");
    let (secret, now) = (shown(&page), house.app.clock.now());
    let mistaken =
        posts(&browser, "/console/second-factor/confirm", &with(&page, &wrong(&secret, now)), 422).await;
    mistaken.says("口令不对").says("id=\"code-mistake\"");
    assert_eq!(shown(&mistaken), secret, "the same is shown once more");
    let fields = with(&mistaken, &code(&secret, house.app.clock.now()));
    let codes = posts(&browser, "/console/second-factor/confirm", &fields, 200).await;
    assert_eq!(codes.says("只显示这一次").text.matches("<li data-said>").count(), 10);
    let made = goes_on(&browser, &codes, &names, 303).await;
    let grant = made.header("location").to_owned();
    browser.get(&grant, 200).await.says("分工〔2026〕1号 &#38; 会议纪要").says("有效");
    house.hears("qianwei", "绑定了动态口令", 1).await;

    // For ten minutes nobody is asked again; then a code, and the form comes back after it.
    browser.post(&grant, &[("csrf", &csrf), ("act", "revoke"), ("why", "")], 422).await;
    house.later(11);
    let revoke = [("csrf", csrf.as_str()), ("act", "revoke"), ("why", "调离")];
    let asked = browser.post(&grant, &revoke, 403).await;
    asked.says("请输动态口令").says("您填的内容还在").says("href=\"/console\">回上一页");
    let step = "/console/second-factor/step";
    posts(&browser, step, &with(&asked, " "), 422).await.says("请输口令");
    let bad = wrong(&secret, house.app.clock.now());
    let asked = posts(&browser, step, &with(&asked, &bad), 422).await;
    asked.says("还可以输4次").says("<title>错误：请输动态口令</title>").never_says(&bad);
    let fields = with(&asked, &code(&secret, house.app.clock.now()));
    let resumed = posts(&browser, step, &fields, 200).await;
    assert!(resumed.says("id=\"resume\"").value("why") == "调离" && resumed.value("act") == "revoke");
    goes_on(&browser, &resumed, &["act", "why"], 303).await;
    browser.get(&grant, 200).await.says("已收回").says("调离");

    // Another browser of the same login shows a code of its own.
    let other = house.signed_in("qianwei").await;
    let csrf = other.get(NEW, 200).await.value("csrf");
    let form: Vec<(&str, &str)> = [&[("csrf", csrf.as_str())][..], &GRANT[..]].concat();
    other.post(NEW, &form, 403).await.says("请输动态口令");
    house.audited().await;
}

#[actix_web::test]
async fn a_grant_waits_for_a_code_and_goes_on_with_all_that_was_typed() {
    a_grant_waits(House::configured(required).await).await;
    if let Some(house) = House::configured_on_postgresql(required).await {
        a_grant_waits(house).await;
    }
}

#[actix_web::test]
async fn five_wrong_codes_lock_it_and_the_refusal_says_until_when() {
    let house = House::open().await;
    let browser = house.signed_in("chenjing").await;
    let secret = house.binds(&browser).await;
    house.later(11);
    let person = format!("/console/people/{}", cast().wang);
    let csrf = browser.get(&person, 200).await.value("csrf");
    let numbers = format!("{person}/numbers");
    let asked = browser.post(&numbers, &[("csrf", &csrf), ("what", "phones")], 403).await;
    let step = "/console/second-factor/step";
    let bad = wrong(&secret, house.app.clock.now());
    for left in ["还可以输4次", "还可以输3次", "还可以输2次", "还可以输1次"] {
        posts(&browser, step, &with(&asked, &bad), 422).await.says(left);
    }
    posts(&browser, step, &with(&asked, &bad), 422).await.says("以后再输").says("上午9点");
    let good = code(&secret, house.app.clock.now());
    posts(&browser, step, &with(&asked, &good), 422).await.says("以后再输");
    browser.get("/console/second-factor", 200).await.says("锁定");
    house.later(29);
    // A page that is used keeps the session.
    browser.get("/console", 200).await;
    house.later(2);
    let good = code(&secret, house.app.clock.now());
    let resumed = posts(&browser, step, &with(&asked, &good), 200).await;
    goes_on(&browser, &resumed, &["what"], 200).await.says("的电话");
    house.audited().await;
}

#[actix_web::test]
async fn a_lost_telephone_takes_two_and_a_letter() {
    House::each(async |house| {
        let browser = house.signed_in("chenjing").await;
        house.binds(&browser).await;
        let at = "/console/logins/chenjing/second-factor";
        house.reads("qianwei", "/console/logins/chenjing", 200).await.says(at);
        house.reads("qianwei", at, 200).await.says("已绑定").says("申请重置");
        house.sends("qianwei", at, &[("act", "ask"), ("why", "")], 422).await.says("请写为什么重置");
        house.sends("qianwei", at, &[("act", "ask"), ("why", "手机丢了")], 303).await;
        house.reads("qianwei", at, 200).await.says("等另一位安全管理员同意").never_says("同意重置");
        house.sends("qianwei", at, &[("act", "agree")], 422).await.says("请另一位安全管理员同意");
        house.reads("suhui", "/console/grants", 200).await.says("等第二人同意重置动态口令").says(at);
        house.reads("suhui", at, 200).await.says("钱维").says("手机丢了").says("同意重置");
        browser.get("/console", 200).await;
        house.sends("suhui", at, &[("act", "agree")], 303).await;
        let again = house.sends("suhui", at, &[("act", "agree")], 303).await;
        assert!(again.header("location").ends_with("said=already"));
        // On the lost telephone nobody is signed in any more.
        browser.get("/console", 303).await;
        let account = AccountId::parse("chenjing").unwrap();
        assert!(store::find(&house.app.db, &account).await.unwrap().is_none());
        house.hears("chenjing", "有人申请重置您的动态口令", 1).await;
        house.hears("chenjing", "您的动态口令已经重置", 1).await;
        house.reads("chenjing", "/console/second-factor", 200).await.says("还没有绑定");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn who_has_a_telephone_changes_it_after_a_code_of_the_old_one() {
    let house = House::open().await;
    let browser = house.signed_in("chenjing").await;
    let old = house.binds(&browser).await;
    house.later(11);
    let csrf = browser.get("/console/second-factor", 200).await.says("备用码").value("csrf");
    let asked = browser.post("/console/second-factor/new", &[("csrf", &csrf)], 403).await;
    let fields = with(&asked, &code(&old, house.app.clock.now()));
    let resumed = posts(&browser, "/console/second-factor/step", &fields, 200).await;
    let page = goes_on(&browser, &resumed, &[], 200).await;
    let new = shown(&page);
    assert_ne!(new, old);
    house.later(1);
    let fields = with(&page, &code(&new, house.app.clock.now()));
    posts(&browser, "/console/second-factor/confirm", &fields, 200).await.says("抄好了");
}

#[actix_web::test]
async fn every_act_of_high_risk_is_held_up_and_no_retiree_is_ever_asked() {
    let house = House::configured(required).await;
    let nowhere = "018f0000-0000-7000-8000-000000000001";
    let (worker, retiree) = (house.signed_in("chenjing").await, house.signed_in("wangxiuying").await);
    let worker_token = worker.get("/text-size", 200).await.value("csrf");
    let retiree_token = retiree.get("/text-size", 200).await.value("csrf");
    let mut held_up = 0;
    for route in routes::all().iter().filter(|route| route.method == Method::POST) {
        let parts = route.path.split('/').map(|part| if part.starts_with('{') { nowhere } else { part });
        let at = parts.collect::<Vec<_>>().join("/");
        if route.risky {
            worker.post(&at, &[("csrf", &worker_token)], 403).await.says("先绑定动态口令");
            let theirs = retiree.form(&at, &[("csrf", &retiree_token)]);
            let page = retiree.try_send(theirs).await.unwrap();
            assert!([404, 409].contains(&page.status), "{at}: {}", page.status);
            // A page of somebody else's is not kept, and is told nothing.
            let foreign = worker.request(reqwest::Method::POST, &at).header("origin", "https://evil.example");
            worker.send(foreign.form(&[("csrf", worker_token.as_str())]), 409).await;
            held_up += 1;
        }
    }
    assert!(held_up > 20, "{held_up}");
}

#[actix_web::test]
async fn where_nobody_must_only_those_are_asked_who_have_bound_one() {
    let house = House::open().await;
    let made = house.sends("qianwei", NEW, &GRANT, 303).await;
    assert!(made.header("location").starts_with("/console/grants/"));
    // Whose roles ask for none is led nowhere: the pages are there, and bind nobody to anything.
    house.reads("hemiao", "/console/second-factor", 200).await.says("还没有绑定");
    assert!(!Role::Publisher.needs_second_factor());
    house.reads("wangxiuying", "/console/second-factor", 404).await;
}
