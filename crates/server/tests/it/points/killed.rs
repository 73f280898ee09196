//! The same with processes that really die, at the points where most hangs on it.

use mailbox::{Depth, inbox, outbox};
use schema::testing::{self, TestDb};
use sea_orm::{ConnectionTrait, Statement};

use crate::{
    crash::{pause, until},
    harness::{Site, newcomer, title},
};

async fn dies_at(point: &str, site: &Site, who: &str) {
    let app = site.app().await;
    let number = async |sql: &str| -> i64 {
        let found =
            app.db.query_one_raw(Statement::from_string(app.db.get_database_backend(), sql)).await.unwrap();
        found.unwrap().try_get_by_index(0).unwrap()
    };
    let dying = site.serve_until(point);
    let id = dying.id();
    until(async || site.says_ready().await).await;
    site.tenant.add_person(newcomer(who)).unwrap();
    let hurry = async {
        loop {
            site.tenant.pushes().deliver_now().await;
            pause(50).await;
        }
    };
    let ended = async {
        let status = dying.ended().await;
        assert_eq!(status.code(), None, "{point}: by a signal");
    };
    tokio::select! { () = ended => {}, () = hurry => {} }
    site.forget(&app.db, id).await;

    let running = site.serve();
    until(async || {
        site.tenant.pushes().deliver_now().await;
        let known = format!("SELECT COUNT(*) FROM account WHERE id = '{who}' AND active");
        let queues = (inbox::depth(&app.db).await.unwrap(), outbox::depth(&app.db).await.unwrap());
        let now = app.clock.now();
        let idle = |queue: Depth| queue.leased == 0 && queue.oldest.is_none_or(|at| at > now);
        number(&known).await == 1 && idle(queues.0) && idle(queues.1)
    })
    .await;
    assert_eq!(running.told_to_stop("TERM").await.0, Some(0));
    let heard = format!("SELECT COUNT(*) FROM account_event WHERE account_id = '{who}'");
    assert_eq!(number(&heard).await, 1, "{point}");
    let told =
        site.tenant.person(who).messages().iter().filter(|line| !title(&line.message).is_empty()).count();
    let most = if point == "tell.called" { 2 } else { 1 };
    assert!((1..=most).contains(&told), "{point}: told {told} times");
}

async fn dies_and_comes_back(db: TestDb) {
    let site = Site::new("killed", db).await;
    drop(site.moved_in().await);
    for (n, point) in ["acceptor.kept", "inbox.noted", "inbox.committed", "tell.called"].iter().enumerate() {
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
