//! `reset-second-factor`: a telephone is lost and nobody is there to ask. Whoever runs it has the machine and the keys.

use anyhow::{Context as _, ensure};
use domain::{account, ids::AccountId, second_factor::reset::at_the_machine};

use crate::{app::App, clock::Clock, config::Config, terminal::say};

/// Takes it away; the owner hears of it, signs in again and binds another one.
pub(super) async fn reset(config: Config, userid: &str) -> anyhow::Result<()> {
    let account = AccountId::parse(userid).with_context(|| format!("{userid} cannot be a userid"))?;
    let app = App::build(config, Clock::System).await?;
    ensure!(account::store::find(&app.db, &account).await?.is_some(), "there is no login {account}");
    let there_was = at_the_machine(&app.db, &app.cx, &account, app.clock.now()).await?;
    ensure!(there_was, "{account} has no second factor");
    say(format!("{account} has no second factor any more; the audit chain says so, and its owner is told"));
    Ok(())
}
