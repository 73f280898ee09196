//! No call of the client without a story: each is made against the simulator in some test, and at least once it succeeds there.
//!
//! What is looked for is text, `robot.ding(` or `robot().ding(` in a statement that does not expect an error. So in stories whatever
//! `client.robot()` gave is called `robot`. That a story really looks at what it names, the reader of the story sees.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Calls without a story, each with the reason.
const EXCEPTIONS: [(&str, &str); 1] = [(
    "workflow.file",
    "the tenant knows what files of approvals are called, not what is in them: storage.rs tells of fetching",
)];

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

fn texts(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    assert!(!found.is_empty(), "{folder}");
    found.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

/// By which method of the client each resource is had: `WorkNotices` by `work_notices`.
fn resources() -> BTreeMap<String, String> {
    let client = include_str!("../../../src/client.rs");
    let accessor = |line: &str| {
        let (name, answer) = line.trim().strip_prefix("pub fn ")?.split_once("(&self) -> ")?;
        answer.contains("<'_>").then(|| (word(answer).to_owned(), name.to_owned()))
    };
    client.lines().filter_map(accessor).collect()
}

/// `robot.ding`, for everything public that asks the platform something: what is async, and what gives a stream.
fn calls() -> Vec<String> {
    let resources = resources();
    let mut found = Vec::new();
    for text in texts("src") {
        let mut by = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("impl") {
                let rest = rest.strip_prefix("<'a>").unwrap_or(rest).trim_start();
                let name = word(rest);
                by = if name == "Client" { Some("client".to_owned()) } else { resources.get(name).cloned() };
            }
            let line = line.trim_start();
            let call = line
                .strip_prefix("pub async fn ")
                .or_else(|| line.strip_prefix("pub fn ").filter(|rest| rest.contains("-> impl Stream")));
            if let Some(call) = call {
                let by = by.as_ref().unwrap_or_else(|| panic!("whose is {line}"));
                found.push(format!("{by}.{}", word(call)));
            }
        }
    }
    found
}

/// Whether a statement calls it and does not expect it to fail.
fn succeeds(story: &str, call: &str) -> bool {
    let (by, name) = call.split_once('.').unwrap();
    [format!("{by}.{name}("), format!("{by}().{name}(")].iter().any(|wanted| {
        story.match_indices(wanted.as_str()).any(|(at, _)| {
            let statement = story[at..].split(';').next().unwrap();
            !["unwrap_err()", "is_err()", "Err("].iter().any(|failure| statement.contains(failure))
        })
    })
}

#[test]
fn every_call_of_the_client_succeeds_in_a_story() {
    let stories: Vec<String> = [texts("tests/it/stories"), texts("../dingtalk-sim/tests/it")]
        .concat()
        .iter()
        // This file names calls without making them.
        .filter(|text| !text.contains("const EXCEPTIONS"))
        .map(|text| text.split_whitespace().collect())
        .collect();
    let calls = calls();
    assert!(calls.len() > 120, "{calls:?}");
    let missing: Vec<_> = calls
        .iter()
        .filter(|call| !EXCEPTIONS.iter().any(|(known, _)| known == call))
        .filter(|call| !stories.iter().any(|story| succeeds(story, call)))
        .collect();
    assert!(missing.is_empty(), "no story against the simulator calls {missing:?}");
    let idle: Vec<_> =
        EXCEPTIONS.iter().filter(|(known, _)| !calls.iter().any(|call| call == known)).collect();
    assert!(idle.is_empty(), "no such calls any more: {idle:?}");
}

#[test]
fn only_a_call_that_succeeds_counts() {
    let succeeds = |story: &str| succeeds(&story.split_whitespace().collect::<String>(), "robot.ding");
    assert!(succeeds("let id = robot.ding(&ding).await.unwrap().id;"));
    assert!(succeeds("client\n    .robot()\n    .ding(&ding).await.unwrap();"));
    assert!(!succeeds("assert!(robot.ding(&ding).await.is_err());"));
    assert!(!succeeds("robot.ding(&ding).await.unwrap_err();"));
    assert!(!succeeds("matches!(robot.ding(&ding).await, Err(Error::NotSent(_)));"));
    assert!(!succeeds("card.ding(&ding); robot.recall_ding(&id);"));
}
