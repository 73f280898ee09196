//! R4: the platform is away for a day.

use chrono::TimeDelta;
use dingtalk_sim::Fault;
use domain::{
    aid::letters::News,
    notice::{Policy, Status, quiet},
};
use mailbox::outbox;

use crate::{
    post::{Office, Post, densest, monday},
    size,
};

const NEWS: [News; 5] = [News::Received, News::Accepted, News::Approved, News::Refused, News::Withdrawn];

schema::both! {
    async fn after_a_day_without_the_platform_everybody_is_told_everything_in_order(db) {
        let people = size(40, 1_000);
        let office = Office { people, per_minute: 30, per_second: 5, ..Office::default() };
        let mut post = Post::open(db, office).await;
        post.tell_all(&NEWS).await;
        assert_eq!(outbox::depth(db).await.unwrap().waiting, i64::try_from(5 * people).unwrap());

        let back = monday() + TimeDelta::hours(24);
        post.tenant.faults().next(u32::MAX, "/", Fault::Busy);
        let mut tries = 0;
        while post.now < back {
            let settled = post.round().await;
            tries += usize::from(settled > 0);
            assert!(settled == 0 || post.carried_out() == 0);
            assert!(post.turn().await, "everything waits");
        }
        assert!(tries < 400, "a platform that is away is not hammered: {tries} tries in a day");
        assert_eq!(outbox::depth(db).await.unwrap().dead, 0, "and nobody's letter is given up for it");
        post.tenant.faults().clear();
        post.drain().await;

        let depth = outbox::depth(db).await.unwrap();
        assert_eq!((depth.waiting, depth.leased, depth.dead), (0, 0, 0));
        let expected = ["收到", "有人在办", "通过了", "有结果", "撤回"];
        let said = post.said();
        assert_eq!(said.len(), people);
        for (userid, lines) in &said {
            let order: Vec<bool> =
                lines.iter().zip(expected).map(|((_, title), word)| title.contains(word)).collect();
            assert_eq!(order, [true; 5], "{userid}: {lines:?}");
            assert_eq!(lines.len(), 5, "{userid} was told nothing twice");
            for (at, title) in lines {
                assert!(*at >= back);
                // A receipt answers what somebody has just done, at any hour; withdrawing, too.
                let receipt = title.contains("收到") || title.contains("撤回");
                assert!(receipt || !quiet::is_quiet(Policy::Retiree, *at), "{userid} at {at}: {title}");
            }
        }
        assert!(densest(&post.calls, TimeDelta::minutes(1)) <= 30, "{:?}", post.calls);
        assert!(densest(&post.calls, TimeDelta::seconds(1)) <= 5, "{:?}", post.calls);
        for account in post.people.iter().take(20) {
            for news in NEWS {
                let row = post.ledger(account, news).await;
                assert!(row.status == Status::Accepted && row.accepted_at.is_some_and(|at| at >= back), "{row:?}");
            }
        }
    }
}
