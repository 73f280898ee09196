//! Row: `aid_sample_seed`: what a month is drawn by, in all places. Written once, when the month is over and before anything is drawn.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::evidence::sha256;

/// 种子.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_sample_seed")]
pub struct Model {
    /// The first day of the month in which the bank paid.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: NaiveDate,
    /// 64 hexadecimal digits: [`seed`] of the two others.
    pub seed: String,
    /// The end of the audit chain at that moment, which nobody chose. A row of the chain after it says that the seed was made of it.
    pub anchor: String,
    /// When it was written down, and shown from then on.
    pub fixed_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// SHA-256 of `<year>-<month>:<anchor>` in hexadecimal.
pub fn seed(month: NaiveDate, anchor: &str) -> String {
    sha256(format!("{}:{anchor}", month.format("%Y-%m")).as_bytes())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::seed;
    use crate::evidence::sha256;

    #[test]
    fn anybody_can_work_it_out_at_a_terminal() {
        let november = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        assert_eq!(seed(november, "7:ab"), sha256(b"2026-11:7:ab"));
        assert_ne!(seed(november, "7:ab"), seed(november, "8:ab"));
    }
}
