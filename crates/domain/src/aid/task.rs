//! Open work, by role and place: the left column of the console.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::store;
use crate::authority::{Grants, Scope};

pub use super::work::Work;

/// How much of one kind waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// What.
    pub work: Work,
    /// How many.
    pub count: u64,
    /// Since when the first of them.
    pub oldest: Option<DateTime<Utc>>,
}

/// What waits for a login, over all places where it holds the role. Kinds of work of which there is none are left out.
pub async fn open(db: &impl ConnectionTrait, grants: &Grants) -> Result<Vec<Open>, DbErr> {
    let mut found = Vec::new();
    for work in Work::ALL {
        let scopes: Vec<Scope> = grants.scopes(work.role()).cloned().collect();
        if scopes.is_empty() {
            continue;
        }
        let (count, oldest) = store::task::waiting(db, work, &scopes, grants.account()).await?;
        if count > 0 {
            found.push(Open { work, count, oldest });
        }
    }
    Ok(found)
}
