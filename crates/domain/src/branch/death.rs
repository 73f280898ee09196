//! What ends in a branch with a death, and goes on when the death turns out to be none.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter,
};

use super::{Ended, MembershipKind, PostKind, membership, post, store};
use crate::{
    ids::{BranchId, MembershipId, PostId},
    person::{
        Died,
        death_undo::{Place, Stopped},
    },
};

/// Closes the memberships and posts of somebody who has died, in the transaction that records the death. An episode that begins later ends
/// on the day it begins.
pub(crate) async fn on_death(tx: &impl ConnectionTrait, died: &Died) -> Result<Vec<Stopped>, DbErr> {
    let mut ended = Vec::new();
    let mine = membership::Column::PersonId.eq(died.person);
    for row in membership::Entity::find().filter(mine).all(tx).await? {
        if row.to_on.is_none_or(|end| died.on < end) {
            ended.push(Stopped::new(Place::Membership, &row.id).until(row.to_on, row.ended_why));
            let to_on = Set(Some(died.on.max(row.from_on)));
            let ended_why = Set(Some(Ended::Died));
            membership::ActiveModel { to_on, ended_why, ..row.into() }.update(tx).await?;
        }
    }
    let mine = Condition::all().add(post::Column::PersonId.eq(died.person));
    ended.extend(store::end_posts(tx, mine, (died.on, Ended::Died)).await?);
    Ok(ended)
}

/// An episode goes on as it was. `false`: its branch is no more, or somebody put another in its place.
pub(crate) async fn member_again(
    tx: &impl ConnectionTrait,
    id: MembershipId,
    (to_on, why): (Option<NaiveDate>, Option<Ended>),
    today: NaiveDate,
) -> Result<bool, DbErr> {
    let found = membership::Entity::find_by_id(id).one(tx).await?;
    let Some(row) = found.filter(|row| row.ended_why == Some(Ended::Died)) else { return Ok(false) };
    if to_on.is_none() {
        if !exists(tx, row.branch_id, today).await? {
            return Ok(false);
        }
        let others = store::memberships_of(tx, row.person_id).await?;
        let one_too_many = |other: &super::Membership| {
            let both = [other.kind, row.kind].iter().all(|kind| *kind == MembershipKind::Affiliation);
            other.to_on.is_none() && (both || other.branch_id == row.branch_id)
        };
        if others.iter().any(one_too_many) {
            return Ok(false);
        }
    }
    let (to_on, ended_why) = (Set(to_on), Set(why));
    membership::ActiveModel { to_on, ended_why, ..row.into() }.update(tx).await?;
    Ok(true)
}

/// The same of a post; a branch has one secretary.
pub(crate) async fn officer_again(
    tx: &impl ConnectionTrait,
    id: PostId,
    (to_on, why): (Option<NaiveDate>, Option<Ended>),
    today: NaiveDate,
) -> Result<bool, DbErr> {
    let found = post::Entity::find_by_id(id).one(tx).await?;
    let Some(row) = found.filter(|row| row.ended_why == Some(Ended::Died)) else { return Ok(false) };
    if to_on.is_none() {
        let taken = post::Entity::find()
            .filter(post::Column::BranchId.eq(row.branch_id))
            .filter(post::Column::Kind.eq(row.kind))
            .filter(post::Column::ToOn.is_null())
            .one(tx)
            .await?;
        let taken = taken.is_some() && row.kind == PostKind::Secretary;
        if taken || !exists(tx, row.branch_id, today).await? {
            return Ok(false);
        }
    }
    let (to_on, ended_why) = (Set(to_on), Set(why));
    post::ActiveModel { to_on, ended_why, ..row.into() }.update(tx).await?;
    Ok(true)
}

async fn exists(tx: &impl ConnectionTrait, branch: BranchId, today: NaiveDate) -> Result<bool, DbErr> {
    Ok(store::find(tx, branch).await?.is_some_and(|branch| branch.exists_on(today)))
}
