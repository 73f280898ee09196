//! Row: `aid_assessment`: what those who visited answered to what their office asks of a category.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, AssessmentId, CaseId, VisitId},
    privacy::{Cell, Sealed},
};

/// 家访评估. A second one of a visit counts instead of the first; both stay.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_assessment")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssessmentId,
    /// Of which case.
    pub case_id: CaseId,
    /// Of what was seen at which visit.
    pub visit_id: VisitId,
    /// The [`Line`](super::setting::assessment::Line)s, sealed.
    pub answers: Sealed,
    /// Their points.
    pub points: i32,
    /// Of how many.
    pub most: i32,
    /// Which of the visitors filled it in.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assessment").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where the sealed answers stand.
pub(super) fn answers_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_assessment", column: "answers", row }
}
