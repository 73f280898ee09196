//! Writing differences. Each can be written twice: what is known to be newer stays.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Change, Run, store};
use crate::{
    Context,
    account::news::{self, News, Profile},
    ids::{AccountId, DepartmentId},
};

/// Writes one. What the walk saw happened, as far as anybody knows, when it began: an event that is newer is believed instead.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    cx: &Context,
    run: &Run,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    match change {
        Change::Left { account } => {
            news::left_in(tx, cx, &news_of("left", account, run), now).await?;
        }
        Change::Joined { account, name, unionid, departments } => {
            let profile = Profile { name: name.clone(), unionid: unionid.clone() };
            news::found_in(tx, cx, &news_of("joined", account, run), &profile, now).await?;
            place(tx, account, departments).await?;
        }
        Change::Renamed { account, to, unionid, .. } => {
            let profile = Profile { name: to.clone(), unionid: unionid.clone() };
            news::renamed_in(tx, account, &profile).await?;
        }
        Change::Moved { account, to, .. } | Change::Placed { account, to } => place(tx, account, to).await?,
        Change::DepartmentMade { department, name, parent } => {
            store::make_department(tx, *department, name, *parent, now).await?;
        }
        Change::DepartmentGone { department, .. } => {
            store::end_department(tx, *department, now).await?;
        }
        Change::DepartmentRenamed { department, to, .. } => {
            store::rename_department(tx, *department, to, now).await?;
        }
        Change::DepartmentMoved { department, to, .. } => {
            store::move_department(tx, *department, *to, now).await?;
        }
        Change::Unlinked { .. } | Change::LeaverLinked { .. } => {}
    }
    Ok(())
}

/// The key is what the news says, as with events.
pub(super) fn news_of(what: &str, account: &AccountId, run: &Run) -> News {
    let at = run.started_at;
    News {
        key: format!("{what}/{account}/{}", at.timestamp_millis()),
        account: account.clone(),
        happened_at: at,
    }
}

async fn place(
    tx: &DatabaseTransaction,
    account: &AccountId,
    departments: &BTreeSet<DepartmentId>,
) -> Result<(), DbErr> {
    store::replace_departments(tx, account, departments).await
}
