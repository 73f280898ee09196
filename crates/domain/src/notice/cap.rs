//! How often somebody is spoken to unasked: a retiree at most once a day and three times a week, whoever keeps a branch's
//! records at most one digest a working day. Who has asked to be reminded is reminded every time.

use super::{Choice, Occasion, Reason};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cap {
    a_day: u64,
    a_week: Option<u64>,
}

/// The cap of an occasion and the beginning of the occasions it counts; `None` when it is no scheduled message.
const fn cap(occasion: Occasion) -> Option<(Cap, &'static str)> {
    match occasion {
        Occasion::MeetingEve(_) => Some((Cap { a_day: 1, a_week: Some(3) }, "meeting.eve/")),
        Occasion::BranchDigest(..) => Some((Cap { a_day: 1, a_week: None }, "branch.digest/")),
        Occasion::Told(..)
        | Occasion::Welcome
        | Occasion::Mandate(..)
        | Occasion::TermEnds(_)
        | Occasion::Anchor(_)
        | Occasion::OutreachToday(_)
        | Occasion::GrievanceDue(_)
        | Occasion::GrievanceNews(_)
        | Occasion::Unmasked(_)
        | Occasion::SecondFactor(..) => None,
    }
}

/// Which messages to the same person count.
pub(super) fn counts(occasion: Occasion) -> Option<&'static str> {
    cap(occasion).map(|(_, kind)| kind)
}

/// Is it enough, with so many today and so many this week already?
pub(super) fn enough(
    occasion: Occasion,
    choice: Option<Choice>,
    (today, this_week): (u64, u64),
) -> Option<Reason> {
    let (cap, _) = cap(occasion)?;
    if choice == Some(Choice::Asked) {
        return None;
    }
    if today >= cap.a_day {
        Some(Reason::EnoughToday)
    } else if cap.a_week.is_some_and(|most| this_week >= most) {
        Some(Reason::EnoughThisWeek)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::{Choice, Occasion, Reason, enough};
    use crate::{
        ids::{BranchId, MeetingId},
        notice::Told,
    };

    #[test]
    fn once_a_day_and_three_times_a_week_unless_asked_for() {
        let id = Uuid::from_u128(7);
        let eve = Occasion::MeetingEve(MeetingId::from_uuid(id));
        let day = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        let digest = Occasion::BranchDigest(BranchId::from_uuid(id), day);
        let (today, week) = (Some(Reason::EnoughToday), Some(Reason::EnoughThisWeek));
        let table = [
            (eve, None, (0, 0), None),
            (eve, None, (0, 2), None),
            (eve, None, (0, 3), week),
            (eve, None, (1, 1), today),
            (eve, Some(Choice::Asked), (5, 9), None),
            (digest, None, (0, 4), None),
            (digest, None, (1, 1), today),
            (Occasion::Told(Told::Paid, id), None, (9, 9), None),
            (Occasion::Welcome, None, (9, 9), None),
        ];
        for (occasion, choice, sent, reason) in table {
            assert_eq!(enough(occasion, choice, sent), reason, "{occasion} {choice:?} {sent:?}");
        }
    }
}
