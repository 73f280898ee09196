//! Row: `aid_ruling`: a decision that is not what the applicant asked for, with the rule, the document and the way of appeal.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{Iterable, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, CaseId, RulingId},
    privacy::{Cell, Sealed},
};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    /// 不予受理.
    Declined,
    /// 退回: visit once more. Nothing to appeal against.
    SentBack,
    /// 初审不通过.
    Failed,
    /// 集体研究没有同意.
    Council,
    /// 审批不同意.
    Refused,
    /// 异议成立.
    Objection,
}

/// By which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 不属于帮扶对象.
    NotEntitled,
    /// 不属于这类帮扶.
    NotThisKind,
    /// 同一件事已经帮扶过.
    Helped,
    /// 逾期没有补正.
    NotSupplied,
    /// 家访情况和申请不一致.
    NotSo,
    /// 没有达到帮扶标准.
    BelowStandard,
    /// 材料或家访还不够: sent back.
    Unclear,
    /// 集体研究没有同意.
    Council,
    /// 审批不同意.
    Approver,
    /// 公示异议成立.
    Objection,
}

impl Ground {
    /// For which a case need not be received.
    pub const OF_DECLINING: [Self; 4] =
        [Self::NotEntitled, Self::NotThisKind, Self::Helped, Self::NotSupplied];

    /// For which a reviewer does not send it on.
    pub const OF_FAILING: [Self; 4] = [Self::NotEntitled, Self::Helped, Self::NotSo, Self::BelowStandard];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotEntitled => "not_entitled",
            Self::NotThisKind => "not_this_kind",
            Self::Helped => "helped",
            Self::NotSupplied => "not_supplied",
            Self::NotSo => "not_so",
            Self::BelowStandard => "below_standard",
            Self::Unclear => "unclear",
            Self::Council => "council",
            Self::Approver => "approver",
            Self::Objection => "objection",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|ground| ground.code() == code)
    }

    /// The words for the applicant and the office.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotEntitled => "不属于帮扶对象",
            Self::NotThisKind => "不属于这类帮扶",
            Self::Helped => "同一件事已经帮扶过",
            Self::NotSupplied => "到期没有补齐材料",
            Self::NotSo => "家访情况和申请不一样",
            Self::BelowStandard => "没有达到帮扶标准",
            Self::Unclear => "情况还不清楚",
            Self::Council => "集体研究没有同意",
            Self::Approver => "审批没有同意",
            Self::Objection => "公示时有异议，核实成立",
        }
    }
}

/// 决定.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_ruling")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RulingId,
    /// Of which case.
    pub case_id: CaseId,
    /// What.
    pub kind: Kind,
    /// By which rule.
    pub ground: Ground,
    /// The document that is in force there, or empty if there is none.
    pub basis: String,
    /// Why, in words for the applicant; sealed, and empty where nobody wrote any here.
    pub words: Sealed,
    /// Who decided.
    pub ruled_by: Option<AccountId>,
    /// When.
    pub ruled_at: DateTime<Utc>,
    /// The last day of an appeal; `None` where no row sets one, and then there is none.
    pub appeal_until: Option<NaiveDate>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruling").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

pub(super) fn words_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_ruling", column: "words", row }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::Ground;

    #[test]
    fn the_row_holds_the_code() {
        for ground in Ground::iter() {
            assert_eq!(ground.to_value(), ground.code());
            assert_eq!(Ground::parse(ground.code()), Some(ground));
        }
    }
}
