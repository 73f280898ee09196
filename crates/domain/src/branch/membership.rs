//! Row: `branch_membership`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::ids::{BranchId, MembershipId, PersonId};

/// How somebody belongs to a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum MembershipKind {
    /// 组织关系: the branch that the member belongs to; exactly one at a time.
    Affiliation,
    /// 参加活动: takes part where he lives, while the affiliation stays with the former unit.
    Participation,
}

impl MembershipKind {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Affiliation => "组织关系",
            Self::Participation => "参加活动",
        }
    }
}

/// Why an episode ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Ended {
    /// 去世.
    Died,
    /// 转出, to another branch.
    Transferred,
    /// 任期届满 or 换届.
    TermOver,
    /// For any other reason, which is on paper.
    Other,
}

/// An episode of a person in a branch. Rows are ended, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "branch_membership")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MembershipId,
    /// The branch.
    pub branch_id: BranchId,
    /// The member.
    pub person_id: PersonId,
    /// How.
    pub kind: MembershipKind,
    /// From this day.
    pub from_on: NaiveDate,
    /// Until the day before this one.
    pub to_on: Option<NaiveDate>,
    /// Why it ended.
    pub ended_why: Option<Ended>,
}

/// A member is a person; a branch has members.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The member.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
    /// The branch.
    #[sea_orm(
        belongs_to = "super::entity::Entity",
        from = "Column::BranchId",
        to = "super::entity::Column::Id"
    )]
    Branch,
}

impl ActiveModelBehavior for ActiveModel {}
