//! Which trees there are, and what stands in each.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::{authority::Scope, ids::TreeNodeId};

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

impl Tree {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Organ, Self::Party, Self::Corps];

    /// The word in rows and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organ => "organ",
            Self::Party => "party",
            Self::Corps => "corps",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Organ => "组织机构",
            Self::Party => "党组织",
            Self::Corps => "志愿服务队",
        }
    }

    /// A grant's scope over a node of it.
    pub const fn scope(self, node: TreeNodeId) -> Scope {
        match self {
            Self::Organ => Scope::Organ(node),
            Self::Party => Scope::Party(node),
            Self::Corps => Scope::Corps(node),
        }
    }

    /// What stands in it.
    pub fn kinds(self) -> impl Iterator<Item = NodeKind> {
        <NodeKind as sea_orm::Iterable>::iter().filter(move |kind| kind.tree() == self)
    }
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

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Provincial => "provincial",
            Self::University => "university",
            Self::Central => "central",
            Self::System => "system",
            Self::Body => "body",
            Self::Committee => "committee",
            Self::GeneralBranch => "general_branch",
            Self::Detachment => "detachment",
            Self::Brigade => "brigade",
            Self::Team => "team",
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

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::{NodeKind, Tree};

    #[test]
    fn the_row_holds_the_code() {
        for tree in Tree::ALL {
            assert_eq!(tree.to_value(), tree.code());
        }
        assert!(NodeKind::iter().all(|kind| kind.to_value() == kind.code()));
    }
}
