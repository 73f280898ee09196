//! What differs. Pure.

use super::{Change, Directory, Entry};
use crate::ids::AccountId;

/// What must be written so that our rows say what the platform shows; who left comes first, because it is the most urgent, and
/// departments before the people in them.
pub fn diff(known: &Directory, seen: &Directory) -> Vec<Change> {
    let left = known.people.keys().filter(|account| !seen.people.contains_key(*account));
    let mut changes: Vec<Change> = left.map(|account| Change::Left { account: account.clone() }).collect();
    departments(known, seen, &mut changes);
    for (account, entry) in &seen.people {
        match known.people.get(account) {
            None => changes.push(Change::Joined {
                account: account.clone(),
                name: entry.name.clone(),
                unionid: entry.unionid.clone(),
                departments: entry.departments.clone(),
            }),
            Some(before) => person(account, before, entry, &mut changes),
        }
    }
    changes
}

fn departments(known: &Directory, seen: &Directory, changes: &mut Vec<Change>) {
    for (id, now) in &seen.departments {
        let department = *id;
        let Some(before) = known.departments.get(id) else {
            let (name, parent) = (now.name.clone(), now.parent);
            changes.push(Change::DepartmentMade { department, name, parent });
            continue;
        };
        if before.name != now.name {
            let (from, to) = (before.name.clone(), now.name.clone());
            changes.push(Change::DepartmentRenamed { department, from, to });
        }
        if before.parent != now.parent {
            changes.push(Change::DepartmentMoved { department, from: before.parent, to: now.parent });
        }
    }
    for (id, before) in known.departments.iter().filter(|(id, _)| !seen.departments.contains_key(id)) {
        changes.push(Change::DepartmentGone { department: *id, name: before.name.clone() });
    }
}

fn person(account: &AccountId, before: &Entry, now: &Entry, changes: &mut Vec<Change>) {
    // An id across tenants that is not shown this time is not forgotten.
    let another = now.unionid.is_some() && now.unionid != before.unionid;
    if before.name != now.name || another {
        changes.push(Change::Renamed {
            account: account.clone(),
            from: before.name.clone(),
            to: now.name.clone(),
            unionid: now.unionid.clone(),
        });
    }
    if before.departments.is_empty() && !now.departments.is_empty() {
        changes.push(Change::Placed { account: account.clone(), to: now.departments.clone() });
    } else if before.departments != now.departments {
        let (from, to) = (before.departments.clone(), now.departments.clone());
        changes.push(Change::Moved { account: account.clone(), from, to });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Change, Directory, Entry, diff};
    use crate::{
        directory::{Department, Kind},
        ids::{AccountId, DepartmentId},
    };

    fn login(id: &str) -> AccountId {
        AccountId::parse(id).unwrap()
    }

    fn entry(name: &str, departments: &[i64]) -> Entry {
        let departments = departments.iter().map(|id| DepartmentId(*id)).collect();
        Entry { name: name.to_owned(), unionid: None, departments }
    }

    fn directory(people: &[(&str, Entry)], departments: &[(i64, &str, Option<i64>)]) -> Directory {
        let department = |name: &str, parent: &Option<i64>| Department {
            name: name.to_owned(),
            parent: parent.map(DepartmentId),
        };
        Directory {
            people: people.iter().map(|(id, entry)| (login(id), entry.clone())).collect(),
            departments: departments
                .iter()
                .map(|(id, name, parent)| (DepartmentId(*id), department(name, parent)))
                .collect(),
        }
    }

    #[test]
    fn what_is_the_same_is_no_difference() {
        let same = directory(&[("a", entry("甲", &[1]))], &[(1, "局", None)]);
        assert_eq!(diff(&same, &same), []);
        assert_eq!(diff(&Directory::default(), &Directory::default()), []);
    }

    #[test]
    fn each_difference_is_named_and_leavers_come_first() {
        let known = directory(
            &[("a", entry("甲", &[2])), ("b", entry("乙", &[2])), ("c", entry("丙", &[]))],
            &[(1, "局", None), (2, "一处", Some(1)), (3, "二处", Some(1))],
        );
        let seen = directory(
            &[("b", entry("乙二", &[4])), ("c", entry("丙", &[2])), ("d", entry("丁", &[1]))],
            &[(1, "局", None), (2, "一处室", Some(4)), (4, "新处", Some(1))],
        );
        let kinds: Vec<Kind> = diff(&known, &seen).iter().map(Change::kind).collect();
        assert_eq!(
            kinds,
            [
                Kind::Left,
                Kind::DepartmentRenamed,
                Kind::DepartmentMoved,
                Kind::DepartmentMade,
                Kind::DepartmentGone,
                Kind::Renamed,
                Kind::Moved,
                Kind::Placed,
                Kind::Joined,
            ]
        );
    }

    #[test]
    fn a_department_that_is_renamed_and_moved_moves_nobody() {
        let people = [("a", entry("甲", &[2]))];
        let known = directory(&people, &[(1, "局", None), (2, "一处", Some(1)), (3, "二处", Some(1))]);
        let seen = directory(&people, &[(1, "局", None), (2, "老干部处", Some(3)), (3, "二处", Some(1))]);
        let kinds: BTreeSet<Kind> = diff(&known, &seen).iter().map(Change::kind).collect();
        assert_eq!(kinds, [Kind::DepartmentRenamed, Kind::DepartmentMoved].into());
    }

    #[test]
    fn an_id_that_is_not_shown_is_not_forgotten() {
        let with = Entry { unionid: Some("u".to_owned()), ..entry("甲", &[1]) };
        let (with, without) = (directory(&[("a", with)], &[]), directory(&[("a", entry("甲", &[1]))], &[]));
        assert_eq!(diff(&with, &without), []);
        assert_eq!(diff(&without, &with).len(), 1);
    }
}
