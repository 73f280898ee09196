//! What the bot does with what somebody said. Effect and answer commit together with the inbox item.

use chrono::{DateTime, Utc};
use domain::{
    Context,
    authority::Myself,
    branch::{self, BranchError, Door, SignIn, Target},
    ids::AccountId,
    notice,
};
use mailbox::{Lane, outbox::NewLetter};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    Command,
    answer::{Answer, KIND, Reply},
};

/// What somebody said to the bot.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Who.
    pub account: &'a AccountId,
    /// What, as understood; `None` is answered with the menu.
    pub command: Option<Command>,
    /// The platform's id of the message: one message has one answer.
    pub message: &'a str,
    /// Where an answer may go without being counted, and until when.
    pub session: Option<(&'a str, DateTime<Utc>)>,
}

/// Does what was said and leaves the answer in the outbox.
pub async fn handle_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    said: &Said<'_>,
    now: DateTime<Utc>,
) -> Result<Answer, DbErr> {
    let answer = match said.command {
        None | Some(Command::Help) => Answer::Help,
        Some(Command::Progress) => Answer::Progress,
        Some(Command::SignIn) => sign_in(tx, cx, said.account, now).await?,
        Some(Command::Stop(topic)) => {
            notice::stop_in(tx, cx, said.account, topic, now).await?;
            Answer::Stopped { topic }
        }
        Some(Command::Resume(topic)) => {
            notice::resume_in(tx, cx, said.account, topic, now).await?;
            Answer::Resumed { topic }
        }
    };
    let reply = Reply {
        account: said.account.clone(),
        answer,
        session: said.session.map(|(webhook, until)| (webhook.to_owned(), until)),
    };
    let letter = NewLetter {
        key: format!("{KIND}/{}", said.message),
        lane: Lane::Result,
        kind: KIND.to_owned(),
        addressee: Some(said.account.to_string()),
        payload: serde_json::to_value(&reply).map_err(|error| DbErr::Json(error.to_string()))?,
        run_at: now,
    };
    mailbox::outbox::push(tx, &letter, now).await?;
    Ok(answer)
}

async fn sign_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Answer, DbErr> {
    let Some(myself) = Myself::of(tx, account, now).await? else { return Ok(Answer::NotRegistered) };
    let entry = match branch::attendance::target(tx, myself.person(), now).await? {
        Target::Now(entry) => entry,
        Target::Later(next) => {
            return Ok(Answer::NothingToSignIn { next: next.map(|entry| entry.meeting.id) });
        }
    };
    let meeting = entry.meeting.id;
    match branch::attendance::sign_in_in(tx, cx, (&myself, Door::Bot), meeting, now).await {
        Ok(SignIn::Done { at }) => Ok(Answer::SignedIn { meeting, at }),
        Ok(SignIn::Already { at }) => Ok(Answer::AlreadySignedIn { meeting, at }),
        // The window has just closed, or the secretary has written something down: the page says more than a chat can.
        Err(BranchError::Refused(_) | BranchError::NotFound) => Ok(Answer::NothingToSignIn { next: None }),
        Err(BranchError::Db(error)) => Err(error),
    }
}
