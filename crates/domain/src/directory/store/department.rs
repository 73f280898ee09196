//! Writing departments and who is in them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, sea_query::OnConflict,
};

use crate::{
    directory::entity::{department, member},
    ids::{AccountId, DepartmentId},
};

pub(in crate::directory) async fn make_department(
    db: &impl ConnectionTrait,
    id: DepartmentId,
    name: &str,
    parent: Option<DepartmentId>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row =
        department::Model { id, name: name.to_owned(), parent_id: parent, active: true, changed_at: now };
    // One that was gone and is back is the same one.
    let columns = [
        department::Column::Name,
        department::Column::ParentId,
        department::Column::Active,
        department::Column::ChangedAt,
    ];
    let back = OnConflict::column(department::Column::Id).update_columns(columns).to_owned();
    let insert = department::Entity::insert(row.into_active_model().reset_all()).on_conflict(back);
    insert.exec_without_returning(db).await?;
    Ok(())
}

async fn change_department(
    db: &impl ConnectionTrait,
    id: DepartmentId,
    change: department::ActiveModel,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = department::ActiveModel { changed_at: Set(now), ..change };
    department::Entity::update_many().set(change).filter(department::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

pub(in crate::directory) async fn end_department(
    db: &impl ConnectionTrait,
    id: DepartmentId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    change_department(db, id, department::ActiveModel { active: Set(false), ..Default::default() }, now).await
}

pub(in crate::directory) async fn rename_department(
    db: &impl ConnectionTrait,
    id: DepartmentId,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = department::ActiveModel { name: Set(name.to_owned()), ..Default::default() };
    change_department(db, id, change, now).await
}

pub(in crate::directory) async fn move_department(
    db: &impl ConnectionTrait,
    id: DepartmentId,
    parent: Option<DepartmentId>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = department::ActiveModel { parent_id: Set(parent), ..Default::default() };
    change_department(db, id, change, now).await
}

pub(in crate::directory) async fn replace_departments(
    db: &impl ConnectionTrait,
    account: &AccountId,
    departments: &BTreeSet<DepartmentId>,
) -> Result<(), DbErr> {
    member::Entity::delete_many().filter(member::Column::AccountId.eq(account.clone())).exec(db).await?;
    for department in departments {
        let row = member::Model { account_id: account.clone(), department_id: *department };
        row.into_active_model().reset_all().insert(db).await?;
    }
    Ok(())
}
