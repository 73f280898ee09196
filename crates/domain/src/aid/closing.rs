//! Row: `aid_closing`: 结案, why the help has ended.

use chrono::{DateTime, Utc};
use sea_orm::{Iterable, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CaseId, ClosingId};

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// 帮扶的事情已经过去.
    Over,
    /// 情况好转.
    Better,
    /// 转到别的地方管理.
    Moved,
    /// 本人不需要了.
    Wish,
    /// 复核后不再符合: a review says so, nobody else.
    NotAnyMore,
}

impl Reason {
    /// Those that need no review.
    pub const PLAIN: [Self; 4] = [Self::Over, Self::Better, Self::Moved, Self::Wish];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Better => "better",
            Self::Moved => "moved",
            Self::Wish => "wish",
            Self::NotAnyMore => "not_any_more",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|reason| reason.code() == code)
    }

    /// The word at the desk.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Over => "事情已经过去",
            Self::Better => "情况好转",
            Self::Moved => "转到别的地方管理",
            Self::Wish => "本人不需要了",
            Self::NotAnyMore => "复核后不再符合",
        }
    }

    /// What the person reads.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Over => "这次帮扶的事情已经办完。以后有困难，随时再找我们。",
            Self::Better => "您家里的情况好起来了，这次帮扶就到这里。以后有困难，随时再找我们。",
            Self::Moved => "您的关系转到别的地方了，以后由那边接着照顾您。",
            Self::Wish => "按您的意思，这次帮扶就到这里。以后有需要，随时再找我们。",
            Self::NotAnyMore => "我们又了解了一次情况，这项帮扶不再接着办。有疑问请打电话，我们说给您听。",
        }
    }
}

/// 结案.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_closing")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClosingId,
    /// Which case.
    pub case_id: CaseId,
    /// Why.
    pub reason: Reason,
    /// Who closed it.
    pub closed_by: AccountId,
    /// When.
    pub closed_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::Reason;

    #[test]
    fn the_row_holds_the_code_and_every_reason_has_short_words() {
        for reason in Reason::iter() {
            assert_eq!(reason.to_value(), reason.code());
            assert_eq!(Reason::parse(reason.code()), Some(reason));
            for sentence in reason.words().split(['，', '。']) {
                assert!(sentence.chars().count() <= 20, "{sentence}");
            }
        }
    }
}
