use std::time::Duration;

use mailbox::inbox::{self, Accepted};
use mailbox::outbox::{self, NewLetter, Pushed};
use mailbox::{After, Depth, Error, State, transaction};

use crate::{LEASE, after, evening, item, letter};

schema::both! {
    async fn a_claimed_item_is_as_it_came(db) {
        assert_eq!(inbox::accept(db, &item("a"), evening()).await.unwrap(), Accepted::New);
        let [claimed] = <[_; 1]>::try_from(inbox::claim(db, "w1", 10, LEASE, evening()).await.unwrap()).unwrap();
        assert_eq!(claimed.key, "a");
        assert_eq!(claimed.source, "push");
        assert_eq!(claimed.payload, item("a").payload);
        assert_eq!(claimed.received_at, evening());
        assert_eq!((claimed.state, claimed.attempts), (State::Leased, 1));
        assert_eq!(claimed.run_at, evening() + LEASE);
        assert!(inbox::claim(db, "w2", 10, LEASE, evening()).await.unwrap().is_empty());
        inbox::done(db, &claimed, after(1)).await.unwrap();
        let kept = inbox::find(db, "a").await.unwrap().unwrap();
        assert_eq!((kept.state, kept.finished_at, kept.lease_owner), (State::Done, Some(after(1)), None));
        assert!(inbox::claim(db, "w2", 10, LEASE, after(3600)).await.unwrap().is_empty());
    }

    async fn a_key_is_accepted_once(db) {
        assert_eq!(inbox::accept(db, &item("a"), evening()).await.unwrap(), Accepted::New);
        assert_eq!(inbox::accept(db, &item("a"), after(1)).await.unwrap(), Accepted::Duplicate);
        assert_eq!(inbox::accept(db, &item("b"), after(1)).await.unwrap(), Accepted::New);
        assert_eq!(inbox::claim(db, "w", 10, LEASE, after(2)).await.unwrap().len(), 2);
        assert_eq!(outbox::push(db, &letter("a"), evening()).await.unwrap(), Pushed::New);
        assert_eq!(outbox::push(db, &letter("a"), evening()).await.unwrap(), Pushed::Duplicate);
        assert_eq!(outbox::claim(db, "w", 10, LEASE, after(2)).await.unwrap().len(), 1);
    }

    async fn a_rolled_back_transaction_leaves_no_letter(db) {
        let tx = transaction::write(db).await.unwrap();
        outbox::push(&tx, &letter("a"), evening()).await.unwrap();
        drop(tx);
        assert_eq!(outbox::depth(db).await.unwrap(), Depth::default());
        let tx = transaction::write(db).await.unwrap();
        outbox::push(&tx, &letter("a"), evening()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(outbox::depth(db).await.unwrap().waiting, 1);
    }

    async fn a_duplicate_does_not_spoil_the_transaction(db) {
        outbox::push(db, &letter("a"), evening()).await.unwrap();
        let tx = transaction::write(db).await.unwrap();
        assert_eq!(outbox::push(&tx, &letter("a"), evening()).await.unwrap(), Pushed::Duplicate);
        assert_eq!(outbox::push(&tx, &letter("b"), evening()).await.unwrap(), Pushed::New);
        tx.commit().await.unwrap();
        assert!(outbox::find(db, "b").await.unwrap().is_some());
    }

    async fn a_letter_waits_for_its_time(db) {
        let mut tomorrow = letter("a");
        tomorrow.run_at = after(86_400);
        outbox::push(db, &tomorrow, evening()).await.unwrap();
        assert!(outbox::claim(db, "w", 10, LEASE, after(86_399)).await.unwrap().is_empty());
        assert_eq!(outbox::claim(db, "w", 10, LEASE, after(86_400)).await.unwrap().len(), 1);
    }

    async fn whoever_dies_loses_the_lease(db) {
        inbox::accept(db, &item("a"), evening()).await.unwrap();
        let first = inbox::claim(db, "w1", 1, LEASE, evening()).await.unwrap().remove(0);
        assert!(inbox::claim(db, "w2", 1, LEASE, after(29)).await.unwrap().is_empty());
        let second = inbox::claim(db, "w2", 1, LEASE, after(30)).await.unwrap().remove(0);
        assert_eq!((second.id, second.attempts), (first.id, 2));
        // The first was only slow. Whatever it says now does not count.
        assert!(matches!(inbox::done(db, &first, after(31)).await, Err(Error::LeaseLost(id)) if id == first.id));
        assert!(matches!(inbox::retry(db, &first, "late", after(31)).await, Err(Error::LeaseLost(_))));
        assert!(matches!(inbox::dead(db, &first, "late", after(31)).await, Err(Error::LeaseLost(_))));
        inbox::done(db, &second, after(31)).await.unwrap();
        assert!(matches!(inbox::done(db, &second, after(32)).await, Err(Error::LeaseLost(_))));
    }

    async fn one_owner_does_not_mistake_an_old_lease_for_its_new_one(db) {
        inbox::accept(db, &item("a"), evening()).await.unwrap();
        let first = inbox::claim(db, "w", 1, LEASE, evening()).await.unwrap().remove(0);
        let second = inbox::claim(db, "w", 1, LEASE, after(30)).await.unwrap().remove(0);
        assert!(matches!(inbox::done(db, &first, after(31)).await, Err(Error::LeaseLost(_))));
        inbox::done(db, &second, after(31)).await.unwrap();
    }

    async fn an_effect_and_its_item_are_kept_together(db) {
        inbox::accept(db, &item("a"), evening()).await.unwrap();
        let slow = inbox::claim(db, "w1", 1, LEASE, evening()).await.unwrap().remove(0);
        let fast = inbox::claim(db, "w2", 1, LEASE, after(30)).await.unwrap().remove(0);
        for (item, wins) in [(&slow, false), (&fast, true), (&slow, false), (&fast, false)] {
            let tx = transaction::write(db).await.unwrap();
            outbox::push(&tx, &letter(&format!("effect of try {}", item.attempts)), evening()).await.unwrap();
            let finished = inbox::done_in(&tx, item, after(31)).await;
            assert_eq!(finished.is_ok(), wins);
            if finished.is_ok() {
                tx.commit().await.unwrap();
            } else {
                tx.rollback().await.unwrap();
            }
        }
        assert!(outbox::find(db, "effect of try 2").await.unwrap().is_some());
        assert!(outbox::find(db, "effect of try 1").await.unwrap().is_none());
    }

    async fn failures_wait_longer_and_end(db) {
        outbox::push(db, &letter("a"), evening()).await.unwrap();
        let mut now = evening();
        let mut tries = 0;
        loop {
            let claimed = outbox::claim(db, "w", 1, LEASE, now).await.unwrap().remove(0);
            tries += 1;
            assert_eq!(claimed.attempts, tries);
            match outbox::fail(db, &claimed, "platform_unavailable", now).await.unwrap() {
                After::Retry(at) => {
                    assert!(outbox::claim(db, "w", 1, LEASE, at - chrono::TimeDelta::microseconds(1)).await.unwrap().is_empty());
                    now = at;
                }
                After::Dead => break,
            }
        }
        assert_eq!(tries, 9);
        let dead = outbox::dead_letters(db, 10).await.unwrap();
        assert_eq!(dead[0].last_error.as_deref(), Some("platform_unavailable"));
        assert_eq!(dead[0].finished_at, Some(now));
        assert_eq!(outbox::depth(db).await.unwrap(), Depth { dead: 1, ..Depth::default() });
    }

    async fn what_is_given_back_was_not_tried(db) {
        outbox::push(db, &letter("a"), evening()).await.unwrap();
        let claimed = outbox::claim(db, "w", 1, LEASE, evening()).await.unwrap().remove(0);
        outbox::give_back(db, &claimed, after(5)).await.unwrap();
        assert!(outbox::claim(db, "w", 1, LEASE, after(4)).await.unwrap().is_empty());
        assert_eq!(outbox::claim(db, "w", 1, LEASE, after(5)).await.unwrap()[0].attempts, 1);
    }

    async fn a_lease_can_be_made_longer(db) {
        inbox::accept(db, &item("a"), evening()).await.unwrap();
        let claimed = inbox::claim(db, "w1", 1, LEASE, evening()).await.unwrap().remove(0);
        inbox::extend(db, &claimed, after(300)).await.unwrap();
        assert!(inbox::claim(db, "w2", 1, LEASE, after(299)).await.unwrap().is_empty());
        inbox::done(db, &claimed, after(299)).await.unwrap();
    }

    async fn a_letter_whose_lease_ran_out_says_so_even_when_it_is_sent(db) {
        outbox::push(db, &letter("a"), evening()).await.unwrap();
        let lost = outbox::claim(db, "first", 1, LEASE, evening()).await.unwrap().remove(0);
        assert_eq!(lost.last_error, None);
        let again = outbox::claim(db, "second", 1, LEASE, after(31)).await.unwrap().remove(0);
        assert_eq!(again.last_error.as_deref(), Some("lease ran out"));
        outbox::done(db, &again, after(32)).await.unwrap();
        let sent = outbox::find(db, "a").await.unwrap().unwrap();
        assert_eq!((sent.state, sent.attempts), (State::Done, 2));
        assert_eq!(sent.last_error.as_deref(), Some("lease ran out"));
    }

    async fn whoever_is_alone_ends_the_leases_of_the_dead(db) {
        outbox::push(db, &letter("a"), evening()).await.unwrap();
        outbox::push(db, &NewLetter { run_at: after(3600), ..letter("b") }, evening()).await.unwrap();
        inbox::accept(db, &item("c"), evening()).await.unwrap();
        outbox::claim(db, "dead", 9, LEASE, evening()).await.unwrap();
        inbox::claim(db, "dead", 9, LEASE, evening()).await.unwrap();
        assert_eq!(outbox::end_leases(db, after(1)).await.unwrap(), 1);
        assert_eq!(inbox::end_leases(db, after(1)).await.unwrap(), 1);
        assert_eq!(outbox::claim(db, "new", 9, LEASE, after(1)).await.unwrap()[0].key, "a");
        assert_eq!(inbox::claim(db, "new", 9, LEASE, after(1)).await.unwrap()[0].attempts, 2);
    }

    async fn a_batch_is_kept_for_as_long_as_its_work_takes(db) {
        for key in ["a", "b"] {
            inbox::accept(db, &item(key), evening()).await.unwrap();
            outbox::push(db, &letter(key), evening()).await.unwrap();
        }
        let lease = Duration::from_millis(300);
        let items = inbox::claim(db, "w1", 10, lease, evening()).await.unwrap();
        let letters = outbox::claim(db, "w1", 10, lease, evening()).await.unwrap();
        let (inbox_held, outbox_held) = (inbox::hold(&items), outbox::hold(&letters));
        let work = async {
            inbox::done(db, &items[0], evening()).await.unwrap();
            // Three leases long.
            tokio::time::timeout(3 * lease, std::future::pending::<()>()).await.unwrap_err();
        };
        let work = outbox_held.during(db, (lease, evening()), work);
        inbox_held.during(db, (lease, evening()), work).await;
        let later = evening() + 2 * lease;
        assert!(inbox::claim(db, "w2", 10, lease, later).await.unwrap().is_empty());
        assert!(outbox::claim(db, "w2", 10, lease, later).await.unwrap().is_empty());
        inbox::done(db, &items[1], later).await.unwrap();
        // Nobody keeps the letters any more.
        assert_eq!(outbox::claim(db, "w2", 10, lease, evening() + 6 * lease).await.unwrap().len(), 2);
        assert!(outbox::done(db, &letters[0], later).await.is_err(), "its first owner has lost it");
    }
}
