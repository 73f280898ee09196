//! Row: `aid_council_vote`: who voted how in a meeting on a case. Written once.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CouncilId, CouncilVoteId};

/// What a member said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// 同意.
    For,
    /// 不同意.
    Against,
    /// 弃权.
    Abstained,
    /// 回避.
    Recused,
}

impl Vote {
    /// In the order of the form.
    pub const ALL: [Self; 4] = [Self::For, Self::Against, Self::Abstained, Self::Recused];

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Abstained => "abstained",
            Self::Recused => "recused",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vote| vote.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::For => "同意",
            Self::Against => "不同意",
            Self::Abstained => "弃权",
            Self::Recused => "回避",
        }
    }
}

/// 一票.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_council_vote")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CouncilVoteId,
    /// In which meeting.
    pub council_id: CouncilId,
    /// Who.
    pub account_id: AccountId,
    /// What.
    pub vote: Vote,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
