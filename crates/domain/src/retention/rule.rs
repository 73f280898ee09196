//! Row: `retention_rule`. Rows are only added: what was in force on a day stays to be read.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    entity::prelude::*,
};

use super::period::{Counted, Period};
use crate::ids::{AccountId, RetentionRuleId};

/// How long a class is kept, from a day on, by which document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_rule")]
pub struct Model {
    /// Id; what went by the rule names it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RetentionRuleId,
    /// Of which class.
    pub class: String,
    /// Months …
    pub months: i32,
    /// … and days.
    pub days: i32,
    /// From which day.
    pub counted: Counted,
    /// Which document says so.
    pub document: String,
    /// Who set it; nobody: it came with the installation.
    pub made_by: Option<AccountId>,
    /// When.
    pub made_at: DateTime<Utc>,
    /// In force from this day on.
    pub valid_from: NaiveDate,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// How long.
    pub fn period(&self) -> Period {
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        Period { months: count(self.months), days: count(self.days) }
    }

    /// The first day on which what counts from a day may go.
    pub fn due(&self, from: NaiveDate) -> Option<NaiveDate> {
        self.period().due(self.counted, from)
    }
}

/// Every rule of a class, the one that counts last first.
pub(super) async fn of_class(db: &impl ConnectionTrait, class: &str) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Class.eq(class))
        .order_by_desc(Column::ValidFrom)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// The rule of a class on a day.
pub(super) async fn in_force(
    db: &impl ConnectionTrait,
    class: &str,
    on: NaiveDate,
) -> Result<Option<Model>, DbErr> {
    Ok(of_class(db, class).await?.into_iter().find(|rule| rule.valid_from <= on))
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}
