use mailbox::{
    Lane,
    inbox::{self, NewItem},
    outbox::{self, Letter, NewLetter, Wanted},
};
use sea_orm::DatabaseConnection;

use crate::{LEASE, after, evening, item, letter};

fn to(addressee: &str, key: &str) -> NewLetter {
    NewLetter { addressee: Some(addressee.to_owned()), ..letter(key) }
}

async fn claim(db: &DatabaseConnection, seconds: i64) -> Vec<Letter> {
    outbox::claim(db, "w", 10, LEASE, after(seconds)).await.unwrap()
}

fn keys(letters: &[Letter]) -> Vec<&str> {
    letters.iter().map(|letter| letter.key.as_str()).collect()
}

schema::both! {
    async fn urgent_lanes_go_first(db) {
        for lane in Lane::ALL.into_iter().rev() {
            outbox::push(db, &NewLetter { lane, ..letter(lane.name()) }, evening()).await.unwrap();
        }
        let first = outbox::claim(db, "w", 2, LEASE, evening()).await.unwrap();
        assert_eq!(keys(&first), ["emergency", "result"]);
        assert_eq!(keys(&claim(db, 0).await), ["reminder", "digest", "greeting"]);
    }

    async fn what_came_in_is_worked_off_by_lanes_too(db) {
        for lane in [Lane::Reminder, Lane::Result, Lane::Digest] {
            inbox::accept(db, &NewItem { lane, ..item(lane.name()) }, evening()).await.unwrap();
        }
        let late = NewItem { lane: Lane::Result, ..item("late") };
        inbox::accept_all(db, &[late], after(1)).await.unwrap();
        let claimed = inbox::claim(db, "w", 4, LEASE, after(1)).await.unwrap();
        let keys: Vec<_> = claimed.iter().map(|item| item.key.as_str()).collect();
        assert_eq!(keys, ["result", "late", "reminder", "digest"]);
    }

    async fn lanes_that_must_wait_are_not_claimed_and_keep_their_place(db) {
        for lane in Lane::ALL.into_iter().rev() {
            outbox::push(db, &NewLetter { lane, ..to("wang", lane.name()) }, evening()).await.unwrap();
        }
        let few = Wanted { limit: 10, last: Lane::Reminder, kinds: None };
        let few = outbox::claim_of(db, "w", few, LEASE, after(60)).await.unwrap();
        assert_eq!(keys(&few), ["emergency", "result", "reminder"]);
        let left = outbox::waiting(db).await.unwrap();
        assert_eq!(left, Lane::ALL.map(|lane| (lane, 1)), "those that somebody has are not finished");
        let rest = claim(db, 61).await;
        assert_eq!(keys(&rest), ["digest", "greeting"]);
        assert_eq!(rest[0].attempts, 1, "waiting was no attempt");
    }

    async fn only_the_wanted_kinds_are_claimed(db) {
        for kind in ["speak", "ask.one", "ask.two"] {
            outbox::push(db, &NewLetter { kind: kind.to_owned(), ..letter(kind) }, evening()).await.unwrap();
        }
        let asks = Wanted { limit: 10, last: Lane::Greeting, kinds: Some(&["ask.one", "ask.two"]) };
        let claimed = outbox::claim_of(db, "w", asks, LEASE, evening()).await.unwrap();
        assert_eq!(keys(&claimed), ["ask.one", "ask.two"]);
        assert_eq!(keys(&claim(db, 0).await), ["speak"]);
    }

    async fn letters_to_one_person_go_one_at_a_time_as_written(db) {
        for key in ["1", "2", "3"] {
            outbox::push(db, &to("wang", key), evening()).await.unwrap();
        }
        outbox::push(db, &to("li", "4"), evening()).await.unwrap();
        let first = claim(db, 0).await;
        assert_eq!(keys(&first), ["1", "4"]);
        assert!(claim(db, 0).await.is_empty());
        for letter in &first {
            outbox::done(db, letter, after(1)).await.unwrap();
        }
        let second = claim(db, 1).await;
        assert_eq!(keys(&second), ["2"]);
        // A failed one holds up the next until it went or was given up.
        outbox::retry(db, &second[0], "busy", after(60)).await.unwrap();
        assert!(claim(db, 59).await.is_empty());
        let again = claim(db, 60).await;
        assert_eq!(keys(&again), ["2"]);
        outbox::dead(db, &again[0], "gone", after(61)).await.unwrap();
        assert_eq!(keys(&claim(db, 61).await), ["3"]);
    }

    async fn another_lane_does_not_wait(db) {
        outbox::push(db, &NewLetter { lane: Lane::Greeting, ..to("wang", "greeting") }, evening()).await.unwrap();
        outbox::push(db, &to("wang", "result"), evening()).await.unwrap();
        assert_eq!(keys(&claim(db, 0).await), ["result", "greeting"]);
    }

    async fn a_letter_for_tomorrow_holds_up_nothing_today(db) {
        outbox::push(db, &NewLetter { run_at: after(86_400), ..to("wang", "tomorrow") }, evening()).await.unwrap();
        outbox::push(db, &to("wang", "today"), after(1)).await.unwrap();
        assert_eq!(keys(&claim(db, 1).await), ["today"]);
    }

    async fn a_lease_that_ran_out_keeps_its_place(db) {
        outbox::push(db, &to("wang", "1"), evening()).await.unwrap();
        outbox::push(db, &to("wang", "2"), evening()).await.unwrap();
        assert_eq!(keys(&claim(db, 0).await), ["1"]);
        assert_eq!(keys(&claim(db, 30).await), ["1"]);
    }

    async fn without_an_addressee_there_is_no_order(db) {
        for key in ["1", "2", "3"] {
            outbox::push(db, &letter(key), evening()).await.unwrap();
        }
        assert_eq!(claim(db, 0).await.len(), 3);
    }
}
