//! Which trees there are, and what stands in each.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// The trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Tree {
    /// 组织机构.
    Organ,
    /// 党组织.
    Party,
    /// 志愿服务队.
    Corps,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// 省直.
    Provincial,
    /// 高校.
    University,
    /// 央属驻浙单位.
    Central,
    /// 系统: 公安, 卫健 …
    System,
    /// A body below one of these: 厅局, 集团, 院校.
    Body,
    /// 党委.
    Committee,
    /// 党总支.
    GeneralBranch,
    /// 支队.
    Detachment,
    /// 大队.
    Brigade,
    /// 队.
    Team,
}

impl NodeKind {
    /// In which tree it stands.
    pub const fn tree(self) -> Tree {
        match self {
            Self::Provincial | Self::University | Self::Central | Self::System | Self::Body => Tree::Organ,
            Self::Committee | Self::GeneralBranch => Tree::Party,
            Self::Detachment | Self::Brigade | Self::Team => Tree::Corps,
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Provincial => "省直",
            Self::University => "高校",
            Self::Central => "央属驻浙单位",
            Self::System => "系统",
            Self::Body => "机构",
            Self::Committee => "党委",
            Self::GeneralBranch => "党总支",
            Self::Detachment => "支队",
            Self::Brigade => "大队",
            Self::Team => "队",
        }
    }
}
