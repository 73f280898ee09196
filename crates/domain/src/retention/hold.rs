//! Row: `retention_hold`, 冻结.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, entity::prelude::*,
};

use crate::ids::{AccountId, CaseId, HoldId, PersonId, UnitId};

/// What must not go, whatever the rules and anybody's wishes say.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_hold")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HoldId,
    /// Everything of a person …
    pub person_id: Option<PersonId>,
    /// … or of a case …
    pub case_id: Option<CaseId>,
    /// … or of a class …
    pub class: Option<String>,
    /// … or of a unit with those below it.
    pub unit_id: Option<UnitId>,
    /// Why.
    pub reason: String,
    /// By which document.
    pub document: String,
    /// Who placed it.
    pub placed_by: AccountId,
    /// Since when.
    pub placed_at: DateTime<Utc>,
    /// Who asks for lifting it.
    pub asked_by: Option<AccountId>,
    /// Since when.
    pub asked_at: Option<DateTime<Utc>>,
    /// Why it is not needed any more.
    pub asked_why: Option<String>,
    /// Who lifted it.
    pub lifted_by: Option<AccountId>,
    /// When.
    pub lifted_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a hold is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// Everything of a person.
    Person(PersonId),
    /// Everything of an aid case.
    Case(CaseId),
    /// A class.
    Class(String),
    /// Everything of a unit with those below it.
    Unit(UnitId),
}

impl Model {
    /// What it is over. The database keeps that it is exactly one.
    pub fn over(&self) -> Option<Over> {
        let person = self.person_id.map(Over::Person);
        let case = self.case_id.map(Over::Case);
        person.or(case).or(self.class.clone().map(Over::Class)).or(self.unit_id.map(Over::Unit))
    }

    /// Does it hold?
    pub fn is_live(&self) -> bool {
        self.lifted_at.is_none()
    }
}

pub(super) async fn find(db: &impl ConnectionTrait, id: HoldId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(db: &impl ConnectionTrait, id: HoldId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Every hold that holds.
pub(super) async fn live(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::LiftedAt.is_null()).order_by_asc(Column::Id).all(db).await
}

/// Those that hold first, then the latest.
pub(super) async fn latest(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, DbErr> {
    let mut all = live(db).await?;
    all.reverse();
    let over = Entity::find().filter(Column::LiftedAt.is_not_null()).order_by_desc(Column::LiftedAt);
    all.extend(over.limit(limit).all(db).await?);
    Ok(all)
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

pub(super) async fn save(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}
