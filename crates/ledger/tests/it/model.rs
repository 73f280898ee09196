//! Random steps against a model of a few lines.

use std::collections::{BTreeMap, HashMap};

use ledger::{Bucket, Envelope, Fen, LedgerError};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::{after, write};

#[derive(Clone, Copy, Debug)]
struct Step {
    kind: usize,
    envelope: usize,
    fen: i64,
    key: u8,
}

const KINDS: [(&str, Bucket, Bucket); 11] = [
    ("appropriate", Bucket::Appropriated, Bucket::Available),
    ("take_back", Bucket::Available, Bucket::Appropriated),
    ("reserve", Bucket::Available, Bucket::Reserved),
    ("release", Bucket::Reserved, Bucket::Available),
    ("commit", Bucket::Reserved, Bucket::Committed),
    ("uncommit", Bucket::Committed, Bucket::Reserved),
    ("pay", Bucket::Committed, Bucket::Paid),
    ("give_back", Bucket::Paid, Bucket::Committed),
    ("claw_back", Bucket::Paid, Bucket::Available),
    ("write_off", Bucket::Paid, Bucket::WrittenOff),
    ("recover_lost", Bucket::WrittenOff, Bucket::Available),
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Few keys and small amounts, so that repeats and refusals are common; half of the steps give money.
    let step = (prop_oneof![Just(0_usize), 0..KINDS.len()], 0..2_usize, 1..50_i64, any::<u8>());
    prop::collection::vec(
        step.prop_map(|(kind, envelope, fen, key)| Step { kind, envelope, fen, key }),
        60..90,
    )
}

schema::both! {
    async fn any_steps_end_as_the_model_says(db) {
        let mut runner = TestRunner::deterministic();
        let envelopes = [Envelope::new("a", 2026, "x"), Envelope::new("b", 2026, "x")];
        let mut model: BTreeMap<(usize, Bucket), i64> = BTreeMap::new();
        let mut keys: HashMap<u8, (usize, usize, i64)> = HashMap::new();
        for round in 0..6 {
            for (at, Step { kind, envelope, fen, key }) in
                steps().new_tree(&mut runner).unwrap().current().into_iter().enumerate()
            {
                let (name, from, to) = KINDS[kind];
                let tx = write(db).await.unwrap();
                let (pot, amount, text) = (&envelopes[envelope], Fen(fen), format!("key {key}"));
                let now = after(round * 1000 + i64::try_from(at).unwrap());
                let posted = match name {
                    "appropriate" => ledger::appropriate(&tx, pot, amount, "r", &text, now).await,
                    "take_back" => ledger::take_back(&tx, pot, amount, "r", &text, now).await,
                    "reserve" => ledger::reserve(&tx, pot, amount, "r", &text, now).await,
                    "release" => ledger::release(&tx, pot, amount, "r", &text, now).await,
                    "commit" => ledger::commit(&tx, pot, amount, "r", &text, now).await,
                    "uncommit" => ledger::uncommit(&tx, pot, amount, "r", &text, now).await,
                    "pay" => ledger::pay(&tx, pot, amount, "r", &text, now).await,
                    "give_back" => ledger::give_back(&tx, pot, amount, "r", &text, now).await,
                    "claw_back" => ledger::claw_back(&tx, pot, amount, "r", &text, now).await,
                    "write_off" => ledger::write_off(&tx, pot, amount, "r", &text, now).await,
                    _ => ledger::recover_lost(&tx, pot, amount, "r", &text, now).await,
                };
                tx.commit().await.unwrap();

                let said = (kind, envelope, fen);
                let there = model.get(&(envelope, from)).copied().unwrap_or(0);
                match (keys.get(&key), posted) {
                    (Some(before), Ok(_)) => assert_eq!(*before, said),
                    (Some(before), Err(LedgerError::Duplicate)) => assert_ne!(*before, said),
                    (None, Ok(_)) => {
                        assert!(from == Bucket::Appropriated || there >= fen);
                        keys.insert(key, said);
                        *model.entry((envelope, from)).or_default() -= fen;
                        *model.entry((envelope, to)).or_default() += fen;
                    }
                    (None, Err(LedgerError::Insufficient { available, wanted })) => {
                        assert_eq!((available, wanted), (Fen(there), amount));
                        assert!(there < fen);
                    }
                    (before, posted) => panic!("{name} {fen} with {before:?}: {posted:?}"),
                }
            }
            let sums = ledger::trial_balance(db, None).await.unwrap();
            assert_eq!(sums.iter().map(|(_, sum)| *sum).sum::<Fen>(), Fen(0));
            for (account, sum) in sums {
                let envelope = envelopes.iter().position(|envelope| *envelope == account.envelope).unwrap();
                assert_eq!(model[&(envelope, account.bucket)], sum.fen());
                assert!(account.bucket == Bucket::Appropriated || sum >= Fen(0));
            }
            assert_eq!(ledger::check(db).await.unwrap(), []);
        }
        assert!(keys.len() > 100, "the steps were too few to mean anything: {}", keys.len());
    }
}
