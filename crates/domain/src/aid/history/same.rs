//! Which entry of our log says the same as a line of the platform's record. Pure.

use std::collections::BTreeSet;

use super::{Did, Entry};
use crate::aid::{CaseEvent, Happened};

/// For each line of the record the number of the log's entry that says the same; each entry is the same as one line at most.
pub fn beside(entries: &[Entry], log: &[CaseEvent]) -> Vec<Option<i32>> {
    let mut taken = BTreeSet::new();
    let same = |entry: &Entry| {
        let found = log.iter().find(|event| !taken.contains(&event.seq) && says_the_same(entry, event))?;
        taken.insert(found.seq);
        Some(found.seq)
    };
    entries.iter().map(same).collect()
}

fn says_the_same(entry: &Entry, event: &CaseEvent) -> bool {
    let decided = |round: i32| round == entry.round && event.actor == entry.who;
    match (entry.did, &event.what) {
        (Did::Started, Happened::ApprovalCreated { round, .. })
        | (Did::Terminated, Happened::ApprovalWithdrawn { round }) => *round == entry.round,
        (Did::Agreed, Happened::Approved { round, .. } | Happened::BudgetShort { round, .. })
        | (Did::Refused, Happened::Refused { round }) => decided(*round),
        // We passed it on in his name: that was no act of his.
        (Did::PassedOn, Happened::ApprovalPassed { round, away, .. }) => {
            *round == entry.round && Some(away) == entry.who.as_ref()
        }
        (did, Happened::PlatformAct { round, by, act }) => {
            *round == entry.round && Some(by) == entry.who.as_ref() && did.acted() == Some(*act)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use ledger::Fen;

    use super::beside;
    use crate::{
        aid::{
            Acted, CaseEvent, Happened,
            history::{Did, Entry},
        },
        ids::{AccountId, ApprovalEntryId, CaseEventId, CaseId},
    };

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn account(id: &str) -> AccountId {
        AccountId::parse(id).unwrap()
    }

    fn entry(round: i32, who: &str, did: Did) -> Entry {
        Entry {
            id: ApprovalEntryId::new(NOW),
            case_id: CaseId::from_uuid(uuid::Uuid::nil()),
            round,
            mark: String::new(),
            place: 0,
            who: Some(account(who)),
            did,
            said: None,
            at: NOW,
            kept_at: NOW,
        }
    }

    fn log(all: Vec<(Option<&str>, Happened)>) -> Vec<CaseEvent> {
        let event = |(seq, (actor, what)): (i32, (Option<&str>, Happened))| CaseEvent {
            id: CaseEventId::new(NOW),
            case_id: CaseId::from_uuid(uuid::Uuid::nil()),
            seq,
            actor: actor.map(account),
            role: String::new(),
            what,
            at: NOW,
            stands_for: None,
        };
        (1..).zip(all).map(event).collect()
    }

    #[test]
    fn what_both_say_stands_side_by_side_once() {
        let log = log(vec![
            (None, Happened::ApprovalCreated { round: 1, instance: "i".to_owned() }),
            (None, Happened::ApprovalPassed { round: 1, to: account("b"), away: account("a"), back: false }),
            (None, Happened::PlatformAct { round: 1, by: account("b"), act: Acted::AddedSign }),
            (Some("c"), Happened::Approved { round: 1, amount: Fen(1), year: 2026 }),
        ]);
        let entries = [
            entry(1, "worker", Did::Started),
            entry(1, "a", Did::PassedOn),
            entry(1, "b", Did::AddedBefore),
            entry(1, "b", Did::AddedBefore),
            entry(1, "b", Did::Commented),
            entry(1, "b", Did::Agreed),
            entry(1, "c", Did::Agreed),
            entry(2, "worker", Did::Started),
        ];
        let both = beside(&entries, &log);
        assert_eq!(both, [Some(1), Some(2), Some(3), None, None, None, Some(4), None]);
    }

    #[test]
    fn only_what_moves_a_round_is_a_part() {
        let parts = [Did::Agreed, Did::Refused, Did::PassedOn, Did::AddedBefore, Did::AddedAfter];
        for did in parts {
            assert!(did.acted().is_some(), "{did:?}");
        }
        for did in [Did::Started, Did::Commented, Did::Copied, Did::Finished, Did::Terminated, Did::Other] {
            assert!(did.acted().is_none(), "{did:?}");
        }
    }
}
