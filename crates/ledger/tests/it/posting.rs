use ledger::{Envelope, Fen, LedgerError};

use crate::{after, appropriate, balance, evening, illness, insufficient, post, write};

schema::both! {
    async fn money_goes_all_the_way_and_back(db) {
        appropriate(db, 10_000).await;
        let three = Fen::yuan(3000);
        for (step, expected) in [
            ("reserve", [7000, 3000, 0, 0]),
            ("commit", [7000, 0, 3000, 0]),
            ("pay", [7000, 0, 0, 3000]),
            ("give_back", [7000, 0, 3000, 0]),
            ("uncommit", [7000, 3000, 0, 0]),
            ("release", [10_000, 0, 0, 0]),
        ] {
            match step {
                "reserve" => post!(db, reserve, three, "case/1", step, evening()),
                "commit" => post!(db, commit, three, "case/1", step, evening()),
                "pay" => post!(db, pay, three, "case/1", step, evening()),
                "give_back" => post!(db, give_back, three, "case/1", step, evening()),
                "uncommit" => post!(db, uncommit, three, "case/1", step, evening()),
                _ => post!(db, release, three, "case/1", step, evening()),
            }
            .unwrap();
            assert_eq!(balance(db).await, expected, "{step}");
        }
        post!(db, take_back, Fen::yuan(10_000), "budget/2026", "back", evening()).unwrap();
        assert_eq!(balance(db).await, [0; 4]);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }

    async fn what_is_not_there_cannot_go(db) {
        assert_eq!(insufficient(post!(db, reserve, Fen(1), "case/1", "k", evening())), (Fen(0), Fen(1)));
        appropriate(db, 30).await;
        assert_eq!(insufficient(post!(db, reserve, Fen(3001), "case/1", "k", evening())), (Fen(3000), Fen(3001)));
        assert_eq!(insufficient(post!(db, pay, Fen(1), "case/1", "k", evening())), (Fen(0), Fen(1)));
        assert_eq!(insufficient(post!(db, take_back, Fen(3001), "b", "k", evening())), (Fen(3000), Fen(3001)));
        // The refusals left nothing, so the key is free.
        post!(db, reserve, Fen(3000), "case/1", "k", evening()).unwrap();
        assert_eq!(balance(db).await, [0, 30, 0, 0]);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }

    async fn the_same_step_again_is_the_same_entry(db) {
        appropriate(db, 100).await;
        let first = post!(db, reserve, Fen::yuan(60), "case/1", "case/1/reserve", evening()).unwrap();
        // Also when there would not be enough for a second.
        let again = post!(db, reserve, Fen::yuan(60), "case/1", "case/1/reserve", after(9)).unwrap();
        assert_eq!(first, again);
        assert_eq!(balance(db).await, [40, 60, 0, 0]);
        assert_eq!(ledger::lines(db, "case/1").await.unwrap().len(), 2);
    }

    async fn another_step_with_the_key_is_refused(db) {
        appropriate(db, 100).await;
        post!(db, reserve, Fen::yuan(10), "case/1", "k", evening()).unwrap();
        let others = [
            post!(db, reserve, Fen::yuan(11), "case/1", "k", evening()),
            post!(db, reserve, Fen::yuan(10), "case/2", "k", evening()),
            post!(db, release, Fen::yuan(10), "case/1", "k", evening()),
        ];
        assert!(others.iter().all(|other| matches!(other, Err(LedgerError::Duplicate))), "{others:?}");
        assert_eq!(balance(db).await, [90, 10, 0, 0]);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }

    async fn nothing_and_less_are_no_amounts(db) {
        for amount in [Fen(0), Fen(-1), Fen(i64::MIN)] {
            let posted = post!(db, appropriate, amount, "budget", "k", evening());
            assert!(matches!(posted, Err(LedgerError::NotAnAmount)));
        }
    }

    async fn a_refused_step_does_not_spoil_the_transaction(db) {
        appropriate(db, 100).await;
        let tx = write(db).await.unwrap();
        insufficient(ledger::reserve(&tx, &illness(), Fen::yuan(101), "case/1", "a", evening()).await);
        ledger::reserve(&tx, &illness(), Fen::yuan(100), "case/1", "b", evening()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(balance(db).await, [0, 100, 0, 0]);
    }

    async fn a_rolled_back_step_never_was(db) {
        appropriate(db, 100).await;
        let tx = write(db).await.unwrap();
        ledger::reserve(&tx, &illness(), Fen::yuan(100), "case/1", "a", evening()).await.unwrap();
        drop(tx);
        assert_eq!(balance(db).await, [100, 0, 0, 0]);
        assert!(ledger::lines(db, "case/1").await.unwrap().is_empty());
    }

    async fn money_moves_between_envelopes(db) {
        appropriate(db, 100).await;
        let flood = Envelope::new("330106", 2026, "flood");
        let tx = write(db).await.unwrap();
        ledger::transfer(&tx, &illness(), &flood, Fen::yuan(30), "decision/1", "t1", evening()).await.unwrap();
        let too_much = ledger::transfer(&tx, &flood, &illness(), Fen::yuan(31), "decision/1", "t2", evening()).await;
        assert_eq!(insufficient(too_much), (Fen::yuan(30), Fen::yuan(31)));
        let again = ledger::transfer(&tx, &illness(), &flood, Fen::yuan(30), "decision/1", "t1", evening()).await;
        assert!(again.is_ok());
        tx.commit().await.unwrap();
        assert_eq!(balance(db).await, [70, 0, 0, 0]);
        assert_eq!(ledger::balance(db, &flood).await.unwrap().available, Fen::yuan(30));
        assert_eq!(ledger::balances(db, 2026).await.unwrap().len(), 2);
        assert_eq!(ledger::balances(db, 2027).await.unwrap(), []);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }
}
