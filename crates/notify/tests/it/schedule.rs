//! One letter that does not get through: when it is tried again, and who sees it in the end.

use chrono::{DateTime, Utc};
use dingtalk_sim::Fault;
use domain::{aid::letters::News, notice::Status};
use mailbox::outbox;
use sea_orm::DatabaseConnection;

use crate::post::{Office, Post, SEND};

/// The seconds between the tries of one receipt, which no quiet hour moves.
async fn tries(db: &DatabaseConnection, answer: Fault) -> (Post, Vec<i64>) {
    let mut post = Post::open(db, Office { people: 1, ..Office::default() }).await;
    post.tell_all(&[News::Received]).await;
    post.tenant.faults().next(u32::MAX, SEND, answer);
    let mut at: Vec<DateTime<Utc>> = Vec::new();
    loop {
        if post.round().await > 0 {
            at.push(post.now);
        } else if !post.turn().await {
            break;
        }
    }
    let waits = at.windows(2).map(|pair| (pair[1] - pair[0]).num_seconds()).collect();
    (post, waits)
}

schema::both! {
    async fn after_lost_answers_it_is_tried_for_a_day_and_then_somebody_must_look(db) {
        let (post, waits) = tries(db, Fault::LostAnswer).await;
        assert_eq!(waits, [5, 60, 300, 1_800, 7_200, 21_600, 28_800, 28_800]);
        let row = post.ledger(&post.people[0], News::Received).await;
        assert_eq!((row.status, row.accepted_at), (Status::Unknown, None), "never taken for told");
        let dead = outbox::dead_letters(db, 10).await.unwrap();
        assert_eq!((dead.len(), dead[0].attempts, dead[0].last_error.as_deref()), (1, 9, Some("outcome unknown")));
        assert_eq!(domain::notice::store::troubled(db, 10).await.unwrap()[0].id, row.id);
    }

    async fn a_reader_who_is_held_back_is_left_alone_for_ten_minutes_at_least(db) {
        let (post, waits) = tries(db, Fault::HeldBack).await;
        assert_eq!(waits, [600, 600, 600, 1_800, 7_200, 21_600, 28_800, 28_800]);
        let row = post.ledger(&post.people[0], News::Received).await;
        assert!(row.status == Status::Failed && row.flow_controlled_at.is_some(), "{row:?}");
        assert_eq!(outbox::depth(db).await.unwrap().dead, 1);
        assert!(post.said().is_empty());
    }

    async fn when_the_platform_is_away_for_a_while_the_letter_goes_when_it_is_back(db) {
        let mut post = Post::open(db, Office { people: 1, ..Office::default() }).await;
        post.tell_all(&[News::Received]).await;
        post.tenant.faults().next(5, "/", Fault::Busy);
        post.drain().await;
        let row = post.ledger(&post.people[0], News::Received).await;
        assert_eq!(row.status, Status::Accepted);
        assert_eq!(post.said().values().flatten().count(), 1);
    }
}
