//! The service that the people of a segment are due: how often, in which way, and who does it.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// 服务标准.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceStandard {
    /// At least once in so many days.
    pub every_days: i32,
    /// How.
    pub way: Way,
    /// Who.
    pub hands: Hands,
}

/// How somebody is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Way {
    /// 上门.
    Visit,
    /// 电话.
    Call,
}

/// In which role somebody does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Hands {
    /// 老干部工作者.
    Worker,
    /// 支部书记.
    Secretary,
    /// 志愿者.
    Volunteer,
}

/// The longest time between two.
pub(super) const LONGEST: i32 = 366;

impl ServiceStandard {
    /// 每30天由老干部工作者上门一次.
    pub fn words(self) -> String {
        format!("每{}天由{}{}一次", self.every_days, self.hands.label(), self.way.label())
    }
}

impl Way {
    /// In the order of forms.
    pub const ALL: [Self; 2] = [Self::Visit, Self::Call];

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Call => "call",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Visit => "上门看望",
            Self::Call => "打电话",
        }
    }

    /// Reads [`Way::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

impl Hands {
    /// In the order of forms.
    pub const ALL: [Self; 3] = [Self::Worker, Self::Secretary, Self::Volunteer];

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Secretary => "secretary",
            Self::Volunteer => "volunteer",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Worker => "老干部工作者",
            Self::Secretary => "支部书记",
            Self::Volunteer => "志愿者",
        }
    }

    /// Reads [`Hands::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hands| hands.code() == code)
    }
}
