//! What these pages share: who reads, their frame, what a hold is over, errors.

use domain::{
    aid,
    authority::{AuditAdmin, Grants, Scope, SecurityAdmin, SystemAdmin, Worker},
    person::store as people,
    retention::{Hold, Over, RetentionError, Rule, find},
};
use notify::words::retention as say;

use crate::{
    app::App,
    page::{Frame, PageError},
    session::SignedIn,
};

/// Where all of it is.
pub(super) const HERE: &str = "/console/retention";

/// Who reads, and what of it he may.
pub(super) struct Reader {
    pub(super) grants: Grants,
    /// Works for the whole province: sees the lists with whom they are about.
    pub(super) worker: Option<Worker>,
    /// Agrees for the whole province: sees counts.
    pub(super) security: Option<SecurityAdmin>,
    /// Sees counts and what has gone.
    pub(super) audit: bool,
    /// Sets rules for the whole province.
    pub(super) system: Option<SystemAdmin>,
}

fn province(scope: &Scope) -> bool {
    matches!(scope, Scope::Region(code) if code.as_str().len() == 2)
}

impl Reader {
    /// Whoever has a role at the desk.
    pub(super) async fn of(by: &SignedIn) -> Result<Self, PageError> {
        let grants = by.grants().await?;
        if grants.is_empty() {
            return Err(PageError::NotFound);
        }
        Ok(Self {
            worker: Worker::somewhere(&grants).filter(|proof| province(proof.scope())),
            security: SecurityAdmin::somewhere(&grants).filter(|proof| province(proof.scope())),
            audit: AuditAdmin::somewhere(&grants).is_some(),
            system: SystemAdmin::somewhere(&grants).filter(|proof| province(proof.scope())),
            grants,
        })
    }

    /// May he see the lists?
    pub(super) const fn lists(&self) -> bool {
        self.worker.is_some() || self.security.is_some() || self.audit
    }

    /// Whoever may see the lists; for others there are none.
    pub(super) async fn of_lists(by: &SignedIn) -> Result<Self, PageError> {
        let reader = Self::of(by).await?;
        if reader.lists() { Ok(reader) } else { Err(PageError::NotFound) }
    }
}

/// The frame of a page about how long things are kept.
pub(super) fn frame(by: &SignedIn) -> Frame {
    by.frame().console_at(HERE)
}

/// A rule in words.
pub(super) fn rule(rule: Option<&Rule>) -> String {
    rule.map_or_else(
        || "没有定，一直保存".to_owned(),
        |rule| format!("{}，{}", rule.period().label(), rule.counted.label()),
    )
}

/// What a hold is over, in words for whoever may know of it, and where that is.
pub(super) async fn over(app: &App, hold: &Hold) -> Result<(String, Option<String>), PageError> {
    let db = &app.db;
    Ok(match hold.over() {
        Some(Over::Person(id)) => {
            let person = people::find(db, id).await?;
            let name = person.map(|person| person.name).unwrap_or_default();
            (format!("{name}的全部资料"), Some(format!("/console/people/{id}")))
        }
        Some(Over::Case(id)) => {
            let case = aid::store::case::find(db, id).await?;
            let number = case.map(|case| case.number).unwrap_or_default();
            (format!("个案{number}"), Some(format!("/console/aid/{id}")))
        }
        Some(Over::Unit(id)) => {
            let unit = people::find_unit(db, id).await?;
            (format!("{}及下属的全部资料", unit.map(|unit| unit.name).unwrap_or_default()), None)
        }
        Some(Over::Class(code)) => {
            let label = find(&code).map_or(code.clone(), |(class, _)| class.label.to_owned());
            (format!("全部{label}"), Some(format!("{HERE}/rules/{code}")))
        }
        None => (String::new(), None),
    })
}

/// A refusal in one line, for beside a field.
pub(super) fn beside(refusal: domain::retention::RetentionRefusal) -> String {
    say::refusal(refusal).replace('\n', "")
}

pub(super) fn trouble(error: RetentionError) -> PageError {
    match error {
        RetentionError::NotFound => PageError::NotFound,
        RetentionError::Refused(refusal) => PageError::Refused(say::refusal(refusal)),
        RetentionError::CannotSeal(error) => PageError::Broken(error.into()),
        RetentionError::Db(error) => error.into(),
    }
}
