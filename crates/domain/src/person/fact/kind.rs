//! What can be known of a person. Of each kind one thing is so at a time; roles are kinds of their own, so that several are.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// The kinds.
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
pub enum FactKind {
    /// 管理单位.
    ManagingUnit,
    /// 发放单位: who pays.
    Payer,
    /// 居住地.
    Residence,
    /// 离休干部.
    Veteran,
    /// 退休干部.
    Retired,
    /// 党员.
    PartyMember,
    /// 志愿者.
    Volunteer,
    /// 困难干部.
    Hardship,
    /// 省级老领导.
    ProvincialLeader,
    /// 政治待遇 (阅读文件).
    Political,
    /// 医疗待遇.
    Medical,
    /// 生活待遇.
    Living,
    /// 用车待遇.
    Transport,
    /// 护理待遇.
    Nursing,
    /// 原职务. Not the treatment: the two are kept apart.
    Post,
    /// 原职级.
    Rank,
    /// 参加革命工作时间, with how much of it is known.
    JoinedWork,
    /// 革命时期, where a human decided because the date straddles two.
    Period,
    /// 去世.
    Died,
}

/// What a kind's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing: that it is so is all.
    Bare,
    /// A unit in its region.
    Unit,
    /// A region.
    Region,
    /// A level of treatment.
    Level,
    /// Words of the office.
    Words,
    /// Something that this program writes and reads itself.
    Code,
}

impl FactKind {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as sea_orm::Iterable>::iter()
    }

    /// The word in rows.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }

    /// Reads [`FactKind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|kind| kind.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ManagingUnit => "管理单位",
            Self::Payer => "发放单位",
            Self::Residence => "居住地",
            Self::Veteran => "离休干部",
            Self::Retired => "退休干部",
            Self::PartyMember => "党员",
            Self::Volunteer => "志愿者",
            Self::Hardship => "困难干部",
            Self::ProvincialLeader => "省级老领导",
            Self::Political => "政治待遇",
            Self::Medical => "医疗待遇",
            Self::Living => "生活待遇",
            Self::Transport => "用车待遇",
            Self::Nursing => "护理待遇",
            Self::Post => "原职务",
            Self::Rank => "原职级",
            Self::JoinedWork => "参加革命工作时间",
            Self::Period => "革命时期认定",
            Self::Died => "去世",
        }
    }

    /// What its value is.
    pub const fn shape(self) -> Shape {
        match self {
            Self::ManagingUnit | Self::Payer => Shape::Unit,
            Self::Residence => Shape::Region,
            Self::Political | Self::Medical | Self::Living | Self::Transport | Self::Nursing | Self::Rank => {
                Shape::Level
            }
            Self::Post => Shape::Words,
            Self::JoinedWork | Self::Period => Shape::Code,
            _ => Shape::Bare,
        }
    }

    /// 四库: a role that begins and ends by a worker's word.
    pub const fn is_role(self) -> bool {
        matches!(
            self,
            Self::Veteran
                | Self::Retired
                | Self::PartyMember
                | Self::Volunteer
                | Self::Hardship
                | Self::ProvincialLeader
        )
    }

    /// A dimension of treatment.
    pub const fn is_treatment(self) -> bool {
        matches!(self, Self::Political | Self::Medical | Self::Living | Self::Transport | Self::Nursing)
    }

    /// Does the record itself say it for today, or hang by it who sees the record? Then it is written on its day, and not before.
    pub const fn is_of_today(self) -> bool {
        matches!(
            self,
            Self::ManagingUnit
                | Self::Residence
                | Self::PartyMember
                | Self::Veteran
                | Self::Retired
                | Self::ProvincialLeader
        )
    }

    /// Changed only by a request that a second person agrees to (`person::change`), by a floor, or by a death.
    pub const fn is_protected(self) -> bool {
        self.is_treatment() || matches!(self, Self::JoinedWork | Self::Period | Self::Died)
    }
}

#[cfg(test)]
mod tests {
    use super::FactKind;

    #[test]
    fn a_kind_reads_back_what_it_writes() {
        for kind in FactKind::all() {
            assert_eq!(FactKind::parse(&kind.code()), Some(kind));
        }
        assert_eq!(FactKind::all().filter(|kind| kind.is_role()).count(), 6);
    }
}
