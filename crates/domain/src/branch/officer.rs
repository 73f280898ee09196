//! Who may keep a branch's records: the secretary and the deputy, today.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::store;
use crate::{
    authority::Secretary,
    calendar,
    ids::{AccountId, BranchId},
};

/// The proof that a login keeps a branch's records. `None`: it does not.
pub async fn prove(
    db: &impl ConnectionTrait,
    account: &AccountId,
    branch: BranchId,
    now: DateTime<Utc>,
) -> Result<Option<Secretary>, DbErr> {
    let mine = all_of(db, account, now).await?;
    Ok(mine.into_iter().find(|secretary| secretary.branch() == branch))
}

/// Every branch whose records a login keeps: usually none or one. A mandate (代办) is for a person's own matters and
/// never makes anybody an officer, so only the login's own person counts.
pub async fn all_of(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Secretary>, DbErr> {
    let Some(link) = crate::account::store::own_link(db, account, now).await? else {
        return Ok(Vec::new());
    };
    let posts = store::keepers_posts_of(db, link.person_id, calendar::local_date(now)).await?;
    let proof = |branch, post| Secretary::of_post(account.clone(), link.person_id, branch, post);
    let mut mine: Vec<Secretary> = Vec::new();
    for post in posts {
        if mine.iter().all(|other| other.branch() != post.branch_id) {
            mine.push(proof(post.branch_id, post.id));
        }
    }
    Ok(mine)
}
