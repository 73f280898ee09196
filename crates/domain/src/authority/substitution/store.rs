//! Every query on who stands in for whom.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{Substitution, entity};
use crate::{
    account,
    authority::{Grant, Role, entity as grants},
    ids::{AccountId, GrantId, SubstitutionId},
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: SubstitutionId) -> Result<Option<Substitution>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// Those that have not ended in which a login is one of the two: what stands on both desks. The soonest first.
pub async fn about(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Substitution>, DbErr> {
    let either = Condition::any()
        .add(entity::Column::AccountId.eq(account.clone()))
        .add(entity::Column::SubstituteId.eq(account.clone()));
    entity::Entity::find()
        .filter(either)
        .filter(entity::Column::ValidTo.gt(now))
        .order_by_asc(entity::Column::ValidFrom)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The grants of others under which a login may act now: each of somebody in the tenant, none of an administrator's, none by name.
pub(in crate::authority) async fn standing_in(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Grant>, DbErr> {
    let rows = live(now)
        .filter(entity::Column::SubstituteId.eq(account.clone()))
        .find_also_related(grants::Entity)
        .all(db)
        .await?;
    let mut found: Vec<Grant> = rows.into_iter().filter_map(|(_, grant)| grant).collect();
    found.retain(|grant| grant.is_live(now) && !grant.role.is_admin() && !grant.scope.is_person());
    Ok(found)
}

/// Whom a login stands in for at a moment: what these are excluded from, it is excluded from.
pub async fn stood_for(
    db: &impl ConnectionTrait,
    account: &AccountId,
    at: DateTime<Utc>,
) -> Result<Vec<AccountId>, DbErr> {
    let rows = entity::Entity::find()
        .filter(entity::Column::SubstituteId.eq(account.clone()))
        .filter(in_force(at))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    let mut all: Vec<AccountId> = rows.into_iter().map(|row| row.account_id).collect();
    all.dedup();
    Ok(all)
}

/// Who stands in for whom in a role, or did until a moment, wherever: where it reaches, a proof says.
pub(crate) async fn of_role(
    db: &impl ConnectionTrait,
    role: Role,
    since: DateTime<Utc>,
) -> Result<Vec<Substitution>, DbErr> {
    let rows = entity::Entity::find()
        .filter(entity::Column::ValidTo.gt(since))
        .find_also_related(grants::Entity)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    let of_role = |grant: &Option<Grant>| grant.as_ref().is_some_and(|grant| grant.role == role);
    Ok(rows.into_iter().filter(|(_, grant)| of_role(grant)).map(|(row, _)| row).collect())
}

/// Who stands in under a grant now.
pub(in crate::authority) async fn of_grant(
    db: &impl ConnectionTrait,
    grant: GrantId,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, DbErr> {
    let rows = live(now).filter(entity::Column::GrantId.eq(grant)).all(db).await?;
    let mut there = Vec::new();
    for row in rows {
        if account::store::find(db, &row.substitute_id).await?.is_some_and(|account| account.active) {
            there.push(row.substitute_id);
        }
    }
    Ok(there)
}

/// The roles in which a login stands in for others, now or later.
pub(in crate::authority) async fn roles_of(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Role>, DbErr> {
    let rows = entity::Entity::find()
        .filter(entity::Column::SubstituteId.eq(account.clone()))
        .filter(entity::Column::ValidTo.gt(now))
        .find_also_related(grants::Entity)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(_, grant)| grant).map(|grant| grant.role).collect())
}

/// Those of a login that is away which meet a period.
pub(super) async fn away(
    db: &impl ConnectionTrait,
    account: &AccountId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Substitution>, DbErr> {
    let mut rows = entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .filter(entity::Column::ValidFrom.lt(to))
        .filter(entity::Column::ValidTo.gt(from))
        .all(db)
        .await?;
    // What was ended before it began was never so.
    rows.retain(|row| row.valid_from < row.valid_to);
    Ok(rows)
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Substitution) -> Result<Substitution, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Ends it now. `false`: it had ended.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    id: SubstitutionId,
    by: &AccountId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change =
        entity::ActiveModel { valid_to: Set(now), ended_by: Set(Some(by.clone())), ..Default::default() };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::ValidTo.gt(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

fn live(now: DateTime<Utc>) -> sea_orm::Select<entity::Entity> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Account.def())
        .filter(account::entity::Column::Active.eq(true))
        .filter(in_force(now))
        .order_by_asc(entity::Column::Id)
}

fn in_force(now: DateTime<Utc>) -> Condition {
    Condition::all().add(entity::Column::ValidFrom.lte(now)).add(entity::Column::ValidTo.gt(now))
}
