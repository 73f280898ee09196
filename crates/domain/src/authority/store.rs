//! Every query on grants.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{Grant, Place, Role, Scope, entity, substitution};
use crate::{
    account,
    calendar::local_date,
    ids::{AccountId, GrantId, RegionCode},
    tree::{self, Target},
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

/// Every grant that has not ended, the newest first: for administrators' lists, which show what they reach.
pub async fn unended_of_all(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Grant>, DbErr> {
    entity::Entity::find().filter(unended_at(now)).order_by_desc(entity::Column::Id).all(db).await
}

/// The logins that hold a role over a place, for work lists and letters: whom to ask. Who is away is followed by who stands in for him.
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
        .filter(entity::Column::Scope.is_in(reaching(db, place, local_date(now)).await?))
        .filter(in_force(now))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    let mut holders: Vec<AccountId> = Vec::new();
    for grant in rows.into_iter().filter(|grant| !grant.is_waiting()) {
        let substitutes = substitution::store::of_grant(db, grant.id, now).await?;
        for account in [grant.account_id].into_iter().chain(substitutes) {
            if !holders.contains(&account) {
                holders.push(account);
            }
        }
    }
    Ok(holders)
}

/// Grants that wait for a second person.
pub async fn waiting(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Grant>, DbErr> {
    let rows = entity::Entity::find()
        .filter(entity::Column::ConfirmedBy.is_null())
        .filter(entity::Column::GrantedBy.is_not_null())
        .filter(unended_at(now))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(Grant::is_waiting).collect())
}

/// Every grant that is in force, of a login that is in the tenant.
pub async fn live(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Grant>, DbErr> {
    let rows = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Account.def())
        .filter(account::entity::Column::Active.eq(true))
        .filter(in_force(now))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(|grant| grant.is_live(now)).collect())
}

/// Every grant over one scope, newest first: a need-to-know list with its history.
pub async fn over(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Grant>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Scope.eq(scope.clone()))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

/// Grants of a login that are in force or will be: what a new one must not contradict.
pub(in crate::authority) async fn unended(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Grant>, DbErr> {
    let mine = entity::Column::AccountId.eq(account.clone());
    entity::Entity::find().filter(mine).filter(unended_at(now)).all(db).await
}

fn unended_at(now: DateTime<Utc>) -> Condition {
    Condition::any().add(entity::Column::ValidTo.is_null()).add(entity::Column::ValidTo.gt(now))
}

/// Terms that end by a moment and of which nobody was told, the soonest first.
pub(super) async fn ending(
    db: &impl ConnectionTrait,
    (now, by): (DateTime<Utc>, DateTime<Utc>),
    limit: u64,
) -> Result<Vec<Grant>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Account.def())
        .filter(account::entity::Column::Active.eq(true))
        .filter(entity::Column::RemindedAt.is_null())
        .filter(entity::Column::RevokedBy.is_null())
        .filter(entity::Column::ValidFrom.lte(now))
        .filter(entity::Column::ValidTo.gt(now))
        .filter(entity::Column::ValidTo.lte(by))
        .order_by_asc(entity::Column::ValidTo)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Writes down that the holder was told. `false`: somebody else did.
pub(super) async fn reminded(
    db: &impl ConnectionTrait,
    id: GrantId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(entity::ActiveModel { reminded_at: Set(Some(now)), ..Default::default() })
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::RemindedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(crate) async fn insert(db: &impl ConnectionTrait, grant: Grant) -> Result<Grant, DbErr> {
    grant.into_active_model().reset_all().insert(db).await
}

/// Ends a grant now. `false` when it had ended already.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    id: GrantId,
    (by, why): (&AccountId, &str),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = entity::ActiveModel {
        valid_to: Set(Some(now)),
        revoked_by: Set(Some(by.clone())),
        revoked_why: Set(Some(why.to_owned())),
        ..Default::default()
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(unended_at(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes the second person. `false` when there is one already.
pub(super) async fn confirm(
    db: &impl ConnectionTrait,
    id: GrantId,
    by: &AccountId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(entity::ActiveModel { confirmed_by: Set(Some(by.clone())), ..Default::default() })
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::ConfirmedBy.is_null())
        .filter(unended_at(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

fn in_force(now: DateTime<Utc>) -> Condition {
    Condition::all().add(entity::Column::ValidFrom.lte(now)).add(unended_at(now))
}

/// Every scope that reaches a place: what its codes and ids say, and the nodes of the trees above its unit and its branch.
async fn reaching(db: &impl ConnectionTrait, place: &Place, on: NaiveDate) -> Result<Vec<Scope>, DbErr> {
    let mut scopes = covering(place);
    if let Some(unit) = place.unit {
        let nodes = tree::store::reaching(db, &Target::Unit(unit), on).await?;
        scopes.extend(nodes.into_iter().map(Scope::Organ));
    }
    if let Some(branch) = place.branch {
        let nodes = tree::store::reaching(db, &Target::Branch(branch), on).await?;
        scopes.extend(nodes.into_iter().map(Scope::Party));
    }
    Ok(scopes)
}

/// Its region with the regions above it, its unit, its branch, its person.
fn covering(place: &Place) -> Vec<Scope> {
    let code = place.region.as_str();
    let regions =
        [2, 4, 6, 9, 12].into_iter().filter_map(|length| code.get(..length)).filter_map(RegionCode::parse);
    let mut scopes: Vec<Scope> = regions.map(Scope::Region).collect();
    scopes.extend(place.unit.map(Scope::Unit));
    scopes.extend(place.branch.map(Scope::Branch));
    scopes.extend(place.person.map(Scope::Person));
    scopes
}

#[cfg(test)]
mod tests {
    use super::{Place, RegionCode, covering};

    #[test]
    fn what_reaches_a_place_is_exactly_what_covers_it() {
        let place = Place::from(RegionCode::parse("330106003").unwrap());
        let scopes = covering(&place);
        let texts: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["region:33", "region:3301", "region:330106", "region:330106003"]);
        assert!(scopes.iter().all(|scope| scope.covers(&place)));
    }
}
