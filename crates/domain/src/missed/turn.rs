//! Whose turn it is, and when.

use chrono::{DateTime, Utc};

use super::{AWAY, BEAT, LISTED, entity::Model};

/// What a server does that looks at the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing: somebody has just said that he is there.
    Rest,
    /// It says so itself.
    Beat(Model),
    /// It asks the platform. `back`: all servers were away, and what was tried last is not in the list yet.
    Ask { row: Model, back: bool },
}

/// The row as it is when the first server begins: nobody can have missed anything before, but an older program may have.
pub(super) fn first(id: i32, now: DateTime<Utc>) -> Model {
    Model { id, seen_at: now, asked_at: now - LISTED, due_at: now + LISTED }
}

/// Whoever has just begun does not know what was missed before. Until the answer is there, the next question comes soon: whoever asks may
/// die over it.
pub(super) fn turn(row: &Model, begins: bool, now: DateTime<Utc>) -> Turn {
    let back = begins || now - row.seen_at > AWAY;
    // However often everybody goes away: what was tried since the last question is not listed before.
    let at_once = if back { now.max(row.asked_at + LISTED) } else { row.due_at };
    let due_at = row.due_at.min(at_once);
    if due_at <= now {
        return Turn::Ask { row: Model { seen_at: now, asked_at: now, due_at: now + LISTED, ..*row }, back };
    }
    if back || now - row.seen_at >= BEAT {
        return Turn::Beat(Model { seen_at: now, due_at, ..*row });
    }
    Turn::Rest
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{DateTime, LISTED, Model, Turn, first, turn};

    fn minutes(count: i64) -> TimeDelta {
        TimeDelta::minutes(count)
    }

    #[test]
    fn it_is_asked_when_it_is_due_and_twice_after_everybody_was_away() {
        let start = DateTime::UNIX_EPOCH;
        let row = Model { due_at: start + minutes(90), ..first(1, start) };
        assert_eq!(turn(&row, false, start), Turn::Rest);
        assert!(matches!(turn(&row, false, start + TimeDelta::seconds(5)), Turn::Beat(_)));
        let awake = Model { seen_at: start + minutes(90), ..row.clone() };
        assert!(matches!(turn(&awake, false, start + minutes(90)), Turn::Ask { back: false, .. }));

        assert!(matches!(turn(&row, true, start + minutes(1)), Turn::Ask { back: true, .. }), "it begins");

        let Turn::Ask { row: asked, back: true } = turn(&row, false, start + minutes(20)) else {
            panic!("at once")
        };
        let there = |at| Model { seen_at: start + at, ..asked.clone() };
        let again = minutes(20) + LISTED;
        assert!(matches!(turn(&there(minutes(25)), false, start + minutes(25)), Turn::Rest));
        assert!(
            matches!(turn(&there(again), false, start + again), Turn::Ask { back: false, .. }),
            "once more"
        );
    }

    #[test]
    fn servers_that_come_and_go_do_not_ask_each_time() {
        let start = DateTime::UNIX_EPOCH;
        let (mut row, mut asked) = (Model { due_at: start + minutes(90), ..first(1, start) }, 0);
        for minute in 1..=60 {
            match turn(&row, false, start + minutes(minute)) {
                Turn::Rest => panic!("away for a minute"),
                Turn::Beat(next) => row = next,
                Turn::Ask { row: next, .. } => (row, asked) = (next, asked + 1),
            }
        }
        assert_eq!(asked, 60 / LISTED.num_minutes());
    }
}
