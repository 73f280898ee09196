//! The directory: departments and the people in them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::world::Refusal;

/// The department every other one is under.
pub(crate) const ROOT: i64 = 1;

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) userid: String,
    pub(crate) unionid: String,
    pub(crate) name: String,
    pub(crate) mobile: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) departments: Vec<i64>,
    /// The departments this person leads.
    pub(crate) leads: BTreeSet<i64>,
    /// Has opened DingTalk at least once.
    pub(crate) active: bool,
    pub(crate) joined_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Department {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) parent: i64,
}

/// What a change of a person may touch; absent means as it was.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PersonChange {
    pub(crate) name: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) departments: Option<Vec<i64>>,
    pub(crate) active: Option<bool>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Directory {
    people: BTreeMap<String, Person>,
    departments: BTreeMap<i64, Department>,
}

impl Directory {
    pub(crate) fn with_root(name: &str) -> Self {
        let root = Department { id: ROOT, name: name.to_owned(), parent: 0 };
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
        if let Some(name) = change.name {
            person.name = name;
        }
        if let Some(departments) = change.departments {
            person.departments = departments;
        }
        if let Some(active) = change.active {
            person.active = active;
        }
        person.mobile = change.mobile.or(person.mobile.take());
        person.title = change.title.or(person.title.take());
        Ok((before, person.clone()))
    }

    pub(crate) fn department(&self, id: i64) -> Result<&Department, Refusal> {
        self.departments.get(&id).ok_or(Refusal::NoSuchDepartment(id))
    }

    pub(crate) fn put_department(&mut self, department: Department) {
        self.departments.insert(department.id, department);
    }

    /// One level below `parent`, as the platform answers it.
    pub(crate) fn departments_below(&self, parent: i64) -> impl Iterator<Item = &Department> {
        self.departments.values().filter(move |department| department.parent == parent)
    }

    /// Those who are in this very department, not in the ones below it.
    pub(crate) fn members(&self, department: i64) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |person| person.departments.contains(&department))
    }
}
