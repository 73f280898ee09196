use sea_orm::DbErr;

/// Why a lease could not be settled.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It ran out and somebody else has the item now, or has finished it. Whatever was done for it in the same
    /// transaction must roll back, which `?` sees to.
    #[error("the lease on {0} was lost")]
    LeaseLost(uuid::Uuid),
    /// The database failed.
    #[error("the mailbox could not be written")]
    Db(#[from] DbErr),
}
