//! Row: `death_task`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DeathTaskId, PaymentId, PersonId};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum TaskKind {
    /// 治丧.
    Funeral,
    /// 抚恤金和丧葬费.
    Pension,
    /// 遗属随访.
    Survivors,
    /// 多发款项追回: one for each payment that came after the death.
    Overpayment,
}

impl TaskKind {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Funeral => "治丧",
            Self::Pension => "抚恤金和丧葬费",
            Self::Survivors => "遗属随访",
            Self::Overpayment => "多发款项追回",
        }
    }

    /// How many days somebody has for it.
    pub const fn days(self) -> u64 {
        match self {
            Self::Funeral => 7,
            Self::Pension | Self::Overpayment => 30,
            Self::Survivors => 60,
        }
    }
}

/// A thing to do.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "death_task")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeathTaskId,
    /// Who died.
    pub person_id: PersonId,
    /// What is to be done.
    pub kind: TaskKind,
    /// The payment that came too late.
    pub payment_id: Option<PaymentId>,
    /// Until when.
    pub due_on: NaiveDate,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// By whom.
    pub done_by: Option<AccountId>,
    /// What was done, in the office's words.
    pub note: Option<String>,
    /// When the death turned out to be none.
    pub undone_at: Option<DateTime<Utc>>,
}

/// About a person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who died.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}
