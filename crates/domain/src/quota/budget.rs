//! What the month still allows, and who may go when it gets short. Pure.

use crate::letters::Lane;

/// What the tenant may use in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Calls of ours that the platform counts.
    pub calls: i64,
    /// Pushes of the platform that it counts: what people say to the robot, and what becomes of approvals.
    pub deliveries: i64,
}

impl Default for Budget {
    /// The platform's standard edition.
    fn default() -> Self {
        Self { calls: 5_000, deliveries: 3_000 }
    }
}

/// What has been used in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Calls.
    pub calls: i64,
    /// Pushes.
    pub deliveries: i64,
    /// The platform has said that nothing is left.
    pub up: bool,
}

/// How short it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Less than 80 % of both.
    Plenty,
    /// 80 % of either.
    Tight,
    /// 95 % of either.
    Scarce,
    /// The platform refuses, or our own count says that it will.
    UsedUp,
}

impl Level {
    /// All of them, from much to nothing.
    pub const ALL: [Self; 4] = [Self::Plenty, Self::Tight, Self::Scarce, Self::UsedUp];

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plenty => "够用",
            Self::Tight => "偏紧：问候和汇总先不发",
            Self::Scarce => "很紧：提醒也先不发",
            Self::UsedUp => "用完了：只试发本人结果和紧急消息",
        }
    }
}

/// The level of a month.
pub fn level(budget: Budget, used: Used) -> Level {
    let reached = |percent: i64| {
        let of = |used: i64, budget: i64| used.saturating_mul(100) >= budget.saturating_mul(percent);
        of(used.calls, budget.calls) || of(used.deliveries, budget.deliveries)
    };
    if used.up || reached(100) {
        Level::UsedUp
    } else if reached(95) {
        Level::Scarce
    } else if reached(80) {
        Level::Tight
    } else {
        Level::Plenty
    }
}

/// The order in which sending degrades: the one table. Emergencies, one's own results, answers, and what a process needs to go
/// on are never held back by us, not even when the platform refuses: they are tried, fail visibly, and somebody telephones.
pub const fn may_go(lane: Lane, level: Level) -> bool {
    match lane {
        Lane::Emergency | Lane::Result => true,
        Lane::Reminder => matches!(level, Level::Plenty | Level::Tight),
        Lane::Digest | Lane::Greeting => matches!(level, Level::Plenty),
    }
}

/// The last lane that may go. Lanes are in the order of their importance, so those before it may go too.
pub fn last_that_may_go(level: Level) -> Lane {
    Lane::ALL.into_iter().take_while(|lane| may_go(*lane, level)).last().unwrap_or(Lane::Emergency)
}

#[cfg(test)]
mod tests {
    use super::{Budget, Level, Used, last_that_may_go, level, may_go};
    use crate::letters::Lane;

    #[test]
    fn sending_degrades_in_the_stated_order() {
        use Lane::{Digest, Emergency, Greeting, Reminder, Result};
        let table: [(Level, &[Lane]); 4] = [
            (Level::Plenty, &[Emergency, Result, Reminder, Digest, Greeting]),
            (Level::Tight, &[Emergency, Result, Reminder]),
            (Level::Scarce, &[Emergency, Result]),
            (Level::UsedUp, &[Emergency, Result]),
        ];
        assert_eq!(table.map(|(level, _)| level), Level::ALL);
        for (level, goes) in table {
            for lane in Lane::ALL {
                assert_eq!(may_go(lane, level), goes.contains(&lane), "{lane:?} at {level:?}");
            }
            assert_eq!(Some(&last_that_may_go(level)), goes.last());
        }
    }

    #[test]
    fn what_goes_when_it_is_short_goes_when_it_is_less_short() {
        for pair in Level::ALL.windows(2) {
            for lane in Lane::ALL {
                assert!(!may_go(lane, pair[1]) || may_go(lane, pair[0]), "{lane:?} from {pair:?}");
            }
        }
    }

    #[test]
    fn either_budget_makes_it_short() {
        let budget = Budget::default();
        let used = |calls, deliveries| Used { calls, deliveries, up: false };
        for (used, expected) in [
            (used(0, 0), Level::Plenty),
            (used(3_999, 2_399), Level::Plenty),
            (used(4_000, 0), Level::Tight),
            (used(0, 2_400), Level::Tight),
            (used(4_749, 2_849), Level::Tight),
            (used(4_750, 0), Level::Scarce),
            (used(0, 2_850), Level::Scarce),
            (used(5_000, 0), Level::UsedUp),
            (used(0, 9_999), Level::UsedUp),
            (Used { up: true, ..used(1, 1) }, Level::UsedUp),
        ] {
            assert_eq!(level(budget, used), expected, "{used:?}");
        }
    }
}
