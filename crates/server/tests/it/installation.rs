//! An installation by the book, `deploy/README.md`: keys, configuration, tables, the first administrator, serving, stopping.

use schema::testing::{self, TestDb};

use crate::harness::{Browser, Site};

async fn by_the_book(db: TestDb) {
    let site = Site::new("site", db).await;
    assert_eq!(site.run(&["config", "check"]).await, (0, "the configuration can be used\n".to_owned()));
    let (status, said) = site.run(&["doctor"]).await;
    assert!(!said.contains("故障") && status == 2, "{status} {said}");

    for (userid, role, region, words) in [
        ("nobody", "security_admin", "330000", "directory does not show nobody"),
        ("chenjing", "king", "330000", "security_admin"),
        ("chenjing", "worker", "990000", "no region 990000"),
        ("chenjing", "worker", "here", "no region's code"),
    ] {
        let (status, said) = site.run(&["grant", userid, role, region]).await;
        assert!(status == 1 && said.contains(words), "{status} {said}");
    }
    let (status, said) = site.run(&["grant", "chenjing", "security_admin", "330106"]).await;
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("杭州市西湖区"), "{said}");
    let (status, said) = site.run(&["grant", "chenjing", "security_admin", "330106"]).await;
    assert!(status == 1 && said.contains("already"), "{said}");
    let (status, said) = site.run(&["grant", "chenjing", "audit_admin", "330106"]).await;
    assert!(status == 1 && said.contains("may not be both"), "{said}");
    let (status, said) = site.run(&["audit", "verify"]).await;
    assert_eq!(status, 0, "{said}");

    serves_and_stops(&site).await;
    site.tenant.stop().await;
}

async fn serves_and_stops(site: &Site) {
    let (status, said) = site.run(&["healthcheck"]).await;
    assert_eq!(status, 1, "{said}");
    let serving = site.serve();
    site.is_ready().await;

    // A second one beside it says in one line what is in its way: the file it has for itself, or the address.
    let (status, said) = site.run(&["serve"]).await;
    let way = if site.on_sqlite() { "another server runs on" } else { "web.listen" };
    let last = said.trim_end().lines().last().unwrap();
    assert!(status == 1 && last.contains(way), "{status} {said}");

    let browser = Browser::new(site.address("web"));
    browser.enter(&site.tenant.person("chenjing").auth_code().unwrap(), "/home").await;
    let home = browser.get("/home", 303).await;
    browser.get(home.header("location"), 200).await.says("陈静");

    let (status, log) = serving.told_to_stop("TERM").await;
    assert_eq!(status, Some(0), "{log}");
    assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
    for personal in ["陈静", "chenjing", "code=", "__Host-"] {
        assert!(!log.contains(personal), "{personal} is in the log: {log}");
    }
}

#[actix_web::test]
async fn by_the_book_on_sqlite() {
    by_the_book(testing::sqlite().await).await;
}

#[actix_web::test]
async fn by_the_book_on_postgresql() {
    if let Some(db) = testing::postgres().await {
        by_the_book(db).await;
    }
}
