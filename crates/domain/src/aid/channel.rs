//! By which way a request came. Whoever asks and whichever way it comes, it is the same case on the same clock.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use serde::{Deserialize, Serialize};

/// 来源.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// On a phone, by the person or whoever acts under a mandate.
    Phone,
    /// 本人到窗口或来电: a worker wrote down what the person said.
    Counter,
    /// 配偶来办.
    Spouse,
    /// 子女来办.
    Child,
    /// 单位代为申请.
    Unit,
    /// 纸质申请表.
    Paper,
}

impl Channel {
    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Counter => "counter",
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Unit => "unit",
            Self::Paper => "paper",
        }
    }

    /// Those that a worker writes down.
    pub fn entered() -> impl Iterator<Item = Self> {
        Self::iter().filter(|channel| channel.is_entered())
    }

    /// One of those.
    pub fn parse_entered(code: &str) -> Option<Self> {
        Self::entered().find(|channel| channel.code() == code)
    }

    /// Did a worker write it down? Then the login that sent it is the office's, and not on the applicant's side.
    pub const fn is_entered(self) -> bool {
        !matches!(self, Self::Phone)
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Phone => "手机上申请",
            Self::Counter => "本人到窗口或来电",
            Self::Spouse => "配偶来办",
            Self::Child => "子女来办",
            Self::Unit => "单位代为申请",
            Self::Paper => "纸质申请表",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::Channel;

    #[test]
    fn the_row_holds_the_code_and_a_phone_is_nothing_that_a_worker_enters() {
        for channel in Channel::iter() {
            assert_eq!(channel.to_value(), channel.code());
            let entered = Channel::parse_entered(channel.code());
            assert_eq!(entered, Some(channel).filter(|channel| *channel != Channel::Phone));
        }
    }
}
