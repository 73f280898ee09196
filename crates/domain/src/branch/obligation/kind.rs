//! What a branch owes, and how often: the words.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// 职责: a kind of meeting that a branch owes.
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
pub enum Obligation {
    /// 党员大会.
    GeneralMeeting,
    /// 支委会.
    CommitteeMeeting,
    /// 党小组会.
    GroupMeeting,
    /// 党课.
    PartyLecture,
    /// 主题党日.
    PartyDay,
    /// 组织生活会.
    OrganisationLife,
    /// 民主评议党员.
    Appraisal,
}

impl Obligation {
    /// In the order of screens.
    pub const ALL: [Self; 7] = [
        Self::PartyDay,
        Self::GeneralMeeting,
        Self::CommitteeMeeting,
        Self::GroupMeeting,
        Self::PartyLecture,
        Self::OrganisationLife,
        Self::Appraisal,
    ];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GeneralMeeting => "general_meeting",
            Self::CommitteeMeeting => "committee_meeting",
            Self::GroupMeeting => "group_meeting",
            Self::PartyLecture => "party_lecture",
            Self::PartyDay => "party_day",
            Self::OrganisationLife => "organisation_life",
            Self::Appraisal => "appraisal",
        }
    }

    /// Reads what a form sends.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|obligation| obligation.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::GeneralMeeting => "党员大会",
            Self::CommitteeMeeting => "支委会",
            Self::GroupMeeting => "党小组会",
            Self::PartyLecture => "党课",
            Self::PartyDay => "主题党日",
            Self::OrganisationLife => "组织生活会",
            Self::Appraisal => "民主评议",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::Obligation;

    #[test]
    fn rows_and_forms_use_the_same_word() {
        for obligation in Obligation::ALL {
            assert_eq!(obligation.to_value(), obligation.code());
            assert_eq!(Obligation::from_code(obligation.code()), Some(obligation));
        }
    }
}
