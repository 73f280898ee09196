//! Every query on declarations.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::{Campaign, Declaration, DeclaredRelation, campaign, entity, yearly};
use crate::{
    account,
    authority::{self, SecurityAdmin, reaches},
    ids::{AccountId, DeclaredRelationId, PersonId},
};

/// One relation.
pub async fn find(
    db: &impl ConnectionTrait,
    id: DeclaredRelationId,
) -> Result<Option<DeclaredRelation>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// What a login has declared, those that have ended too; the newest first.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Vec<DeclaredRelation>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

/// Is one of these logins close to the person on a day?
pub async fn between(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
    person: PersonId,
    on: NaiveDate,
) -> Result<Option<DeclaredRelation>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::AccountId.is_in(accounts.iter().cloned()))
        .filter(entity::Column::FromOn.lte(on))
        .filter(open_on(on))
        .order_by_asc(entity::Column::Id)
        .one(db)
        .await
}

/// To whom these logins say they are close on a day.
pub(crate) async fn declared_by(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<PersonId>, DbErr> {
    let rows = entity::Entity::find()
        .filter(entity::Column::AccountId.is_in(accounts.iter().cloned()))
        .filter(entity::Column::FromOn.lte(on))
        .filter(open_on(on))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

fn open_on(on: NaiveDate) -> Condition {
    Condition::any().add(entity::Column::ToOn.is_null()).add(entity::Column::ToOn.gt(on))
}

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    row: DeclaredRelation,
) -> Result<DeclaredRelation, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Ends a relation. `false`: it had ended.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    id: DeclaredRelationId,
    on: NaiveDate,
) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(entity::ActiveModel { to_on: Set(Some(on)), ..Default::default() })
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::ToOn.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The campaign of a year.
pub async fn campaign(db: &impl ConnectionTrait, year: i32) -> Result<Option<Campaign>, DbErr> {
    campaign::Entity::find_by_id(year).one(db).await
}

/// The newest campaign.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Option<Campaign>, DbErr> {
    campaign::Entity::find().order_by_desc(campaign::Column::Year).limit(1).one(db).await
}

/// `false`: there is one of this year.
pub(super) async fn insert_campaign(db: &impl ConnectionTrait, row: Campaign) -> Result<bool, DbErr> {
    let once = OnConflict::column(campaign::Column::Year).do_nothing().to_owned();
    let insert = campaign::Entity::insert(row.into_active_model().reset_all()).on_conflict(once);
    Ok(insert.exec_without_returning(db).await? == 1)
}

/// Has the login said so for a year?
pub async fn declared(
    db: &impl ConnectionTrait,
    account: &AccountId,
    year: i32,
) -> Result<Option<Declaration>, DbErr> {
    yearly::Entity::find_by_id((account.clone(), year)).one(db).await
}

/// `false`: it has been said.
pub(super) async fn insert_declaration(db: &impl ConnectionTrait, row: Declaration) -> Result<bool, DbErr> {
    let said = [yearly::Column::AccountId, yearly::Column::Year];
    let once = OnConflict::columns(said).do_nothing().to_owned();
    let insert = yearly::Entity::insert(row.into_active_model().reset_all()).on_conflict(once);
    Ok(insert.exec_without_returning(db).await? == 1)
}

/// One line of the list of who has said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub account: AccountId,
    /// As the tenant calls him.
    pub name: String,
    /// When he said so; `None`: not yet.
    pub declared_at: Option<DateTime<Utc>>,
}

/// Everybody at the desk, as far as the administrator reaches: who has not said so comes first.
pub async fn completion(
    db: &impl ConnectionTrait,
    admin: &SecurityAdmin,
    year: i32,
    now: DateTime<Utc>,
) -> Result<Vec<Line>, DbErr> {
    let mut lines: Vec<Line> = Vec::new();
    for grant in authority::store::live(db, now).await? {
        let known = lines.iter().any(|line| line.account == grant.account_id);
        if known || grant.role.is_admin() || !reaches(db, admin.scope(), &grant.scope).await? {
            continue;
        }
        let Some(login) = account::store::find(db, &grant.account_id).await? else { continue };
        let declared_at = declared(db, &login.id, year).await?.map(|row| row.declared_at);
        lines.push(Line { account: login.id, name: login.name, declared_at });
    }
    lines.sort_by(|one, other| {
        (one.declared_at.is_some(), &one.name, &one.account).cmp(&(
            other.declared_at.is_some(),
            &other.name,
            &other.account,
        ))
    });
    Ok(lines)
}
