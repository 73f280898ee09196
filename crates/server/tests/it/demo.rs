//! `yinling demo`, as somebody meets it who has just cloned the project.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::harness::{Browser, Running};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    let _ = fs::remove_file(&folder);
    folder
}

fn demo(data: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
    command.args(["demo", "--seed", "tiny", "--data", data.to_str().unwrap()]).args(more);
    command
}

/// Starts one and waits for its links.
#[expect(clippy::disallowed_methods, reason = "another process becomes ready, and nothing here can drive it")]
async fn ready(data: &Path, more: &[&str]) -> (Running, Value) {
    let file = data.join("links.json");
    let _ = fs::remove_file(&file);
    let running = Running::start(&mut demo(data, more));
    let until = Instant::now() + Duration::from_mins(1);
    loop {
        let links = fs::read(&file).ok().and_then(|text| serde_json::from_slice(&text).ok());
        if let Some(links) = links {
            return (running, links);
        }
        assert!(Instant::now() < until, "it is never ready");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The desk that it opens with.
fn desk(links: &Value) -> Browser {
    Browser::new(links["desk"].as_str().unwrap().to_owned())
}

/// One line, and not zero.
fn refused(command: &mut Command, words: &str) {
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(words), "“{words}” is not in {said}");
}

#[actix_web::test]
async fn it_shows_where_everything_is_and_keeps_its_state() {
    let data = folder("demo");
    let (running, links) = ready(&data, &["--port", "0"]).await;
    let desk = desk(&links);
    desk.get("/", 200).await.says("小桌子");
    // A second one on the same data is refused, and the first goes on.
    refused(&mut demo(&data, &["--port", "0"]), "is running on");
    desk.get("/", 200).await;
    let before = fs::metadata(data.join("yinling.db")).unwrap().len();
    let (status, said) = running.told_to_stop("INT").await;
    assert_eq!((status, said.as_str()), (Some(0), ""));

    // The other commands find what they look at.
    let configuration = data.join("config.toml");
    for (words, said) in [(["audit", "verify"], "whole"), (["aid", "key"], "")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
        let output = command.args(words).arg("--config").arg(&configuration).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && !out.is_empty() && out.contains(said), "{words:?}: {out}");
    }

    // The people are there still: no second load, and what was done is kept.
    let key = fs::read(data.join("keys/audit.key")).unwrap();
    let (running, _) = ready(&data, &["--port", "0"]).await;
    assert!(fs::metadata(data.join("yinling.db")).unwrap().len() >= before);
    assert_eq!(fs::read(data.join("keys/audit.key")).unwrap(), key);
    assert_eq!(running.told_to_stop("TERM").await.0, Some(0));

    let (running, _) = ready(&data, &["--port", "0", "--fresh"]).await;
    assert_ne!(fs::read(data.join("keys/audit.key")).unwrap(), key, "--fresh starts over");
    drop(running);
}

#[actix_web::test]
#[expect(clippy::disallowed_methods, reason = "another process loads, and nothing here can drive it")]
async fn killed_while_it_loads_it_loads_at_the_next_start() {
    let data = folder("demo-killed");
    for after in [20, 100, 200, 300, 400] {
        let running = Running::start(&mut demo(&data, &["--port", "0"]));
        tokio::time::sleep(Duration::from_millis(after)).await;
        drop(running);
    }
    let (running, links) = ready(&data, &["--port", "0"]).await;
    desk(&links).get("/", 200).await.says("小桌子");
    assert_eq!(running.told_to_stop("INT").await, (Some(0), String::new()));
}

#[test]
fn what_is_in_its_way_is_said_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    refused(
        &mut demo(&folder("demo-port"), &["--port", &port]),
        &format!("port {port}; --port takes another"),
    );

    let file = folder("demo-file");
    fs::write(&file, "").unwrap();
    refused(&mut demo(&file, &[]), "cannot be written");

    let mut unknown = Command::new(env!("CARGO_BIN_EXE_yinling"));
    refused(unknown.args(["demo", "--seed", "country"]), "say tiny, county or province");
}
