//! What a paper is meant to show. What a category wants to see is written down in `aid::setting::papers`.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use serde::{Deserialize, Serialize};

/// 材料名称.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// 身份证明.
    Identity,
    /// 诊断证明、病历.
    Diagnosis,
    /// 医疗费票据.
    Bills,
    /// 残疾证、失能评估.
    Disability,
    /// 受灾、事故证明.
    Damage,
    /// 收入证明.
    Income,
    /// 住房、家里的情况.
    Home,
    /// 家访照片.
    Visit,
    /// 纸质申请表.
    PaperForm,
    /// 委托书.
    Mandate,
    /// 收不回的证明: that money which is asked back cannot be collected.
    Loss,
    /// 到账或领取的单据: that the money came.
    Receipt,
    /// 其他材料.
    Other,
}

impl Item {
    /// The word in addresses and rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Diagnosis => "diagnosis",
            Self::Bills => "bills",
            Self::Disability => "disability",
            Self::Damage => "damage",
            Self::Income => "income",
            Self::Home => "home",
            Self::Visit => "visit",
            Self::PaperForm => "paper_form",
            Self::Mandate => "mandate",
            Self::Loss => "loss",
            Self::Receipt => "receipt",
            Self::Other => "other",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|item| item.code() == code)
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Identity => "身份证明",
            Self::Diagnosis => "诊断证明、病历",
            Self::Bills => "医疗费票据",
            Self::Disability => "残疾证、失能评估",
            Self::Damage => "受灾、事故证明",
            Self::Income => "收入证明",
            Self::Home => "家里的情况",
            Self::Visit => "家访照片",
            Self::PaperForm => "纸质申请表",
            Self::Mandate => "委托书",
            Self::Loss => "收不回的证明",
            Self::Receipt => "到账或领取的单据",
            Self::Other => "其他材料",
        }
    }

    /// What people who ask for help may send with the request.
    pub const fn is_applicants(self) -> bool {
        !matches!(self, Self::Visit | Self::PaperForm | Self::Mandate | Self::Loss | Self::Receipt)
    }

    /// What a bureau may want to see before it decides.
    pub const fn may_be_demanded(self) -> bool {
        !matches!(self, Self::Mandate | Self::Loss | Self::Receipt | Self::Other)
    }

    /// What may belong to a case.
    pub fn of_cases() -> impl Iterator<Item = Self> {
        Self::iter()
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::Item;

    #[test]
    fn the_row_holds_the_code() {
        for item in Item::iter() {
            assert_eq!(item.to_value(), item.code());
            assert_eq!(Item::parse(item.code()), Some(item));
        }
    }
}
