//! 今天要走访: on working mornings, whoever has people to see soon is told how many; once a day.

use chrono::{DateTime, Days, Timelike, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use crate::{
    Act, By, Context,
    calendar::{Calendar, Kind, local_date, local_time},
    letters,
    outreach::{letters::Letter, store},
};

/// So many days before the last day somebody is told.
const SOON: u64 = 3;
/// The hours in which it is said.
const HOURS: std::ops::Range<u32> = 8..12;

/// Tells them. Says how many. Safe to repeat, by any number of servers.
pub async fn remind(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let on = local_date(now);
    if !HOURS.contains(&local_time(now).hour()) {
        return Ok(0);
    }
    let until = on.checked_add_days(Days::new(SOON)).unwrap_or(on);
    let goers = store::entry::goers(db, until).await?;
    if goers.is_empty() || Calendar::load(db).await?.kind(on) != Kind::Working {
        return Ok(0);
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut told = 0;
    for account in goers {
        let letter = letters::Letter::Outreach(Letter::Today { account: account.clone(), on });
        if !letters::post(&tx, &letter, Some(&account), now, now).await? {
            continue;
        }
        let act = Act {
            by: By::SYSTEM,
            action: "outreach.today_told",
            subject: format!("account/{account}"),
            detail: json!({}),
        };
        cx.record(&tx, act, now).await?;
        told += 1;
    }
    tx.commit().await?;
    Ok(told)
}
