use ledger::{Fen, LedgerError};
use tokio::task::JoinSet;

use crate::{appropriate, balance, evening, illness, write};

schema::both! {
    /// Fifty cases want what is enough for twenty.
    async fn only_as_many_as_there_is_money_for(db) {
        appropriate(db, 20 * 3000).await;
        let mut cases = JoinSet::new();
        for case in 0..50 {
            let db = db.clone();
            cases.spawn(async move {
                let tx = write(&db).await.unwrap();
                let (reference, key) = (format!("case/{case}"), format!("case/{case}/reserve"));
                let reserved =
                    ledger::reserve(&tx, &illness(), Fen::yuan(3000), &reference, &key, evening()).await;
                tx.commit().await.unwrap();
                match reserved {
                    Ok(_) => true,
                    Err(LedgerError::Insufficient { available, wanted }) => {
                        assert_eq!((available, wanted), (Fen(0), Fen::yuan(3000)));
                        false
                    }
                    Err(other) => panic!("{other}"),
                }
            });
        }
        let reserved = cases.join_all().await.into_iter().filter(|reserved| *reserved).count();
        assert_eq!(reserved, 20);
        assert_eq!(balance(db).await, [0, 60_000, 0, 0]);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }

    /// One approval arrives many times at once: it is reserved once, and everybody gets the same answer.
    async fn one_key_at_once_is_one_entry(db) {
        appropriate(db, 100_000).await;
        let mut tasks = JoinSet::new();
        for _ in 0..16 {
            let db = db.clone();
            tasks.spawn(async move {
                let tx = write(&db).await.unwrap();
                let id = ledger::reserve(&tx, &illness(), Fen::yuan(3000), "case/1", "same", evening()).await;
                tx.commit().await.unwrap();
                id.unwrap()
            });
        }
        let mut ids = tasks.join_all().await;
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(balance(db).await, [97_000, 3000, 0, 0]);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }

    /// The same when there is enough for one only: the others must not be told that there is too little.
    async fn the_last_money_is_enough_for_one_key(db) {
        appropriate(db, 3000).await;
        let mut tasks = JoinSet::new();
        for _ in 0..16 {
            let db = db.clone();
            tasks.spawn(async move {
                let tx = write(&db).await.unwrap();
                let id = ledger::reserve(&tx, &illness(), Fen::yuan(3000), "case/1", "same", evening()).await;
                tx.commit().await.unwrap();
                id.unwrap()
            });
        }
        let mut ids = tasks.join_all().await;
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(balance(db).await, [0, 3000, 0, 0]);
    }

    /// Keys at once for different things: one wins, the others are refused, nothing is left of them.
    async fn one_key_for_two_amounts_is_refused(db) {
        appropriate(db, 100_000).await;
        let mut tasks = JoinSet::new();
        for yuan in 1..=12 {
            let db = db.clone();
            tasks.spawn(async move {
                let tx = write(&db).await.unwrap();
                let posted = ledger::reserve(&tx, &illness(), Fen::yuan(yuan), "case/1", "same", evening()).await;
                tx.commit().await.unwrap();
                match posted {
                    Ok(_) => yuan,
                    Err(LedgerError::Duplicate) => 0,
                    Err(other) => panic!("{other}"),
                }
            });
        }
        let won: i64 = tasks.join_all().await.into_iter().sum();
        assert_eq!(balance(db).await, [100_000 - won, won, 0, 0]);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }
}
