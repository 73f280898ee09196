//! Row: `retention_list`, 到期清单: what is due in a month.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, entity::prelude::*, sea_query::OnConflict,
};

use crate::ids::{AccountId, RetentionListId};

/// How far a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// Classes are still walked through.
    Making,
    /// A worker of the province looks at it.
    Made,
    /// A security administrator looks at it.
    Proposed,
    /// What is on it goes, step by step.
    Approved,
    /// The second person said no.
    Refused,
    /// Everything on it has gone or was left out.
    Done,
}

impl State {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Making => "正在列",
            Self::Made => "等提请",
            Self::Proposed => "等安全管理员同意",
            Self::Approved => "正在销毁",
            Self::Refused => "没有同意",
            Self::Done => "已办结",
        }
    }
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_list")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RetentionListId,
    /// The month, or the id of one that somebody asked for.
    pub slot: String,
    /// 1 as long as it is open: there is one.
    pub open: Option<i32>,
    /// How far it is.
    pub state: State,
    /// What is due on this day.
    pub as_of: NaiveDate,
    /// Which class the making is at.
    pub place: i32,
    /// The last subject there.
    pub after: Option<Uuid>,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// Since when it is complete.
    pub made_at: Option<DateTime<Utc>>,
    /// Who proposes that it goes.
    pub proposed_by: Option<AccountId>,
    /// When.
    pub proposed_at: Option<DateTime<Utc>>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why not.
    pub reason: Option<String>,
    /// Since when nothing is left to do.
    pub done_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(super) async fn find(db: &impl ConnectionTrait, id: RetentionListId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(db: &impl ConnectionTrait, id: RetentionListId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The list that is open.
pub(super) async fn open(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Open.eq(1)).one(db).await
}

/// The same, locked: one server does a step, whoever places a hold waits for its end.
pub(super) async fn open_locked(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Open.eq(1)).lock_exclusive().one(db).await
}

/// Is there one of this month?
pub(super) async fn of_slot(db: &impl ConnectionTrait, slot: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Slot.eq(slot)).one(db).await
}

/// The latest first.
pub(super) async fn latest(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Id).limit(limit).all(db).await
}

/// Begins one. `false`: there is one of this month, or one is open.
pub(super) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<bool, DbErr> {
    let insert = Entity::insert(row.into_active_model().reset_all());
    let there = OnConflict::new().do_nothing().to_owned();
    Ok(insert.on_conflict(there).exec_without_returning(db).await? == 1)
}

pub(super) async fn save(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}
