//! Who has read it, and the ways that are taken when nobody says so.

use chrono::TimeDelta;
use dingtalk::robot::Remind;
use dingtalk_sim::{Fault, Speaker};
use domain::{
    aid::letters::News,
    ids::AccountId,
    notice::{Channel, Ladder, Notice, Status},
    quota::{self, Budget, Via},
};

use crate::{
    ladder::{climbs, told},
    post::{Office, Post, READ, monday, texting},
};

async fn approved(post: &Post) -> Notice {
    post.ledger(&AccountId::parse("wang").unwrap(), News::Approved).await
}

/// The notice is where it is after so many hours, and so many questions have been answered.
async fn after(post: &mut Post, hours: i64, status: Status, asked: u64) {
    post.now = monday() + TimeDelta::hours(hours);
    post.asks().await;
    assert_eq!((approved(post).await.status, post.asked()), (status, asked), "after {hours} hours");
}

schema::both! {
    async fn what_was_read_is_known_after_one_question_and_nobody_is_bothered_again(db) {
        let mut post = Post::open(db, Office::default()).await;
        told(&mut post).await;
        post.tenant.person("wang").reads().unwrap();
        after(&mut post, 0, Status::Accepted, 0).await;
        after(&mut post, 1, Status::Read, 1).await;
        let row = approved(&post).await;
        assert_eq!((row.read_at, row.proof_at, row.climb_at), (Some(post.now), None, None));
        after(&mut post, 30, Status::Read, 1).await;
        assert_eq!(climbs(&post, &Ladder::default()).await, []);
        let month = quota::figures(db, &post.dispatcher.limits, post.now).await.unwrap();
        assert_eq!(month.used.calls, 2, "told and asked");
        assert_eq!(month.used.calls, i64::try_from(post.tenant.quota().calls).unwrap());
    }

    async fn what_was_not_read_is_asked_about_three_times_and_then_climbs(db) {
        let folder = tempfile::tempdir().unwrap();
        let mut post = Post::open(db, Office::default()).await;
        texting(&mut post, folder.path());
        told(&mut post).await;
        for (hours, asked) in [(1, 1), (2, 1), (7, 1), (8, 2), (9, 2), (22, 2), (23, 3)] {
            after(&mut post, hours, Status::Accepted, asked).await;
            assert_eq!(climbs(&post, &Ladder::default()).await, []);
        }
        post.now = monday() + TimeDelta::hours(24);
        assert_eq!(climbs(&post, &Ladder::default()).await, [Channel::Sms]);
        post.round().await;
        // On a way that proves nothing, nothing is asked.
        after(&mut post, 40, Status::Accepted, 3).await;
    }

    async fn who_reads_it_late_gets_no_text_message(db) {
        let mut post = Post::open(db, Office::default()).await;
        told(&mut post).await;
        after(&mut post, 8, Status::Accepted, 1).await;
        post.tenant.person("wang").reads().unwrap();
        // Nobody was there to ask for longer than the way had time: first it is asked, and only then climbed.
        post.now = monday() + TimeDelta::hours(23) + TimeDelta::minutes(59);
        assert_eq!(climbs(&post, &Ladder::default()).await, []);
        assert_eq!(approved(&post).await.status, Status::Read);
    }

    async fn servers_that_ask_at_once_ask_once(db) {
        let mut post = Post::open(db, Office::default()).await;
        told(&mut post).await;
        post.now = monday() + TimeDelta::hours(1);
        post.tenant.clock().set(post.now);
        let ask = async |owner: &str| {
            let dispatcher = notify::Dispatcher { owner: owner.to_owned(), ..post.dispatcher.clone() };
            dispatcher.prove(post.now).await.unwrap()
        };
        futures_util::join!(ask("a"), ask("b"), ask("c"));
        assert_eq!(post.asked(), 1);
    }

    async fn when_the_month_gets_short_only_the_last_question_is_asked(db) {
        let budget = Budget { calls: 100, deliveries: 1_000 };
        let mut post = Post::open(db, Office { budget, ..Office::default() }).await;
        told(&mut post).await;
        for _ in 0..85 {
            quota::count_call(db, &post.dispatcher.limits, post.now).await.unwrap();
        }
        for (hours, asked) in [(1, 0), (8, 0), (22, 0), (23, 1)] {
            after(&mut post, hours, Status::Accepted, asked).await;
        }
    }

    async fn a_question_that_fails_is_asked_again(db) {
        let mut post = Post::open(db, Office::default()).await;
        told(&mut post).await;
        post.tenant.person("wang").reads().unwrap();
        post.tenant.faults().next(1, READ, Fault::Busy);
        after(&mut post, 1, Status::Accepted, 0).await;
        post.now += TimeDelta::minutes(10);
        post.asks().await;
        assert_eq!(approved(&post).await.status, Status::Read);
    }

    async fn a_question_that_is_refused_is_not_asked_again_and_the_next_way_comes_in_its_time(db) {
        let mut post = Post::open(db, Office::default()).await;
        told(&mut post).await;
        // The platform has forgotten everything.
        post.tenant.reset();
        after(&mut post, 1, Status::Accepted, 1).await;
        assert_eq!(approved(&post).await.proof_at, None);
        after(&mut post, 23, Status::Accepted, 1).await;
        assert_eq!(climbs(&post, &Ladder::of([])).await, []);
        post.now += TimeDelta::hours(1);
        assert_eq!(climbs(&post, &Ladder::of([])).await, [Channel::Call]);
    }

    async fn a_message_that_was_taken_back_takes_the_next_way_at_once(db) {
        let mut post = Post::open(db, Office::default()).await;
        told(&mut post).await;
        let key = approved(&post).await.process_query_key.unwrap();
        post.dispatcher.client.robot().recall_from_people(&[key]).await.unwrap();
        after(&mut post, 1, Status::Filtered, 1).await;
        assert_eq!(climbs(&post, &Ladder::of([])).await, [Channel::Call]);
    }

    async fn a_ding_rings_where_the_tenant_has_it(db) {
        let mut post = Post::open(db, Office::default()).await;
        post.dispatcher.ding = Some(Remind::InApp);
        told(&mut post).await;
        post.now = monday() + TimeDelta::hours(24);
        let ladder = Ladder::of([Channel::Ding]);
        assert_eq!(climbs(&post, &ladder).await, [Channel::Ding]);
        assert_eq!(post.round().await, 1);
        let lines = post.tenant.person("wang").messages();
        let rung: Vec<_> = lines.iter().filter(|line| line.by == Speaker::Ding).collect();
        assert_eq!(rung.len(), 1);
        assert!(rung[0].message.text().contains("帮扶申请通过"), "{:?}", rung[0]);
        let row = approved(&post).await;
        assert_eq!((row.status, row.channel, row.proof_at), (Status::Accepted, Channel::Ding, None));
        assert_eq!(climbs(&post, &ladder).await, [], "two hours to look");
        post.now += TimeDelta::hours(2);
        assert_eq!(climbs(&post, &ladder).await, [Channel::Call]);
        let month = quota::figures(db, &post.dispatcher.limits, post.now).await.unwrap();
        assert_eq!(month.used.calls, i64::try_from(post.tenant.quota().calls).unwrap());
    }

    async fn a_tenant_without_ding_takes_the_next_way_and_goes_on_sending(db) {
        let mut post = Post::open(db, Office { ding: false, ..Office::default() }).await;
        post.dispatcher.ding = Some(Remind::InApp);
        told(&mut post).await;
        post.now = monday() + TimeDelta::hours(24);
        let ladder = Ladder::of([Channel::Ding]);
        assert_eq!(climbs(&post, &ladder).await, [Channel::Ding]);
        post.round().await;
        assert_eq!(approved(&post).await.status, Status::Failed);
        assert_eq!(climbs(&post, &ladder).await, [Channel::Call]);
        assert_eq!(quota::next_try(db, &post.dispatcher.limits, Via::Robot, post.now).await.unwrap(), post.now, "nobody waits for it");
    }
}
