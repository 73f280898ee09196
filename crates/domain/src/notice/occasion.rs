//! What a notice is about. Nobody is told twice about one occasion.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use sea_orm::DeriveValueType;

use super::{PlanKind, Policy};
use crate::ids::{BranchId, MeetingId, NotAnId};

/// 事由. In rows `meeting.eve/<meeting>` and `branch.digest/<branch>/<day>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub enum Occasion {
    /// The evening before a meeting.
    MeetingEve(MeetingId),
    /// The morning's digest of a branch.
    BranchDigest(BranchId, NaiveDate),
}

impl Occasion {
    /// Whose quiet hours hold: as in [`PlanKind::policy`](super::PlanKind::policy).
    pub const fn policy(self) -> Policy {
        match self {
            Self::MeetingEve(_) => PlanKind::MeetingEve.policy(),
            Self::BranchDigest(..) => PlanKind::SecretaryDigest.policy(),
        }
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MeetingEve(meeting) => write!(f, "meeting.eve/{meeting}"),
            Self::BranchDigest(branch, on) => write!(f, "branch.digest/{branch}/{on}"),
        }
    }
}

impl FromStr for Occasion {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text.split_once('/') {
            Some(("meeting.eve", meeting)) => meeting.parse().map(Self::MeetingEve),
            Some(("branch.digest", rest)) => {
                let (branch, on) = rest.split_once('/').ok_or(NotAnId)?;
                let on = on.parse().or(Err(NotAnId))?;
                Ok(Self::BranchDigest(branch.parse()?, on))
            }
            _ => Err(NotAnId),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::{BranchId, MeetingId, Occasion};

    #[test]
    fn an_occasion_reads_back_what_it_writes() {
        let id = Uuid::from_u128(7);
        let on = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        for occasion in [
            Occasion::MeetingEve(MeetingId::from_uuid(id)),
            Occasion::BranchDigest(BranchId::from_uuid(id), on),
        ] {
            assert_eq!(occasion.to_string().parse(), Ok(occasion));
        }
        assert!("branch.digest/7".parse::<Occasion>().is_err());
    }
}
