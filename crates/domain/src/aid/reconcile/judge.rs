//! How an instance and a round stand to each other. Pure.

use super::{Outcome, Why};
use crate::aid::RoundState;

/// Where the platform has an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Somebody still has to decide.
    Open,
    /// Decided.
    Decided,
    /// Taken back.
    Withdrawn,
}

/// How a clerk explains what does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explained {
    /// Somebody tried the form out.
    Trial,
    /// Somebody filled the form in by hand; it counts for nothing here.
    ByHand,
    /// It was looked into and put right in the platform.
    PutRight,
}

impl Explained {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Trial, Self::ByHand, Self::PutRight];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trial => "trial",
            Self::ByHand => "by_hand",
            Self::PutRight => "put_right",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Trial => "试填的，不算数",
            Self::ByHand => "有人手工填的，不算数",
            Self::PutRight => "查清了，已在钉钉上处理",
        }
    }

    /// Reads [`Explained::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// `None`: they agree.
pub(super) const fn judge(round: Option<RoundState>, stands: Stands) -> Option<(Outcome, Why)> {
    use RoundState::{Agreed, Created, Refused, Sending, Void, Wanted, Withdrawn};
    match (round, stands) {
        (None, _) => Some((Outcome::Orphan, Why::NoCase)),
        (Some(Wanted | Sending | Created), Stands::Open)
        | (Some(Agreed | Refused | Void), Stands::Decided)
        | (Some(Withdrawn), Stands::Withdrawn) => None,
        (Some(Wanted | Sending | Created), Stands::Decided | Stands::Withdrawn) => {
            Some((Outcome::Late, Why::EndedThere))
        }
        (Some(Agreed | Refused | Void | Withdrawn), Stands::Open) => {
            Some((Outcome::Diverged, Why::OpenThere))
        }
        (Some(Agreed | Refused | Void), Stands::Withdrawn) => Some((Outcome::Diverged, Why::WithdrawnThere)),
        (Some(Withdrawn), Stands::Decided) => Some((Outcome::Diverged, Why::DecidedThere)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Stands, judge};
    use crate::aid::RoundState;

    #[test]
    fn what_is_open_on_both_sides_or_ended_alike_agrees_and_nothing_else_does() {
        let table = [
            (None, [Some(Outcome::Orphan); 3]),
            (Some(RoundState::Created), [None, Some(Outcome::Late), Some(Outcome::Late)]),
            (Some(RoundState::Agreed), [Some(Outcome::Diverged), None, Some(Outcome::Diverged)]),
            (Some(RoundState::Refused), [Some(Outcome::Diverged), None, Some(Outcome::Diverged)]),
            (Some(RoundState::Void), [Some(Outcome::Diverged), None, Some(Outcome::Diverged)]),
            (Some(RoundState::Withdrawn), [Some(Outcome::Diverged), Some(Outcome::Diverged), None]),
        ];
        for (round, outcomes) in table {
            let stands = [Stands::Open, Stands::Decided, Stands::Withdrawn];
            assert_eq!(
                stands.map(|stands| judge(round, stands).map(|(outcome, _)| outcome)),
                outcomes,
                "{round:?}"
            );
        }
    }
}
