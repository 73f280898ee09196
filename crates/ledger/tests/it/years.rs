//! The end of a year: what is frozen, and what goes over.

use chrono::TimeDelta;
use ledger::{Carried, Envelope, Fen, Figure, LedgerError};
use tokio::task::JoinSet;

use crate::{after, appropriate, balance, evening, illness, insufficient, post, write};

fn next() -> Envelope {
    Envelope { year: 2027, ..illness() }
}

async fn freeze(db: &sea_orm::DatabaseConnection, region: &str) -> bool {
    let tx = write(db).await.unwrap();
    let done = ledger::freeze(&tx, (region, 2026), "order/1", after(60)).await.unwrap();
    tx.commit().await.unwrap();
    done
}

macro_rules! over {
    ($db:expr, $step:ident($($bucket:expr)?), $yuan:expr, $key:expr) => {{
        let tx = write($db).await.unwrap();
        let done = ledger::$step(
            &tx, (&illness(), &next()), $($bucket,)? Fen::yuan($yuan), ("case/1", $key), after(90)
        ).await;
        tx.commit().await.unwrap();
        done
    }};
}

schema::both! {
    async fn nothing_is_posted_to_a_frozen_year_but_what_goes_over(db) {
        appropriate(db, 1000).await;
        post!(db, reserve, Fen::yuan(500), "case/1", "r", evening()).unwrap();
        post!(db, commit, Fen::yuan(300), "case/1", "c", evening()).unwrap();
        post!(db, pay, Fen::yuan(100), "case/1", "p", evening()).unwrap();
        assert!(freeze(db, "33").await);
        assert!(!freeze(db, "33").await, "frozen is frozen");
        assert!(!freeze(db, "330106").await, "with everything below it");
        let ten = Fen::yuan(10);
        for refused in [
            post!(db, appropriate, ten, "b", "1", after(61)),
            post!(db, take_back, ten, "b", "2", after(61)),
            post!(db, reserve, ten, "case/2", "3", after(61)),
            post!(db, release, ten, "case/1", "4", after(61)),
            post!(db, commit, ten, "case/1", "5", after(61)),
            post!(db, uncommit, ten, "case/1", "6", after(61)),
            post!(db, pay, ten, "case/1", "7", after(61)),
            post!(db, give_back, ten, "case/1", "8", after(61)),
            post!(db, claw_back, ten, "case/1", "9", after(61)),
        ] {
            assert!(matches!(refused, Err(LedgerError::Frozen { year: 2026 })), "{refused:?}");
        }
        let tx = write(db).await.unwrap();
        for (from, to) in [(illness(), next()), (next(), illness())] {
            let moved = ledger::transfer(&tx, &from, &to, ten, "b", "t", after(61)).await;
            assert!(matches!(moved, Err(LedgerError::Frozen { year: 2026 })), "{moved:?}");
        }
        tx.commit().await.unwrap();
        // The same step as before is no new one.
        post!(db, reserve, Fen::yuan(500), "case/1", "r", after(61)).unwrap();
        assert_eq!(balance(db).await, [500, 200, 200, 100]);

        over!(db, carry(Carried::Reserved), 200, "o1").unwrap();
        over!(db, carry(Carried::Committed), 200, "o2").unwrap();
        over!(db, bring_back(), 60, "o3").unwrap();
        over!(db, recover(), 40, "o4").unwrap();
        assert_eq!(balance(db).await, [500, 0, 0, 0]);
        let held = ledger::balance(db, &next()).await.unwrap();
        assert_eq!(held.appropriated(), Fen::yuan(500));
        assert_eq!([held.available, held.reserved, held.committed], [40, 260, 200].map(Fen::yuan));
        assert_eq!(ledger::check(db).await.unwrap(), []);
        for year in [2026, 2027] {
            let all = ledger::figures(db, ("33", year), None).await.unwrap();
            assert!(all.values().all(|held| held.computed() == held.of(Figure::Available)), "{all:?}");
        }
    }

    async fn only_out_of_a_frozen_year_into_a_later_one(db) {
        appropriate(db, 1000).await;
        post!(db, reserve, Fen::yuan(500), "case/1", "r", evening()).unwrap();
        let early = over!(db, carry(Carried::Reserved), 1, "o1");
        assert!(matches!(early, Err(LedgerError::NotCarried)), "{early:?}");
        freeze(db, "330106").await;
        let tx = write(db).await.unwrap();
        for to in [
            illness(),
            Envelope { year: 2025, ..illness() },
            Envelope { year: 2027, region: "330108".to_owned(), ..illness() },
            Envelope { year: 2027, category: "flood".to_owned(), ..illness() },
        ] {
            let odd =
                ledger::carry(&tx, (&illness(), &to), Carried::Reserved, Fen(1), ("c", "k"), after(90)).await;
            assert!(matches!(odd, Err(LedgerError::NotCarried)), "{to}: {odd:?}");
        }
        tx.commit().await.unwrap();
        let more = over!(db, carry(Carried::Reserved), 501, "o2");
        assert!(matches!(more, Err(LedgerError::Insufficient { .. })), "{more:?}");
        assert_eq!(balance(db).await, [500, 500, 0, 0]);
    }

    async fn the_first_open_year_is_found(db) {
        appropriate(db, 1000).await;
        let tx = write(db).await.unwrap();
        assert_eq!(ledger::open_from(&tx, &illness()).await.unwrap(), illness());
        ledger::freeze(&tx, ("3301", 2026), "order/1", after(60)).await.unwrap();
        ledger::freeze(&tx, ("33", 2027), "order/2", after(60)).await.unwrap();
        assert_eq!(ledger::open_from(&tx, &illness()).await.unwrap().year, 2028);
        let elsewhere = Envelope { region: "3302".to_owned(), ..illness() };
        assert_eq!(ledger::open_from(&tx, &elsewhere).await.unwrap().year, 2026);
        tx.commit().await.unwrap();
        assert_eq!(ledger::freezes(db, 2026).await.unwrap().len(), 1);
        assert!(ledger::is_frozen(db, "330106", 2026).await.unwrap());
        assert!(!ledger::is_frozen(db, "33", 2026).await.unwrap());
    }

    /// Whoever posts while a year is frozen is before it or refused, and the figures of the year never change again.
    async fn a_freeze_and_posts_at_once_do_not_cross(db) {
        appropriate(db, 1000).await;
        let mut tasks = JoinSet::new();
        for case in 0..24 {
            let db = db.clone();
            tasks.spawn(async move {
                let tx = write(&db).await.unwrap();
                if case == 11 {
                    assert!(ledger::freeze(&tx, ("33", 2026), "order/1", after(60)).await.unwrap());
                    let held = ledger::balance(&tx, &illness()).await.unwrap();
                    tx.commit().await.unwrap();
                    return Some(held);
                }
                let (reference, key) = (format!("case/{case}"), format!("case/{case}/reserve"));
                let posted = ledger::reserve(&tx, &illness(), Fen::yuan(10), &reference, &key, evening()).await;
                tx.commit().await.unwrap();
                assert!(matches!(posted, Ok(_) | Err(LedgerError::Frozen { year: 2026 })), "{posted:?}");
                None
            });
        }
        let then = tasks.join_all().await.into_iter().flatten().next().unwrap();
        assert_eq!(ledger::balance(db, &illness()).await.unwrap(), then);
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }

    /// A clock that is behind, or a wait, turns nothing round: what is there at any moment is there by then.
    async fn entries_stand_in_the_order_of_their_times(db) {
        appropriate(db, 1000).await;
        let early = evening() - TimeDelta::hours(5);
        post!(db, reserve, Fen::yuan(1000), "case/1", "r", early).unwrap();
        assert!(ledger::trial_balance(db, Some(evening() - TimeDelta::seconds(1))).await.unwrap().is_empty());
        let lines = ledger::lines(db, "case/1").await.unwrap();
        assert!(lines.iter().all(|line| line.posted_at == evening()));
        let flood = Envelope::new("330106", 2026, "flood");
        let tx = write(db).await.unwrap();
        ledger::appropriate(&tx, &flood, Fen::yuan(5), "b", "f", early).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ledger::lines(db, "b").await.unwrap()[0].posted_at, early, "another envelope, another order");
    }

    async fn every_figure_is_the_sum_of_its_lines(db) {
        appropriate(db, 1000).await;
        let flood = Envelope::new("330106", 2026, "flood");
        for (step, yuan) in [("reserve", 300), ("commit", 200), ("pay", 150)] {
            match step {
                "reserve" => post!(db, reserve, Fen::yuan(yuan), "case/1", step, after(1)),
                "commit" => post!(db, commit, Fen::yuan(yuan), "case/1", step, after(2)),
                _ => post!(db, pay, Fen::yuan(yuan), "case/1", step, after(3)),
            }
            .unwrap();
        }
        post!(db, give_back, Fen::yuan(50), "case/1", "g", after(4)).unwrap();
        post!(db, claw_back, Fen::yuan(20), "case/1", "w", after(5)).unwrap();
        post!(db, write_off, Fen::yuan(30), "case/1", "lost", after(5)).unwrap();
        post!(db, recover_lost, Fen::yuan(10), "case/1", "found", after(5)).unwrap();
        let more = post!(db, recover_lost, Fen::yuan(21), "case/1", "more", after(5));
        assert_eq!(insufficient(more), (Fen::yuan(20), Fen::yuan(21)), "no more comes than was written off");
        let tx = write(db).await.unwrap();
        ledger::transfer(&tx, &illness(), &flood, Fen::yuan(70), "b", "t", after(6)).await.unwrap();
        tx.commit().await.unwrap();
        let all = ledger::figures(db, ("33", 2026), None).await.unwrap();
        let held = all[&illness()];
        let told: Vec<i64> = Figure::ALL.into_iter().map(|figure| held.of(figure).fen() / 100).collect();
        assert_eq!(told, [1000, 0, 70, 0, 0, 100, 100, 150, 80, 20, 660]);
        assert_eq!(held.computed(), Fen::yuan(660));
        assert_eq!(all[&flood].of(Figure::MovedIn), Fen::yuan(70));
        for figure in Figure::ALL {
            let lines = ledger::lines_of(db, &illness(), (figure, None), None, 100).await.unwrap();
            assert_eq!(lines.iter().map(|line| line.amount).sum::<Fen>(), held.of(figure), "{figure:?}");
        }
        // Page by page, and as it was before.
        let of = (Figure::Available, None);
        let first = ledger::lines_of(db, &illness(), of, None, 2).await.unwrap();
        let rest = ledger::lines_of(db, &illness(), of, Some(first[1].entry), 9).await.unwrap();
        assert_eq!((first.len(), rest.len(), rest.last().unwrap().kind.as_str()), (2, 3, "appropriate"));
        let then = ledger::figures(db, ("33", 2026), Some(after(3))).await.unwrap()[&illness()];
        assert_eq!([then.of(Figure::Returned), then.computed()], [Fen(0), Fen::yuan(700)]);
        assert!(ledger::figures(db, ("3302", 2026), None).await.unwrap().is_empty());
    }
}
