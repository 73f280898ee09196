//! A random walk over the commands: whoever they are, in whatever order, right or wrong. After each one that was done the books, the payments,
//! the separation of duties and what is said of the dead hold; one that was refused was refused by a rule.
//!
//! Everybody of this office may play every part, so that nothing but the case's own log keeps two parts apart. Mostly some of them handle cases and
//! others pay, as in an office; now and then anybody does anything.

mod acts;
mod holds;
mod pick;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashSet},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    aid::{AidError, Case, Category, Status, envelope, store},
    authority::{Approver, Myself, Publisher, Role, Worker},
    ids::{AccountId, BatchId, CaseId, PersonId},
};
use ledger::Fen;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::DatabaseConnection;

use self::acts::Act;
use super::office::{COUNTY, Office, in_need, monday};
use crate::cast::{login, region, registered, write};

/// Commands that are tried.
const TRIES: usize = 10_000;
const SEED: u64 = 20_260_921;
const PEOPLE: usize = 140;
const CATEGORIES: [Category; 3] = [Category::ILLNESS, Category::ACCIDENT, Category::DISASTER];
/// Of the twelve at their desks, those who mostly pay.
const PAYERS: usize = 4;
/// For each category, at first: a handful of cases. More is given now and then, so that it is short in between.
const BUDGET: Fen = Fen::yuan(9_000);
const MORE: Fen = Fen::yuan(4_000);

/// Somebody of the office.
struct Desk {
    worker: Worker,
    approver: Approver,
    publisher: Publisher,
    payer: domain::authority::Payer,
}

struct Walk<'a> {
    office: Office<'a>,
    dice: RefCell<ChaCha8Rng>,
    now: Cell<DateTime<Utc>>,
    desks: Vec<Desk>,
    people: Vec<Myself>,
    cases: RefCell<Vec<CaseId>>,
    /// Those to which the bank has paid.
    paid: RefCell<Vec<CaseId>>,
    batches: RefCell<Vec<BatchId>>,
    dead: RefCell<BTreeMap<PersonId, DateTime<Utc>>>,
    given: Cell<Fen>,
    /// What was asked back and came.
    back: Cell<Fen>,
    /// How often each was done, and refused.
    tried: RefCell<BTreeMap<Act, [u32; 2]>>,
    /// Where cases have been.
    seen: RefCell<HashSet<Status>>,
}

impl<'a> Walk<'a> {
    async fn open(db: &'a DatabaseConnection) -> Self {
        let office = Office::with_budget(db, 1).await;
        let mut desks = Vec::new();
        for name in [
            "ash", "birch", "cedar", "elm", "fir", "maple", "oak", "pine", "poplar", "spruce", "willow",
            "yew",
        ] {
            office.hire(name, Role::Worker).await;
            for role in [Role::Approver, Role::Publisher, Role::Payer] {
                office.grant(&login(name), role).await;
            }
            desks.push(Desk {
                worker: office.proof(name).await,
                approver: office.proof(name).await,
                publisher: office.proof(name).await,
                payer: office.proof(name).await,
            });
        }
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let person = registered(db, in_need(office.wang.unit_id, &format!("李{number}"))).await;
            let name = format!("person-{number}");
            office.link(&name, person.id).await;
            people.push(office.myself(&name).await);
        }
        let walk = Self {
            office,
            dice: RefCell::new(ChaCha8Rng::seed_from_u64(SEED)),
            now: Cell::new(monday()),
            desks,
            people,
            cases: RefCell::default(),
            paid: RefCell::default(),
            batches: RefCell::default(),
            dead: RefCell::default(),
            given: Cell::new(Fen::yuan(1)),
            back: Cell::default(),
            tried: RefCell::default(),
            seen: RefCell::default(),
        };
        for category in CATEGORIES {
            walk.gives(category, BUDGET).await;
        }
        walk
    }

    /// The province gives money for a category.
    async fn gives(&self, category: Category, amount: Fen) {
        let key = format!("walk/{}", self.number(0..u64::MAX));
        let tx = write(self.office.db).await;
        let pot = envelope(&region(COUNTY), 2026, category);
        ledger::appropriate(&tx, &pot, amount, "test", &key, self.now.get()).await.unwrap();
        tx.commit().await.unwrap();
        self.given.set(self.given.get().checked_add(amount).unwrap());
    }

    fn number<T: rand::distr::uniform::SampleUniform, R: rand::distr::uniform::SampleRange<T>>(
        &self,
        range: R,
    ) -> T {
        self.dice.borrow_mut().random_range(range)
    }

    fn chance(&self, share: f64) -> bool {
        self.dice.borrow_mut().random_bool(share)
    }

    fn one<'b, T>(&self, of: &'b [T]) -> &'b T {
        &of[self.number(0..of.len())]
    }

    fn desk(&self) -> &Desk {
        self.one(if self.chance(0.9) { &self.desks[PAYERS..] } else { &self.desks })
    }

    fn payer(&self) -> &Desk {
        self.one(if self.chance(0.9) { &self.desks[..PAYERS] } else { &self.desks })
    }

    async fn case(&self, case: CaseId) -> Case {
        store::case::find(self.office.db, case).await.unwrap().unwrap()
    }

    async fn goes(&self) {
        for step in 0..TRIES {
            // Some seventy days in all: the year of the budget does not end.
            self.now.set(self.now.get() + TimeDelta::minutes(self.number(1..20)));
            let (act, case) = self.pick().await;
            let tried = self.tries(act, case).await;
            self.tried.borrow_mut().entry(act).or_default()[usize::from(tried.is_err())] += 1;
            match tried {
                Ok(()) => self.holds(case, &format!("step {step}, {act:?}")).await,
                Err(AidError::Refused(_) | AidError::NotFound) => {}
                Err(error) => panic!("step {step}, {act:?}: {error:?}"),
            }
            if step % 1_000 == 0 {
                self.is_balanced().await;
            }
        }
        self.is_balanced().await;
        // A batch moves many at once.
        let cases = self.cases.borrow().clone();
        for case in cases {
            self.holds_of(&self.case(case).await, "at the end").await;
        }
        self.has_been_everywhere();
        self.office.closes().await;
    }

    /// A walk that never came to a door proves nothing of what is behind it.
    fn has_been_everywhere(&self) {
        use sea_orm::Iterable;
        let tried = self.tried.borrow();
        for act in Act::iter() {
            let [done, refused] = tried.get(&act).copied().unwrap_or_default();
            assert!(done > 0, "{act:?} was never done: {tried:?}");
            assert!(refused > 0 || act.cannot_be_refused(), "{act:?} was never refused: {tried:?}");
        }
        let seen = self.seen.borrow();
        for status in [
            Status::Urgent,
            Status::UrgentBatch,
            Status::PapersDue,
            Status::Objected,
            Status::InBatch,
            Status::Paid,
            Status::Returned,
            Status::Received,
            Status::Closed,
            Status::Unreceived,
            Status::Refused,
            Status::Declined,
            Status::Contested,
            Status::Appealed,
            Status::Final,
            Status::Withdrawn,
            Status::Terminated,
        ] {
            assert!(seen.contains(&status), "no case was ever {status:?}: {seen:?}");
        }
    }

    fn accounts(&self) -> Vec<&AccountId> {
        self.desks.iter().map(|desk| desk.worker.account()).collect()
    }
}

schema::both! {
    async fn whatever_is_tried_in_whatever_order_the_books_hold(db) {
        Walk::open(db).await.goes().await;
    }
}
