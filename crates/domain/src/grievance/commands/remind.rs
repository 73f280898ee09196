//! 等您答复: on working mornings, whoever has some that are due soon is told how many; once a day.

use chrono::{DateTime, Timelike, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use crate::{
    Act, By, Context,
    calendar::{Calendar, Kind, local_date, local_time},
    grievance::{letters::Letter, store},
    letters,
};

/// So many working days before the last day somebody is told.
const SOON: u32 = 2;
/// The hours in which it is said.
const HOURS: std::ops::Range<u32> = 8..12;

/// Tells them. Says how many. Safe to repeat, by any number of servers.
pub async fn remind(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let on = local_date(now);
    if !HOURS.contains(&local_time(now).hour()) {
        return Ok(0);
    }
    let calendar = Calendar::load(db).await?;
    if calendar.kind(on) != Kind::Working {
        return Ok(0);
    }
    let owing = store::owing(db, calendar.add_working_days(on, SOON)).await?;
    if owing.is_empty() {
        return Ok(0);
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut told = 0;
    for account in owing {
        let letter = letters::Letter::Grievance(Letter::Due { account: account.clone(), on });
        if !letters::post(&tx, &letter, Some(&account), now, now).await? {
            continue;
        }
        let act = Act {
            by: By::SYSTEM,
            action: "grievance.due_told",
            subject: format!("account/{account}"),
            detail: json!({}),
        };
        cx.record(&tx, act, now).await?;
        told += 1;
    }
    tx.commit().await?;
    Ok(told)
}
