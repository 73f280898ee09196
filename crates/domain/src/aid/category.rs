//! What help is asked for. The categories follow 离退休干部特殊困难帮扶 practice; their list, groups and amounts are
//! examples (示例) until a bureau puts its own document beside them in `aid_rule`.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use serde::{Deserialize, Serialize};

/// 帮扶类别.
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
pub enum Category {
    /// 重大疾病.
    Illness,
    /// 高额自负医疗费.
    MedicalCost,
    /// 失能、半失能.
    Disability,
    /// 意外或家庭变故.
    Accident,
    /// 自然灾害.
    Disaster,
    /// 高龄独居.
    LivingAlone,
    /// 失独.
    Bereaved,
    /// 无固定收入遗属.
    Survivor,
    /// 残疾家庭成员.
    DisabledFamily,
    /// 低收入.
    LowIncome,
    /// 心理关怀.
    Psychological,
    /// 其他, with a reason.
    Other,
}

/// What the public is told instead of the category: never an illness (public notices name the group only).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter)]
pub enum Group {
    /// 医疗类困难.
    Medical,
    /// 家庭变故类困难.
    Family,
    /// 生活照料类困难.
    Living,
    /// 其他困难.
    Other,
}

impl Category {
    /// Every category, in the order of the form.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in rows, envelopes and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Illness => "illness",
            Self::MedicalCost => "medical_cost",
            Self::Disability => "disability",
            Self::Accident => "accident",
            Self::Disaster => "disaster",
            Self::LivingAlone => "living_alone",
            Self::Bereaved => "bereaved",
            Self::Survivor => "survivor",
            Self::DisabledFamily => "disabled_family",
            Self::LowIncome => "low_income",
            Self::Psychological => "psychological",
            Self::Other => "other",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|category| category.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Illness => "重大疾病",
            Self::MedicalCost => "高额自负医疗费",
            Self::Disability => "失能、半失能",
            Self::Accident => "意外或家庭变故",
            Self::Disaster => "自然灾害",
            Self::LivingAlone => "高龄独居、空巢",
            Self::Bereaved => "失独",
            Self::Survivor => "无固定收入遗属",
            Self::DisabledFamily => "家里有残疾人",
            Self::LowIncome => "收入低",
            Self::Psychological => "心理关怀",
            Self::Other => "其他困难",
        }
    }

    /// Which group the public is told.
    pub const fn group(self) -> Group {
        match self {
            Self::Illness | Self::MedicalCost => Group::Medical,
            Self::Accident | Self::Disaster | Self::Bereaved | Self::Survivor => Group::Family,
            Self::Disability | Self::LivingAlone | Self::DisabledFamily => Group::Living,
            Self::LowIncome | Self::Psychological | Self::Other => Group::Other,
        }
    }
}

impl Group {
    /// The words in a public notice.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Medical => "医疗类困难",
            Self::Family => "家庭变故类困难",
            Self::Living => "生活照料类困难",
            Self::Other => "其他困难",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::Category;

    #[test]
    fn the_row_holds_the_code() {
        for category in Category::iter() {
            assert_eq!(category.to_value(), category.code());
            assert_eq!(Category::parse(category.code()), Some(category));
        }
        assert_eq!(Category::parse("gold"), None);
    }
}
