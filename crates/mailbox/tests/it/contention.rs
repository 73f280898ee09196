use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use mailbox::{
    Lane,
    outbox::{NewLetter, Wanted},
};
use mailbox::{inbox, outbox, transaction};
use sea_orm::DatabaseConnection;
use tokio::task::JoinSet;

use crate::{LEASE, after, evening, item, letter};

const WORKERS: usize = 8;

schema::both! {
    /// Eight workers, 2,000 letters: everyone is claimed once, and never more than asked for.
    async fn every_letter_is_claimed_once(db) {
        let tx = transaction::write(db).await.unwrap();
        for number in 0..2000 {
            outbox::push(&tx, &letter(&format!("letter {number}")), evening()).await.unwrap();
        }
        tx.commit().await.unwrap();

        let mut workers = JoinSet::new();
        for worker in 0..WORKERS {
            let db = db.clone();
            workers.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = outbox::claim(&db, &format!("w{worker}"), 20, LEASE, after(1)).await.unwrap();
                    assert!(claimed.len() <= 20);
                    if claimed.is_empty() {
                        return mine;
                    }
                    for letter in claimed {
                        outbox::done(&db, &letter, after(2)).await.unwrap();
                        mine.push(letter.key);
                    }
                }
            });
        }
        let mut times = HashMap::new();
        for key in workers.join_all().await.into_iter().flatten() {
            *times.entry(key).or_insert(0) += 1;
        }
        assert_eq!(times.len(), 2000);
        assert!(times.values().all(|times| *times == 1));
        let depth = outbox::depth(db).await.unwrap();
        assert_eq!((depth.waiting, depth.leased, depth.dead), (0, 0, 0));
    }

    /// Eight workers, twenty people with thirty letters each in three lanes; some sendings fail, some leases run out. Within a
    /// lane, a person's letters arrive in the order of writing.
    async fn nobodys_letters_overtake_each_other(db) {
        let tx = transaction::write(db).await.unwrap();
        for number in 0..30 {
            for person in 0..20 {
                let lane = [Lane::Result, Lane::Reminder, Lane::Greeting][number % 3];
                let key = format!("{number:02} to {person}");
                let addressee = Some(format!("person {person}"));
                outbox::push(&tx, &NewLetter { lane, addressee, ..letter(&key) }, evening()).await.unwrap();
            }
        }
        tx.commit().await.unwrap();

        let arrived: Arrived = Arrived::default();
        for pass in 0..40 {
            let mut workers = JoinSet::new();
            for worker in 0..WORKERS {
                workers.spawn(deliver(db.clone(), worker, 1 + pass * 31, arrived.clone()));
            }
            workers.join_all().await;
        }
        let arrived = arrived.lock().unwrap();
        assert_eq!(arrived.values().map(Vec::len).sum::<usize>(), 600);
        for (of, keys) in arrived.iter() {
            assert!(keys.is_sorted(), "{of:?}: {keys:?}");
        }
    }

    /// Workers that die in between: nothing is lost, and no effect counts twice.
    async fn nothing_is_lost_when_workers_die(db) {
        for number in 0..60 {
            inbox::accept(db, &item(&format!("item {number}")), evening()).await.unwrap();
        }
        let mut workers = JoinSet::new();
        for worker in 0..WORKERS {
            workers.spawn(handle_with_deaths(db.clone(), format!("w{worker}")));
        }
        workers.join_all().await;
        assert_eq!(inbox::depth(db).await.unwrap().waiting, 0);
        assert_eq!(outbox::depth(db).await.unwrap().waiting, 60);
    }

    /// Many tasks accept one key at once: it is new for one.
    async fn a_key_is_new_for_one(db) {
        let mut tasks = JoinSet::new();
        for _ in 0..20 {
            let db = db.clone();
            tasks.spawn(async move { inbox::accept(&db, &item("same"), evening()).await.unwrap() });
        }
        let answers = tasks.join_all().await;
        assert_eq!(answers.iter().filter(|answer| **answer == inbox::Accepted::New).count(), 1);
    }
}

/// What arrived, by person and lane.
type Arrived = Arc<Mutex<HashMap<(String, Lane), Vec<String>>>>;

/// Claims at one moment until nothing is left for it. Of a letter's tries the first may fail, or be forgotten until its lease
/// runs out.
async fn deliver(db: DatabaseConnection, worker: usize, seconds: i64, arrived: Arrived) {
    let last = if worker.is_multiple_of(2) { Lane::Reminder } else { Lane::Greeting };
    loop {
        let owner = format!("w{worker}");
        let claimed =
            outbox::claim_of(&db, &owner, Wanted { limit: 7, last, kinds: None }, LEASE, after(seconds))
                .await
                .unwrap();
        if claimed.is_empty() {
            return;
        }
        for letter in claimed {
            match (letter.attempts, letter.id.as_u128() % 5) {
                (1, 0) => outbox::retry(&db, &letter, "busy", after(seconds + 2)).await.unwrap(),
                (1, 1) => {}
                _ => {
                    // Arrival first, then the note of it: as with a real call.
                    let of = (letter.addressee.clone().unwrap(), letter.lane);
                    arrived.lock().unwrap().entry(of).or_default().push(letter.key.clone());
                    outbox::done(&db, &letter, after(seconds)).await.unwrap();
                }
            }
        }
    }
}

/// Each pass is a lease later than the one before; every third handling dies after its effect, before the commit.
async fn handle_with_deaths(db: DatabaseConnection, owner: String) {
    for pass in 0..40 {
        let now = after(pass * 31);
        for (at, item) in inbox::claim(&db, &owner, 5, LEASE, now).await.unwrap().iter().enumerate() {
            let tx = transaction::write(&db).await.unwrap();
            outbox::push(&tx, &letter(&format!("{} by {owner} try {}", item.key, item.attempts)), now)
                .await
                .unwrap();
            let dies = (at + usize::try_from(pass).unwrap()) % 3 == 0 && pass < 10;
            if !dies && inbox::done_in(&tx, item, now).await.is_ok() {
                tx.commit().await.unwrap();
            }
        }
    }
}
