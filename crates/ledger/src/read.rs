//! What the ledger says.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement,
    Value,
};

use crate::entity::{balance, entry, line};
use crate::{Account, Bucket, EntryId, Envelope, Fen};

/// What an envelope holds now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// For whoever comes next.
    pub available: Fen,
    /// For approved cases.
    pub reserved: Fen,
    /// In payment batches.
    pub committed: Fen,
    /// Gone.
    pub paid: Fen,
    /// Gone, and asked back in vain.
    pub written_off: Fen,
}

impl Balance {
    /// What the envelope was given: all of it is somewhere.
    pub fn appropriated(&self) -> Fen {
        [self.available, self.reserved, self.committed, self.paid, self.written_off].into_iter().sum()
    }
}

impl From<balance::Model> for Balance {
    fn from(row: balance::Model) -> Self {
        Self {
            available: row.available,
            reserved: row.reserved,
            committed: row.committed,
            paid: row.paid,
            written_off: row.written_off,
        }
    }
}

/// One side of an entry, with what the entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The entry.
    pub entry: EntryId,
    /// The step it was, such as `reserve`.
    pub kind: String,
    /// What it was for.
    pub reference: String,
    /// When.
    pub posted_at: DateTime<Utc>,
    /// Where.
    pub account: Account,
    /// What came, or as a negative, what went.
    pub amount: Fen,
}

/// What `envelope` holds now; nothing, if it was never given anything.
pub async fn balance(db: &impl ConnectionTrait, envelope: &Envelope) -> Result<Balance, DbErr> {
    let key = (envelope.year, envelope.region.clone(), envelope.category.clone());
    let row = balance::Entity::find_by_id(key).one(db).await?;
    Ok(row.map(Balance::from).unwrap_or_default())
}

/// Every envelope of a year.
pub async fn balances(db: &impl ConnectionTrait, year: i32) -> Result<Vec<(Envelope, Balance)>, DbErr> {
    let rows = balance::Entity::find()
        .filter(balance::Column::Year.eq(year))
        .order_by_asc(balance::Column::Region)
        .order_by_asc(balance::Column::Category)
        .all(db)
        .await?;
    let named = |row: balance::Model| {
        (Envelope::new(row.region.clone(), row.year, row.category.clone()), Balance::from(row))
    };
    Ok(rows.into_iter().map(named).collect())
}

pub(crate) async fn bucket(
    db: &impl ConnectionTrait,
    envelope: &Envelope,
    bucket: Bucket,
) -> Result<Fen, DbErr> {
    let balance = balance(db, envelope).await?;
    Ok(match bucket {
        Bucket::Appropriated => balance.appropriated(),
        Bucket::Available => balance.available,
        Bucket::Reserved => balance.reserved,
        Bucket::Committed => balance.committed,
        Bucket::Paid => balance.paid,
        Bucket::WrittenOff => balance.written_off,
    })
}

#[derive(FromQueryResult)]
struct Sum {
    region: String,
    year: i32,
    category: String,
    bucket: Bucket,
    amount: Fen,
}

/// The sum of every account, from the lines alone, as it stood at `at` (inclusive) or now. All sums together are zero.
pub async fn trial_balance(
    db: &impl ConnectionTrait,
    at: Option<DateTime<Utc>>,
) -> Result<Vec<(Account, Fen)>, DbErr> {
    let (only, values): (&str, Vec<Value>) = match at {
        Some(at) => ("WHERE e.posted_at <= $1", vec![at.trunc_subsecs(6).into()]),
        None => ("", Vec::new()),
    };
    let sql = format!(
        "SELECT l.region, l.year, l.category, l.bucket, CAST(sum(l.amount) AS bigint) AS amount \
         FROM ledger_line AS l JOIN ledger_entry AS e ON e.id = l.entry_id {only} \
         GROUP BY l.year, l.region, l.category, l.bucket ORDER BY l.year, l.region, l.category, l.bucket"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let sums = Sum::find_by_statement(statement).all(db).await?;
    let account = |sum: Sum| {
        let envelope = Envelope { region: sum.region, year: sum.year, category: sum.category };
        (Account { envelope, bucket: sum.bucket }, sum.amount)
    };
    Ok(sums.into_iter().map(account).collect())
}

/// Every line posted for `reference`, in the order of posting.
pub async fn lines(db: &impl ConnectionTrait, reference: &str) -> Result<Vec<Line>, DbErr> {
    Ok(keyed_lines(db, reference).await?.into_iter().map(|(_, line)| line).collect())
}

/// The same, each with the key of its entry.
pub async fn keyed_lines(db: &impl ConnectionTrait, reference: &str) -> Result<Vec<(String, Line)>, DbErr> {
    let entries = entry::Entity::find()
        .filter(entry::Column::Reference.eq(reference))
        .order_by_asc(entry::Column::PostedAt)
        .order_by_asc(entry::Column::Id)
        .all(db)
        .await?;
    let mut lines = Vec::with_capacity(entries.len() * 2);
    // A reference has a handful of entries; a chunk keeps the statement small where it has not.
    for chunk in entries.chunks(500) {
        let ids = chunk.iter().map(|entry| entry.id);
        let rows = line::Entity::find()
            .filter(line::Column::EntryId.is_in(ids))
            .order_by_asc(line::Column::Line)
            .all(db)
            .await?;
        for entry in chunk {
            let own = rows.iter().filter(|row| row.entry_id == entry.id);
            lines.extend(own.map(|row| (entry.key.clone(), side(entry, row))));
        }
    }
    Ok(lines)
}

fn side(entry: &entry::Model, row: &line::Model) -> Line {
    Line {
        entry: EntryId(entry.id),
        kind: entry.kind.clone(),
        reference: entry.reference.clone(),
        posted_at: entry.posted_at,
        account: Account {
            envelope: Envelope::new(row.region.clone(), row.year, row.category.clone()),
            bucket: row.bucket,
        },
        amount: row.amount,
    }
}
