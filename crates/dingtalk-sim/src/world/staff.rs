//! People come, change and go; the app is told.

use chrono::{DateTime, Utc};

use crate::config;
use crate::world::{DirectoryNews, Entry, Happening, Person, PersonChange, ROOT, Refusal, Tenancy};

/// Somebody whom the app adds.
#[derive(Clone, Debug)]
pub(crate) struct NewPerson {
    /// Made when absent.
    pub(crate) userid: Option<String>,
    pub(crate) name: String,
    pub(crate) mobile: String,
    pub(crate) departments: Vec<i64>,
    /// The rest, as a change of the new entry.
    pub(crate) rest: PersonChange,
}

impl Tenancy {
    /// From the world file, or by hand.
    pub(crate) fn add_person(&mut self, person: config::Person, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.directory.has(&person.userid) {
            return Err(Refusal::Parameter(format!("userid {} is taken", person.userid)));
        }
        for department in person.departments.iter().chain(&person.leads) {
            self.directory.department(*department)?;
        }
        let person = self.person(person, now);
        self.join(person, now);
        Ok(())
    }

    /// By the app.
    pub(crate) fn create_person(&mut self, new: NewPerson, now: DateTime<Utc>) -> Result<Person, Refusal> {
        let NewPerson { userid, name, mobile, departments, rest } = new;
        for department in &departments {
            self.directory.department(*department)?;
        }
        let userid = match userid {
            Some(userid) if self.directory.has(&userid) => {
                return Err(Refusal::old(60102, "UserID在公司中已存在"));
            }
            Some(userid) => userid,
            None => self.ids.number().to_string(),
        };
        if self.directory.somebody_else(&userid, |person| person.mobile.as_deref() == Some(&mobile)) {
            return Err(Refusal::old(60104, "手机号码在公司中已存在"));
        }
        self.check_unique(&userid, &rest)?;
        let mut person = Person {
            unionid: self.ids.word(22),
            userid,
            name,
            mobile: Some(mobile),
            title: None,
            departments,
            leads: std::collections::BTreeSet::new(),
            active: false,
            joined_at: now,
            entry: Entry::default(),
        };
        person.apply(rest);
        self.join(person.clone(), now);
        Ok(person)
    }

    pub(crate) fn change_person(
        &mut self,
        userid: &str,
        change: PersonChange,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.directory.person(userid)?;
        self.check_unique(userid, &change)?;
        let (before, mut after) = self.directory.change(userid, change)?;
        if before == after {
            return Ok(());
        }
        after.entry.changed_at = Some(now);
        self.directory.put(after.clone());
        let userid = || userid.to_owned();
        if after.active && !before.active {
            self.happen(Happening::Directory(DirectoryNews::Activated(userid())), now);
        }
        match (before.entry.admin.is_some(), after.entry.admin.is_some()) {
            (false, true) => self.happen(Happening::Directory(DirectoryNews::AdminMade(userid())), now),
            (true, false) => self.happen(Happening::Directory(DirectoryNews::AdminGone(userid())), now),
            _ => {}
        }
        let (before, after) = (Box::new(before), Box::new(after));
        self.happen(Happening::Changed { before, after }, now);
        Ok(())
    }

    pub(crate) fn remove_person(&mut self, userid: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.directory.remove(userid)?;
        self.roles.forget(userid);
        self.groups.forget(userid);
        self.happen(Happening::Left(vec![userid.to_owned()]), now);
        Ok(())
    }

    pub(super) fn person(&mut self, person: config::Person, joined_at: DateTime<Utc>) -> Person {
        let mut departments = person.departments;
        if departments.is_empty() {
            departments.push(ROOT);
        }
        let unionid = person.unionid.unwrap_or_else(|| self.ids.word(22));
        let entry = Entry {
            job_number: person.job_number,
            email: person.email,
            admin: person.admin,
            extension: person.extension,
            ..Entry::default()
        };
        Person {
            userid: person.userid,
            unionid,
            name: person.name,
            mobile: person.mobile,
            title: person.title,
            departments,
            leads: person.leads.into_iter().collect(),
            active: person.active,
            joined_at,
            entry,
        }
    }

    fn join(&mut self, person: Person, now: DateTime<Utc>) {
        let userid = person.userid.clone();
        self.directory.put(person);
        self.happen(Happening::Joined(vec![userid]), now);
    }

    /// What two people may not have in common, and who must exist.
    fn check_unique(&self, userid: &str, change: &PersonChange) -> Result<(), Refusal> {
        let directory = &self.directory;
        let taken = |wanted: &Option<String>, of: fn(&Person) -> Option<&String>| {
            wanted.as_ref().is_some_and(|wanted| {
                directory.somebody_else(userid, |person| of(person).is_some_and(|has| has == wanted))
            })
        };
        if taken(&change.email, |person| person.entry.email.as_ref()) {
            return Err(Refusal::old(60106, "邮箱已存在"));
        }
        if taken(&change.mobile, |person| person.mobile.as_ref()) {
            return Err(Refusal::old(60104, "手机号码在公司中已存在"));
        }
        if taken(&change.telephone, |person| person.entry.telephone.as_ref()) {
            return Err(Refusal::Parameter("telephone belongs to somebody else".to_owned()));
        }
        match &change.manager {
            Some(manager) if !directory.has(manager) => Err(Refusal::old(60128, "无效的主管id")),
            _ => Ok(()),
        }
    }
}
