//! What happened in an envelope until some moment, in figures that are each the sum of lines, and those lines.
//!
//! ```text
//! available = given + moved in - moved out + carried in - carried out - reserved - committed - paid + returned
//! ```

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::{Account, Bucket, EntryId, Envelope, Fen, Line};

/// The kind of entries between envelopes of one year.
pub(crate) const TRANSFER: &str = "transfer";
/// The kinds of entries by which what is paid is asked for no more, as SQL.
const LOST: &str = "e.kind IN ('write_off', 'write_off_late')";
/// The kinds of entries into another year, as SQL.
const OVER: &str = "e.kind IN ('carry', 'bring_back', 'recover', 'recover_lost_late')";

/// One figure of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// Appropriated, without what was taken back.
    Given,
    /// From other envelopes.
    MovedIn,
    /// To other envelopes.
    MovedOut,
    /// From an earlier year.
    CarriedIn,
    /// Into a later year.
    CarriedOut,
    /// For approved cases, now.
    Reserved,
    /// In payment batches, now.
    Committed,
    /// Ever paid.
    Paid,
    /// Of that, what came back, also after it was written off.
    Returned,
    /// What is asked back in vain, now: no part of the sum above, because it stays paid.
    WrittenOff,
    /// For whoever comes next.
    Available,
}

impl Figure {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::Given,
        Self::MovedIn,
        Self::MovedOut,
        Self::CarriedIn,
        Self::CarriedOut,
        Self::Reserved,
        Self::Committed,
        Self::Paid,
        Self::Returned,
        Self::WrittenOff,
        Self::Available,
    ];

    /// Which lines it is the sum of, as SQL, and whether they count the other way round.
    fn lines(self) -> (String, bool) {
        let of = |bucket: &str, more: &str| format!("l.bucket = {bucket}{more}");
        match self {
            Self::Given => (of("0", ""), true),
            Self::MovedIn => (of("1", " AND e.kind = 'transfer' AND l.amount > 0"), false),
            Self::MovedOut => (of("1", " AND e.kind = 'transfer' AND l.amount < 0"), true),
            Self::CarriedIn => (format!("{OVER} AND l.amount > 0"), false),
            Self::CarriedOut => (format!("{OVER} AND l.amount < 0"), true),
            Self::Reserved => (of("2", ""), false),
            Self::Committed => (of("3", ""), false),
            Self::Paid => (of("4", " AND l.amount > 0"), false),
            Self::Returned => {
                (format!("(l.bucket = 4 AND NOT ({LOST}) OR l.bucket = 5) AND l.amount < 0"), true)
            }
            Self::WrittenOff => (of("5", ""), false),
            Self::Available => (of("1", ""), false),
        }
    }
}

/// All figures of an envelope, or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    sums: [Fen; Figure::ALL.len()],
}

impl Figures {
    /// One of them.
    pub fn of(&self, figure: Figure) -> Fen {
        self.sums.get(figure as usize).copied().unwrap_or_default()
    }

    /// Those of two envelopes together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (sum, more) in self.sums.iter_mut().zip(other.sums) {
            *sum = [*sum, more].into_iter().sum();
        }
        self
    }

    /// What is available by the formula, which is what the lines of the bucket say, or the ledger is wrong.
    pub fn computed(&self) -> Fen {
        let minus = [Figure::MovedOut, Figure::CarriedOut, Figure::Reserved, Figure::Committed, Figure::Paid];
        let counts = |figure: &Figure| !matches!(figure, Figure::WrittenOff | Figure::Available);
        let signed = Figure::ALL.into_iter().filter(counts).map(|figure| {
            let sum = self.of(figure);
            if minus.contains(&figure) { Fen(sum.fen().saturating_neg()) } else { sum }
        });
        signed.sum()
    }
}

#[derive(FromQueryResult)]
struct Sum {
    region: String,
    year: i32,
    category: String,
    figure: i32,
    amount: Fen,
}

/// The figures of every envelope of a year in the regions whose codes begin with `region`, as they stood at `at` (inclusive) or
/// now, from the lines alone.
pub async fn figures(
    db: &impl ConnectionTrait,
    (region, year): (&str, i32),
    at: Option<DateTime<Utc>>,
) -> Result<BTreeMap<Envelope, Figures>, DbErr> {
    let mut values: Vec<Value> = vec![year.into(), region.into(), format!("{region}{}", char::MAX).into()];
    let until = match at {
        Some(at) => {
            values.push(at.trunc_subsecs(6).into());
            " AND e.posted_at <= $4"
        }
        None => "",
    };
    let each = Figure::ALL.into_iter().map(|figure| {
        let (lines, negated) = figure.lines();
        let (number, sign) = (figure as usize, if negated { "-" } else { "" });
        format!(
            "SELECT l.region, l.year, l.category, {number} AS figure, \
             CAST({sign}sum(l.amount) AS bigint) AS amount \
             FROM ledger_line AS l JOIN ledger_entry AS e ON e.id = l.entry_id \
             WHERE l.year = $1 AND l.region >= $2 AND l.region < $3 AND {lines}{until} \
             GROUP BY l.region, l.year, l.category"
        )
    });
    let sql = each.collect::<Vec<_>>().join(" UNION ALL ");
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let mut all: BTreeMap<Envelope, Figures> = BTreeMap::new();
    for sum in Sum::find_by_statement(statement).all(db).await? {
        let of = all.entry(Envelope::new(sum.region, sum.year, sum.category)).or_default();
        if let Some(place) = usize::try_from(sum.figure).ok().and_then(|at| of.sums.get_mut(at)) {
            *place = sum.amount;
        }
    }
    Ok(all)
}

#[derive(FromQueryResult)]
struct Side {
    entry_id: Uuid,
    kind: String,
    reference: String,
    posted_at: DateTime<Utc>,
    bucket: Bucket,
    amount: Fen,
}

/// The lines of a figure, latest first, with the sign with which they count in it; `before` is the last of the page before.
pub async fn lines_of(
    db: &impl ConnectionTrait,
    envelope: &Envelope,
    (figure, at): (Figure, Option<DateTime<Utc>>),
    before: Option<EntryId>,
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let (lines, negated) = figure.lines();
    let mut values: Vec<Value> =
        vec![envelope.year.into(), envelope.region.clone().into(), envelope.category.clone().into()];
    let mut more = String::new();
    if let Some(at) = at {
        values.push(at.trunc_subsecs(6).into());
        more = format!(" AND e.posted_at <= ${}", values.len());
    }
    if let Some(EntryId(before)) = before {
        values.push(before.into());
        more = format!("{more} AND l.entry_id < ${}", values.len());
    }
    let sign = if negated { "-" } else { "" };
    let sql = format!(
        "SELECT l.entry_id, e.kind, e.reference, e.posted_at, l.bucket, {sign}l.amount AS amount \
         FROM ledger_line AS l JOIN ledger_entry AS e ON e.id = l.entry_id \
         WHERE l.year = $1 AND l.region = $2 AND l.category = $3 AND {lines}{more} \
         ORDER BY l.entry_id DESC, l.line DESC LIMIT {limit}"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let sides = Side::find_by_statement(statement).all(db).await?;
    let line = |side: Side| Line {
        entry: EntryId(side.entry_id),
        kind: side.kind,
        reference: side.reference,
        posted_at: side.posted_at,
        account: Account { envelope: envelope.clone(), bucket: side.bucket },
        amount: side.amount,
    };
    Ok(sides.into_iter().map(line).collect())
}
