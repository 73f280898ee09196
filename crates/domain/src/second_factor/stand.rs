//! What an act of high risk asks of a session.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::store;
use crate::{authority::Grants, session::Session};

/// What stands before the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Nothing: a code was shown just now, or none of what the login holds asks for one.
    Free,
    /// A code.
    Code,
    /// First a second factor is bound.
    Bind,
}

/// Asks the rows. Where the installation does not require it (`required`), only those are asked who have bound one.
pub async fn stand(
    db: &impl ConnectionTrait,
    (session, grants): (&Session, &Grants),
    required: bool,
    now: DateTime<Utc>,
) -> Result<Stand, DbErr> {
    if !grants.need_second_factor() || session.is_stepped_up(now) {
        return Ok(Stand::Free);
    }
    let bound = store::find(db, &session.account_id).await?.is_some_and(|row| row.is_bound());
    Ok(match (bound, required) {
        (true, _) => Stand::Code,
        (false, true) => Stand::Bind,
        (false, false) => Stand::Free,
    })
}
