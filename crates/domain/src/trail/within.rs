//! Which rows are an audit administrator's to read. Whoever audits a province reads all of it; whoever audits a county reads what was done
//! to its people and by those who work there, and nothing of how the system is run.

use std::collections::HashMap;

use audit::Row;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    aid,
    authority::{AuditAdmin, Grants, Place, Scope, reaches},
    export, grievance,
    ids::AccountId,
    intake, person,
};

/// What the system is run by. It has no place, and is the whole province's.
const RUNNING: [&str; 22] = [
    "aid_category",
    "aid_procedure",
    "aid_rule",
    "aid_setting",
    "anchor",
    "approval_day",
    "bank_layout",
    "config",
    "declaration",
    "directory_run",
    "grant",
    "keys",
    "ledger_year",
    "outreach_standard",
    "outreach_year",
    "region",
    "reminder_plan",
    "retention",
    "trail",
    "tree",
    "tree_change",
    "unmasking",
];

/// One reader, with what was found out for him already.
pub(super) struct Within<'a> {
    admin: &'a AuditAdmin,
    places: HashMap<String, bool>,
    actors: HashMap<String, bool>,
}

impl<'a> Within<'a> {
    pub(super) fn of(admin: &'a AuditAdmin) -> Self {
        Self { admin, places: HashMap::new(), actors: HashMap::new() }
    }

    /// Is everything his to read?
    pub(super) fn is_whole(&self) -> bool {
        self.admin
            .reach()
            .iter()
            .any(|scope| matches!(scope, Scope::Region(code) if code.as_str().len() == 2))
    }

    /// Is this row?
    pub(super) async fn has(
        &mut self,
        db: &impl ConnectionTrait,
        row: &Row,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        let (kind, id) = row.subject.split_once('/').unwrap_or((row.subject.as_str(), ""));
        if RUNNING.contains(&kind) {
            return Ok(false);
        }
        if !matches!(kind, "person" | "aid_case" | "grievance" | "export" | "intake") {
            return self.acted(db, &row.actor, now).await;
        }
        if let Some(known) = self.places.get(&row.subject) {
            return Ok(*known);
        }
        let place = place(db, kind, id).await?;
        let has = place.is_some_and(|place| self.admin.covers(place));
        self.places.insert(row.subject.clone(), has);
        Ok(has)
    }

    /// Is whoever did it somebody who works in the reader's place and nowhere else?
    async fn acted(
        &mut self,
        db: &impl ConnectionTrait,
        actor: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        if let Some(known) = self.actors.get(actor) {
            return Ok(*known);
        }
        let mut has = false;
        if let Some(id) = AccountId::parse(actor) {
            let grants = Grants::of(db, &id, now).await?;
            has = !grants.is_empty();
            for theirs in grants.all().iter().map(|live| &live.scope) {
                let mut reached = false;
                for mine in self.admin.reach() {
                    reached = reached || reaches(db, mine, theirs).await?;
                }
                has = has && reached;
            }
        }
        self.actors.insert(actor.to_owned(), has);
        Ok(has)
    }
}

/// Where that to which something was done is.
async fn place(db: &impl ConnectionTrait, kind: &str, id: &str) -> Result<Option<Place>, DbErr> {
    Ok(match kind {
        "person" => match id.parse() {
            Ok(id) => person::store::place_of(db, id).await?,
            Err(_) => None,
        },
        "aid_case" => match id.parse() {
            Ok(id) => aid::store::case::find(db, id).await?.map(|case| case.place()),
            Err(_) => None,
        },
        "grievance" => match id.parse() {
            Ok(id) => grievance::store::find(db, id).await?.map(|row| row.place()),
            Err(_) => None,
        },
        "export" => match id.parse() {
            Ok(id) => export::store::find(db, id).await?.map(|export| export.at()),
            Err(_) => None,
        },
        _ => match id.parse() {
            Ok(id) => intake::store::find(db, id).await?.map(|intake| intake.at()),
            Err(_) => None,
        },
    })
}
