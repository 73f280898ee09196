use mailbox::turn::Writer;
use mailbox::{Acceptor, inbox, outbox, transaction};
use schema::testing;
use tokio::sync::mpsc;

use crate::{LEASE, after, evening, item, letter};

/// Whoever asked first writes first, and a long queue is nobody's excuse to starve somebody.
#[tokio::test]
async fn writers_of_one_file_take_turns_in_the_order_of_asking() {
    let test = testing::sqlite().await;
    let db = &test.db;
    let first = transaction::write(db).await.unwrap();
    let (came, mut order) = mpsc::unbounded_channel();
    for number in 0..20 {
        let (db, came) = (db.clone(), came.clone());
        tokio::spawn(async move {
            let tx = transaction::write(&db).await.unwrap();
            came.send(number).unwrap();
            tx.commit().await.unwrap();
        });
        // On one thread, the task runs up to its waiting.
        tokio::task::yield_now().await;
    }
    assert!(order.try_recv().is_err());
    first.commit().await.unwrap();
    for number in 0..20 {
        assert_eq!(order.recv().await, Some(number));
    }
}

/// A single statement waits like a transaction does; within a transaction it does not wait for itself.
#[tokio::test]
async fn a_statement_waits_for_a_transaction_and_not_for_its_own() {
    let test = testing::sqlite().await;
    let db = &test.db;
    let tx = transaction::write(db).await.unwrap();
    inbox::accept(&tx, &item("one"), evening()).await.unwrap();
    outbox::push(&tx, &letter("one"), evening()).await.unwrap();
    let claiming = inbox::claim(db, "me", 10, LEASE, after(1));
    tokio::pin!(claiming);
    assert!(futures_util::poll!(&mut claiming).is_pending());
    tx.commit().await.unwrap();
    assert_eq!(claiming.await.unwrap().len(), 1);
}

#[tokio::test]
async fn writers_of_different_files_do_not_wait_for_each_other() {
    let (one, other) = (testing::sqlite().await, testing::sqlite().await);
    let held = one.db.turn().await;
    let tx = transaction::write(&other.db).await.unwrap();
    tx.commit().await.unwrap();
    drop(held);
}

/// The platform waits until its event is kept; what came before it can wait to be worked off, but not for ever.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "longer than the work gives way")]
async fn work_that_nobody_waits_for_lets_the_platform_go_first() {
    let test = testing::sqlite().await;
    let db = &test.db;
    let acceptor = Acceptor::start(db.clone());
    let held = db.turn().await;
    let pushed = tokio::spawn(async move { acceptor.accept(item("one"), evening()).await });
    tokio::task::yield_now().await;
    let working = transaction::write_patiently(db);
    tokio::pin!(working);
    assert!(futures_util::poll!(&mut working).is_pending());
    drop(held);
    // The event goes first although the work has asked before it could begin.
    assert_eq!(pushed.await.unwrap().unwrap(), inbox::Accepted::New);
    working.await.unwrap().rollback().await.unwrap();

    let (acceptor, held) = (Acceptor::start(db.clone()), db.turn().await);
    let pushed = tokio::spawn(async move { acceptor.accept(item("two"), evening()).await });
    let working = transaction::write_patiently(db);
    let ((), worked) = tokio::join!(
        async {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            drop(held);
        },
        working
    );
    worked.unwrap().commit().await.unwrap();
    assert_eq!(pushed.await.unwrap().unwrap(), inbox::Accepted::New);
}
