//! R4: the platform is away: it refuses, a gateway answers for it, or nobody answers at all.

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk_sim::Fault;
use domain::{
    aid::letters::News,
    notice::{Policy, Status, quiet},
};
use mailbox::outbox;
use notify::bot::{self, Command, Said};
use sea_orm::DatabaseConnection;

use crate::{
    post::{Office, Post, SEND, densest, monday, write},
    size,
};

const NEWS: [News; 5] = [News::Received, News::Accepted, News::Approved, News::Refused, News::Withdrawn];
const TITLES: [&str; 5] = ["收到", "有人在办", "通过了", "有结果", "撤回"];

/// How many readers share a call.
const TOGETHER: usize = 20;

/// An office that has talked to the platform before, and holds its token.
async fn open(db: &DatabaseConnection, people: usize) -> Post {
    let office = Office { people, per_minute: 30, per_second: 5, ..Office::default() };
    let post = Post::open(db, office).await;
    post.dispatcher.client.probe().await.unwrap();
    post
}

/// Rounds until then; in how many of them something was tried.
async fn waits(post: &mut Post, until: DateTime<Utc>) -> usize {
    let mut tries = 0;
    while post.now < until {
        tries += usize::from(post.round().await > 0);
        assert!(post.turn().await, "everything waits");
    }
    tries
}

/// Everybody was told all news once, in order, outside the quiet hours, and after the platform was back.
async fn told_everything(post: &Post, back: DateTime<Utc>) {
    let said = post.said();
    assert_eq!(said.len(), post.people.len());
    for (userid, lines) in &said {
        let news: Vec<_> = lines.iter().filter(|(_, title)| !title.contains("您好")).collect();
        let order: Vec<bool> =
            news.iter().zip(TITLES).map(|((_, title), word)| title.contains(word)).collect();
        assert_eq!(order, [true; 5], "{userid}: {lines:?}");
        assert_eq!(news.len(), 5, "{userid} was told nothing twice");
        assert!(lines.len() <= 6, "and greeted once: {lines:?}");
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
            assert!(
                row.status == Status::Accepted && row.accepted_at.is_some_and(|at| at >= back),
                "{row:?}"
            );
        }
    }
}

/// What became of everybody's greeting: so many are unknown, and dead letters for somebody to look at; the rest was sent. Nothing waits,
/// and nothing else was given up.
async fn greeted_all_but(post: &Post, unknown: usize) {
    let depth = outbox::depth(&post.db).await.unwrap();
    assert_eq!((depth.waiting, depth.leased, depth.dead), (0, 0, i64::try_from(unknown).unwrap()));
    let welcomes = post.welcomes().await;
    let of = |status| welcomes.iter().filter(|is| **is == status).count();
    assert_eq!([of(Status::Unknown), of(Status::Accepted)], [unknown, post.people.len() - unknown]);
}

schema::both! {
    async fn after_a_day_without_the_platform_everybody_is_told_everything_in_order(db) {
        let people = size(40, 1_000);
        let mut post = open(db, people).await;
        post.welcome_all().await;
        post.tell_all(&NEWS).await;
        assert_eq!(outbox::depth(db).await.unwrap().waiting, i64::try_from(6 * people).unwrap());

        let back = monday() + TimeDelta::hours(24);
        post.tenant.faults().next(u32::MAX, "/", Fault::Busy);
        let tries = waits(&mut post, back).await;
        assert!(tries < 400, "a platform that is away is not hammered: {tries} tries in a day");
        assert_eq!(post.carried_out(), 0);
        assert_eq!(outbox::depth(db).await.unwrap().dead, 0, "and nobody's letter is given up for it");
        post.tenant.faults().clear();
        post.drain().await;
        told_everything(&post, back).await;
        greeted_all_but(&post, 0).await;
    }

    async fn a_gateway_that_answers_for_a_platform_that_is_away_uses_up_the_letters_of_one_call(db) {
        let people = size(40, 1_000);
        let mut post = open(db, people).await;
        let back = monday() + TimeDelta::hours(24);
        post.welcome_all().await;
        post.tenant.faults().down(true);
        assert_eq!(post.round().await, TOGETHER, "nobody knows what became of one call");
        assert_eq!(post.round().await, 0, "and everybody waits");
        // One's own results go first, and go again.
        post.tell_all(&NEWS).await;
        let tries = waits(&mut post, back).await;
        assert!(tries < 400, "a platform that is away is not hammered: {tries} tries in a day");
        assert_eq!(post.carried_out(), 0);
        post.tenant.faults().down(false);
        post.drain().await;
        told_everything(&post, back).await;
        greeted_all_but(&post, TOGETHER).await;
    }

    async fn a_platform_that_does_not_answer_uses_up_the_letters_of_one_call(db) {
        let mut post = open(db, 60).await;
        post.welcome_all().await;
        // Longer than the client waits, and that is real time.
        post.tenant.faults().next(u32::MAX, "/", Fault::Slow { ms: 2_500 });
        let tries = waits(&mut post, monday() + TimeDelta::seconds(30)).await;
        assert_eq!(tries, 3, "at once, after 5 s, and after 10 more");
        post.tenant.faults().clear();
        post.drain().await;
        greeted_all_but(&post, TOGETHER).await;
    }

    /// It gives tokens, and sends, and never says so.
    async fn while_every_answer_is_lost_each_pause_uses_up_one_letter(db) {
        let mut post = open(db, 60).await;
        post.welcome_all().await;
        post.tenant.faults().next(u32::MAX, SEND, Fault::LostAnswer);
        let tries = waits(&mut post, monday() + TimeDelta::minutes(20)).await;
        assert_eq!(tries, 9, "after 5 s, 10, 20 … and at most five minutes");
        post.tenant.faults().clear();
        post.drain().await;
        greeted_all_but(&post, TOGETHER + tries - 1).await;
        let said = post.said();
        assert!(said.len() == 60 && said.values().all(|lines| lines.len() == 1), "nobody was greeted twice: {said:?}");
    }

    async fn an_outage_uses_up_one_answer_of_the_bot_and_not_all(db) {
        let mut post = open(db, 5).await;
        let tx = write(db).await;
        for account in &post.people {
            let message = format!("m/{account}");
            let said = Said { account, command: Command::read("帮助"), message: &message, session: None };
            bot::handle_in(&tx, &post.cx, &said, post.now).await.unwrap();
        }
        tx.commit().await.unwrap();
        post.tenant.faults().down(true);
        waits(&mut post, monday() + TimeDelta::minutes(5)).await;
        post.tenant.faults().down(false);
        post.drain().await;
        let depth = outbox::depth(db).await.unwrap();
        assert_eq!((depth.waiting, depth.dead, post.said().len()), (0, 1, 4));
    }

    async fn one_lost_answer_costs_five_seconds(db) {
        let mut post = open(db, 60).await;
        post.welcome_all().await;
        post.tenant.faults().next(1, SEND, Fault::LostAnswer);
        post.drain().await;
        greeted_all_but(&post, TOGETHER).await;
        // One letter to try with, and then as ever.
        let calls: Vec<_> = post.calls.iter().map(|(at, calls)| ((*at - monday()).num_seconds(), *calls)).collect();
        assert_eq!(calls, [(0, 1), (5, 1), (5, 2)]);
    }
}
