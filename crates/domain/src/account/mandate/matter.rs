//! In which matters somebody may act for another.

use std::{collections::BTreeSet, fmt, str::FromStr};

use sea_orm::DeriveValueType;

use crate::ids::NotAnId;

/// A matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// 帮扶: asking for help, following it, taking it back.
    Aid,
    /// 活动: seeing meetings, signing in.
    Activity,
    /// 信息: seeing what is on record, asking for it to be put right.
    Information,
}

impl Matter {
    /// In the order of the page.
    pub const ALL: [Self; 3] = [Self::Aid, Self::Activity, Self::Information];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Aid => "aid",
            Self::Activity => "activity",
            Self::Information => "information",
        }
    }

    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Aid => "申请帮扶",
            Self::Activity => "参加活动",
            Self::Information => "看和改个人信息",
        }
    }
}

/// Some of them, at least one. In rows `aid,activity`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Matters(BTreeSet<Matter>);

impl Matters {
    /// Every matter.
    pub fn all() -> Self {
        Self(Matter::ALL.into())
    }

    /// What a form sends. `None`: nothing is chosen.
    pub fn of<'a>(codes: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let codes: Vec<&str> = codes.into_iter().collect();
        let some: BTreeSet<Matter> =
            Matter::ALL.into_iter().filter(|matter| codes.contains(&matter.code())).collect();
        (!some.is_empty()).then_some(Self(some))
    }

    /// Is it one of them?
    pub fn hold(&self, matter: Matter) -> bool {
        self.0.contains(&matter)
    }

    /// For the page: 申请帮扶、参加活动.
    pub fn say(&self) -> String {
        self.0.iter().map(|matter| matter.label()).collect::<Vec<_>>().join("、")
    }
}

impl fmt::Display for Matters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|matter| matter.code()).collect::<Vec<_>>().join(","))
    }
}

impl FromStr for Matters {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let known = |code: &str| Matter::ALL.into_iter().find(|matter| matter.code() == code);
        let some: Option<BTreeSet<Matter>> = text.split(',').map(known).collect();
        some.map(Self).ok_or(NotAnId)
    }
}

#[cfg(test)]
mod tests {
    use super::{Matter, Matters};

    #[test]
    fn matters_read_back_what_they_write() {
        let some = Matters::of(["information", "aid", "nothing"]).unwrap();
        assert_eq!(some.to_string(), "aid,information");
        assert_eq!(some.to_string().parse(), Ok(some.clone()));
        assert!(some.hold(Matter::Aid) && !some.hold(Matter::Activity));
        assert_eq!(some.say(), "申请帮扶、看和改个人信息");
        assert_eq!(Matters::of(["nothing"]), None);
        assert!("".parse::<Matters>().is_err());
        assert_eq!(Matters::all().to_string(), "aid,activity,information");
    }
}
