//! Whoever opens more telephone and identity numbers on a day than work explains is looked at: the security administrators hear of it, once
//! for each worker and day.

use audit::{Row, Search};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use ring::digest::{SHA256, digest};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;
use uuid::Builder;

use super::letters::Letter;
use crate::{
    Context,
    authority::{Grants, Role, Scope, reaches, store as grants},
    calendar::{local_date, utc},
    context::{Act, By},
    ids::AccountId,
    letters,
};

/// What counts: a number in full.
const OPENED: [&str; 2] = ["person.revealed", "person.contact_revealed"];
/// The alarm in the chain.
const ALARM: &str = "trail.unmasked_often";

/// One alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Who opened so many.
    pub account: AccountId,
    /// More than so many.
    pub limit: i64,
    /// When it was too many.
    pub at: DateTime<Utc>,
}

/// Numbers have been opened: are they too many by now? Says whether this is what made them so. Safe to repeat.
pub async fn watch(
    db: &DatabaseConnection,
    cx: &Context,
    (account, limit): (&AccountId, u32),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let on = local_date(now);
    let opened = Search {
        actor: Some(account.to_string()),
        actions: OPENED.map(str::to_owned).into(),
        from: Some(utc(on, NaiveTime::MIN)),
        ..Search::default()
    };
    let most = u64::from(limit) + 1;
    let rows = audit::search(db, &opened, None, most).await?;
    if (rows.len() as u64) < most {
        return Ok(false);
    }
    let tx = mailbox::transaction::write(db).await?;
    if of_day(&tx, on).await?.iter().any(|alarm| alarm.account == *account) {
        return Ok(false);
    }
    let admins = admins(&tx, account, now).await?;
    let alarm = name(on, account);
    let mut told = 0;
    for admin in &admins {
        let letter = Letter::Unmasked { alarm, limit, account: admin.clone() };
        let new = letters::post(&tx, &letters::Letter::Trail(letter), Some(admin), now, now).await?;
        told += usize::from(new);
    }
    // Another server was faster.
    if told == 0 && !admins.is_empty() {
        return Ok(false);
    }
    let act = Act {
        by: By::SYSTEM,
        action: ALARM,
        subject: format!("unmasking/{on}"),
        detail: json!({ "account": account, "limit": limit, "letters": told }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// The same alarm has the same name on every server.
fn name(on: NaiveDate, account: &AccountId) -> uuid::Uuid {
    let sum = digest(&SHA256, format!("{on}/{account}").as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(sum.as_ref()).for_each(|(to, from)| *to = *from);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// Who administers where the worker works; the whole province's when nobody does.
async fn admins(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, DbErr> {
    let theirs: Vec<Scope> =
        Grants::of(db, account, now).await?.all().iter().map(|live| live.scope.clone()).collect();
    let mut all = Vec::new();
    for grant in grants::live(db, now).await? {
        if grant.role != Role::SecurityAdmin || all.contains(&grant.account_id) {
            continue;
        }
        for scope in &theirs {
            if reaches(db, &grant.scope, scope).await? {
                all.push(grant.account_id.clone());
                break;
            }
        }
    }
    Ok(all)
}

async fn of_day(db: &impl ConnectionTrait, on: NaiveDate) -> Result<Vec<Alarm>, DbErr> {
    let search = Search {
        subjects: vec![format!("unmasking/{on}")],
        actions: vec![ALARM.to_owned()],
        ..Search::default()
    };
    let rows = audit::search(db, &search, None, MOST).await?;
    Ok(rows.iter().filter_map(alarm).collect())
}

/// Alarms of a day that are listed.
const MOST: u64 = 500;

/// The alarms of the last days about workers where an administrator grants, latest first.
pub async fn last(
    db: &impl ConnectionTrait,
    mine: &Scope,
    days: u16,
    now: DateTime<Utc>,
) -> Result<Vec<Alarm>, DbErr> {
    let mut found = Vec::new();
    for back in 0..i64::from(days) {
        for alarm in of_day(db, local_date(now - TimeDelta::days(back))).await? {
            let mut reached = false;
            for live in Grants::of(db, &alarm.account, now).await?.all() {
                reached = reached || reaches(db, mine, &live.scope).await?;
            }
            // Whoever has left has no place any more, and stays the whole province's.
            if reached || matches!(mine, Scope::Region(code) if code.as_str().len() == 2) {
                found.push(alarm);
            }
        }
    }
    Ok(found)
}

fn alarm(row: &Row) -> Option<Alarm> {
    let detail = row.detail();
    let account = AccountId::parse(detail.get("account")?.as_str()?)?;
    Some(Alarm { account, limit: detail.get("limit")?.as_i64()?, at: row.at })
}
