//! How far it is, and which act is possible there. Pure.

use sea_orm::entity::prelude::*;

use super::Refusal;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    /// Without a name, and of today: the office sees it tomorrow, all of one day together.
    Dropped,
    /// 已收到: nobody has it yet.
    Received,
    /// 办理中: somebody has it.
    Assigned,
    /// 已答复.
    Answered,
    /// 已撤回.
    Withdrawn,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The day is over: the office sees it.
    Release,
    /// 交办: somebody gets it, or somebody else.
    Assign,
    /// Whoever has it may not answer it after all.
    Free,
    /// 延期.
    Extend,
    /// 答复.
    Answer,
    /// 撤回.
    Withdraw,
    /// 不满意: the level above looks again.
    Reopen,
}

impl Status {
    /// Is there still something to do for the office?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Assigned)
    }

    /// Where it is after that.
    pub const fn after(self, act: Act) -> Result<Self, Refusal> {
        match (self, act) {
            (Self::Dropped, Act::Release) | (Self::Assigned, Act::Free) | (Self::Answered, Act::Reopen) => {
                Ok(Self::Received)
            }
            (Self::Received | Self::Assigned, Act::Assign) | (Self::Assigned, Act::Extend) => {
                Ok(Self::Assigned)
            }
            (Self::Assigned, Act::Answer) => Ok(Self::Answered),
            (Self::Dropped | Self::Received | Self::Assigned, Act::Withdraw) => Ok(Self::Withdrawn),
            _ => Err(Refusal::NotNow),
        }
    }

    /// The word for whoever said it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Dropped | Self::Received => "已收到",
            Self::Assigned => "正在办",
            Self::Answered => "有答复了",
            Self::Withdrawn => "已撤回",
        }
    }
}
