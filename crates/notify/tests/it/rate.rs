//! The configured rate: reached exactly, exceeded never.

use chrono::TimeDelta;
use domain::aid::letters::News;
use mailbox::outbox;

use crate::{
    post::{Office, Post, densest, monday},
    size,
};

schema::both! {
    async fn a_backlog_drains_at_exactly_the_rate(db) {
        let people = size(100, 10_000);
        let office = Office { people, per_minute: 10, per_second: 2, ..Office::default() };
        let mut post = Post::open(db, office).await;
        post.tell_all(&[News::Received, News::Withdrawn]).await;
        let waiting = outbox::depth(db).await.unwrap().waiting;
        assert_eq!(waiting, i64::try_from(2 * people).unwrap());
        post.drain().await;

        // Twenty readers share a call, ten calls a minute, two a second.
        let calls: u64 = post.calls.iter().map(|(_, calls)| calls).sum();
        assert_eq!(calls, (2 * people).div_ceil(20) as u64, "batches stay full");
        let last = i64::try_from(calls - 1).unwrap();
        let end = monday() + TimeDelta::minutes(last / 10) + TimeDelta::seconds(last % 10 / 2);
        assert_eq!(post.calls.last().unwrap().0, end);
        assert_eq!(densest(&post.calls, TimeDelta::minutes(1)), 10);
        assert_eq!(densest(&post.calls, TimeDelta::seconds(1)), 2);
        assert!(post.said().values().all(|lines| lines.len() == 2));
    }
}
