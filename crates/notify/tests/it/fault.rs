//! R5: answers that are lost, answers that come too late, and readers whom the platform holds back.

use chrono::TimeDelta;
use dingtalk_sim::Fault;
use domain::{
    aid::letters::News,
    notice::{Notice, Status},
};
use mailbox::{State, outbox};
use rand::{Rng, SeedableRng};

use crate::{
    post::{Office, Post, SEND},
    size,
};

const NEWS: [News; 3] = [News::Received, News::Approved, News::Withdrawn];

schema::both! {
    async fn everybody_ends_told_or_in_the_hands_of_a_person_and_nothing_is_taken_for_told(db) {
        // One call a second, so that each call draws its own luck.
        let people = size(160, 1_000);
        let office = Office { people, per_minute: 600, per_second: 1, ..Office::default() };
        let mut post = Post::open(db, office).await;
        post.tell_all(&NEWS).await;
        let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(5);
        let (mut slow, mut lost, mut held) = (2, 0, 0);
        loop {
            post.tenant.faults().clear();
            let answer = match dice.random_range(0..10) {
                // Longer than the client waits.
                0..3 if slow > 0 => {
                    slow -= 1;
                    Some(Fault::Slow { ms: 2_500 })
                }
                0..3 => Some(Fault::LostAnswer),
                3 => Some(Fault::HeldBack),
                _ => None,
            };
            if let Some(answer) = answer {
                post.tenant.faults().next(1, SEND, answer);
            }
            let settled = post.round().await;
            if settled > 0 {
                lost += usize::from(matches!(answer, Some(Fault::LostAnswer)));
                held += usize::from(answer == Some(Fault::HeldBack));
            } else if !post.turn().await {
                break;
            }
        }
        assert!(slow == 0 && lost > 0 && held > 0, "the dice met every fault: {lost} lost, {held} held back");

        let said = post.said();
        let dead = outbox::dead_letters(db, 100_000).await.unwrap();
        let words = ["收到", "通过了", "撤回"];
        for account in &post.people {
            let lines = said.get(account.as_str()).cloned().unwrap_or_default();
            let mut first = Vec::new();
            for (news, word) in NEWS.into_iter().zip(words) {
                let heard = lines.iter().position(|(_, title)| title.contains(word));
                let row: Notice = post.ledger(account, news).await;
                let given_up = dead.iter().any(|letter| {
                    letter.addressee.as_deref() == Some(account.as_str()) && letter.state == State::Dead
                        && letter.key.starts_with(&row.occasion.to_string()[..10])
                });
                match row.status {
                    Status::Accepted => {
                        assert!(heard.is_some(), "{account} was never told: {row:?}");
                        assert!(row.process_query_key.as_ref().is_some_and(|key| !key.is_empty()), "{row:?}");
                    }
                    Status::Unknown | Status::Failed => assert!(given_up, "{row:?}"),
                    other => panic!("{other:?} is no end"),
                }
                first.extend(heard);
            }
            assert!(first.is_sorted(), "{account} heard in order: {lines:?}");
        }
        let lines: usize = said.values().map(Vec::len).sum();
        assert!(lines <= people * 3 * 3, "twice is possible after a lost answer, not over and over: {lines}");
        assert!(post.now - crate::post::monday() < TimeDelta::days(3));
    }
}
