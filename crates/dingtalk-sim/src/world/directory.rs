//! The directory: departments and the people in them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::config::ContactScope;
use crate::world::{Department, DepartmentChange, Person, PersonChange, ROOT, Refusal};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Directory {
    people: BTreeMap<String, Person>,
    departments: BTreeMap<i64, Department>,
}

impl Directory {
    pub(crate) fn with_root(name: &str) -> Self {
        let root =
            Department { id: ROOT, name: name.to_owned(), parent: 0, order: None, settings: BTreeMap::new() };
        Self { people: BTreeMap::new(), departments: BTreeMap::from([(ROOT, root)]) }
    }

    pub(crate) fn person(&self, userid: &str) -> Result<&Person, Refusal> {
        self.people.get(userid).ok_or_else(|| Refusal::NoSuchUser(userid.to_owned()))
    }

    pub(crate) fn has(&self, userid: &str) -> bool {
        self.people.contains_key(userid)
    }

    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    pub(crate) fn put(&mut self, person: Person) {
        self.people.insert(person.userid.clone(), person);
    }

    pub(crate) fn remove(&mut self, userid: &str) -> Result<Person, Refusal> {
        self.people.remove(userid).ok_or_else(|| Refusal::NoSuchUser(userid.to_owned()))
    }

    /// Returns the record as it was and as it is.
    pub(crate) fn change(&mut self, userid: &str, change: PersonChange) -> Result<(Person, Person), Refusal> {
        if let Some(department) =
            change.departments.iter().flatten().find(|id| !self.departments.contains_key(id))
        {
            return Err(Refusal::NoSuchDepartment(*department));
        }
        let person = self.people.get_mut(userid).ok_or_else(|| Refusal::NoSuchUser(userid.to_owned()))?;
        let before = person.clone();
        person.apply(change);
        Ok((before, person.clone()))
    }

    pub(crate) fn department(&self, id: i64) -> Result<&Department, Refusal> {
        self.departments.get(&id).ok_or(Refusal::NoSuchDepartment(id))
    }

    pub(crate) fn departments(&self) -> impl Iterator<Item = &Department> {
        self.departments.values()
    }

    pub(crate) fn put_department(&mut self, department: Department) {
        self.departments.insert(department.id, department);
    }

    pub(crate) fn remove_department(&mut self, id: i64) {
        self.departments.remove(&id);
    }

    /// One level below `parent`, in the order of the organisation.
    pub(crate) fn departments_below(&self, parent: i64) -> impl Iterator<Item = &Department> {
        let mut below: Vec<_> = self.departments.values().filter(|one| one.parent == parent).collect();
        below.sort_by_key(|department| (department.order.unwrap_or(i64::MAX), department.id));
        below.into_iter()
    }

    /// From a department up to the root, both included.
    pub(crate) fn way_up(&self, id: i64) -> Vec<i64> {
        let mut way: Vec<i64> = Vec::new();
        let mut next = Some(id);
        while let Some(department) = next.and_then(|id| self.departments.get(&id)) {
            if way.contains(&department.id) {
                break;
            }
            way.push(department.id);
            next = (department.id != ROOT).then_some(department.parent);
        }
        way
    }

    /// Those who are in this very department, not in the ones below it.
    pub(crate) fn members(&self, department: i64) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |person| person.departments.contains(&department))
    }

    /// Those who are here or below.
    pub(crate) fn everybody_below(&self, department: i64) -> usize {
        let below = |id: &i64| self.way_up(*id).contains(&department);
        self.people.values().filter(|person| person.departments.iter().any(below)).count()
    }

    pub(crate) fn leaders(&self, department: i64) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |person| person.leads.contains(&department))
    }

    pub(crate) fn change_department(&mut self, id: i64, change: DepartmentChange) -> Result<bool, Refusal> {
        let department = self.departments.get_mut(&id).ok_or(Refusal::NoSuchDepartment(id))?;
        let before = department.clone();
        department.name = change.name.unwrap_or_else(|| std::mem::take(&mut department.name));
        department.parent = change.parent.unwrap_or(department.parent);
        department.order = change.order.or(department.order);
        department.settings.extend(change.settings);
        let mut changed = *department != before;
        if let Some(leaders) = change.leaders {
            for person in self.people.values_mut() {
                let leads = leaders.contains(&person.userid);
                changed |= if leads { person.leads.insert(id) } else { person.leads.remove(&id) };
            }
        }
        Ok(changed)
    }

    /// 50004 when the app may not see a department.
    pub(crate) fn check_department(&self, scope: Option<&ContactScope>, id: i64) -> Result<(), Refusal> {
        let Some(scope) = scope else { return Ok(()) };
        let seen = self.way_up(id).iter().any(|above| scope.departments.contains(above));
        if seen { Ok(()) } else { Err(Refusal::DepartmentOutOfScope(id)) }
    }

    /// 50002 when the app may not see a person.
    pub(crate) fn check_person(&self, scope: Option<&ContactScope>, person: &Person) -> Result<(), Refusal> {
        let Some(people) = scope.map(|scope| &scope.people) else { return Ok(()) };
        let by_department = |id: &i64| self.check_department(scope, *id).is_ok();
        if people.contains(&person.userid) || person.departments.iter().any(by_department) {
            Ok(())
        } else {
            Err(Refusal::PersonOutOfScope(person.userid.clone()))
        }
    }

    /// Whether anybody but `except` is so.
    pub(crate) fn somebody_else(&self, except: &str, has: impl Fn(&Person) -> bool) -> bool {
        self.people.values().any(|person| person.userid != except && has(person))
    }

    /// Whether all of them are in a department.
    pub(crate) fn are_in(&self, userids: &[String], department: i64) -> bool {
        let here: BTreeSet<_> = self.members(department).map(|person| person.userid.as_str()).collect();
        userids.iter().all(|userid| here.contains(userid.as_str()))
    }
}
