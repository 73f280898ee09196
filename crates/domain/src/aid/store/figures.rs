//! Queries on what was paid.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::case::in_region;
use crate::{
    aid::{
        Case, entity,
        payment::{
            Payment, PaymentState,
            answer::{self, AnswerLine, BankAnswer, BankWord, Found, line},
            batch, row,
        },
    },
    ids::{BankAnswerId, BatchId, CaseId, PaymentId, RegionCode},
    person::leader,
};

/// A payment, with its case and what the bank's files say of it.
pub(in crate::aid) struct BankCase {
    pub(in crate::aid) case: Case,
    pub(in crate::aid) payment: Payment,
    /// The number of its batch.
    pub(in crate::aid) batch: String,
    /// Has the bank answered to its batch with a file?
    pub(in crate::aid) filed: bool,
    /// What the last file says that decides about it.
    pub(in crate::aid) said: Option<BankSaid>,
    /// Only some may know whose it is.
    pub(in crate::aid) guarded: bool,
}

/// What a file says of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::aid) struct BankSaid {
    /// How much it paid; nothing, if it sent it back. `None`: it is not kept what the file said.
    pub(in crate::aid) paid: Option<Fen>,
    /// What its line is to us.
    pub(in crate::aid) found: Found,
    /// When the file was read.
    pub(in crate::aid) read_at: DateTime<Utc>,
}

/// The cases of which a payment that stands is borne by a year, and those that the year bears now.
fn of_year(region: &RegionCode, year: i32) -> Condition {
    let paid = row::Entity::find()
        .select_only()
        .column(row::Column::CaseId)
        .filter(row::Column::BudgetYear.eq(year))
        .filter(row::Column::State.eq(PaymentState::Paid))
        .into_query();
    let either =
        Condition::any().add(entity::Column::BudgetYear.eq(year)).add(entity::Column::Id.in_subquery(paid));
    in_region(region).add(either).add(entity::Column::Paid.gt(0))
}

/// Every payment that a year bears, whatever became of it, with what the bank's files say of it.
pub(in crate::aid) async fn payments(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Vec<BankCase>, DbErr> {
    let borne = row::Entity::find()
        .select_only()
        .column(row::Column::CaseId)
        .filter(row::Column::BudgetYear.eq(year))
        .into_query();
    let either =
        Condition::any().add(entity::Column::BudgetYear.eq(year)).add(entity::Column::Id.in_subquery(borne));
    let touched = in_region(region).add(either);
    let cases = entity::Entity::find().filter(touched.clone()).all(db).await?;
    let guarded: HashSet<CaseId> = entity::Entity::find()
        .filter(touched)
        .filter(entity::Column::PersonId.in_subquery(leader::store::persons()))
        .all(db)
        .await?
        .into_iter()
        .map(|case| case.id)
        .collect();
    let cases: HashMap<CaseId, Case> = cases.into_iter().map(|case| (case.id, case)).collect();
    let ids: Vec<CaseId> = cases.keys().copied().collect();
    let mut payments = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let of = row::Column::CaseId.is_in(some.iter().copied());
        payments.extend(row::Entity::find().filter(of).order_by_asc(row::Column::Id).all(db).await?);
    }
    let borne_by = |payment: &Payment| {
        payment.budget_year.or_else(|| cases.get(&payment.case_id).and_then(|case| case.budget_year))
    };
    payments.retain(|payment| borne_by(payment) == Some(year));
    let batches: HashSet<BatchId> = payments.iter().map(|payment| payment.batch_id).collect();
    let files = files(db, &batches).await?;
    let mut said = said(db, &files, &payments).await?;
    let numbers = numbers(db, &batches).await?;
    let all = payments.into_iter().filter_map(|payment| {
        let case = cases.get(&payment.case_id)?.clone();
        Some(BankCase {
            batch: numbers.get(&payment.batch_id).cloned().unwrap_or_default(),
            filed: files.values().any(|file| file.batch_id == payment.batch_id),
            said: said.remove(&payment.id),
            guarded: guarded.contains(&case.id),
            case,
            payment,
        })
    });
    Ok(all.collect())
}

/// The files of the bank for some batches.
async fn files(
    db: &impl ConnectionTrait,
    batches: &HashSet<BatchId>,
) -> Result<HashMap<BankAnswerId, BankAnswer>, DbErr> {
    let ids: Vec<BatchId> = batches.iter().copied().collect();
    let mut files = HashMap::new();
    for some in ids.chunks(500) {
        let of = answer::row::Column::BatchId.is_in(some.iter().copied());
        let rows = answer::row::Entity::find().filter(of).all(db).await?;
        files.extend(rows.into_iter().map(|file| (file.id, file)));
    }
    Ok(files)
}

/// What the files say of each payment.
async fn said(
    db: &impl ConnectionTrait,
    files: &HashMap<BankAnswerId, BankAnswer>,
    payments: &[Payment],
) -> Result<HashMap<PaymentId, BankSaid>, DbErr> {
    let mut lines: HashMap<PaymentId, Vec<AnswerLine>> = HashMap::new();
    for some in payments.chunks(500) {
        let rows = line::Entity::find()
            .filter(line::Column::PaymentId.is_in(some.iter().map(|payment| payment.id)))
            .all(db)
            .await?;
        for line in rows {
            if let Some(payment) = line.payment_id {
                lines.entry(payment).or_default().push(line);
            }
        }
    }
    Ok(lines.into_iter().filter_map(|(payment, lines)| Some((payment, last_word(files, lines)?))).collect())
}

/// The last file that decides about a payment counts. What it says twice it says twice.
fn last_word(files: &HashMap<BankAnswerId, BankAnswer>, mut lines: Vec<AnswerLine>) -> Option<BankSaid> {
    let read_at = |line: &AnswerLine| files.get(&line.answer_id).map(|file| file.read_at);
    lines.retain(|line| match line.said {
        Some(said) => matches!(said, BankWord::Paid | BankWord::Returned),
        // Read before it was kept what a line says.
        None => line.found.acts() || line.found == Found::Same,
    });
    lines.sort_by_key(|line| (read_at(line), line.answer_id, line.line));
    let last = lines.last()?.clone();
    lines.retain(|line| line.answer_id == last.answer_id && line.said != Some(BankWord::Returned));
    let returned = match last.said {
        Some(said) => said == BankWord::Returned,
        None => last.found == Found::Returned,
    };
    let paid = if returned {
        Some(Fen::ZERO)
    } else {
        let amounts: Option<Vec<Fen>> = lines.iter().map(|line| line.said_amount).collect();
        amounts.and_then(Fen::checked_sum)
    };
    let found = lines.iter().map(|line| line.found).find(|found| found.asks()).unwrap_or(last.found);
    Some(BankSaid { paid, found, read_at: read_at(&last)? })
}

/// What the cases of a year say was paid; of a case whose rest another year bears, without that.
pub(in crate::aid) async fn paid_of_cases(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Fen, DbErr> {
    let cases = entity::Entity::find().filter(of_year(region, year)).all(db).await?;
    let said: Fen = cases.iter().map(|case| case.paid).sum();
    let mut others = Vec::new();
    for some in cases.chunks(500) {
        let rows = row::Entity::find()
            .filter(row::Column::CaseId.is_in(some.iter().map(|case| case.id)))
            .filter(row::Column::BudgetYear.ne(year))
            .filter(row::Column::State.eq(PaymentState::Paid));
        others.extend(rows.all(db).await?.into_iter().map(|payment| payment.amount));
    }
    Ok(said.checked_sub(others.into_iter().sum()).unwrap_or_default())
}

async fn numbers(
    db: &impl ConnectionTrait,
    batches: &HashSet<BatchId>,
) -> Result<HashMap<BatchId, String>, DbErr> {
    let ids: Vec<BatchId> = batches.iter().copied().collect();
    let mut numbers = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows =
            batch::Entity::find().filter(batch::Column::Id.is_in(some.iter().copied())).all(db).await?;
        numbers.extend(rows.into_iter().map(|batch| (batch.id, batch.number)));
    }
    Ok(numbers)
}
