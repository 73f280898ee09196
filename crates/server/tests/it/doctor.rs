//! What the doctor says of the month and of connections.

use dingtalk_sim::Fault;
use domain::quota;
use schema::testing;
use server::clock::Clock;

use crate::harness::Site;

impl Site {
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
    site.tenant.faults().next(1, open, Fault::SystemError);
    assert_eq!(site.doctor("stream", &[]).await[0], "look", "by push it is not needed");
    assert_eq!(site.doctor("delivery", &[]).await[0], "look", "no server runs");
    site.tenant.stop().await;
}
