//! Every query on second factors.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QuerySelect,
};

use super::{RecoveryCode, SecondFactor, entity, recovery};
use crate::ids::{AccountId, RecoveryCodeId, SecondFactorId};

/// That of a login, bound or not.
pub async fn find(db: &impl ConnectionTrait, account: &AccountId) -> Result<Option<SecondFactor>, DbErr> {
    entity::Entity::find().filter(entity::Column::AccountId.eq(account.clone())).one(db).await
}

/// The same, locked until the transaction ends: two codes at once are looked at one after the other.
pub(super) async fn locked(
    db: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Option<SecondFactor>, DbErr> {
    let mine = entity::Entity::find().filter(entity::Column::AccountId.eq(account.clone()));
    mine.lock_exclusive().one(db).await
}

/// Those of which a security administrator asks that they are taken away.
pub async fn asked(db: &impl ConnectionTrait) -> Result<Vec<SecondFactor>, DbErr> {
    entity::Entity::find().filter(entity::Column::ResetBy.is_not_null()).all(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: SecondFactor) -> Result<(), DbErr> {
    entity::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

pub(super) async fn write(db: &impl ConnectionTrait, row: SecondFactor) -> Result<(), DbErr> {
    entity::Entity::update(row.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}

/// With its codes.
pub(super) async fn delete(db: &impl ConnectionTrait, id: SecondFactorId) -> Result<(), DbErr> {
    delete_codes(db, id).await?;
    entity::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Codes that are still good.
pub async fn codes_left(db: &impl ConnectionTrait, id: SecondFactorId) -> Result<u64, DbErr> {
    let mine = recovery::Entity::find().filter(recovery::Column::FactorId.eq(id));
    mine.filter(recovery::Column::UsedAt.is_null()).count(db).await
}

/// Other codes in the place of those there are.
pub(super) async fn replace_codes(
    db: &impl ConnectionTrait,
    id: SecondFactorId,
    codes: &[RecoveryCode],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    delete_codes(db, id).await?;
    let rows = codes.iter().map(|code| recovery::Model {
        id: RecoveryCodeId::new(now),
        factor_id: id,
        hash: code.hash(id),
        used_at: None,
    });
    let rows = rows.map(|row| row.into_active_model().reset_all());
    recovery::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

async fn delete_codes(db: &impl ConnectionTrait, id: SecondFactorId) -> Result<(), DbErr> {
    recovery::Entity::delete_many().filter(recovery::Column::FactorId.eq(id)).exec(db).await?;
    Ok(())
}

/// Uses a code up. `false`: it is none, or was used before.
pub(super) async fn use_up(
    db: &impl ConnectionTrait,
    id: SecondFactorId,
    code: &RecoveryCode,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = recovery::ActiveModel { used_at: Set(Some(now)), ..Default::default() };
    let done = recovery::Entity::update_many()
        .set(change)
        .filter(recovery::Column::FactorId.eq(id))
        .filter(recovery::Column::Hash.eq(code.hash(id)))
        .filter(recovery::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
