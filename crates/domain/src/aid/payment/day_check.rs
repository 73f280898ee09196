//! Rows: `aid_day_check` and `aid_day_finding`. Who of a batch has died, or has another account, on the morning on which it goes to the
//! bank.

/// The check.
pub(crate) mod check {
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;

    use crate::ids::{AccountId, BatchId, DayCheckId};

    /// 在世核对.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "aid_day_check")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DayCheckId,
        /// Of which batch.
        pub batch_id: BatchId,
        /// For which day, in the province.
        pub on_day: NaiveDate,
        /// How many lines were left after it.
        pub remaining: i32,
        /// Who had it run.
        pub checked_by: AccountId,
        /// When.
        pub checked_at: DateTime<Utc>,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What it found.
pub(crate) mod finding {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::ids::{DayCheckId, PaymentId};

    /// Why somebody is not paid.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum Why {
        /// The person has died: the case is over.
        Died,
        /// The person has another account since the batch was made: the case waits for the next one.
        AccountChanged,
    }

    impl Why {
        /// The words on screens.
        pub const fn label(self) -> &'static str {
            match self {
                Self::Died => "已去世，个案终止",
                Self::AccountChanged => "账户变了，等下一批",
            }
        }
    }

    /// A line that was taken out since the check before.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "aid_day_finding")]
    pub struct Model {
        /// By which check.
        #[sea_orm(primary_key, auto_increment = false)]
        pub check_id: DayCheckId,
        /// Which payment.
        #[sea_orm(primary_key, auto_increment = false)]
        pub payment_id: PaymentId,
        /// Why.
        pub why: Why,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
