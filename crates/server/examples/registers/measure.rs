//! Asks a running server one question after the other.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use domain::ids::PersonId;
use reqwest::{Client, Method};

use crate::{
    PAGES,
    looks::{AUDITOR, LOOKED},
    segments::SEGMENT,
};

/// How often each question is asked.
const TIMES: usize = PAGES;

/// A worker who is signed in.
struct Worker {
    cookie: String,
    token: String,
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

fn kinds(persons: &[String], segments: &[String]) -> Vec<Kind> {
    let after = |id: &String| format!("/console/people/all?after={id}");
    let of_segments =
        |what: &str| segments.iter().map(|id| format!("/console/segments/{id}{what}")).collect();
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
        get("segments: all", 50, vec!["/console/segments".to_owned()]),
        get("segments: one", 50, of_segments("")),
        get("segments: who is in one", 50, of_segments("/members")),
        get("segments: who came and went", 50, of_segments("/changes")),
    ]
}

/// What an auditor asks: who looked at these people in one of the months of three years.
fn looks<'a>(persons: impl Iterator<Item = &'a str>) -> Vec<Kind> {
    let path = |(nth, id): (usize, &str)| {
        let (year, month) = (2024 + nth / 12 % 3, nth % 12 + 1);
        format!("/console/trail/people/{id}?month={year}-{month:02}")
    };
    vec![get("who looked at somebody in a month", 2_000, persons.enumerate().map(path).collect())]
}

pub(crate) async fn measure(address: &str, sessions: &str, name: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(sessions)?;
    let auditor = text.lines().find_map(|line| line.strip_prefix(AUDITOR));
    let lines = text.lines().filter(|line| !line.starts_with(AUDITOR));
    let (workers, persons): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.contains('\t'));
    let (segments, persons): (Vec<&str>, Vec<&str>) =
        persons.into_iter().partition(|line| line.starts_with(SEGMENT));
    let persons: Vec<String> =
        persons.into_iter().filter(|line| line.parse::<PersonId>().is_ok()).map(str::to_owned).collect();
    let segments: Vec<String> =
        segments.into_iter().filter_map(|line| line.strip_prefix(SEGMENT)).map(str::to_owned).collect();
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut late = 0;
    // Where three years of looks lie, they alone are asked for.
    let whose = match auditor {
        Some(auditor) => {
            vec![(auditor, "auditor", looks(text.lines().filter_map(|line| line.strip_prefix(LOOKED))))]
        }
        None => workers
            .iter()
            .zip(["province", "county"])
            .map(|(worker, scope)| (*worker, scope, kinds(&persons, &segments)))
            .collect(),
    };
    for (worker, scope, kinds) in whose {
        let (cookie, token) = worker.split_once('\t').context("a session")?;
        let worker = Worker { cookie: cookie.to_owned(), token: token.to_owned() };
        for kind in kinds {
            // The county's worker may not see a person of another county, and needs no page of the province's list.
            let abroad = kind.name.contains("person's page") || kind.name.contains("some page");
            if scope == "county" && abroad || kind.asked.is_empty() {
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
            let [p50, p99] = quantiles(took);
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

/// Within what half of them were, and 99 of 100.
pub(crate) fn quantiles(mut took: Vec<Duration>) -> [Duration; 2] {
    took.sort_unstable();
    let at = |share: usize| took.get((took.len() * share).div_ceil(100).saturating_sub(1)).copied();
    [50, 99].map(|share| at(share).unwrap_or_default())
}
