//! Every query on grants.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{Grant, Place, Role, Scope, entity};
use crate::{
    account,
    ids::{AccountId, GrantId, RegionCode},
};

/// One grant.
pub async fn find(db: &impl ConnectionTrait, id: GrantId) -> Result<Option<Grant>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// Every grant that a login ever had, newest first: its page in the console.
pub async fn of_account(db: &impl ConnectionTrait, account: &AccountId) -> Result<Vec<Grant>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .order_by_desc(entity::Column::ValidFrom)
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

/// Grants that have not ended, of a login that is in the tenant.
pub(super) async fn of_active_account(
    db: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Vec<Grant>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Account.def())
        .filter(entity::Column::AccountId.eq(account.clone()))
        .filter(account::entity::Column::Active.eq(true))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The logins that hold a role over a place, for work lists and letters: whom to ask.
pub async fn holders(
    db: &impl ConnectionTrait,
    role: Role,
    place: &Place,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, DbErr> {
    let rows = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Account.def())
        .filter(account::entity::Column::Active.eq(true))
        .filter(entity::Column::Role.eq(role))
        .filter(entity::Column::Scope.is_in(reaching(place)))
        .filter(in_force(now))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    let mut holders: Vec<AccountId> = Vec::new();
    for grant in rows.into_iter().filter(|grant| !grant.is_waiting()) {
        if !holders.contains(&grant.account_id) {
            holders.push(grant.account_id);
        }
    }
    Ok(holders)
}

/// Grants of administrators that wait for a second person.
pub async fn waiting(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Grant>, DbErr> {
    let rows = entity::Entity::find()
        .filter(entity::Column::ConfirmedBy.is_null())
        .filter(in_force(now))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(Grant::is_waiting).collect())
}

/// Grants of a login that are in force or will be: what a new one must not contradict.
pub(super) async fn unended(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Grant>, DbErr> {
    let unended =
        Condition::any().add(entity::Column::ValidTo.is_null()).add(entity::Column::ValidTo.gt(now));
    entity::Entity::find().filter(entity::Column::AccountId.eq(account.clone())).filter(unended).all(db).await
}

pub(crate) async fn insert(db: &impl ConnectionTrait, grant: Grant) -> Result<Grant, DbErr> {
    grant.into_active_model().reset_all().insert(db).await
}

/// Ends a grant now. `false` when it had ended already.
pub(super) async fn end(db: &impl ConnectionTrait, id: GrantId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(entity::ActiveModel { valid_to: Set(Some(now)), ..Default::default() })
        .filter(entity::Column::Id.eq(id))
        .filter(Condition::any().add(entity::Column::ValidTo.is_null()).add(entity::Column::ValidTo.gt(now)))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes the second person. `false` when there is one already.
pub(super) async fn confirm(db: &impl ConnectionTrait, id: GrantId, by: &AccountId) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(entity::ActiveModel { confirmed_by: Set(Some(by.clone())), ..Default::default() })
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::ConfirmedBy.is_null())
        .filter(entity::Column::ValidTo.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

fn in_force(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(entity::Column::ValidFrom.lte(now))
        .add(Condition::any().add(entity::Column::ValidTo.is_null()).add(entity::Column::ValidTo.gt(now)))
}

/// Every scope that reaches a place: its region with the regions above it, its unit, its branch.
fn reaching(place: &Place) -> Vec<Scope> {
    let code = place.region.as_str();
    let regions =
        [2, 4, 6, 9, 12].into_iter().filter_map(|length| code.get(..length)).filter_map(RegionCode::parse);
    let mut scopes: Vec<Scope> = regions.map(Scope::Region).collect();
    scopes.extend(place.unit.map(Scope::Unit));
    scopes.extend(place.branch.map(Scope::Branch));
    scopes
}

#[cfg(test)]
mod tests {
    use super::{Place, RegionCode, reaching};

    #[test]
    fn what_reaches_a_place_is_exactly_what_covers_it() {
        let place = Place::from(RegionCode::parse("330106003").unwrap());
        let scopes = reaching(&place);
        let texts: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["region:33", "region:3301", "region:330106", "region:330106003"]);
        assert!(scopes.iter().all(|scope| scope.covers(&place)));
    }
}
