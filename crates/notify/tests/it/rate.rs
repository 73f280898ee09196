//! The configured rate: reached exactly, exceeded never.

use chrono::TimeDelta;
use domain::{
    aid::letters::{Letter as Aid, News},
    letters::{self, Letter},
};
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

    async fn what_nobody_hears_does_not_wait_for_the_robot(db) {
        let office = Office { people: 100, per_minute: 2, per_second: 50, ..Office::default() };
        let mut post = Post::open(db, office).await;
        post.tell_all(&[News::Received]).await;
        assert_eq!([post.round().await, post.round().await], [40, 0], "the robot has said enough");
        // A round that there is not: it is looked at, and given up.
        let letter = Letter::Aid(Aid::ApprovalTerminate { case: post.case, round: 9 });
        assert!(letters::post(db, &letter, None, post.now, post.now).await.unwrap());
        assert_eq!([post.round().await, post.round().await], [1, 0]);
        assert_eq!(post.calls.iter().map(|(_, calls)| calls).sum::<u64>(), 2);
    }
}
