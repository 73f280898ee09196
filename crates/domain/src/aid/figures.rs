//! What was paid out of the budget of a year: people and money by region, category and month, with the rows behind each figure. The sum of
//! the rows is what the ledger says, and what the bank said.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use ledger::{Fen, Figure};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

pub use super::bank_leg::{BankLeg, Differing, Differs};
use super::{
    Category,
    bank_leg::{differs, leg},
    payment::PaymentState,
    store::{self, figures::BankCase},
};
use crate::{
    Act, By, Context,
    calendar::local_date,
    ids::{CaseId, PaymentId, PersonId, RegionCode},
};

/// A payment that stands.
#[derive(Clone, PartialEq, Eq)]
pub struct PaidRow {
    /// Which.
    pub payment: PaymentId,
    /// Of which case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The region that helps.
    pub region: RegionCode,
    /// For what.
    pub category: Category,
    /// To whom.
    pub person: PersonId,
    /// The holder of the account; nobody's whose record only some may know of.
    pub payee: Option<String>,
    /// In which batch.
    pub batch: String,
    /// How much.
    pub amount: Fen,
    /// The first day of the month in which the bank paid, in the province.
    pub month: NaiveDate,
}

/// Which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Of a region and what lies below it.
    pub region: Option<RegionCode>,
    /// Of a category.
    pub category: Option<Category>,
    /// Of a month.
    pub month: Option<NaiveDate>,
}

/// People and money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many people, each once.
    pub people: usize,
    /// How many payments.
    pub payments: usize,
    /// How much.
    pub money: Fen,
}

/// The figures of a year, and whether three that must agree do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaidFigures {
    /// By region, as the cases name it.
    pub regions: BTreeMap<RegionCode, Sum>,
    /// By category.
    pub categories: BTreeMap<Category, Sum>,
    /// By month.
    pub months: BTreeMap<NaiveDate, Sum>,
    /// All of them.
    pub total: Sum,
    /// What the ledger says was paid.
    pub ledger: Fen,
    /// Of what was paid, what came back from whoever was paid.
    pub recovered: Fen,
    /// What stands in the year's books as written off, of that year or of one before.
    pub written_off: Fen,
    /// What the cases say was paid.
    pub cases: Fen,
    /// What the bank says.
    pub bank: BankLeg,
    /// The same by region, category and month.
    pub bank_regions: BTreeMap<RegionCode, BankLeg>,
    /// By category.
    pub bank_categories: BTreeMap<Category, BankLeg>,
    /// By month: that of the row, or if nothing is paid for us, that in which the file was read.
    pub bank_months: BTreeMap<NaiveDate, BankLeg>,
    /// Of how many payments the bank's files say something else than we.
    pub differ: usize,
}

impl PaidFigures {
    /// Do rows, cases, ledger and bank agree, to the last fen?
    pub fn agree(&self) -> bool {
        let same = |money: Fen| self.total.money == money;
        // What differs here and the other way there is no agreement.
        self.differ == 0 && same(self.ledger) && same(self.cases) && same(self.bank.all())
    }
}

/// Our sums beside the bank's, also where only one of both has something.
fn beside<K: Ord + Clone>(ours: &BTreeMap<K, Sum>, bank: &BTreeMap<K, BankLeg>) -> Vec<(K, Sum, BankLeg)> {
    let keys: BTreeSet<&K> = ours.keys().chain(bank.keys()).collect();
    let both = |key: &K| (key.clone(), of(ours, key), of(bank, key));
    keys.into_iter().map(both).collect()
}

fn of<K: Ord, V: Copy + Default>(all: &BTreeMap<K, V>, key: &K) -> V {
    all.get(key).copied().unwrap_or_default()
}

impl PaidFigures {
    /// By region, with what the bank says.
    pub fn regions_with_bank(&self) -> Vec<(RegionCode, Sum, BankLeg)> {
        beside(&self.regions, &self.bank_regions)
    }

    /// By category.
    pub fn categories_with_bank(&self) -> Vec<(Category, Sum, BankLeg)> {
        beside(&self.categories, &self.bank_categories)
    }

    /// By month.
    pub fn months_with_bank(&self) -> Vec<(NaiveDate, Sum, BankLeg)> {
        beside(&self.months, &self.bank_months)
    }
}

impl PaidRow {
    /// Is it one of these?
    pub fn is(&self, which: &Which) -> bool {
        which.region.as_ref().is_none_or(|region| region.covers(&self.region))
            && which.category.is_none_or(|category| category == self.category)
            && which.month.is_none_or(|month| month == self.month)
    }
}

/// The payments that stand of the cases that a year's budget bears, in a region and below it, in the order of their months and numbers.
pub async fn paid_rows(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Vec<PaidRow>, DbErr> {
    Ok(rows_of(&store::figures::payments(db, region, year).await?))
}

/// The payments of which the bank's files say something else than our rows, in the same order.
pub async fn differing(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Vec<Differing>, DbErr> {
    let found = store::figures::payments(db, region, year).await?;
    let mut all: Vec<Differing> = found.iter().filter_map(differs).collect();
    let order = |it: &Differing| (it.row.month, it.row.number.clone());
    all.sort_by_key(order);
    Ok(all)
}

fn rows_of(found: &[BankCase]) -> Vec<PaidRow> {
    let paid = found.iter().filter(|it| it.payment.state == PaymentState::Paid);
    let mut rows: Vec<PaidRow> = paid.filter_map(row).collect();
    rows.sort_by(|one, other| (one.month, &one.number).cmp(&(other.month, &other.number)));
    rows
}

pub(super) fn row(found: &BankCase) -> Option<PaidRow> {
    let (case, payment) = (&found.case, &found.payment);
    let paid = payment.state == PaymentState::Paid;
    let settled = payment.settled_at.filter(|_| paid).or_else(|| found.said.map(|said| said.read_at));
    Some(PaidRow {
        payment: payment.id,
        case: case.id,
        number: case.number.clone(),
        region: case.region.clone(),
        category: case.category,
        person: case.person_id,
        payee: (!found.guarded).then(|| payment.payee.clone()),
        batch: found.batch.clone(),
        amount: if paid { payment.amount } else { Fen::ZERO },
        month: local_date(settled?).with_day(1)?,
    })
}

/// The figures of a year in a region and below it.
pub async fn paid_figures(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<PaidFigures, DbErr> {
    let found = store::figures::payments(db, region, year).await?;
    let rows = rows_of(&found);
    let mut figures = PaidFigures { total: sum(rows.iter()), ..PaidFigures::default() };
    for code in rows.iter().map(|row| &row.region).collect::<BTreeSet<_>>() {
        figures.regions.insert(code.clone(), sum(rows.iter().filter(|row| row.region == *code)));
    }
    for category in rows.iter().map(|row| row.category).collect::<BTreeSet<_>>() {
        figures.categories.insert(category, sum(rows.iter().filter(|row| row.category == category)));
    }
    for month in rows.iter().map(|row| row.month).collect::<BTreeSet<_>>() {
        figures.months.insert(month, sum(rows.iter().filter(|row| row.month == month)));
    }
    for one in &found {
        let (leg, Some(row)) = (leg(one), row(one)) else { continue };
        figures.differ += usize::from(differs(one).is_some());
        if leg == BankLeg::default() {
            continue;
        }
        figures.bank.add(leg);
        figures.bank_regions.entry(row.region).or_default().add(leg);
        figures.bank_categories.entry(row.category).or_default().add(leg);
        figures.bank_months.entry(row.month).or_default().add(leg);
    }
    figures.cases = store::figures::paid_of_cases(db, region, year).await?;
    let held = ledger::figures(db, (region.as_str(), year), None).await?;
    // Visits are paid out of envelopes of their own.
    let held = held.iter().filter(|(envelope, _)| Category::parse(&envelope.category).is_some());
    figures.written_off = held.clone().map(|(_, held)| held.of(Figure::WrittenOff)).sum();
    let net = held.map(|(_, held)| held.of(Figure::Paid).checked_sub(held.of(Figure::Returned)));
    // What came back from whoever was paid was paid all the same; a row says so of each part.
    figures.recovered = store::clawback::recovered(db, region, year).await?;
    figures.ledger = [net.flatten().sum(), figures.recovered].into_iter().sum();
    Ok(figures)
}

/// People and money of some rows.
pub fn sum_of(rows: &[PaidRow]) -> Sum {
    sum(rows.iter())
}

fn sum<'a>(rows: impl Iterator<Item = &'a PaidRow>) -> Sum {
    let (mut people, mut sum) = (BTreeSet::new(), Sum::default());
    for row in rows {
        people.insert(row.person);
        sum.payments += 1;
        sum.money = Fen::checked_sum([sum.money, row.amount]).unwrap_or(Fen(i64::MAX));
    }
    Sum { people: people.len(), ..sum }
}

/// The lists of payments in which a person stands, each as the row of the chain calls it that says who looked, and since when.
pub(crate) async fn lists_with(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<BTreeMap<String, DateTime<Utc>>, DbErr> {
    let mut lists: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
    for payment in store::payment::of_person(db, person).await? {
        let (Some(year), Some(since)) = (payment.budget_year, payment.settled_at) else { continue };
        let case = store::case::find(db, payment.case_id).await?;
        let mut region = case.map(|case| case.region).filter(|_| payment.state == PaymentState::Paid);
        while let Some(code) = region {
            let first = lists.entry(list(&code, year)).or_insert(since);
            *first = (*first).min(since);
            region = code.above();
        }
    }
    Ok(lists)
}

fn list(region: &RegionCode, year: i32) -> String {
    format!("aid_paid/{region}/{year}")
}

/// Writes down that somebody has seen who was paid how much, or, with the hash of a file, has taken it along. Before it is shown.
pub async fn looked(
    db: &DatabaseConnection,
    cx: &Context,
    by: By<'_>,
    (region, year, rows, file): (&RegionCode, i32, usize, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let act = Act {
        by,
        action: if file.is_some() { "aid.paid_taken" } else { "aid.paid_seen" },
        subject: list(region, year),
        detail: json!({ "rows": rows, "sha256": file }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await
}
