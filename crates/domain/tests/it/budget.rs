//! Orders about money: written by one, decided by another, and then in the ledger.

use std::collections::BTreeMap;

use domain::{
    aid::{self, Category},
    authority::{Proof, held},
    budget::{
        BudgetError, NewOrder, Order, OrderState, Refusal, Wanted,
        commands::{decide, propose, withdraw},
        store,
    },
};
use ledger::{Envelope, Fen, Figure};
use sea_orm::DatabaseConnection;

use crate::cast::{audited, context, holder, now, region};

const ILLNESS: Category = Category::ILLNESS;

type Payer = Proof<held::Payer>;

fn pot(code: &str) -> Envelope {
    aid::envelope(&region(code), 2026, ILLNESS)
}

fn order(code: &str, wanted: Wanted) -> NewOrder {
    NewOrder { region: region(code), year: 2026, wanted, source: "示例〔2026〕1号".to_owned() }
}

async fn available(db: &DatabaseConnection, code: &str) -> Fen {
    ledger::balance(db, &pot(code)).await.unwrap().available
}

async fn agreed(db: &DatabaseConnection, (one, other): (&Payer, &Payer), new: NewOrder) -> Order {
    let order = propose(db, &context(), one, new, now()).await.unwrap();
    decide(db, &context(), other, (order.id, true), now()).await.unwrap()
}

fn refused<T: std::fmt::Debug>(result: Result<T, BudgetError>) -> Refusal {
    match result {
        Err(BudgetError::Refused(no)) => no,
        other => panic!("expected a refusal: {other:?}"),
    }
}

async fn closes(db: &DatabaseConnection) {
    assert_eq!(ledger::check(db).await.unwrap(), []);
    audited(db).await;
}

schema::both! {
    async fn money_moves_by_two_peoples_word(db) {
        let (one, other): (Payer, Payer) = (holder(db, "one", "33").await, holder(db, "other", "33").await);
        let new = order("33", Wanted::Appropriate(ILLNESS.into(), Fen::yuan(1000)));
        let written = propose(db, &context(), &one, new.clone(), now()).await.unwrap();
        assert_eq!(available(db, "33").await, Fen::ZERO, "nothing before it is decided");
        assert_eq!(refused(decide(db, &context(), &one, (written.id, true), now()).await), Refusal::SamePerson);
        let posted = decide(db, &context(), &other, (written.id, true), now()).await.unwrap();
        assert_eq!(posted.state, OrderState::Posted);
        assert_eq!(available(db, "33").await, Fen::yuan(1000));
        assert_eq!(refused(decide(db, &context(), &other, (written.id, true), now()).await), Refusal::NotNow);
        assert_eq!(available(db, "33").await, Fen::yuan(1000), "once");

        let no = propose(db, &context(), &one, new.clone(), now()).await.unwrap();
        let no = decide(db, &context(), &other, (no.id, false), now()).await.unwrap();
        assert_eq!(no.state, OrderState::Refused);
        let back = propose(db, &context(), &one, new, now()).await.unwrap();
        assert!(matches!(withdraw(db, &context(), &other, back.id, now()).await, Err(BudgetError::NotFound)));
        withdraw(db, &context(), &one, back.id, now()).await.unwrap();
        withdraw(db, &context(), &one, back.id, now()).await.unwrap();
        assert_eq!(refused(decide(db, &context(), &other, (back.id, true), now()).await), Refusal::NotNow);
        assert_eq!(available(db, "33").await, Fen::yuan(1000));
        let lines = ledger::lines(db, &posted.subject()).await.unwrap();
        assert_eq!(lines.len(), 2, "the ledger names the order");
        closes(db).await;
    }

    async fn what_a_region_gave_is_what_those_below_have(db) {
        let (one, other): (Payer, Payer) = (holder(db, "one", "33").await, holder(db, "other", "33").await);
        let both = (&one, &other);
        agreed(db, both, order("33", Wanted::Appropriate(ILLNESS.into(), Fen(100_000_007)))).await;
        let thirds = ["3301", "3302", "3303"].map(|code| (region(code), 1)).to_vec();
        let split = agreed(db, both, order("33", Wanted::Down(ILLNESS.into(), Fen(100_000_006), thirds))).await;
        let parts: Vec<i64> = store::lines(db, split.id).await.unwrap().iter().map(|line| line.amount.fen()).collect();
        assert_eq!(parts, [33_333_336, 33_333_335, 33_333_335]);
        let counties = vec![(region("330106"), 120), (region("330108"), 80), (region("330102"), 0)];
        agreed(db, both, order("3301", Wanted::Down(ILLNESS.into(), Fen(33_333_336), counties))).await;
        agreed(db, both, order("330106", Wanted::Up(ILLNESS.into(), Fen(1), region("33")))).await;
        let held: BTreeMap<Envelope, _> = ledger::figures(db, ("33", 2026), None).await.unwrap();
        let of = |code: &str, figure| held[&pot(code)].of(figure).fen();
        assert_eq!(of("33", Figure::MovedOut), of("3301", Figure::MovedIn) + of("3302", Figure::MovedIn) + of("3303", Figure::MovedIn));
        assert_eq!(of("3301", Figure::MovedOut), of("330106", Figure::MovedIn) + of("330108", Figure::MovedIn));
        assert!(!held.contains_key(&pot("330102")), "who gets nothing has no envelope");
        assert_eq!([of("33", Figure::Available), of("3301", Figure::Available)], [2, 0]);
        let everywhere: i64 = held.values().map(|held| held.of(Figure::Available).fen()).sum();
        assert_eq!(everywhere, of("33", Figure::Given), "the province has what was appropriated");
        closes(db).await;
    }

    async fn each_acts_in_the_own_place_and_those_above_decide(db) {
        let province: Payer = holder(db, "province", "33").await;
        let second: Payer = holder(db, "second", "33").await;
        let county: Payer = holder(db, "county", "330106").await;
        let colleague: Payer = holder(db, "colleague", "330106").await;
        agreed(db, (&county, &colleague), order("330106", Wanted::Appropriate(ILLNESS.into(), Fen::yuan(100)))).await;
        let theirs = order("33", Wanted::Appropriate(ILLNESS.into(), Fen::yuan(1)));
        assert!(matches!(propose(db, &context(), &county, theirs, now()).await, Err(BudgetError::NotFound)));
        let up = order("330106", Wanted::Up(ILLNESS.into(), Fen::yuan(40), region("33")));
        let up = propose(db, &context(), &county, up, now()).await.unwrap();
        let own = decide(db, &context(), &colleague, (up.id, true), now()).await;
        assert!(matches!(own, Err(BudgetError::NotFound)), "who receives decides");
        decide(db, &context(), &province, (up.id, true), now()).await.unwrap();
        assert_eq!([available(db, "330106").await, available(db, "33").await], [60, 40].map(Fen::yuan));
        let down = order("33", Wanted::Down(ILLNESS.into(), Fen::yuan(40), vec![(region("330106"), 1)]));
        agreed(db, (&province, &second), down).await;
        let back = order("330106", Wanted::TakeBack(ILLNESS.into(), Fen::yuan(100)));
        agreed(db, (&county, &colleague), back).await;
        assert_eq!([available(db, "330106").await, available(db, "33").await], [Fen::ZERO; 2]);
        let listed = store::of_region(db, &region("330106"), 9).await.unwrap();
        assert_eq!(listed.len(), 3);
        assert_eq!(store::waiting(db, &region("33")).await.unwrap(), 0);
        closes(db).await;
    }

    async fn nobody_gives_what_is_not_there_and_the_refusal_names_what_is_missing(db) {
        let (one, other): (Payer, Payer) = (holder(db, "one", "33").await, holder(db, "other", "33").await);
        agreed(db, (&one, &other), order("33", Wanted::Appropriate(ILLNESS.into(), Fen::yuan(100)))).await;
        let short = Refusal::Short { available: Fen::yuan(100), missing: Fen::yuan(20) };
        let down = |yuan, to: &[&str]| {
            let to = to.iter().map(|code| (region(code), 1)).collect();
            order("33", Wanted::Down(ILLNESS.into(), Fen::yuan(yuan), to))
        };
        assert_eq!(refused(propose(db, &context(), &one, down(120, &["3301"]), now()).await), short);
        // Enough when it was written, and not any more when it is decided: all or nothing.
        let first = propose(db, &context(), &one, down(100, &["3301", "3302", "3303"]), now()).await.unwrap();
        let second = propose(db, &context(), &one, down(70, &["3304"]), now()).await.unwrap();
        decide(db, &context(), &other, (second.id, true), now()).await.unwrap();
        let short = Refusal::Short { available: Fen::yuan(30), missing: Fen::yuan(70) };
        assert_eq!(refused(decide(db, &context(), &other, (first.id, true), now()).await), short);
        assert_eq!(available(db, "3301").await, Fen::ZERO);
        assert_eq!(store::find(db, first.id).await.unwrap().unwrap().state, OrderState::Proposed);
        closes(db).await;
    }

    async fn orders_up_and_down_at_once_neither_wait_for_each_other_nor_lose_a_fen(db) {
        let (one, other): (Payer, Payer) = (holder(db, "one", "33").await, holder(db, "other", "33").await);
        for code in ["33", "330106", "330108"] {
            agreed(db, (&one, &other), order(code, Wanted::Appropriate(ILLNESS.into(), Fen::yuan(100)))).await;
        }
        let mut orders = Vec::new();
        for _ in 0..4 {
            let both = vec![(region("330106"), 1), (region("330108"), 1)];
            for new in [
                order("33", Wanted::Down(ILLNESS.into(), Fen::yuan(20), both)),
                order("330106", Wanted::Up(ILLNESS.into(), Fen::yuan(10), region("33"))),
                order("330108", Wanted::Up(ILLNESS.into(), Fen::yuan(10), region("33"))),
            ] {
                orders.push(propose(db, &context(), &one, new, now()).await.unwrap().id);
            }
        }
        let mut tasks = tokio::task::JoinSet::new();
        for id in orders {
            let (db, other) = (db.clone(), other.clone());
            tasks.spawn(async move { decide(&db, &context(), &other, (id, true), now()).await.unwrap() });
        }
        tasks.join_all().await;
        for code in ["33", "330106", "330108"] {
            assert_eq!(available(db, code).await, Fen::yuan(100), "{code}");
        }
        closes(db).await;
    }
}
