//! The small words of an export.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};

/// What people are taken out for. A closed list: free text would end up naming people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Purpose {
    /// 走访慰问.
    Visit,
    /// 统计上报.
    Statistics,
    /// 信息核对.
    Verification,
    /// 活动组织.
    Activity,
    /// 工作交接.
    Handover,
}

impl Purpose {
    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Statistics => "statistics",
            Self::Verification => "verification",
            Self::Activity => "activity",
            Self::Handover => "handover",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Visit => "走访慰问",
            Self::Statistics => "统计上报",
            Self::Verification => "信息核对",
            Self::Activity => "活动组织",
            Self::Handover => "工作交接",
        }
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// Reads [`Purpose::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|purpose| purpose.code() == code)
    }
}

/// Where an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    /// It can be taken.
    Ready,
    /// A second person must agree.
    Waiting,
    /// The second person did not.
    Refused,
}

impl Status {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ready => "可以下载",
            Self::Waiting => "等待复核",
            Self::Refused => "没有同意",
        }
    }
}
