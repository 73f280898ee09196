//! Why there is no seed.

use sea_orm::DbErr;

use crate::{authority, privacy::CannotSeal};

/// Why there is no seed.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A field could not be sealed.
    #[error(transparent)]
    Seal(#[from] CannotSeal),
    /// The database failed.
    #[error("the seed could not be written")]
    Db(#[from] DbErr),
    /// The ledger refused.
    #[error("the budget could not be given")]
    Ledger(#[from] ledger::LedgerError),
    /// A role could not be granted.
    #[error("a role could not be granted")]
    Grant(#[from] authority::commands::GrantError),
    /// The seed itself is wrong.
    #[error("the seed names something that cannot be: {0}")]
    Wrong(&'static str),
}
