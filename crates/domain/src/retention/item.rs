//! Row: `retention_item`, a subject on a list. What was approved is these rows and nothing else.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, entity::prelude::*,
};

use crate::ids::{HoldId, RetentionListId, RetentionRuleId, UnitId};

/// Where a subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// It goes when the list is approved.
    Waiting,
    /// It was due when the list was made, and a hold held it.
    Held,
    /// It was on the list, and stays after all.
    LeftOut,
    /// It has gone.
    Erased,
}

/// Why a subject stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Why {
    /// A hold holds it.
    Held,
    /// It is not what it was when the list was made.
    Changed,
    /// It is not there, or not over, any more.
    Gone,
    /// Another rule is in force.
    Rule,
    /// Its day has moved.
    NotDue,
}

impl Why {
    /// The word in audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Rule => "rule",
            Self::NotDue => "not_due",
        }
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Held => "已冻结",
            Self::Changed => "列出以后改过",
            Self::Gone => "已经没有，或者又没办完",
            Self::Rule => "保管期限改了",
            Self::NotDue => "还没到期",
        }
    }
}

/// A subject on a list.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_item")]
pub struct Model {
    /// Which list.
    #[sea_orm(primary_key, auto_increment = false)]
    pub list_id: RetentionListId,
    /// Which class.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: String,
    /// Which row of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    /// Under which unit it is counted.
    pub unit_id: Option<UnitId>,
    /// From which day was counted.
    pub counted_from: NaiveDate,
    /// Since when it may go.
    pub due_on: NaiveDate,
    /// By which rule.
    pub rule_id: RetentionRuleId,
    /// The keyed hash of what it said.
    pub content: String,
    /// Where it stands.
    pub state: State,
    /// Why it stays.
    pub why: Option<Why>,
    /// Which hold.
    pub hold_id: Option<HoldId>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A line of a list: so many of a class and a unit.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    /// Which class.
    pub class: String,
    /// Which unit.
    pub unit_id: Option<UnitId>,
    /// Where they stand.
    pub state: State,
    /// Why they stay.
    pub why: Option<Why>,
    /// How many.
    pub many: i64,
    /// The oldest day from which was counted.
    pub oldest: NaiveDate,
    /// By which rule.
    pub rule_id: RetentionRuleId,
}

/// The lines of a list.
pub(super) async fn lines(db: &impl ConnectionTrait, list: RetentionListId) -> Result<Vec<Line>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Class, Column::UnitId, Column::State, Column::Why, Column::RuleId])
        .column_as(Column::Subject.count(), "many")
        .column_as(Column::CountedFrom.min(), "oldest")
        .filter(Column::ListId.eq(list))
        .group_by(Column::Class)
        .group_by(Column::UnitId)
        .group_by(Column::State)
        .group_by(Column::Why)
        .group_by(Column::RuleId)
        .into_model::<Line>()
        .all(db)
        .await
}

/// Subjects of a class on a list, the oldest first.
pub(super) async fn of_class(
    db: &impl ConnectionTrait,
    (list, class): (RetentionListId, &str),
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ListId.eq(list))
        .filter(Column::Class.eq(class))
        .order_by_asc(Column::CountedFrom)
        .order_by_asc(Column::Subject)
        .limit(limit)
        .all(db)
        .await
}

/// The next subjects that wait.
pub(super) async fn waiting(
    db: &impl ConnectionTrait,
    list: RetentionListId,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ListId.eq(list))
        .filter(Column::State.eq(State::Waiting))
        .order_by_asc(Column::Class)
        .order_by_asc(Column::Subject)
        .limit(limit)
        .all(db)
        .await
}

/// How many wait.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    list: RetentionListId,
    state: State,
) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait;
    Entity::find().filter(Column::ListId.eq(list)).filter(Column::State.eq(state)).count(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

pub(super) async fn save(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}
