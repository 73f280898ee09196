//! What the platform says about who is in the tenant. Its events may come twice, late and in any order; the
//! state that remains is the same (each piece of news counts once, and only if nothing newer is known).

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{Account, NewsKind, TextSize, entity, event, letters, store};
use crate::{
    Context,
    context::{Act, By},
    ids::AccountId,
    letters::{Letter, post},
    second_factor, session,
};

/// One event of the platform about one login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What tells this piece of news from every other. The same news has the same key, however it came.
    pub key: String,
    /// About whom.
    pub account: AccountId,
    /// When it happened, says the platform.
    pub happened_at: DateTime<Utc>,
}

/// What the directory says of a login.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name in the directory.
    pub name: String,
    /// The id across tenants.
    pub unionid: Option<String>,
}

/// What a piece of news did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The login changed.
    Changed,
    /// It was as the news says already, or something newer is known.
    Nothing,
    /// The news was heard before.
    Repeated,
}

/// Somebody joined, or joined again: the login is good, with the roles and links that nobody has ended. The first
/// time, a welcome goes out.
pub async fn joined_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    news: &News,
    profile: &Profile,
    now: DateTime<Utc>,
) -> Result<Effect, DbErr> {
    let greeted = store::find_locked(tx, &news.account).await?.is_some();
    let effect = found_in(tx, cx, news, profile, now).await?;
    if !greeted && effect == Effect::Changed {
        let welcome = Letter::Account(letters::Letter::Welcome { account: news.account.clone() });
        post(tx, &welcome, Some(&news.account), now, now).await?;
    }
    Ok(effect)
}

/// Somebody is in the directory of whom no event has told. The same, without a welcome: the first walk through a tenant would greet
/// everybody who has been there for years.
pub async fn found_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    news: &News,
    profile: &Profile,
    now: DateTime<Utc>,
) -> Result<Effect, DbErr> {
    let known = store::find_locked(tx, &news.account).await?;
    let believed = known.as_ref().is_none_or(|account| joining_is_newer(account, news.happened_at));
    if !store::hear(tx, row(news, NewsKind::Joined, believed, now)).await? {
        return Ok(Effect::Repeated);
    }
    if !believed {
        return Ok(Effect::Nothing);
    }
    let Some(account) = known else {
        store::insert(tx, joined(news, profile)).await?;
        return record(tx, cx, "account.joined", &news.account, now).await;
    };
    let change = entity::ActiveModel {
        name: Set(profile.name.clone()),
        unionid: Set(profile.unionid.clone().or(account.unionid)),
        active: Set(true),
        status_at: Set(news.happened_at),
        joined_at: Set(if account.active { account.joined_at } else { news.happened_at }),
        left_at: Set(None),
        ..Default::default()
    };
    store::update(tx, &news.account, change).await?;
    if account.active {
        Ok(Effect::Nothing)
    } else {
        record(tx, cx, "account.joined", &news.account, now).await
    }
}

/// Somebody left: the login is no good from this transaction on, and neither is any of its sessions.
pub async fn left_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    news: &News,
    now: DateTime<Utc>,
) -> Result<Effect, DbErr> {
    let known = store::find_locked(tx, &news.account).await?;
    let believed = known.as_ref().is_none_or(|account| news.happened_at >= account.status_at);
    if !store::hear(tx, row(news, NewsKind::Left, believed, now)).await? {
        return Ok(Effect::Repeated);
    }
    if !believed {
        return Ok(Effect::Nothing);
    }
    let Some(account) = known else {
        // Never seen before, and gone: remembered, so that the news of its joining may come late.
        let gone =
            Account { active: false, left_at: Some(news.happened_at), ..joined(news, &Profile::default()) };
        store::insert(tx, gone).await?;
        return record(tx, cx, "account.left", &news.account, now).await;
    };
    let change = entity::ActiveModel {
        active: Set(false),
        status_at: Set(news.happened_at),
        left_at: Set(Some(news.happened_at)),
        ..Default::default()
    };
    store::update(tx, &news.account, change).await?;
    session::store::revoke_all(tx, &news.account, session::Ended::Left, now).await?;
    second_factor::reset::forget(tx, &news.account).await?;
    if account.active {
        record(tx, cx, "account.left", &news.account, now).await
    } else {
        Ok(Effect::Nothing)
    }
}

/// The directory's name for a login changed. Nothing to audit: the platform owns it.
pub async fn renamed_in(
    tx: &DatabaseTransaction,
    account: &AccountId,
    profile: &Profile,
) -> Result<bool, DbErr> {
    let mut change = entity::ActiveModel { name: Set(profile.name.clone()), ..Default::default() };
    if let Some(unionid) = &profile.unionid {
        change.unionid = Set(Some(unionid.clone()));
    }
    store::update(tx, account, change).await
}

/// At the same instant leaving wins: it is the safe mistake.
fn joining_is_newer(account: &Account, happened_at: DateTime<Utc>) -> bool {
    happened_at > account.status_at || (happened_at == account.status_at && account.active)
}

fn joined(news: &News, profile: &Profile) -> Account {
    Account {
        id: news.account.clone(),
        name: profile.name.clone(),
        unionid: profile.unionid.clone(),
        person_id: None,
        active: true,
        status_at: news.happened_at,
        joined_at: news.happened_at,
        left_at: None,
        text_size: TextSize::default(),
    }
}

fn row(news: &News, kind: NewsKind, believed: bool, now: DateTime<Utc>) -> event::Model {
    event::Model {
        key: news.key.clone(),
        account_id: news.account.clone(),
        kind,
        happened_at: news.happened_at,
        received_at: now,
        believed,
    }
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    action: &'static str,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Effect, DbErr> {
    let act = Act { by: By::PLATFORM, action, subject: format!("account/{account}"), detail: json!({}) };
    cx.record(tx, act, now).await?;
    Ok(Effect::Changed)
}
