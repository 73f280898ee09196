//! What the doctor says of the month and of connections.

use std::io::{Read, Write};

use dingtalk_sim::{Fault, World};
use domain::quota;
use schema::testing;
use server::{clock::Clock, manifest::Manifest};

use crate::harness::Site;

/// Somebody else's server: whatever it is asked, it answers with this. Its address.
fn stranger(answer: &'static str) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

impl Site {
    /// Every finding, also those that cost a counted call.
    async fn examined(&self, more: &[&str]) -> Vec<serde_json::Value> {
        let (_, said) = self.run(&[&["doctor", "--json"], more].concat()).await;
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"))
    }

    /// The finding of a key: its state, what was said, what is to be done; empty when there is none.
    async fn doctor(&self, key: &str, more: &[&str]) -> [String; 3] {
        let (_, said) = self.run(&[&["doctor", "--json", "--free"], more].concat()).await;
        let found: serde_json::Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
        let found = found.as_array().unwrap().iter().find(|found| found["key"] == key).cloned();
        let found = found.unwrap_or_default();
        ["state", "said", "todo"].map(|field| found[field].as_str().unwrap_or_default().to_owned())
    }
}

#[actix_web::test]
async fn it_says_what_the_month_still_allows_and_what_to_do_when_that_is_little() {
    let dbs = [Some(testing::sqlite().await), testing::postgres().await];
    for db in dbs.into_iter().flatten() {
        let site = Site::new("month", db).await;
        let limits = server::config::load(Some(&site.config), &[]).unwrap().config.limits();
        let now = Clock::System.now();
        for _ in 0..17 {
            quota::count_call(&site.db.db, &limits, now).await.unwrap();
        }
        quota::count_delivery(&site.db.db, &limits, now).await.unwrap();
        let [state, said, todo] = site.doctor("quota", &[]).await;
        assert_eq!((state.as_str(), todo.as_str()), ("well", ""));
        assert!(said.starts_with(&quota::month(now)), "{said}");
        assert!(
            said.contains("用了 17 次，还剩 4983 次") && said.contains("用了 1 次，还剩 2999 次"),
            "{said}"
        );
        for (budget, wanted, words) in
            [("20", "look", "偏紧"), ("17", "fault", "用完了"), ("3", "fault", "还剩 0 次")]
        {
            let [state, said, todo] =
                site.doctor("quota", &["--set", &format!("sending.monthly_calls={budget}")]).await;
            assert!(
                state == wanted && said.contains(words) && todo.contains("增购包"),
                "{state} {said} {todo}"
            );
        }
        // The platform's own word counts more than our count.
        quota::refused(&site.db.db, &limits, Clock::System.now()).await.unwrap();
        assert_eq!(site.doctor("quota", &[]).await[0], "fault");
        site.tenant.stop().await;
    }
}

#[actix_web::test]
async fn it_takes_what_the_days_letter_says() {
    let dbs = [Some(testing::sqlite().await), testing::postgres().await];
    for db in dbs.into_iter().flatten() {
        let site = Site::new("anchor", db).await;
        let app = site.moved_in().await;
        assert_eq!(site.doctor("audit_anchor", &[]).await[0], "", "nothing is asked");
        let head = audit::head(&app.db).await.unwrap().to_string();
        let [state, said, _] = site.doctor("audit_anchor", &["--anchor", &head]).await;
        assert!(state == "well" && said.contains("对得上"), "{said}");
        let (row, hash) = head.split_once(':').unwrap();
        let changed = if hash.starts_with('0') { "1" } else { "0" };
        let other = format!("{row}:{changed}{}", &hash[1..]);
        let [state, said, todo] = site.doctor("audit_anchor", &["--anchor", &head, "--anchor", &other]).await;
        assert!(state == "fault" && said.contains(row) && todo.contains("审计管理员"), "{said}");
        // Rows behind the end were cut off.
        let later = format!("{}:{hash}", row.parse::<i64>().unwrap() + 5);
        assert_eq!(site.doctor("audit_anchor", &["--anchor", &later]).await[0], "fault");
        assert_ne!(site.run(&["doctor", "--anchor", "nonsense"]).await.0, 0);
        site.tenant.stop().await;
    }
}

#[actix_web::test]
async fn a_gateway_that_gives_no_connection_is_a_fault_where_what_comes_in_comes_by_it() {
    let site = Site::new("gateway", testing::sqlite().await).await;
    let stream = ["--set", "dingtalk.incoming=stream"];
    let open = "POST /v1.0/gateway/connections/open";
    let [state, said, _] = site.doctor("stream", &stream).await;
    assert!(state == "well" && said.contains("由它接收"), "{state} {said}");
    for key in ["delivery", "delivery.events", "delivery.robot"] {
        assert_eq!(site.doctor(key, &stream).await[0], "", "nothing is posted");
    }
    site.tenant.faults().next(1, open, Fault::SystemError);
    let [state, said, todo] = site.doctor("stream", &stream).await;
    assert!(
        state == "fault" && said.contains("建立不了") && todo.contains("wss-open-connection"),
        "{said} {todo}"
    );
    // The gateway answers, and a wall stands before the place that it names.
    site.tenant.faults().next(1, "GET /connect", Fault::SystemError);
    let [state, said, todo] = site.doctor("stream", &stream).await;
    assert!(
        state == "fault" && said.contains("给了地址，连不上") && todo.contains("WebSocket 通过"),
        "{said} {todo}"
    );
    assert!(site.tenant.stream().connections().is_empty() && site.tenant.stream().complaints().is_empty());
    site.tenant.faults().next(1, open, Fault::SystemError);
    assert_eq!(site.doctor("stream", &[]).await[0], "look", "by push it is not needed");
    assert_eq!(site.doctor("delivery", &[]).await[0], "look", "no server runs");
    site.tenant.stop().await;
}

#[actix_web::test]
async fn each_point_is_looked_at_and_nothing_comes_of_it() {
    let points: Vec<String> =
        Manifest::written().unwrap().permission.into_iter().map(|permission| permission.code).collect();
    for granted in [true, false] {
        let given = if granted { points.clone() } else { Vec::new() };
        let change = |world: &mut World| world.app.permissions = Some(given);
        let site = Site::with("points", testing::sqlite().await, change).await;
        site.has_cards();
        let form = site.tenant.approvals().form("PROC-AID-APPROVAL").map(|form| form.controls);
        let found = site.examined(&["--set", "sending.ding=app"]).await;
        for point in &points {
            let found = found.iter().find(|found| found["key"] == format!("permission.{point}"));
            let found = found.unwrap_or_else(|| panic!("nothing is said of {point}"));
            // Signing in every app may.
            if granted || point == "qyapi_base" {
                assert_eq!(found["state"], "well", "{found}");
                continue;
            }
            let todo = found["todo"].as_str().unwrap();
            assert!(
                found["state"] == "fault" && todo.contains(&format!("搜索“{point}” → 申请权限")),
                "{found}"
            );
        }
        for call in ["PUT /v1.0/card/instances", "POST /v1.0/robot/ding/recall", "POST /v1.0/workflow/forms"]
        {
            let wire = site.tenant.wire().into_iter();
            let asked: Vec<_> = wire.filter(|one| format!("{} {}", one.method, one.path) == call).collect();
            let refused = if granted { 400 } else { 403 };
            assert!(asked.len() == 1 && asked[0].status == refused, "{call}: {asked:?}");
        }
        assert_eq!(site.tenant.approvals().form("PROC-AID-APPROVAL").map(|form| form.controls), form);
        site.tenant.stop().await;
    }
}

#[actix_web::test]
async fn a_point_that_nothing_needs_is_no_fault() {
    let change = |world: &mut World| world.app.permissions = Some(Vec::new());
    let site = Site::with("unused", testing::sqlite().await, change).await;
    for (point, switch) in
        [("Card.Instance.Write", "dingtalk.approval_card_template"), ("Premium.Ding.Write", "sending.ding")]
    {
        let [state, said, _] = site.doctor(&format!("permission.{point}"), &[]).await;
        assert!(state == "well" && said.contains("用不到") && said.contains(switch), "{said}");
    }
    site.tenant.stop().await;
}

#[actix_web::test]
async fn an_address_where_somebody_else_answers_is_a_fault() {
    let site = Site::new("addresses", testing::sqlite().await).await;
    site.run(&["migrate"]).await;
    site.has_cards();
    let serving = site.serve();
    site.is_ready().await;
    let paths = [("delivery.robot", "/callback/robot"), ("delivery.cards", "/callback/card")];
    for (key, path) in paths {
        let [state, said, _] = site.doctor(key, &[]).await;
        assert!(state == "well" && said.contains(path), "{said}");
    }
    // Refusing is not enough: it must be our refusal.
    for answer in [
        "HTTP/1.1 404 Not Found\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>",
        "HTTP/1.1 400 Bad Request\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>",
        "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    ] {
        let elsewhere = format!("web.public_url={}", stranger(answer));
        for (key, path) in paths {
            let [state, said, todo] = site.doctor(key, &["--set", &elsewhere]).await;
            assert!(state == "fault" && said.contains("不是本系统在应答"), "{said}");
            assert!(todo.contains("反向代理") && todo.contains(path), "{todo}");
        }
    }
    let nobody = ["--set", "web.public_url=http://127.0.0.1:1"];
    let [state, said, todo] = site.doctor("delivery.cards", &nobody).await;
    assert!(state == "fault" && said.contains("不通") && todo.contains("防火墙"), "{said}");
    serving.told_to_stop("TERM").await;
    site.tenant.stop().await;
}
