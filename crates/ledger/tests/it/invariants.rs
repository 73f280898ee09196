//! The invariants of envelopes, over ten thousand random steps on each back end: appropriations, transfers up and down, cases, returns,
//! clawbacks, write-offs, years that are frozen and carried over, transactions that are rolled back, clocks that go back and forth.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use ledger::{Bucket, Carried, EntryId, Envelope, Fen, Figure, LedgerError};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::DatabaseTransaction;

use crate::{after, write};

const WORLDS: i32 = 20;
const STEPS: usize = 500;
const REGIONS: [&str; 4] = ["33", "3301", "330106", "330108"];

#[derive(Clone, Copy, Debug)]
struct Step {
    kind: usize,
    /// Of which region, and to which.
    from: usize,
    to: usize,
    /// The first year, or the second?
    late: bool,
    fen: i64,
    jitter: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain(&'static str, Bucket, Bucket),
    Transfer,
    Over(&'static str, Bucket, Bucket),
    Freeze,
}

use Bucket::{Appropriated, Available, Committed, Paid, Reserved, WrittenOff};

const KINDS: [Kind; 19] = [
    Kind::Plain("appropriate", Appropriated, Available),
    Kind::Plain("take_back", Available, Appropriated),
    Kind::Plain("reserve", Available, Reserved),
    Kind::Plain("release", Reserved, Available),
    Kind::Plain("commit", Reserved, Committed),
    Kind::Plain("uncommit", Committed, Reserved),
    Kind::Plain("pay", Committed, Paid),
    Kind::Plain("give_back", Paid, Committed),
    Kind::Plain("claw_back", Paid, Available),
    Kind::Plain("write_off", Paid, WrittenOff),
    Kind::Plain("recover_lost", WrittenOff, Available),
    Kind::Transfer,
    Kind::Over("carry", Reserved, Reserved),
    Kind::Over("carry", Committed, Committed),
    Kind::Over("bring_back", Paid, Reserved),
    Kind::Over("recover", Paid, Available),
    Kind::Over("write_off_late", Paid, WrittenOff),
    Kind::Over("recover_lost_late", WrittenOff, Available),
    Kind::Freeze,
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let last = KINDS.len() - 1;
    // More of what leads on, so that money comes as far as the bank and back; few freezes, or nothing happens any more.
    let over = last - 6..last;
    let kind = prop_oneof![
        6 => Just(0_usize), 6 => Just(2_usize), 8 => Just(4_usize), 8 => Just(6_usize), 5 => Just(9_usize),
        20 => 1..last, 12 => over, 1 => Just(last)
    ];
    let step = (kind, 0..REGIONS.len(), 0..REGIONS.len(), any::<bool>(), 1..40_i64, -9..9_i64);
    let step =
        step.prop_map(|(kind, from, to, late, fen, jitter)| Step { kind, from, to, late, fen, jitter });
    prop::collection::vec(step, STEPS)
}

type Account = (Envelope, Bucket);

/// What the ledger must say, in a few lines.
#[derive(Clone, Default)]
struct Model {
    sums: BTreeMap<Account, i64>,
    frozen: BTreeSet<(&'static str, i32)>,
    /// What went from the one envelope to the other.
    moved: BTreeMap<(Envelope, Envelope), i64>,
}

#[derive(Debug, PartialEq, Eq)]
enum Ends {
    Posted,
    Insufficient(i64),
    Frozen(i32),
    NotCarried,
}

impl Model {
    fn is_frozen(&self, envelope: &Envelope) -> bool {
        let covers =
            |(region, year): &(&str, i32)| *year == envelope.year && envelope.region.starts_with(region);
        self.frozen.iter().any(covers)
    }

    fn post(&mut self, from: &Account, to: &Account, fen: i64, over: bool) -> Ends {
        let (giver, taker) = (&from.0, &to.0);
        if over && !(self.is_frozen(giver) && giver.region == taker.region && giver.year < taker.year) {
            return Ends::NotCarried;
        }
        if !over && self.is_frozen(giver) {
            return Ends::Frozen(giver.year);
        }
        if giver != taker && self.is_frozen(taker) {
            return Ends::Frozen(taker.year);
        }
        let there = self.sums.get(from).copied().unwrap_or(0);
        if from.1 != Appropriated && there < fen {
            return Ends::Insufficient(there);
        }
        *self.sums.entry(from.clone()).or_default() -= fen;
        *self.sums.entry(to.clone()).or_default() += fen;
        if giver != taker && !over {
            *self.moved.entry((giver.clone(), taker.clone())).or_default() += fen;
        }
        Ends::Posted
    }
}

fn ends(result: Result<EntryId, LedgerError>) -> Ends {
    match result {
        Ok(_) => Ends::Posted,
        Err(LedgerError::Insufficient { available, .. }) => Ends::Insufficient(available.fen()),
        Err(LedgerError::Frozen { year }) => Ends::Frozen(year),
        Err(LedgerError::NotCarried) => Ends::NotCarried,
        Err(other) => panic!("{other:?}"),
    }
}

async fn plain(
    tx: &DatabaseTransaction,
    (name, pot): (&str, &Envelope),
    fen: i64,
    (reference, key): (&str, &str),
    now: DateTime<Utc>,
) -> Result<EntryId, LedgerError> {
    let amount = Fen(fen);
    match name {
        "appropriate" => ledger::appropriate(tx, pot, amount, reference, key, now).await,
        "take_back" => ledger::take_back(tx, pot, amount, reference, key, now).await,
        "reserve" => ledger::reserve(tx, pot, amount, reference, key, now).await,
        "release" => ledger::release(tx, pot, amount, reference, key, now).await,
        "commit" => ledger::commit(tx, pot, amount, reference, key, now).await,
        "uncommit" => ledger::uncommit(tx, pot, amount, reference, key, now).await,
        "pay" => ledger::pay(tx, pot, amount, reference, key, now).await,
        "give_back" => ledger::give_back(tx, pot, amount, reference, key, now).await,
        "write_off" => ledger::write_off(tx, pot, amount, reference, key, now).await,
        "recover_lost" => ledger::recover_lost(tx, pot, amount, reference, key, now).await,
        _ => ledger::claw_back(tx, pot, amount, reference, key, now).await,
    }
}

/// One step in the ledger and in the model; they end the same.
async fn take(
    tx: &DatabaseTransaction,
    model: &mut Model,
    (step, world, at): (Step, i32, usize),
    reference: &str,
) -> bool {
    let first = 2000 + 2 * world;
    let year = first + i32::from(step.late);
    let pot = |region: usize, year| Envelope::new(REGIONS[region], year, "illness");
    let now = after(i64::from(world) * 10_000 + i64::try_from(at).unwrap() + step.jitter);
    let key = format!("{reference}/{at}");
    // Much comes, less goes on, so that there is enough for the next; years are frozen when something is in them.
    let fen = step.fen * [100, 1, 10, 1, 5, 1, 3, 1, 1, 2].get(step.kind).copied().unwrap_or(1);
    let step = Step { fen, ..step };
    let (ended, expected) = match KINDS[step.kind] {
        Kind::Freeze if at < STEPS / 2 => return false,
        Kind::Freeze => {
            let region = REGIONS[step.from];
            let known = model.is_frozen(&pot(step.from, first));
            let done = ledger::freeze(tx, (region, first), reference, now).await.unwrap();
            assert_eq!(done, !known);
            model.frozen.extend(done.then_some((region, first)));
            return false;
        }
        Kind::Plain(name, from, to) => {
            let pot = pot(step.from, year);
            let ended = plain(tx, (name, &pot), step.fen, (reference, &key), now).await;
            (ended, model.post(&(pot.clone(), from), &(pot, to), step.fen, false))
        }
        Kind::Transfer => {
            let other = if step.to == step.from { (step.to + 1) % REGIONS.len() } else { step.to };
            let (from, to) = (pot(step.from, year), pot(other, year));
            let ended = ledger::transfer(tx, &from, &to, Fen(step.fen), reference, &key, now).await;
            (ended, model.post(&(from, Available), &(to, Available), step.fen, false))
        }
        Kind::Over(name, from, to) => {
            let (old, new) = (pot(step.from, year), pot(step.from, first + 1));
            let (pots, amount, said) = ((&old, &new), Fen(step.fen), (reference, key.as_str()));
            let ended = match (name, from) {
                ("carry", Reserved) => ledger::carry(tx, pots, Carried::Reserved, amount, said, now).await,
                ("carry", _) => ledger::carry(tx, pots, Carried::Committed, amount, said, now).await,
                ("bring_back", _) => ledger::bring_back(tx, pots, amount, said, now).await,
                ("write_off_late", _) => ledger::write_off_late(tx, pots, amount, said, now).await,
                ("recover_lost_late", _) => ledger::recover_lost_late(tx, pots, amount, said, now).await,
                _ => ledger::recover(tx, pots, amount, said, now).await,
            };
            (ended, model.post(&(old, from), &(new, to), step.fen, true))
        }
    };
    assert_eq!(ends(ended), expected, "{step:?}");
    expected == Ends::Posted
}

schema::both! {
    async fn ten_thousand_steps_keep_every_invariant(db) {
        let mut runner = TestRunner::deterministic();
        let (mut taken, mut posted) = (0, BTreeMap::<usize, u32>::new());
        for world in 0..WORLDS {
            let mut model = Model::default();
            let reference = format!("world/{world}");
            let all = steps().new_tree(&mut runner).unwrap().current();
            for (part, some) in all.chunks(25).enumerate() {
                let (tx, before) = (write(db).await.unwrap(), model.clone());
                let mut done = Vec::new();
                for (at, step) in some.iter().enumerate() {
                    if take(&tx, &mut model, (*step, world, part * 25 + at), &reference).await {
                        done.push(step.kind);
                    }
                    taken += 1;
                }
                // Every sixth never was.
                if part % 6 == 5 {
                    tx.rollback().await.unwrap();
                    model = before;
                } else {
                    tx.commit().await.unwrap();
                    for kind in done {
                        *posted.entry(kind).or_default() += 1;
                    }
                }
            }
            holds(db, &model, world).await;
        }
        assert_eq!(taken, 10_000);
        for (kind, _) in KINDS.iter().enumerate().filter(|(_, kind)| **kind != Kind::Freeze) {
            assert!(posted.get(&kind).is_some_and(|count| *count > 5), "{:?}: {posted:?}", KINDS[kind]);
        }
        assert_eq!(ledger::check(db).await.unwrap(), []);
    }
}

/// What must be after any steps.
async fn holds(db: &sea_orm::DatabaseConnection, model: &Model, world: i32) {
    let first = 2000 + 2 * world;
    // The sums are the model's.
    for ((envelope, bucket), sum) in &model.sums {
        let held = ledger::balance(db, envelope).await.unwrap();
        let is = match bucket {
            Appropriated => continue,
            Available => held.available,
            Reserved => held.reserved,
            Committed => held.committed,
            Paid => held.paid,
            WrittenOff => held.written_off,
        };
        assert_eq!(is, Fen(*sum), "{envelope} {bucket:?}");
    }
    // At no moment is anything below zero, and everything together is nothing.
    let lines = ledger::lines(db, &format!("world/{world}")).await.unwrap();
    let mut moments: BTreeMap<DateTime<Utc>, Vec<(Account, i64)>> = BTreeMap::new();
    for line in &lines {
        let account = (line.account.envelope.clone(), line.account.bucket);
        moments.entry(line.posted_at).or_default().push((account, line.amount.fen()));
    }
    let mut sums: BTreeMap<Account, i64> = BTreeMap::new();
    for changes in moments.values() {
        for (account, fen) in changes {
            *sums.entry(account.clone()).or_default() += fen;
        }
        assert!(sums.iter().all(|((_, bucket), sum)| *bucket == Appropriated || *sum >= 0), "{sums:?}");
        assert_eq!(sums.values().sum::<i64>(), 0);
    }
    // The figures give what is available, now and at a moment in between; the province has what was appropriated in it.
    let middle = *moments.keys().nth(moments.len() / 2).unwrap();
    for at in [None, Some(middle)] {
        let (mut given, mut held_now, mut moved, mut gone) = (0, 0, (0, 0), 0);
        for year in [first, first + 1] {
            for (envelope, held) in ledger::figures(db, ("33", year), at).await.unwrap() {
                assert_eq!(held.computed(), held.of(Figure::Available), "{envelope} {at:?}");
                let of = |figure| held.of(figure).fen();
                given += of(Figure::Given);
                held_now += of(Figure::Available) + of(Figure::Reserved) + of(Figure::Committed);
                held_now += of(Figure::Paid) - of(Figure::Returned);
                moved = (moved.0 + of(Figure::MovedIn), moved.1 + of(Figure::MovedOut));
                gone += of(Figure::Paid) - of(Figure::Returned);
                if at.is_none() {
                    let balance = ledger::balance(db, &envelope).await.unwrap();
                    assert_eq!(held.of(Figure::WrittenOff), balance.written_off, "{envelope}");
                    gone -= balance.paid.fen() + balance.written_off.fen();
                }
            }
        }
        assert_eq!(given, held_now, "what was given is somewhere");
        assert!(at.is_some() || gone == 0, "what has gone is paid or written off");
        assert_eq!(moved.0, moved.1, "what left one envelope came to another");
    }
    // What a region gave away is what the others have from it.
    for year in [first, first + 1] {
        for (envelope, held) in ledger::figures(db, ("33", year), None).await.unwrap() {
            let sum = |of: &dyn Fn(&(Envelope, Envelope)) -> bool| -> i64 {
                model.moved.iter().filter(|(pair, _)| of(pair)).map(|(_, fen)| fen).sum()
            };
            let (out, into) = (sum(&|(from, _)| *from == envelope), sum(&|(_, to)| *to == envelope));
            assert_eq!(held.of(Figure::MovedOut), Fen(out));
            assert_eq!(held.of(Figure::MovedIn), Fen(into));
        }
    }
}
