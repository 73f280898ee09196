//! For what, and how it was said.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// For what somebody's data may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Purpose {
    /// 家人查询: whoever acts for the person may see what is on record.
    Family,
    /// 宣传: name and picture in what the office publishes.
    Publicity,
    /// 志愿服务: being proposed for activities that fit.
    Volunteering,
    /// 医养: sharing with the family doctor.
    Doctor,
}

impl Purpose {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Self::Family, Self::Publicity, Self::Volunteering, Self::Doctor];

    /// The word in rows, addresses and audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Publicity => "publicity",
            Self::Volunteering => "volunteering",
            Self::Doctor => "doctor",
        }
    }

    /// Reads [`Purpose::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// The words of the list.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Family => "家人看我的信息",
            Self::Publicity => "用我的照片和名字宣传",
            Self::Volunteering => "按我的情况推荐活动",
            Self::Doctor => "告诉家庭医生",
        }
    }

    /// What it means, short enough to be read aloud.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Family => "替您办事的家人，可以看到登记的信息。",
            Self::Publicity => "活动照片里有您，可以用来宣传。",
            Self::Volunteering => "有合适的志愿活动，我们告诉您。",
            Self::Doctor => "您的困难和病情，可以告诉家庭医生。",
        }
    }
}

/// How it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum How {
    /// On the own page.
    Page,
    /// With a mandate that is for it.
    Mandate,
}

impl How {
    /// The words of the receipt.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Page => "在手机上",
            Self::Mandate => "在同意代办时",
        }
    }
}
