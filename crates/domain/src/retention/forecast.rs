//! 保存到哪一天: what the rules say about what is on record of one person, for whoever would like it deleted.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{rule, ruled, sql};
use crate::{calendar::local_date, ids::PersonId};

/// What one may know to be on record of oneself. Who declared a relation, or what an audit found, is not among it.
const TOLD: [&str; 13] = [
    "aid_case",
    "aid_payment",
    "person",
    "person_contact",
    "person_change",
    "notice",
    "account_link",
    "consent",
    "outreach_entry",
    "outreach_stay",
    "segment_member",
    "person_wish",
    "grievance",
];

/// What is kept of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What.
    pub label: &'static str,
    /// Until the day before; `None`: it is not over yet.
    pub until: Option<NaiveDate>,
    /// How long from then on, in words.
    pub period: String,
    /// What it counts from, in words.
    pub since: &'static str,
    /// By which document.
    pub document: String,
}

/// Every class in which something of the person is on record and must stay, in the order of the classes.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Kept>, DbErr> {
    let (today, mut all) = (local_date(now), Vec::new());
    for (class, it) in ruled().filter(|(class, _)| TOLD.contains(&class.code)) {
        let (Some(people), Some(rule)) = (it.people, rule::in_force(db, class.code, today).await?) else {
            continue;
        };
        let code = class.code;
        let text = format!(
            "SELECT count(*) AS many, max(CASE WHEN {which} THEN {day} END) AS last, \
             CAST(sum(CASE WHEN {which} THEN 0 ELSE 1 END) AS bigint) AS open FROM {from} \
             WHERE ? IN ({people}) AND NOT EXISTS \
             (SELECT 1 FROM retention_tombstone t WHERE t.class = '{code}' AND t.subject = r.id)",
            which = it.which,
            day = it.day,
            from = it.from,
        );
        let rows = sql::rows(db, &text, vec![person.uuid().into()]).await?;
        let Some(row) = rows.first().filter(|row| row.try_get::<i64>("", "many").is_ok_and(|many| many > 0))
        else {
            continue;
        };
        let open = row.try_get::<Option<i64>>("", "open")?.unwrap_or_default() > 0;
        let last = sql::day(row, "last")?.and_then(|day| rule.due(day));
        let until = last.filter(|_| !open);
        if until.is_some_and(|until| until <= today) {
            continue;
        }
        all.push(Kept {
            label: class.label,
            until,
            period: rule.period().label(),
            since: it.since,
            document: rule.document,
        });
    }
    Ok(all)
}
