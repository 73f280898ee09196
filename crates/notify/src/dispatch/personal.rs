//! Letters to one person: own results, the bot's answers, the welcome. At least once: after an unknown outcome they go again, because
//! missing one's own result is worse than reading it twice.

use chrono::{DateTime, Utc};
use domain::{
    account,
    aid::{self, letters},
    calendar,
    ids::{AccountId, CaseId},
    letters::Letter,
};
use mailbox::outbox;

use super::{Dispatcher, Opened, What, words_of::meeting_page};
use crate::{
    address,
    bot::{Answer, Reply},
    compose::compose,
    message::Message,
    words,
};

impl Dispatcher {
    pub(super) async fn personally(&self, opened: Opened, now: DateTime<Utc>) -> anyhow::Result<()> {
        let Opened { letter, what } = opened;
        match what {
            What::Reply(reply) => self.answer(&letter, &reply, now).await,
            What::Letter(Letter::Account(account::letters::Letter::Welcome { account })) => {
                self.tell(&letter, &account, &words::bot::welcome("/home"), now).await
            }
            What::Letter(Letter::Aid(letters::Letter::ApprovalCreate { case, round })) => {
                self.create_approval(&letter, (case, round), now).await
            }
            What::Letter(Letter::Aid(letters::Letter::ApprovalTerminate { case, round })) => {
                self.recall_approval(&letter, (case, round), now).await
            }
            What::Letter(Letter::Aid(letters::Letter::Told { case, account, news })) => {
                let Some(found) = aid::store::case::find(&self.db, case).await? else {
                    return Ok(outbox::dead(&self.db, &letter, "no such case", now).await?);
                };
                self.tell(&letter, &account, &words::aid::told(news, &found.number, &case_page(case)), now)
                    .await
            }
            // Reminders are grouped before.
            What::Letter(Letter::Notice(notice)) => self.remind(vec![(letter, notice)], now).await,
        }
    }

    /// One message to one login, if it is still in the tenant.
    pub(super) async fn tell(
        &self,
        letter: &outbox::Letter,
        account: &AccountId,
        message: &Message,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let active = account::store::find(&self.db, account).await?.is_some_and(|account| account.active);
        let (true, Some(user)) = (active, address::user(account)) else {
            return Ok(outbox::done(&self.db, letter, now).await?);
        };
        mailbox::point("tell.ready").await?;
        let told = self.client.robot().send_to_people(&[user], &compose(message, &self.settings)).await;
        mailbox::point("tell.called").await?;
        match told {
            Ok(report) if !report.flow_controlled_staff_id_list.is_empty() => {
                outbox::fail(&self.db, letter, "flow controlled", now).await?;
                Ok(())
            }
            Ok(report) if !report.invalid_staff_id_list.is_empty() => {
                Ok(outbox::dead(&self.db, letter, "unknown login", now).await?)
            }
            Ok(_) => {
                outbox::done(&self.db, letter, now).await?;
                Ok(mailbox::point("tell.marked").await?)
            }
            Err(error) => self.failed(letter, &error, now).await,
        }
    }

    /// The bot's answer: by the session webhook while it works, which is not counted, else as a message.
    async fn answer(&self, letter: &outbox::Letter, reply: &Reply, now: DateTime<Utc>) -> anyhow::Result<()> {
        let message = self.answer_words(reply, now).await?;
        if let Some((webhook, until)) = &reply.session
            && now < *until
        {
            mailbox::point("answer.ready").await?;
            let answered = self.client.robot().answer(webhook, compose(&message, &self.settings)).await;
            mailbox::point("answer.called").await?;
            match answered {
                Ok(()) => {
                    outbox::done(&self.db, letter, now).await?;
                    return Ok(mailbox::point("answer.marked").await?);
                }
                // It may have arrived; an answer in a chat is not worth saying twice.
                Err(dingtalk::Error::Unknown(_)) => {
                    return Ok(outbox::dead(&self.db, letter, "outcome unknown", now).await?);
                }
                Err(error) => {
                    tracing::info!(code = %error.code(), "session webhook refused, sending a message");
                }
            }
        }
        self.tell(letter, &reply.account, &message, now).await
    }

    async fn answer_words(&self, reply: &Reply, now: DateTime<Utc>) -> anyhow::Result<Message> {
        let title = async |meeting| anyhow::Ok(self.meeting_title(meeting).await?.unwrap_or_default());
        let said = |at| calendar::say::time(calendar::local_time(at));
        Ok(match reply.answer {
            Answer::Help => words::bot::help("/home"),
            Answer::SignedIn { meeting, at } => {
                words::bot::signed_in(&title(meeting).await?, &said(at), &meeting_page(meeting))
            }
            Answer::AlreadySignedIn { meeting, at } => {
                words::bot::already_signed_in(&title(meeting).await?, &said(at), &meeting_page(meeting))
            }
            Answer::NothingToSignIn { next } => {
                let next = match next {
                    Some(meeting) => self.meeting_said(meeting, now).await?,
                    None => None,
                };
                words::bot::nothing_to_sign_in(next.as_deref(), "/branch/meetings")
            }
            Answer::Progress => {
                words::bot::progress(&self.progress(&reply.account, now).await?, "/aid/cases")
            }
            Answer::NotRegistered => words::bot::not_registered(&self.settings.help_desk),
        })
    }

    /// The requests of the person behind a login, each with where it stands.
    async fn progress(
        &self,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Vec<(String, String)>> {
        let requests = aid::progress::progress(&self.db, account, now).await?;
        let running = requests.into_iter().filter(|request| request.stage.next().is_some());
        Ok(running.map(|request| (request.number, request.stage.label().to_owned())).collect())
    }
}

/// The page of a request.
fn case_page(case: CaseId) -> String {
    format!("/aid/cases/{case}")
}
