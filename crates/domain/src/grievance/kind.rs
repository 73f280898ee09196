//! About what, and what became of it.

use sea_orm::{Iterable, entity::prelude::*};

use crate::aid::procedure::Limit;

/// About what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    /// 服务态度.
    Attitude,
    /// 拖延: nothing happens for too long.
    Delay,
    /// 钱没有收到, or it was not right.
    Payment,
    /// 泄露个人情况.
    Privacy,
    /// 举报: fraud, or somebody is favoured.
    Favour,
    /// 别的.
    Other,
}

impl Kind {
    /// All of them, in the order of the form.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Attitude => "attitude",
            Self::Delay => "delay",
            Self::Payment => "payment",
            Self::Privacy => "privacy",
            Self::Favour => "favour",
            Self::Other => "other",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|kind| kind.code() == code)
    }

    /// The words, for whoever says it and for the office.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Attitude => "服务态度不好",
            Self::Delay => "事情一直没有人办",
            Self::Payment => "钱没有收到，或者不对",
            Self::Privacy => "个人情况被说出去了",
            Self::Favour => "有人弄虚作假、讲人情",
            Self::Other => "别的事",
        }
    }

    /// How long an answer may take.
    pub const fn limit(self) -> Limit {
        match self {
            Self::Attitude => Limit::GrievanceAttitude,
            Self::Delay => Limit::GrievanceDelay,
            Self::Payment => Limit::GrievancePayment,
            Self::Privacy => Limit::GrievancePrivacy,
            Self::Favour => Limit::GrievanceFavour,
            Self::Other => Limit::GrievanceOther,
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Outcome {
    /// It is so.
    Founded,
    /// Some of it is so.
    Partly,
    /// It is not so.
    Unfounded,
    /// 移交纪检: the discipline authority has it now.
    Handed,
}

impl Outcome {
    /// All of them, in the order of the form.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Founded => "founded",
            Self::Partly => "partly",
            Self::Unfounded => "unfounded",
            Self::Handed => "handed",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|outcome| outcome.code() == code)
    }

    /// The words, for whoever said it and for the office.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Founded => "反映的情况属实",
            Self::Partly => "反映的情况部分属实",
            Self::Unfounded => "反映的情况不属实",
            Self::Handed => "已移交纪检部门",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::{Kind, Outcome};

    #[test]
    fn the_row_holds_the_code() {
        for kind in Kind::all() {
            assert_eq!(kind.to_value(), kind.code());
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
        for outcome in Outcome::all() {
            assert_eq!(outcome.to_value(), outcome.code());
            assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
        }
    }
}
