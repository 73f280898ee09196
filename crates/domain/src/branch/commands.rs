//! Founding a branch, admitting members, appointing officers.

use std::slice;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::{Branch, BranchError, BranchPost, Ended, Membership, MembershipKind, PostKind, Refusal, store};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{BranchId, MembershipId, PersonId, PostId, RegionCode, UnitId},
    person,
};

/// A branch, not yet founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBranch {
    /// Name.
    pub name: String,
    /// Where it is.
    pub region: RegionCode,
    /// The unit that its members come from, if it is a unit's.
    pub unit: Option<UnitId>,
    /// The day of the month on which it usually meets, 1–28.
    pub party_day: i16,
    /// Into how many party groups it is divided.
    pub party_groups: i16,
    /// Since when.
    pub founded_on: NaiveDate,
}

/// A member to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// Of which branch.
    pub branch: BranchId,
    /// Who.
    pub person: PersonId,
    /// How.
    pub kind: MembershipKind,
    /// From this day.
    pub from_on: NaiveDate,
}

/// Founds a branch in the worker's region.
pub async fn found(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewBranch,
    now: DateTime<Utc>,
) -> Result<Branch, BranchError> {
    if !worker.covers(&new.region) {
        return Err(BranchError::NotFound);
    }
    let tx = mailbox::transaction::write(db).await?;
    let branch = found_in(&tx, cx, By::from(worker), new, now).await?;
    tx.commit().await?;
    Ok(branch)
}

/// The same in the caller's transaction.
pub async fn found_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    new: NewBranch,
    now: DateTime<Utc>,
) -> Result<Branch, BranchError> {
    if new.name.trim().is_empty() {
        return Err(Refusal::NoTitle.into());
    }
    if !(1..=28).contains(&new.party_day) || new.party_groups < 0 {
        return Err(Refusal::BadPartyDay.into());
    }
    let branch = Branch {
        id: BranchId::new(now),
        name: new.name.trim().to_owned(),
        region_code: new.region,
        unit_id: new.unit,
        party_day: new.party_day,
        party_groups: new.party_groups,
        founded_on: new.founded_on,
        dissolved_on: None,
        created_at: now,
    };
    store::insert(tx, slice::from_ref(&branch)).await?;
    record(tx, cx, (by, "branch.founded"), (branch.id, json!({ "region": branch.region_code })), now).await?;
    Ok(branch)
}

/// Admits a member in the worker's region.
pub async fn admit(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewMember,
    now: DateTime<Utc>,
) -> Result<Membership, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let branch = store::find(&tx, new.branch).await?;
    branch.filter(|branch| worker.covers(branch.place())).ok_or(BranchError::NotFound)?;
    let member = admit_in(&tx, cx, By::from(worker), new, now).await?;
    tx.commit().await?;
    Ok(member)
}

/// The same in the caller's transaction. Nobody has two affiliations (组织关系): a transfer is two branches' matter, and
/// until the new one accepts, the member stays in the old one.
pub async fn admit_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    new: NewMember,
    now: DateTime<Utc>,
) -> Result<Membership, BranchError> {
    let branch = store::find(tx, new.branch).await?.ok_or(BranchError::NotFound)?;
    if !branch.exists_on(new.from_on) {
        return Err(Refusal::NoSuchBranch.into());
    }
    let person = person::store::find(tx, new.person).await?.ok_or(BranchError::NotFound)?;
    if !person.is_alive() {
        return Err(Refusal::Dead.into());
    }
    let mut open = store::memberships_of(tx, new.person).await?;
    open.retain(|member| member.to_on.is_none());
    if let Some(member) = open.iter().find(|member| member.branch_id == new.branch) {
        return Err(Refusal::AlreadyMember { since: member.from_on }.into());
    }
    let affiliated = open.iter().find(|member| member.kind == MembershipKind::Affiliation);
    if let Some(member) = affiliated.filter(|_| new.kind == MembershipKind::Affiliation) {
        return Err(Refusal::AffiliatedElsewhere { branch: member.branch_id }.into());
    }
    let member = Membership {
        id: MembershipId::new(now),
        branch_id: branch.id,
        person_id: new.person,
        kind: new.kind,
        from_on: new.from_on,
        to_on: None,
        ended_why: None,
    };
    store::insert_memberships(tx, slice::from_ref(&member)).await?;
    record(tx, cx, (by, "branch.admitted"), (branch.id, json!({ "person": new.person })), now).await?;
    Ok(member)
}

/// Appoints an officer in the worker's region.
pub async fn appoint(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (branch, person, kind): (BranchId, PersonId, PostKind),
    (from_on, now): (NaiveDate, DateTime<Utc>),
) -> Result<BranchPost, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::find(&tx, branch).await?;
    found.filter(|branch| worker.covers(branch.place())).ok_or(BranchError::NotFound)?;
    let post = appoint_in(&tx, cx, By::from(worker), (branch, person, kind), (from_on, now)).await?;
    tx.commit().await?;
    Ok(post)
}

/// The same in the caller's transaction. Officers are members; a new secretary ends the old one's term.
pub async fn appoint_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (branch, person, kind): (BranchId, PersonId, PostKind),
    (from_on, now): (NaiveDate, DateTime<Utc>),
) -> Result<BranchPost, BranchError> {
    if store::membership_in(tx, branch, person, from_on).await?.is_none() {
        return Err(Refusal::NotYourBranch.into());
    }
    if kind == PostKind::Secretary {
        store::end_post(tx, branch, kind, (from_on, Ended::TermOver)).await?;
    }
    let post = BranchPost {
        id: PostId::new(now),
        branch_id: branch,
        person_id: person,
        kind,
        from_on,
        to_on: None,
        ended_why: None,
    };
    store::insert_posts(tx, slice::from_ref(&post)).await?;
    record(tx, cx, (by, "branch.appointed"), (branch, json!({ "person": person, "post": post.id })), now)
        .await?;
    Ok(post)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, action): (By<'_>, &'static str),
    (branch, detail): (BranchId, serde_json::Value),
    now: DateTime<Utc>,
) -> Result<(), BranchError> {
    let act = Act { by, action, subject: format!("branch/{branch}"), detail };
    Ok(cx.record(tx, act, now).await?)
}
