//! One value of a standard, and the row that sets it.

use chrono::NaiveDate;

use crate::{
    aid::Rule,
    ids::{AidRuleId, RegionCode},
};

/// One value of a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// 最低.
    Least,
    /// 最高.
    Most,
    /// 公示几个工作日.
    NoticeDays,
    /// 帮几次.
    Frequency,
    /// 管多久.
    Validity,
    /// 自付部分的百分之几.
    Percent,
    /// 自付超过多少才算.
    Above,
    /// 取整.
    RoundTo,
    /// 县级批到多少.
    CountyMost,
    /// 市级批到多少.
    CityMost,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Least,
        Self::Most,
        Self::NoticeDays,
        Self::Frequency,
        Self::Validity,
        Self::Percent,
        Self::Above,
        Self::RoundTo,
        Self::CountyMost,
        Self::CityMost,
    ];

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Least => "最低金额",
            Self::Most => "最高金额",
            Self::NoticeDays => "公示工作日",
            Self::Frequency => "帮几次",
            Self::Validity => "管几个月",
            Self::Percent => "按自付的百分之几",
            Self::Above => "自付超过多少才算",
            Self::RoundTo => "舍到多少元",
            Self::CountyMost => "县级批到多少",
            Self::CityMost => "市级批到多少",
        }
    }
}

/// A value, and why it is that: the widest layer that sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// The row.
    pub rule: AidRuleId,
    /// Whose.
    pub region: RegionCode,
    /// Since when.
    pub since: NaiveDate,
    /// The document.
    pub source: String,
}

impl<T> Value<T> {
    pub(super) fn by(rule: &Rule, value: T) -> Self {
        let (region, source) = (rule.region.clone(), rule.source.clone());
        Self { value, rule: rule.id, region, since: rule.valid_from, source }
    }

    /// Takes another layer's value where that is narrower.
    pub(super) fn narrow(&mut self, rule: &Rule, value: T, narrower: impl FnOnce(&T, &T) -> bool) {
        if narrower(&value, &self.value) {
            *self = Self::by(rule, value);
        }
    }
}

/// The same for a value that a layer may leave open: what is set is narrower than what is not.
pub(super) fn narrow_open<T>(
    open: &mut Option<Value<T>>,
    rule: &Rule,
    value: Option<T>,
    narrower: impl FnOnce(&T, &T) -> bool,
) {
    match (open.as_mut(), value) {
        (Some(set), Some(value)) => set.narrow(rule, value, narrower),
        (None, Some(value)) => *open = Some(Value::by(rule, value)),
        (_, None) => {}
    }
}
