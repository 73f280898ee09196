//! Why somebody came into a segment or went out of it.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;

use super::{Line, Rule};
use crate::ids::NotAnId;

/// In rows `first`, `died`, `lines:alone+age:90` …
#[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub enum Cause {
    /// The segment was computed for the first time.
    First,
    /// The record is new.
    New,
    /// The rule is another one.
    Rule,
    /// These lines are so now, or not any more.
    Lines(Vec<Line>),
    /// Something in the record that has no date was corrected.
    Record,
    /// A death.
    Died,
    /// The record was merged, or is kept where no list reaches.
    Gone,
    /// The segment has ended.
    Ended,
}

const LINES: &str = "lines:";

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => f.write_str("first"),
            Self::New => f.write_str("new"),
            Self::Rule => f.write_str("rule"),
            Self::Lines(lines) => write!(f, "{LINES}{}", Rule(lines.clone())),
            Self::Record => f.write_str("record"),
            Self::Died => f.write_str("died"),
            Self::Gone => f.write_str("gone"),
            Self::Ended => f.write_str("ended"),
        }
    }
}

impl FromStr for Cause {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Ok(match text {
            "first" => Self::First,
            "new" => Self::New,
            "rule" => Self::Rule,
            "record" => Self::Record,
            "died" => Self::Died,
            "gone" => Self::Gone,
            "ended" => Self::Ended,
            _ => Self::Lines(text.strip_prefix(LINES).ok_or(NotAnId)?.parse::<Rule>()?.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cause;

    #[test]
    fn a_cause_reads_back_what_it_writes() {
        for text in ["first", "new", "rule", "record", "died", "gone", "ended", "lines:alone|party+!age:90"] {
            assert_eq!(text.parse::<Cause>().unwrap().to_string(), text);
        }
        assert!("lines:rich".parse::<Cause>().is_err());
        assert!("somehow".parse::<Cause>().is_err());
    }
}
