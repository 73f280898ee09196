//! A request that a worker enters: at the counter, by telephone, from paper. It goes the same way on the same clock.

use domain::{
    aid::{Channel, store},
    authority::Role,
    calendar::local_date,
    seed::cast,
};
use serde_json::Value;

use crate::harness::{Browser, House, Page};

/// What is answered at the counter.
const ANSWERS: [(&str, &str); 8] = [
    ("what", "illness"),
    ("words", "儿子说：住院九天"),
    ("since", "earlier"),
    ("elsewhere", "unit"),
    ("elsewhere", "union"),
    ("reach", "on_file"),
    ("visit", "下午"),
    ("pay", "on_file"),
];

async fn enters(browser: &Browser, at: &str, more: &[(&str, &str)], status: u16) -> Page {
    let page = browser.get(at, 200).await;
    let (token, once) = (page.value("csrf"), page.value("once"));
    let path = at.split('?').next().unwrap();
    let fields = [&[("csrf", token.as_str()), ("once", &once)][..], &ANSWERS, more].concat();
    browser.post(path, &fields, status).await
}

#[actix_web::test]
async fn what_is_said_at_the_counter_is_a_case_like_any_other_and_the_person_is_told() {
    House::each(async |house| {
        let chen = house.signed_in("chenjing").await;
        let wang = cast().wang;
        let person = format!("/console/people/{wang}");
        chen.get(&person, 200).await.says("登记帮扶申请");
        let at = format!("{person}/aid");
        let wrong = enters(&chen, &at, &[("channel", "phone"), ("received", "2026-11-25")], 422).await;
        wrong.says("请选怎么来的").says("儿子说").says("value=\"illness\" checked");
        let late = enters(&chen, &at, &[("channel", "child"), ("received", "2026-11-25")], 422).await;
        late.says("收到的日期不对");
        let done = enters(&chen, &at, &[("channel", "child"), ("received", "2026-11-23")], 303).await;
        let case = done.header("location").to_owned();
        chen.get(&case, 200).await.says("工作人员登记").says("受理");
        let row = store::case::of_person(&house.app.db, wang).await.unwrap().remove(0);
        assert_eq!(row.channel, Channel::Child);

        // She is told and follows it; whoever wrote it down does not.
        house.hears("wangxiuying", "收到", 1).await;
        let id = row.id.to_string();
        let own = house.signed_in("wangxiuying").await.get(&format!("/aid/cases/{id}"), 200).await;
        own.says("已经收到");
        house.signed_in("wangxiuying").await.get("/aid/cases", 200).await.says("11月23日");
        chen.get(&format!("/aid/cases/{id}"), 404).await;
        // He has taken part as the registrar: he takes the case, and visits nobody.
        house.presses("chenjing", "accept", &id, 303).await;
        let visit = chen.get(&format!("{case}/visit"), 200).await;
        let form = [
            ("csrf", visit.value("csrf")),
            ("once", visit.value("once")),
            ("on", "2026-11-24".to_owned()),
            ("second", "zhouming".to_owned()),
            ("findings", "情况属实".to_owned()),
            ("yuan", "3000".to_owned()),
        ];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        chen.post(&format!("{case}/visit"), &form, 422).await.says("您办过受理");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_paper_is_entered_by_its_pattern_once_and_its_clock_began_when_it_came() {
    let house = House::open().await;
    let chen = house.signed_in("chenjing").await;
    let wang = cast().wang;
    let person = format!("/console/people/{wang}");
    let token = chen.get(&person, 200).await.value("csrf");
    let printed = chen.post(&format!("{person}/aid-form"), &[("csrf", &token)], 303).await;
    let print = printed.header("location").to_owned();
    let page = chen.get(&print, 200).await;
    page.says("困难帮扶申请表").says("<svg").says("王秀英").says("□ 重大疾病").never_says("13800");
    let number = print.trim_start_matches("/console/forms/").trim_end_matches("/print").to_owned();

    // The pattern says the address and the number, and nothing of anybody.
    let opens = chen.get(&format!("/console/forms/{number}"), 303).await;
    let at = format!("{person}/aid?form={number}");
    assert_eq!(opens.header("location"), at);
    let typed = format!("{}-{}-{}", &number[..3], &number[3..6], &number[6..]);
    let found = chen.get(&format!("/console/forms?number={typed}"), 303).await;
    assert_eq!(found.header("location"), format!("/console/forms/{number}"));
    chen.get("/console/forms?number=123456789", 422).await.says("没有这个编号");
    house.welcomes("outsider").await;
    house.hires_in("outsider", Role::Worker, "330205").await;
    for nobody in ["outsider", "wangxiuying", "shenlan"] {
        house.signed_in(nobody).await.get(&format!("/console/forms/{number}"), 404).await;
    }

    chen.get(&at, 200).await.says(&typed).says("value=\"paper\" checked");
    let fields = [("channel", "paper"), ("received", "2026-11-17"), ("form", typed.as_str())];
    let done = enters(&chen, &at, &fields, 303).await;
    let case = done.header("location").to_owned();
    assert_eq!(chen.get(&format!("/console/forms/{number}"), 303).await.header("location"), case);
    let row = store::case::of_person(&house.app.db, wang).await.unwrap().remove(0);
    assert_eq!(local_date(row.status_at).to_string(), "2026-11-17");
    // A second time it is none, and the case is under way anyhow.
    enters(&chen, &at, &fields, 422).await.says("这样的申请已经在办了");
    let other =
        [("channel", "paper"), ("received", "2026-11-17"), ("form", typed.as_str()), ("what", "disaster")];
    let page = chen.get(&at, 200).await;
    let (token, once) = (page.value("csrf"), page.value("once"));
    let mut form = vec![("csrf", token.as_str()), ("once", once.as_str())];
    form.extend(ANSWERS.iter().skip(1).copied());
    form.extend(other);
    chen.post(&format!("{person}/aid"), &form, 422).await.says("这张申请表已经登记过了");
    house.audited().await;
}

/// What somebody may take along.
async fn bag(browser: &Browser) -> Value {
    serde_json::from_str(&browser.get("/console/visits/blanks", 200).await.text).unwrap()
}

async fn sends(browser: &Browser, fields: &[(&str, String)]) -> Value {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    serde_json::from_str(&browser.post("/console/visits/request", &fields, 200).await.text).unwrap()
}

#[actix_web::test]
async fn a_request_written_without_a_network_is_sent_under_the_printed_number_and_is_one_case() {
    House::each(async |house| {
        let (chen, wang) = (house.signed_in("chenjing").await, cast().wang);
        let person = format!("/console/people/{wang}");
        assert_eq!(bag(&chen).await["forms"], serde_json::json!([]));
        let csrf = chen.get(&person, 200).await.value("csrf");
        let printed = chen.post(&format!("{person}/aid-form"), &[("csrf", &csrf)], 303).await;
        let print = printed.header("location").to_owned();
        chen.get(&print, 200).await.says("这一份也能在手机上填");
        let number = print.trim_start_matches("/console/forms/").trim_end_matches("/print").to_owned();

        // His own bag holds the form, a name, and what may be chosen; no number of a card or a telephone. A colleague has not printed it.
        let taken = bag(&chen).await;
        let form = &taken["forms"][0];
        assert_eq!((form["number"].as_str(), form["name"].as_str()), (Some(number.as_str()), Some("王秀英")));
        assert!(form["asked"]["what"].to_string().contains("重大疾病"));
        assert!(!taken.to_string().contains("13800"));
        assert_eq!(bag(&house.signed_in("zhouming").await).await["forms"], serde_json::json!([]));
        chen.get("/console/visits/requests", 200).await.says("没有网络也能填申请").never_says("王秀英");

        let once = "0190e0d2f0a97b6a9e0c1d2e3f405162";
        let of = |more: &[(&'static str, &'static str)]| {
            let known = [("csrf", csrf.as_str()), ("once", once), ("form", number.as_str())];
            let fields = known.into_iter().chain(ANSWERS).chain(more.iter().copied());
            fields.map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>()
        };
        for (more, field, words) in [
            (&[("channel", "phone"), ("received", "2026-11-23")], "channel", "请选怎么来的"),
            (&[("channel", "counter"), ("received", "昨天")], "received", "请写收到的日期"),
            (&[("channel", "counter"), ("received", "2026-11-25")], "received", "收到的日期不对"),
        ] {
            let answer = sends(&chen, &of(more)).await;
            assert_eq!((answer["state"].as_str(), answer["field"].as_str()), (Some("refused"), Some(field)));
            assert!(answer["words"].as_str().unwrap().contains(words), "{answer}");
        }
        assert!(store::case::of_person(&house.app.db, wang).await.unwrap().is_empty());

        // Sent twice, as after an answer that was lost, it is one case on the clock of the day on which it was written.
        let whole = of(&[("channel", "counter"), ("received", "2026-11-21")]);
        let first = sends(&chen, &whole).await;
        assert_eq!(first, sends(&chen, &whole).await);
        assert_eq!(first["state"], "kept");
        let row = store::case::of_person(&house.app.db, wang).await.unwrap().remove(0);
        assert_eq!(first["case"], row.id.to_string());
        assert_eq!(
            (row.channel, local_date(row.status_at).to_string().as_str()),
            (Channel::Counter, "2026-11-21")
        );
        assert_eq!(
            bag(&chen).await["forms"],
            serde_json::json!([]),
            "what is entered is taken along no more"
        );
        house.audited().await;
    })
    .await;
}
