//! The ladder: from the robot to a person, and its ends.

use chrono::TimeDelta;
use domain::{
    aid::letters::News,
    authority::Scope,
    ids::{AccountId, NoticeId},
    notice::{
        Channel, Ladder, Outcome, Status,
        call::{CallError, close},
        calls, ladder, rungs, settle,
    },
};

use crate::post::{Office, Post, monday, texting, write};

/// 王秀英 is told that her request was approved, and nobody can say whether she has read it.
pub(crate) async fn told(post: &mut Post) -> NoticeId {
    let wang = AccountId::parse("wang").unwrap();
    let tx = write(&post.db).await;
    post.tell(&tx, &wang, News::Approved).await;
    tx.commit().await.unwrap();
    post.round().await;
    let row = post.ledger(&wang, News::Approved).await;
    assert_eq!((row.status, row.channel), (Status::Accepted, Channel::Robot));
    assert!(row.proof_at.is_some() && row.climb_at == Some(monday() + TimeDelta::hours(24)));
    row.id
}

/// Asks what is to be asked, and takes the steps that are due.
pub(crate) async fn climbs(post: &Post, ladder: &Ladder) -> Vec<Channel> {
    post.asks().await;
    let mut steps = Vec::new();
    for notice in rungs::to_climb(&post.db, post.now, 10).await.unwrap() {
        steps.extend(ladder::climb(&post.db, ladder, notice, post.now).await.unwrap());
    }
    steps
}

fn county() -> Scope {
    Scope::Region("330106".parse().unwrap())
}

schema::both! {
    async fn without_proof_the_robot_is_followed_by_a_text_message_and_then_by_a_person(db) {
        let folder = tempfile::tempdir().unwrap();
        let mut post = Post::open(db, Office::default()).await;
        texting(&mut post, folder.path());
        let ladder = Ladder::default();
        let id = told(&mut post).await;
        post.now += TimeDelta::hours(23);
        assert_eq!(climbs(&post, &ladder).await, []);

        post.now += TimeDelta::hours(1);
        assert_eq!(climbs(&post, &ladder).await, [Channel::Sms]);
        assert_eq!(climbs(&post, &ladder).await, [], "one step at a time");
        post.round().await;
        let file = std::fs::read_to_string(folder.path().join(format!("{id}-sms.txt"))).unwrap();
        assert!(file.starts_with("13800000001\n【银龄】帮扶申请通过"), "{file}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

        post.now += TimeDelta::hours(24);
        assert_eq!(climbs(&post, &ladder).await, [Channel::Call]);
        let wang = AccountId::parse("wang").unwrap();
        let row = post.ledger(&wang, News::Approved).await;
        assert_eq!((row.status, row.channel, row.climb_at), (Status::Queued, Channel::Call, None), "not sent: to be called");
        let tasks = calls::waiting(db, &[county()], 10).await.unwrap();
        assert_eq!((tasks.len(), tasks[0].person_id, tasks[0].notice_id), (1, post.wang, id));
        assert_eq!(calls::count(db, &[Scope::Region("330105".parse().unwrap())]).await.unwrap(), 0);

        let worker = post.worker().await;
        close(db, &post.cx, &worker, (tasks[0].id, Outcome::Told), post.now).await.unwrap();
        let again = close(db, &post.cx, &worker, (tasks[0].id, Outcome::NotReached), post.now).await;
        assert!(matches!(again, Err(CallError::Already)));
        assert_eq!(post.ledger(&wang, News::Approved).await.status, Status::Read);
        assert_eq!(calls::count(db, &[county()]).await.unwrap(), 0);
    }

    async fn whoever_has_read_it_is_left_in_peace(db) {
        let mut post = Post::open(db, Office::default()).await;
        let id = told(&mut post).await;
        settle::read(db, &[id], post.now + TimeDelta::hours(1)).await.unwrap();
        post.now += TimeDelta::days(3);
        assert_eq!(climbs(&post, &Ladder::default()).await, []);
        assert_eq!(calls::count(db, &[county()]).await.unwrap(), 0);
    }

    async fn who_has_left_the_tenant_is_telephoned(db) {
        let mut post = Post::open(db, Office::default()).await;
        let wang = AccountId::parse("wang").unwrap();
        let tx = write(db).await;
        post.tell(&tx, &wang, News::Refused).await;
        let news = domain::account::news::News { key: "left/wang".to_owned(), account: wang.clone(), happened_at: post.now };
        domain::account::news::left_in(&tx, &post.cx, &news, post.now).await.unwrap();
        tx.commit().await.unwrap();
        post.round().await;
        let row = post.ledger(&wang, News::Refused).await;
        assert_eq!(row.status, Status::Suppressed);
        assert!(post.said().is_empty());
        // No text messages here: a person is next.
        assert_eq!(climbs(&post, &Ladder::of([])).await, [Channel::Call]);
        assert_eq!(calls::count(db, &[county()]).await.unwrap(), 1);
    }

    async fn a_rung_that_does_not_work_is_left_for_the_next(db) {
        let mut post = Post::open(db, Office::default()).await;
        told(&mut post).await;
        post.now += TimeDelta::hours(24);
        // Nobody sends text messages, and DING is on the ladder without a way to ring.
        let ladder = Ladder::of([Channel::Ding, Channel::Sms]);
        assert_eq!(climbs(&post, &ladder).await, [Channel::Ding]);
        post.round().await;
        assert_eq!(climbs(&post, &ladder).await, [Channel::Sms]);
        post.round().await;
        assert_eq!(climbs(&post, &ladder).await, [Channel::Call]);
    }
}
