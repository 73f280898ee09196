//! What may be chosen.

use serde::{Deserialize, Serialize};

/// Since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// 最近一个月.
    LastMonth,
    /// 三个月以内.
    LastQuarter,
    /// 更早以前.
    Earlier,
    /// 不清楚.
    NotSure,
}

impl Since {
    /// In the order of the form.
    pub const ALL: [Self; 4] = [Self::LastMonth, Self::LastQuarter, Self::Earlier, Self::NotSure];

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LastMonth => "last_month",
            Self::LastQuarter => "last_quarter",
            Self::Earlier => "earlier",
            Self::NotSure => "not_sure",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::LastMonth => "最近一个月",
            Self::LastQuarter => "三个月以内",
            Self::Earlier => "更早以前",
            Self::NotSure => "不清楚",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }
}

/// Who else has helped: what is declared here is asked about again before money goes (domain rule on double payment).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Elsewhere {
    /// 没有.
    Nobody,
    /// 原单位.
    Unit,
    /// 工会.
    Union,
    /// 民政救助.
    CivilAffairs,
    /// 医疗救助.
    MedicalAid,
    /// 不清楚.
    NotSure,
}

impl Elsewhere {
    /// In the order of the form.
    pub const ALL: [Self; 6] =
        [Self::Nobody, Self::Unit, Self::Union, Self::CivilAffairs, Self::MedicalAid, Self::NotSure];

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Unit => "unit",
            Self::Union => "union",
            Self::CivilAffairs => "civil_affairs",
            Self::MedicalAid => "medical_aid",
            Self::NotSure => "not_sure",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nobody => "没有",
            Self::Unit => "原单位",
            Self::Union => "工会",
            Self::CivilAffairs => "民政救助",
            Self::MedicalAid => "医疗救助",
            Self::NotSure => "不清楚",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }

    /// 没有 and 不清楚 stand alone.
    pub const fn stands_alone(self) -> bool {
        matches!(self, Self::Nobody | Self::NotSure)
    }
}
