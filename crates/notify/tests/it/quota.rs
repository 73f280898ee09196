//! The month's quota: counted as the platform counts, spared as the table says, and what happens when it is gone.

use chrono::TimeDelta;
use domain::{
    aid::letters::News,
    notice::Status,
    quota::{Budget, Level, figures},
};
use mailbox::{Lane, outbox};

use crate::post::{Office, Post, monday, write};

schema::both! {
    async fn our_meter_says_what_the_platforms_says(db) {
        let mut post = Post::open(db, Office { people: 45, ..Office::default() }).await;
        post.tell_all(&[News::Received, News::Withdrawn]).await;
        post.drain().await;
        let ours = figures(db, &post.dispatcher.limits, post.now).await.unwrap();
        assert_eq!(u64::try_from(ours.used.calls).unwrap(), post.tenant.quota().calls);
        assert_eq!(ours.used.calls, 6, "three calls for each piece of news");
        assert_eq!(ours.level, Level::Plenty);
    }

    async fn when_it_gets_short_greetings_wait_and_results_go(db) {
        let budget = Budget { calls: 10, deliveries: 1_000 };
        let mut post = Post::open(db, Office { people: 3, budget, ..Office::default() }).await;
        for _ in 0..8 {
            domain::quota::count_call(db, &post.dispatcher.limits, post.now).await.unwrap();
        }
        post.welcome_all().await;
        post.tell_all(&[News::Received]).await;
        assert_eq!(post.round().await, 3);
        assert_eq!(post.round().await, 0, "what is left is for others");
        let lanes = outbox::waiting(db).await.unwrap();
        assert_eq!(lanes, [(Lane::Greeting, 3)]);
        // In the next month they go, in one call; no try was counted in between.
        post.now = monday() + TimeDelta::days(30);
        assert_eq!(post.round().await, 3);
        assert_eq!(outbox::waiting(db).await.unwrap(), []);
    }

    async fn what_the_platform_refuses_for_the_quota_goes_in_the_next_month(db) {
        let office = Office { people: 70, platform_calls: Some(3), ..Office::default() };
        let mut post = Post::open(db, office).await;
        post.now = "2026-11-30T02:00:00Z".parse().unwrap();
        post.welcome_all().await;
        post.round().await;
        let month = figures(db, &post.dispatcher.limits, post.now).await.unwrap();
        assert!(month.used.up && month.level == Level::UsedUp);
        assert_eq!(month.used.calls, 3, "a refused call is not counted");
        let left = outbox::waiting(db).await.unwrap();
        assert_eq!(left, [(Lane::Greeting, 10)]);
        assert_eq!(post.round().await, 0);

        // One's own result is tried all the same, and waits for its next try.
        let tx = write(db).await;
        post.tell(&tx, &post.people[0], News::Approved).await;
        tx.commit().await.unwrap();
        post.round().await;
        let row = post.ledger(&post.people[0], News::Approved).await;
        assert_eq!(row.status, Status::Queued);
        // At midnight the month turns; in the morning everything goes.
        post.now = "2026-11-30T16:00:00Z".parse().unwrap();
        post.drain().await;
        assert_eq!(outbox::depth(db).await.unwrap().dead, 0);
        assert_eq!(post.ledger(&post.people[0], News::Approved).await.status, Status::Accepted);
        let month = figures(db, &post.dispatcher.limits, post.now).await.unwrap();
        assert!(!month.used.up && month.level == Level::Plenty);
    }
}
