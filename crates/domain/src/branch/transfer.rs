//! 转接组织关系: from one branch to another on one day, in one transaction: never none, never two.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{
    BranchError, Ended, Membership, MembershipKind, Refusal,
    commands::{NewMember, admit_in},
    store,
};
use crate::{
    By, Context,
    authority::Worker,
    ids::{BranchId, PersonId},
};

/// Moves the affiliation. The worker's role reaches both branches.
pub async fn transfer(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, to): (PersonId, BranchId),
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<Membership, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let current = affiliation(&tx, person).await?.ok_or(BranchError::NotFound)?;
    for branch in [current.branch_id, to] {
        let branch = store::find(&tx, branch).await?;
        branch.filter(|branch| worker.covers(branch.place())).ok_or(BranchError::NotFound)?;
    }
    if to == current.branch_id || on < current.from_on {
        return Err(Refusal::AlreadyMember { since: current.from_on }.into());
    }
    store::end_membership(&tx, current, (on, Ended::Transferred)).await?;
    let new = NewMember { branch: to, person, kind: MembershipKind::Affiliation, from_on: on };
    let member = admit_in(&tx, cx, By::from(worker), new, now).await?;
    tx.commit().await?;
    Ok(member)
}

async fn affiliation(tx: &DatabaseTransaction, person: PersonId) -> Result<Option<Membership>, BranchError> {
    let mut rows = store::memberships_of(tx, person).await?;
    rows.retain(|row| row.to_on.is_none() && row.kind == MembershipKind::Affiliation);
    Ok(rows.pop())
}
