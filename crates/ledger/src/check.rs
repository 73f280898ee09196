//! The nightly check: the three invariants, asked of the database itself.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Statement};
use uuid::Uuid;

use crate::entity::balance;
use crate::read::{Balance, trial_balance};
use crate::{Bucket, EntryId, Envelope, Fen};

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The lines of an entry do not sum to zero, or it has none.
    Unbalanced(EntryId),
    /// A balance row says something else than the lines.
    Drifted {
        /// Of which envelope.
        envelope: Envelope,
        /// What the balance row says.
        says: Balance,
        /// What the lines add up to.
        is: Balance,
    },
    /// Everything together is not zero.
    NotZero(Fen),
}

/// Compares entries, lines and balances; an empty answer is the good one. Run it in a transaction that sees one
/// moment (on PostgreSQL, repeatable read), or a post in between looks like a drift.
pub async fn check(db: &impl ConnectionTrait) -> Result<Vec<Finding>, DbErr> {
    let mut findings = Vec::new();
    let statement = Statement::from_string(
        db.get_database_backend(),
        "SELECT e.id FROM ledger_entry AS e LEFT JOIN ledger_line AS l ON l.entry_id = e.id \
         GROUP BY e.id HAVING coalesce(sum(l.amount), 1) <> 0 ORDER BY e.id",
    );
    for row in db.query_all_raw(statement).await? {
        findings.push(Finding::Unbalanced(EntryId(row.try_get_by_index::<Uuid>(0)?)));
    }

    let sums = trial_balance(db, None).await?;
    let total: Fen = sums.iter().map(|(_, amount)| *amount).sum();
    if total != Fen::ZERO {
        findings.push(Finding::NotZero(total));
    }

    let mut both: BTreeMap<Envelope, (Balance, Balance)> = BTreeMap::new();
    for (account, amount) in sums {
        let is = &mut both.entry(account.envelope).or_default().1;
        match account.bucket {
            Bucket::Appropriated => {}
            Bucket::Available => is.available = amount,
            Bucket::Reserved => is.reserved = amount,
            Bucket::Committed => is.committed = amount,
            Bucket::Paid => is.paid = amount,
            Bucket::WrittenOff => is.written_off = amount,
        }
    }
    for row in balance::Entity::find().all(db).await? {
        let envelope = Envelope::new(row.region.clone(), row.year, row.category.clone());
        both.entry(envelope).or_default().0 = Balance::from(row);
    }
    findings.extend(
        both.into_iter()
            .filter(|(_, (says, is))| says != is)
            .map(|(envelope, (says, is))| Finding::Drifted { envelope, says, is }),
    );
    Ok(findings)
}
