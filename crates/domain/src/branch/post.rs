//! Row: `branch_post`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::Ended;
use crate::ids::{BranchId, PersonId, PostId};

/// 支部职务.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum PostKind {
    /// 书记: at most one at a time.
    Secretary,
    /// 副书记.
    Deputy,
    /// 组织委员.
    Organisation,
    /// 宣传委员.
    Publicity,
    /// 纪检委员.
    Discipline,
    /// 党小组组长.
    GroupLeader,
}

impl PostKind {
    /// The posts whose holders keep the branch's records. 支部工作条例(试行) art. 14: the secretary calls and chairs
    /// the meetings, and a deputy or a committee member when he cannot; the records are the two of them's.
    pub const KEEPERS: [Self; 2] = [Self::Secretary, Self::Deputy];

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Secretary => "书记",
            Self::Deputy => "副书记",
            Self::Organisation => "组织委员",
            Self::Publicity => "宣传委员",
            Self::Discipline => "纪检委员",
            Self::GroupLeader => "党小组组长",
        }
    }
}

/// Who holds a post, from when to when.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "branch_post")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PostId,
    /// The branch.
    pub branch_id: BranchId,
    /// The holder.
    pub person_id: PersonId,
    /// Which post.
    pub kind: PostKind,
    /// From this day.
    pub from_on: NaiveDate,
    /// Until the day before this one.
    pub to_on: Option<NaiveDate>,
    /// Why it ended.
    pub ended_why: Option<Ended>,
}

/// A holder is a person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The holder.
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
