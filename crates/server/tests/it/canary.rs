//! Numbers and words that nobody else has go through a story; then the whole database, a copy of it and everything that the server wrote
//! to its log are looked through for them, in every writing.

use std::process::Command;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use domain::rotation;
use schema::testing::TestDb;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::{
    fences::sources,
    harness::{Browser, Running, Site},
};

/// The body of an identity number whose region is on no map; the check character is found.
const BODY: &str = "33990019440315772";
/// Of the one that is put in its place.
const RIGHT_BODY: &str = "33990019440316774";
const PHONE: &str = "13977770042";
const OTHER_PHONE: &str = "13977770051";
const FAMILY_PHONE: &str = "13977770069";
const ACCOUNT: &str = "6222021977770042428";
const WORDS: &str = "金丝雀摔断了腿";

fn identity(body: &str) -> String {
    let checks = ('0'..='9').chain(['X']);
    let texts = checks.map(|check| format!("{body}{check}"));
    texts.into_iter().find(|text| domain::privacy::IdentityNumber::parse(text).is_ok()).unwrap()
}

/// Every writing of a canary that a dump, a copy or a log might have.
fn writings(canary: &str) -> Vec<String> {
    let bytes = canary.as_bytes();
    let mut all = vec![canary.to_owned(), hex::encode(bytes), hex::encode_upper(bytes)];
    let escaped =
        canary.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) });
    all.push(escaped.collect());
    all.push(url::form_urlencoded::byte_serialize(bytes).collect());
    for shift in 0..3 {
        let padded = [vec![0; shift], bytes.to_vec()].concat();
        for engine in [&STANDARD, &URL_SAFE] {
            // The ends depend on what stands beside it.
            let text = engine.encode(&padded);
            let inner = text.trim_end_matches('=');
            all.push(inner.get(4..inner.len() - 2).unwrap().to_owned());
        }
    }
    all
}

/// Digits that somebody wrote in groups.
fn joined(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{3000}')).collect()
}

fn look(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let ungrouped = joined(&text);
    for canary in
        [identity(BODY).as_str(), BODY, RIGHT_BODY, PHONE, OTHER_PHONE, FAMILY_PHONE, ACCOUNT, WORDS]
    {
        for writing in writings(canary) {
            for (how, text) in [("", text.as_ref()), (", grouped", ungrouped.as_str())] {
                if let Some(at) = text.find(&writing) {
                    let from = text
                        .char_indices()
                        .map(|(at, _)| at)
                        .rfind(|one| *one + 200 < at)
                        .unwrap_or_default();
                    let around: String = text[from..].chars().take(400).collect();
                    panic!("{what} has {canary}{how}, as {writing}: …{around}…");
                }
            }
        }
    }
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// All rows of all tables as text.
async fn dump(db: &DatabaseConnection) -> String {
    let tables = texts(db, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'").await;
    let mut all = String::new();
    for table in tables {
        let rows = texts(db, &format!("SELECT t::text FROM \"{table}\" AS t")).await;
        all.extend(rows.into_iter().map(|row| row + "\n"));
    }
    all
}

async fn browser(site: &Site, who: &str) -> Browser {
    let browser = Browser::new(site.address("web"));
    browser.enter(&site.tenant.person(who).auth_code().unwrap(), "/home").await;
    browser
}

async fn send(browser: &Browser, path: &str, fields: &[(&str, &str)], status: u16) -> crate::harness::Page {
    let csrf = browser.get("/text-size", 200).await.value("csrf");
    let mut form = vec![("csrf", csrf.as_str())];
    form.extend(fields);
    browser.post(path, &form, status).await
}

async fn story(site: &Site) {
    let (chen, zhou, wang) = (
        browser(site, "chenjing").await,
        browser(site, "zhouming").await,
        browser(site, "wangxiuying").await,
    );
    let identity = identity(BODY);
    let unit = {
        let all = send(&chen, "/console/people", &[("who", "王秀英"), ("unit", "")], 200).await;
        all.says("王秀英");
        let new = chen.get("/console/people/new", 200).await;
        let options = new.text.split("<option value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        options.map(str::to_owned).find(|unit| unit.len() == 32).unwrap()
    };
    let record = |identity: &str, phone: &str| {
        [
            ("name", "甘思鹊"),
            ("gender", "female"),
            ("identity", identity),
            ("born", "1944年3月15日"),
            ("phone", phone),
            ("retirement", "retired"),
            ("joined", "1960-09"),
            ("party", ""),
            ("unit", unit.as_str()),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    // First with a slip of the pen: what is typed comes back to the page, and goes nowhere else.
    for (number, phone, status) in [(format!("{BODY}*"), PHONE, 422), (identity.clone(), PHONE, 303)] {
        let fields = record(&number, phone);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        send(&chen, "/console/people/new", &fields, status).await;
    }
    let found = send(&chen, "/console/people", &[("who", &identity), ("unit", "")], 200).await;
    let page = format!("/console/people/{}", found.between("<a href=\"/console/people/", "\""));
    for number in [PHONE, OTHER_PHONE, "139 7777 0042"] {
        send(&chen, "/console/people", &[("who", number), ("unit", "")], 200).await;
    }
    for what in ["identity", "phones"] {
        send(&chen, &format!("{page}/numbers"), &[("what", what)], 200).await;
    }
    let contact = [
        ("owner", "child"),
        ("label", "女儿"),
        ("phone", OTHER_PHONE),
        ("notice", "on"),
        ("emergency", ""),
        ("visit", ""),
    ];
    send(&chen, &format!("{page}/contact"), &contact, 303).await;
    let change = [
        ("field", "payout"),
        ("account", ACCOUNT),
        ("bank", "示例银行"),
        ("effective", "2026-01-01"),
        ("evidence", "存折复印件"),
    ];
    let asked = send(&chen, &format!("{page}/change"), &change, 303).await;
    let change = asked.header("location").to_owned();
    zhou.get(&change, 200).await;
    send(&zhou, &change, &[("act", "agree")], 303).await;
    // The number was another one: typed wrongly once more, then asked for, looked at and agreed to.
    let right = self::identity(RIGHT_BODY);
    for (number, status) in [(format!("{RIGHT_BODY}*"), 422), (right.clone(), 303)] {
        let change = [
            ("field", "identity"),
            ("identity", number.as_str()),
            ("effective", "2026-01-01"),
            ("evidence", "身份证复印件"),
        ];
        let asked = send(&chen, &format!("{page}/change"), &change, status).await;
        if status == 303 {
            let change = asked.header("location").to_owned();
            send(&zhou, &change, &[("act", "look")], 200).await.says(&right);
            send(&zhou, &change, &[("act", "agree")], 303).await;
        }
    }
    chen.get(&page, 200).await;

    send(&wang, "/aid/apply/words", &[("whose", ""), ("text", WORDS)], 303).await;
    send(
        &wang,
        "/mandates/ask",
        &[("name", "甘思鹊"), ("phone", FAMILY_PHONE), ("matters", "aid"), ("time", "90")],
        303,
    )
    .await;
    send(
        &wang,
        "/mandates/ask",
        &[("name", "甘思鹊"), ("phone", PHONE), ("matters", "aid"), ("time", "90")],
        303,
    )
    .await;
    wang.get("/me", 200).await;
}

async fn nothing_is_in_the_clear(db: TestDb) {
    let site = Site::new("canary", db).await;
    let app = site.moved_in().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
    command
        .args(["serve", "--config", site.config.to_str().unwrap(), "--set", "log.level=debug"])
        .env_clear();
    let running = Running::start(&mut command);
    site.is_ready().await;
    story(&site).await;
    let folder = site.config.parent().unwrap();
    let export = folder.join("canary.export");
    let _ = std::fs::remove_file(&export);
    let (status, said) = site.run(&["audit", "export", "--out", export.to_str().unwrap()]).await;
    assert_eq!(status, 0, "{said}");
    let (status, log) = running.told_to_stop("TERM").await;
    assert_eq!(status, Some(0), "{log}");
    assert!(log.lines().count() > 50, "the log says something: {log}");
    let sealed =
        texts(&app.db, "SELECT payout FROM person WHERE payout IS NOT NULL AND name = '甘思鹊'").await;
    assert!(sealed.len() == 1 && sealed[0].starts_with("v1|"), "the account has arrived: {sealed:?}");
    let drafts = texts(&app.db, "SELECT answers FROM aid_draft").await;
    assert!(!drafts.is_empty(), "the words have arrived");

    look("the log", log.as_bytes());
    look("what the command said", said.as_bytes());
    look("the export of the trail", &std::fs::read(&export).unwrap());
    if app.db.get_database_backend() == DbBackend::Sqlite {
        let copy = folder.join("copy.db");
        let _ = std::fs::remove_file(&copy);
        app.db.execute_unprepared(&format!("VACUUM INTO '{}'", copy.display())).await.unwrap();
        look("the backup", &std::fs::read(copy).unwrap());
        let file = site.db.url.trim_start_matches("sqlite:");
        look("the database", &std::fs::read(file).unwrap());
        if let Ok(journal) = std::fs::read(format!("{file}-wal")) {
            look("the journal", &journal);
        }
    } else {
        look("the database", dump(&app.db).await.as_bytes());
    }
}

#[actix_web::test]
async fn no_number_and_no_word_of_anybody_is_in_the_database_a_copy_or_the_log() {
    for db in schema::testing::databases().await {
        nothing_is_in_the_clear(db).await;
    }
}

#[test]
fn a_canary_is_seen_in_every_writing() {
    for writing in [
        format!("x{PHONE}y"),
        "139 7777-0042".to_owned(),
        hex::encode(PHONE),
        STANDARD.encode(format!("phone={PHONE};")),
        STANDARD.encode(format!("a{PHONE}")),
        URL_SAFE.encode(format!("ab {WORDS}")),
        hex::encode_upper(WORDS),
        format!("{WORDS:?}"),
        url::form_urlencoded::byte_serialize(WORDS.as_bytes()).collect(),
        serde_json::json!(WORDS).to_string(),
    ] {
        let seen = std::panic::catch_unwind(|| look("a text", format!("before {writing} after").as_bytes()));
        assert!(seen.is_err(), "{writing}");
    }
    look("a text", "1397777 and some 0042, 金丝 雀".as_bytes());
}

/// What the code seals is what the change of keys seals anew.
#[test]
fn every_sealed_cell_is_in_the_list_of_the_rotation() {
    let mut cells = std::collections::BTreeSet::new();
    for (path, text) in sources() {
        if path.contains("/privacy/") || path.contains("/rotation/") {
            continue;
        }
        for line in text.lines() {
            if let Some((_, rest)) = line.split_once("Cell { table: \"") {
                cells.insert(rest.split('"').next().unwrap().to_owned());
            }
        }
    }
    assert_eq!(cells, rotation::tables().map(str::to_owned).collect());
}
