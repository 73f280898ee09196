//! What goes alone: the bot's answers, and what the platform is asked for.

use chrono::{DateTime, Utc};
use dingtalk::Advice;
use domain::{
    account,
    aid::{self, letters},
    calendar,
    ids::AccountId,
    letters::Letter,
    notice,
};
use mailbox::outbox;

use super::{Dispatcher, Flow, passing::Passing, round::What, words_of::meeting_page};
use crate::{
    address,
    bot::{Answer, Reply},
    compose::compose,
    message::Message,
    secrecy, words,
};

impl Dispatcher {
    /// One letter that shares its call with nobody. Says how many went back untried.
    pub(super) async fn alone(
        &self,
        letter: outbox::Letter,
        what: What,
        now: DateTime<Utc>,
    ) -> anyhow::Result<(Flow, usize)> {
        let flow = match what {
            What::Reply(reply) => return self.answer(&letter, &reply, now).await,
            What::Letter(Letter::Aid(letters::Letter::ApprovalCreate { case, round })) => {
                self.create_approval(&letter, (case, round), now).await?
            }
            What::Letter(Letter::Aid(letters::Letter::ApprovalTerminate { case, round })) => {
                self.recall_approval(&letter, (case, round), now).await?
            }
            What::Letter(Letter::Aid(letters::Letter::ApprovalPass { case, round, away, substitute })) => {
                let it = Passing { case, round, away: &away, substitute: &substitute };
                self.pass_approval(&letter, it, now).await?
            }
            What::Letter(Letter::Aid(letters::Letter::ApprovalCard { task, .. })) => {
                self.hang_card(&letter, task, now).await?
            }
            What::Letter(Letter::Aid(letters::Letter::ApprovalCardOver { task, .. })) => {
                self.end_card(&letter, task, now).await?
            }
            What::Letter(Letter::Aid(letters::Letter::ApprovalDecide { task, .. })) => {
                self.execute(&letter, task, now).await?
            }
            What::Letter(Letter::Notice(notice::letters::Letter::Sms { notice })) => {
                self.text(letter, notice, now).await?;
                return Ok((Flow::On, 0));
            }
            What::Letter(Letter::Notice(notice::letters::Letter::Ding { notice })) => {
                return self.ding(letter, notice, now).await;
            }
            // The others have words, and go with their like.
            What::Letter(other) => return self.together(vec![(letter, other)], now).await,
        };
        Ok(match flow {
            Some(flow) => (flow, 0),
            None => (Flow::Stop, 1),
        })
    }

    /// The bot's answer: by the session webhook while it works, which is not counted, else as a message.
    async fn answer(
        &self,
        letter: &outbox::Letter,
        reply: &Reply,
        now: DateTime<Utc>,
    ) -> anyhow::Result<(Flow, usize)> {
        let message = secrecy::guarded(&self.db, self.answer_words(reply, now).await?).await?;
        if let Some((webhook, until)) = &reply.session
            && now < *until
        {
            mailbox::point("answer.ready").await?;
            let answered = self.client.robot().answer(webhook, compose(&message, &self.settings)).await;
            mailbox::point("answer.called").await?;
            match answered {
                Ok(()) => {
                    outbox::done(&self.db, letter, now).await?;
                    mailbox::point("answer.marked").await?;
                    return Ok((Flow::On, 0));
                }
                // It may have arrived; an answer in a chat is not worth saying twice.
                Err(error) if error.advice() == Advice::FindOut => {
                    let flow = self.did_not_work(&error, now).await?;
                    outbox::dead(&self.db, letter, "outcome unknown", now).await?;
                    return Ok((flow, 0));
                }
                Err(error) => {
                    tracing::info!(code = %error.code(), "session webhook refused, sending a message");
                }
            }
        }
        self.tell(letter, &reply.account, &message, now).await
    }

    /// One message to one login, if it is still in the tenant. Answers have no row in the ledger: whoever asked is looking.
    async fn tell(
        &self,
        letter: &outbox::Letter,
        account: &AccountId,
        message: &Message,
        now: DateTime<Utc>,
    ) -> anyhow::Result<(Flow, usize)> {
        let active = account::store::find(&self.db, account).await?.is_some_and(|account| account.active);
        let (true, Some(user)) = (active, address::user(account)) else {
            outbox::done(&self.db, letter, now).await?;
            return Ok((Flow::On, 0));
        };
        if self.may_leave(&[letter], now).await? == Flow::Stop {
            return Ok((Flow::Stop, 1));
        }
        mailbox::point("tell.ready").await?;
        let sent = self.client.robot().send_to_people(&[user], &compose(message, &self.settings)).await;
        mailbox::point("tell.called").await?;
        match sent {
            Ok(report) => {
                self.worked(now).await?;
                if !report.flow_controlled_staff_id_list.is_empty() {
                    outbox::fail(&self.db, letter, "flow controlled", now).await?;
                } else if !report.invalid_staff_id_list.is_empty() {
                    outbox::dead(&self.db, letter, "unknown login", now).await?;
                } else {
                    outbox::done(&self.db, letter, now).await?;
                    mailbox::point("tell.marked").await?;
                }
                Ok((Flow::On, 0))
            }
            // It may have arrived, as above.
            Err(error) if error.advice() == Advice::FindOut => {
                let flow = self.did_not_work(&error, now).await?;
                outbox::dead(&self.db, letter, "outcome unknown", now).await?;
                Ok((flow, 0))
            }
            Err(error) => Ok((self.failed(letter, &error, now).await?, 0)),
        }
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
                let next = next.as_ref().map(|(when, title)| (when.as_str(), title.as_str()));
                words::bot::nothing_to_sign_in(next, "/branch/meetings")
            }
            Answer::Progress => {
                words::bot::progress(&self.progress(&reply.account, now).await?, "/aid/cases")
            }
            Answer::NotRegistered => words::bot::not_registered(&self.settings.help_desk),
            Answer::Stopped { topic } => words::bot::stopped(topic),
            Answer::Resumed { topic } => words::bot::resumed(topic),
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
