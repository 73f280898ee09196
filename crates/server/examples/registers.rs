//! Measures the desk of the registers, with an invented province of 460,000 people: lists, searches, a person's page.
//!
//! * `registers seed CONFIG > sessions.tsv` loads the province and signs two workers in: one of the province, one of a county.
//! * `registers measure ADDRESS sessions.tsv NAME` asks a running server one question after the other and prints a line of a table for
//!   each kind: how long an answer takes as whoever asks sees it. It fails when a limit is not kept.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command says what it found")]

use std::{
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use domain::{
    By,
    authority::{
        Role, Scope,
        commands::{NewGrant, grant_in},
    },
    ids::{AccountId, PersonId, RegionCode},
    person::roster::{Roster, page},
    seed::{self, Size},
    session,
};
use reqwest::{Client, Method};
use server::{app::App, clock::Clock, config};

/// Persons whose pages are read, spread over the roster.
const PAGES: usize = 200;
/// How often each question is asked.
const TIMES: usize = 200;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["seed", config] => seed(config).await,
        ["measure", address, sessions, name] => measure(address, sessions, name).await,
        _ => bail!("usage: registers seed CONFIG | registers measure ADDRESS SESSIONS NAME"),
    }
}

/// A worker who is signed in.
struct Worker {
    cookie: String,
    token: String,
}

async fn seed(config: &str) -> anyhow::Result<()> {
    let config = config::load(Some(Path::new(config)), &[])?.config;
    let app = App::build(config, Clock::System).await?;
    let (begun, now) = (Instant::now(), app.clock.now());
    let province = RegionCode::parse("33").context("the province")?;
    if !seed::loaded(&app.db).await? {
        let bar = indicatif::ProgressBar::new(0);
        seed::load(&app.db, &app.cx, Size::Province, now, &|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
        bar.finish();
        eprintln!("the province was loaded in {:.0} s", begun.elapsed().as_secs_f64());
        let chief = AccountId::parse("zhouming").context("a login")?;
        let new = NewGrant {
            account: chief.clone(),
            role: Role::Worker,
            scope: Scope::Region(province.clone()),
            from: now,
            to: None,
            reason: None,
        };
        let tx = mailbox::transaction::write(&app.db).await?;
        grant_in(&tx, &app.cx, By::INSTALLER, None, new, now).await?;
        tx.commit().await?;
    }
    let mut lines = Vec::new();
    for who in ["zhouming", "chenjing"] {
        let who = AccountId::parse(who).context("a login")?;
        let opened = session::open(&app.db, &app.cx, &who, None, now).await;
        let token = opened.ok().context("a session")?.token;
        lines.push(format!("{}\t{}", token.reveal(), token.csrf().as_str()));
    }
    // Whose pages are read: some of every part of the alphabet.
    let scopes = [Scope::Region(province)];
    let mut after = None;
    while lines.len() < PAGES + 2 {
        let some = page(&app.db, &Roster { scopes: &scopes, unit: "", after, limit: 2_000 }).await?;
        let Some(last) = some.next else { break };
        after = Some(last);
        lines.push(last.to_string());
    }
    std::io::stdout().write_all(lines.join("\n").as_bytes())?;
    Ok(())
}

/// A question: how, where, with which fields.
type Asked = (Method, String, Vec<(&'static str, String)>);

/// One kind of question, with the limit that it has.
struct Kind {
    name: String,
    limit: Duration,
    asked: Vec<Asked>,
}

fn get(name: &str, limit: u64, paths: Vec<String>) -> Kind {
    let asked = paths.into_iter().map(|path| (Method::GET, path, Vec::new())).collect();
    Kind { name: name.to_owned(), limit: Duration::from_millis(limit), asked }
}

fn search(name: &str, texts: &[&str], unit: &str) -> Kind {
    let ask = |text: &&str| {
        let fields = vec![("who", (*text).to_owned()), ("unit", unit.to_owned())];
        (Method::POST, "/console/people".to_owned(), fields)
    };
    Kind {
        name: format!("search: {name}"),
        limit: Duration::from_millis(100),
        asked: texts.iter().map(ask).collect(),
    }
}

fn kinds(persons: &[String]) -> Vec<Kind> {
    let after = |id: &String| format!("/console/people/all?after={id}");
    vec![
        get("the first page", 50, vec!["/console".to_owned()]),
        get("list: first page", 50, vec!["/console/people/all".to_owned()]),
        get("list: some page", 50, persons.iter().map(after).collect()),
        get(
            "list: units called 水利局",
            50,
            vec!["/console/people/all?unit=%E6%B0%B4%E5%88%A9%E5%B1%80".to_owned()],
        ),
        search("a name", &["王秀英", "李国强", "王国强", "陈桂兰", "周建国", "欧阳明"], ""),
        search("a part of a name", &["国强", "秀英", "建", "𬭎", "㚏"], ""),
        search("a sound", &["wangxiuying", "liguoqiang", "wang", "chenhong", "zhou"], ""),
        search("initials", &["wxy", "lgq", "cgl", "zjg"], ""),
        search("a name in a unit", &["王秀英", "wangxiuying", "国强"], "西湖区水利局"),
        search("a telephone", &["16100000001", "16100012345", "16000000000"], ""),
        search("nothing like it", &["慕容复", "murongfu", "xqz"], ""),
        get("a person's page", 30, persons.iter().map(|id| format!("/console/people/{id}")).collect()),
    ]
}

async fn measure(address: &str, sessions: &str, name: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(sessions)?;
    let (workers, persons): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains('\t'));
    let persons: Vec<String> =
        persons.into_iter().filter(|line| line.parse::<PersonId>().is_ok()).map(str::to_owned).collect();
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut late = 0;
    for (worker, scope) in workers.iter().zip(["province", "county"]) {
        let (cookie, token) = worker.split_once('\t').context("a session")?;
        let worker = Worker { cookie: cookie.to_owned(), token: token.to_owned() };
        for kind in kinds(&persons) {
            // The county's worker may not see a person of another county, and needs no page of the province's list.
            let abroad = kind.name.contains("person's page") || kind.name.contains("some page");
            if scope == "county" && abroad {
                continue;
            }
            let mut took = Vec::with_capacity(TIMES);
            for (nth, asked) in kind.asked.iter().cycle().take(TIMES + kind.asked.len()).enumerate() {
                let one = ask(&client, address, &worker, asked).await?;
                // Each once before it counts.
                if nth >= kind.asked.len() {
                    took.push(one);
                }
            }
            took.sort_unstable();
            let at = |share: usize| took.get((took.len() * share).div_ceil(100).saturating_sub(1)).copied();
            let (p50, p99) = (at(50).unwrap_or_default(), at(99).unwrap_or_default());
            let kept = if p99 <= kind.limit { "" } else { "**late**" };
            late += usize::from(p99 > kind.limit);
            println!(
                "| {name}, {scope}: {} | {:.1} | {:.1} | {} | {kept} |",
                kind.name,
                p50.as_secs_f64() * 1e3,
                p99.as_secs_f64() * 1e3,
                kind.limit.as_millis(),
            );
        }
    }
    if late > 0 {
        bail!("{late} kinds of questions are answered too late");
    }
    Ok(())
}

async fn ask(
    client: &Client,
    address: &str,
    worker: &Worker,
    (method, path, fields): &Asked,
) -> anyhow::Result<Duration> {
    let mut request = client.request(method.clone(), format!("{address}{path}"));
    request = request.header("cookie", format!("__Host-sid={}", worker.cookie));
    if *method == Method::POST {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &worker.token);
        form.extend_pairs(fields);
        request = request.header("content-type", "application/x-www-form-urlencoded").body(form.finish());
    }
    let begun = Instant::now();
    let answer = request.send().await?;
    let status = answer.status();
    answer.bytes().await?;
    let took = begun.elapsed();
    if status == 200 { Ok(took) } else { bail!("{path}: {status}") }
}
