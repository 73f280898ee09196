use std::future::poll_fn;
use std::task::Poll;

use mailbox::{inbox, transaction};
use schema::testing;

use crate::{LEASE, after, evening, item};

/// A browser that closes drops whatever its request was waiting for. What others write afterwards on the same connection is kept
/// all the same: it must not have become part of a transaction that nobody will ever commit.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the database's answers need a moment to arrive")]
async fn a_transaction_that_is_dropped_at_any_moment_takes_nothing_with_it() {
    for test in testing::databases().await {
        // With one connection, whatever was dropped and whatever comes next meet on it.
        let options = schema::Options { max_connections: 1, ..Default::default() };
        let db = schema::connect(&test.url, &options).await.unwrap();
        let mut dropped = 0;
        for polls in 0..40 {
            let key = format!("within/{polls}");
            let mut writing = Box::pin(async {
                let tx = transaction::write(&db).await.unwrap();
                inbox::accept(&tx, &item(&key), evening()).await.unwrap();
                tx.commit().await.unwrap();
            });
            // One poll is one piece of news from the database; the pauses let it arrive.
            let mut ended = false;
            for _ in 0..polls {
                ended = poll_fn(|cx| Poll::Ready(writing.as_mut().poll(cx).is_ready())).await;
                if ended {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            }
            drop(writing);
            dropped += usize::from(!ended);

            let kept = inbox::accept(&db, &item(&format!("after/{polls}")), evening()).await.unwrap();
            assert_eq!(kept, inbox::Accepted::New);
            let seen = inbox::find(&test.db, &format!("after/{polls}")).await.unwrap();
            assert!(
                seen.is_some(),
                "{}: what was written after {polls} polls is seen by nobody else",
                test.name
            );
            if ended {
                break;
            }
        }
        assert!(dropped > 1, "{}: {dropped}", test.name);
        assert!(!inbox::claim(&test.db, "me", 100, LEASE, after(1)).await.unwrap().is_empty());
    }
}
