//! `grant`: the first roles of an installation. Whoever runs it has the machine and the keys; after that administrators grant.

use anyhow::{Context as _, bail};
use domain::{
    By,
    account::{
        self,
        news::{self, News, Profile},
    },
    authority::{
        GrantRefusal, Role, Scope,
        commands::{GrantError, NewGrant, grant_in},
    },
    calendar::local_date,
    ids::{AccountId, RegionCode},
    region::Regions,
};
use mailbox::transaction;

use crate::{app::App, clock::Clock, config::Config, terminal::say};

/// Gives a login a role in a region, from now on. A login that no event has named yet is read from the tenant's directory.
pub(super) async fn grant(config: Config, userid: &str, role: &str, region: &str) -> anyhow::Result<()> {
    let role =
        Role::parse(role).with_context(|| format!("there is no role {role}; say one of {}", roles()))?;
    let code = RegionCode::from_gb2260(region).with_context(|| format!("{region} is no region's code"))?;
    let account = AccountId::parse(userid).with_context(|| format!("{userid} cannot be a userid"))?;
    let app = App::build(config, Clock::System).await?;
    let now = app.clock.now();
    let regions = Regions::load(&app.db).await?;
    if regions.find(&code, local_date(now)).is_none() {
        bail!("there is no region {region} today; 330000 is the province");
    }
    let unheard = match account::store::find(&app.db, &account).await? {
        Some(_) => None,
        None => Some(directory(&app, userid).await?),
    };
    let place = regions.full_name(&code, local_date(now));
    let tx = transaction::write(&app.db).await?;
    if let Some(profile) = unheard {
        let key = format!("installer/{account}/{}", now.timestamp_millis());
        let news = News { key, account: account.clone(), happened_at: now };
        news::joined_in(&tx, &app.cx, &news, &profile, now).await?;
    }
    let new = NewGrant {
        account: account.clone(),
        role,
        scope: Scope::Region(code),
        from: now,
        to: None,
        reason: None,
    };
    match grant_in(&tx, &app.cx, By::INSTALLER, None, new, now).await {
        Ok(_) => {}
        Err(GrantError::Refused(refused)) => bail!("{account} is granted nothing: {}", why(refused)),
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    say(format!("{account} is {} in {place}; the audit chain says so", role.code()));
    Ok(())
}

async fn directory(app: &App, userid: &str) -> anyhow::Result<Profile> {
    let user = userid.parse().with_context(|| format!("{userid} cannot be a userid"))?;
    let found = app.dingtalk.contact().user(&user).await;
    let found = found.with_context(|| format!("the tenant's directory does not show {userid}"))?;
    Ok(Profile { name: found.name, unionid: found.unionid.map(Into::into) })
}

fn roles() -> String {
    Role::all().map(Role::code).collect::<Vec<_>>().join(", ")
}

fn why(refused: GrantRefusal) -> String {
    match refused {
        GrantRefusal::AccountLeft => "the login has left the tenant".to_owned(),
        GrantRefusal::Excludes(held) => {
            format!("it is {} already, and one login may not be both", held.code())
        }
        GrantRefusal::Exists => "it has that role there already".to_owned(),
        other => format!("{other:?}"),
    }
}
