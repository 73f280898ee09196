//! The small words of a person's record.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// 性别.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Gender {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Male, Self::Female];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// Reads [`Gender::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gender| gender.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// How somebody left work. It decides treatment, and which statistics they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Retirement {
    /// 离休: joined the revolutionary work by 1949-09-30. A closed cohort; nobody enters it any more.
    Veteran,
    /// 退休.
    Retired,
}

impl Retirement {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Veteran => "离休",
            Self::Retired => "退休",
        }
    }
}

/// How much of a date is known. What is not known is stored as the first of the month or of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The day.
    Day,
    /// The month.
    Month,
    /// The year only.
    Year,
}

/// Who says when somebody was born. Files, identity cards and families disagree; personnel decisions follow
/// the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BirthSource {
    /// 档案.
    File,
    /// 身份证.
    Identity,
    /// 家人.
    Family,
}

/// The calendar in which a birthday is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// 公历.
    Solar,
    /// 农历.
    Lunar,
}
