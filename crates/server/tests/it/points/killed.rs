//! The same with processes that really die, at the points where most hangs on it.

use dingtalk_sim::Speaker;
use mailbox::{Depth, inbox, outbox};
use schema::testing::{self, TestDb};
use sea_orm::{ConnectionTrait, Statement};

use crate::{
    crash::{pause, until},
    harness::{Site, newcomer, title},
};

/// In the first message, which waits for the morning.
const WELCOME: &str = "我是银龄小助手";

/// Somebody joins, and asks the bot for its menu as soon as we know them; the server dies at the point.
async fn dies_at(point: &str, site: &Site, who: &str) {
    let app = site.app().await;
    let number = async |sql: String| -> i64 {
        let found =
            app.db.query_one_raw(Statement::from_string(app.db.get_database_backend(), sql)).await.unwrap();
        found.unwrap().try_get_by_index(0).unwrap()
    };
    let known = || number(format!("SELECT COUNT(*) FROM account WHERE id = '{who}' AND active"));
    let dying = site.serve_until(point);
    let id = dying.id();
    until(async || site.says_ready().await).await;
    site.tenant.add_person(newcomer(who)).unwrap();
    let goes_on = async {
        while known().await == 0 {
            site.tenant.pushes().deliver_now().await;
            pause(50).await;
        }
        let _ = site.tenant.person(who).says("帮助").await;
        std::future::pending::<()>().await;
    };
    let ended = async {
        let status = dying.ended().await;
        assert_eq!(status.code(), None, "{point}: by a signal");
    };
    tokio::select! { () = ended => {}, () = goes_on => {} }
    site.forget(&app, id).await;

    let running = site.serve();
    until(async || {
        site.tenant.pushes().deliver_now().await;
        let queues = (inbox::depth(&app.db).await.unwrap(), outbox::depth(&app.db).await.unwrap());
        let now = app.clock.now();
        let idle = |queue: Depth| queue.leased == 0 && queue.oldest.is_none_or(|at| at > now);
        known().await == 1 && idle(queues.0) && idle(queues.1)
    })
    .await;
    assert_eq!(running.told_to_stop("TERM").await.0, Some(0));
    let heard = format!("SELECT COUNT(*) FROM account_event WHERE account_id = '{who}'");
    assert_eq!(number(heard).await, 1, "{point}");
    let greeted = format!("SELECT COUNT(*) FROM notice WHERE account_id = '{who}'");
    assert_eq!(number(greeted).await, 1, "{point}");
    let lines = site.tenant.person(who).messages();
    let answers = lines
        .iter()
        .filter(|line| line.by == Speaker::Robot && !title(&line.message).contains(WELCOME))
        .count();
    if point.starts_with("answer.") {
        assert!((1..=2).contains(&answers), "{point}: answered {answers} times");
    } else {
        assert!(answers <= 1, "{point}: answered {answers} times");
    }
}

async fn dies_and_comes_back(db: TestDb) {
    let site = Site::new("killed", db).await;
    drop(site.moved_in().await);
    for (n, point) in ["acceptor.kept", "inbox.noted", "inbox.committed", "answer.called"].iter().enumerate()
    {
        dies_at(point, &site, &format!("k{n}")).await;
    }
}

#[actix_web::test]
async fn a_process_that_dies_at_a_point_loses_nothing_on_sqlite() {
    dies_and_comes_back(testing::sqlite().await).await;
}

#[actix_web::test]
async fn a_process_that_dies_at_a_point_loses_nothing_on_postgresql() {
    if let Some(db) = testing::postgres().await {
        dies_and_comes_back(db).await;
    }
}
