//! The rungs behind the robot's message: DING, which this installation may lack, and a text message to the telephone on file.

use chrono::{DateTime, Utc};
use dingtalk::{Advice, UserId, robot::Ding};
use domain::{
    aid,
    ids::{NoticeId, PaymentId},
    notice::{self, Notice, Occasion, Reason, Told, Verdict, ladder, settle},
};
use mailbox::outbox;

use super::{
    Dispatcher, Flow,
    fate::{Fate, Mail},
};
use crate::{address, sms::TextMessage, words};

impl Dispatcher {
    /// A text message. It needs no login, only a telephone.
    pub(super) async fn text(
        &self,
        letter: outbox::Letter,
        id: NoticeId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let found = notice::store::find(&self.db, id).await?;
        let mail = Mail { letter, notice: found };
        let fate = match &mail.notice {
            Some(notice) => self.text_to(notice, now).await?,
            None => Fate::Settled,
        };
        self.settle(vec![(mail, fate)], now).await
    }

    async fn text_to(&self, notice: &Notice, now: DateTime<Utc>) -> anyhow::Result<Fate> {
        match notice::still_wanted(&self.db, notice, now).await? {
            Verdict::Send => {}
            Verdict::Wait(until) => return Ok(Fate::Quiet(until)),
            Verdict::Drop(reason) => return Ok(Fate::Unwanted(reason)),
            Verdict::Settled(_) => return Ok(Fate::Settled),
        }
        let Some(provider) = &self.sms else { return Ok(Fate::Refused("no text messages".to_owned())) };
        let Some(number) = self.number(notice.occasion).await? else {
            return Ok(Fate::Unwanted(Reason::Cancelled));
        };
        let Some(to) = ladder::telephone(&self.db, &self.cx, notice, now).await? else {
            return Ok(Fate::Refused("no telephone".to_owned()));
        };
        // A provider that is asked twice under one key sends once.
        if settle::take(&self.db, &[notice.id], now).await?.is_empty()
            && !settle::take_again(&self.db, notice.id, now).await?
        {
            return Ok(Fate::Settled);
        }
        let text = words::sms::told(notice.occasion, &number, &self.settings.help_desk);
        let message = TextMessage { key: format!("{}-sms", notice.id), to, text };
        mailbox::point("text.taken").await?;
        let sent = provider.send(&message).await;
        mailbox::point("text.sent").await?;
        Ok(match sent {
            Ok(receipt) => Fate::Accepted(receipt),
            Err(error) => Fate::NotSent(error.code().to_owned()),
        })
    }

    /// A DING. Says how many went back untried.
    pub(super) async fn ding(
        &self,
        letter: outbox::Letter,
        id: NoticeId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<(Flow, usize)> {
        let notice = notice::store::find(&self.db, id).await?;
        let mail = Mail { letter, notice };
        let content = match &mail.notice {
            Some(notice) => self.ding_words(notice, now).await?,
            None => Err(Fate::Settled),
        };
        let ready = match (content, self.ding, &mail.notice) {
            (Ok((to, content)), Some(remind), Some(notice)) => {
                Ok((Ding { remind, to: vec![to], content, voice: None }, notice.id))
            }
            (Err(fate), ..) => Err(fate),
            _ => Err(Fate::Refused("no ding".to_owned())),
        };
        let (ding, id) = match ready {
            Ok(ready) => ready,
            Err(fate) => {
                self.settle(vec![(mail, fate)], now).await?;
                return Ok((Flow::On, 0));
            }
        };
        if self.may_leave(&[&mail.letter], now).await? == Flow::Stop {
            return Ok((Flow::Stop, 1));
        }
        if settle::take(&self.db, &[id], now).await?.is_empty()
            && !settle::take_again(&self.db, id, now).await?
        {
            self.settle(vec![(mail, Fate::Settled)], now).await?;
            return Ok((Flow::On, 0));
        }
        let (fate, flow) = match self.client.robot().ding(&ding).await {
            Ok(answer) if answer.failed_list.is_empty() => {
                self.worked(now).await?;
                (Fate::Accepted(answer.open_ding_id), Flow::On)
            }
            Ok(answer) => {
                self.worked(now).await?;
                let why = answer.failed_list.into_keys().next().unwrap_or_default();
                (Fate::Refused(why), Flow::On)
            }
            // Not bought, or not permitted: the next way is tried, and other calls go on.
            Err(error) if error.advice() == Advice::GiveUp => {
                tracing::warn!(code = %error.code(), "no ding");
                (Fate::Refused(error.code()), Flow::On)
            }
            Err(error) => {
                let flow = self.did_not_work(&error, now).await?;
                let unknown = error.advice() == Advice::FindOut;
                (if unknown { Fate::Unknown } else { Fate::NotSent(error.code()) }, flow)
            }
        };
        self.settle(vec![(mail, fate)], now).await?;
        Ok((flow, 0))
    }

    /// To whom a DING goes, and what it says: as much as a text message, because it may be read out.
    async fn ding_words(
        &self,
        notice: &Notice,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Result<(UserId, String), Fate>> {
        match notice::still_wanted(&self.db, notice, now).await? {
            Verdict::Send => {}
            Verdict::Wait(until) => return Ok(Err(Fate::Quiet(until))),
            Verdict::Drop(reason) => return Ok(Err(Fate::Unwanted(reason))),
            Verdict::Settled(_) => return Ok(Err(Fate::Settled)),
        }
        let Some(to) = notice.account_id.as_ref().and_then(address::user) else {
            return Ok(Err(Fate::Unwanted(Reason::NoAccount)));
        };
        let Some(number) = self.number(notice.occasion).await? else {
            return Ok(Err(Fate::Unwanted(Reason::Cancelled)));
        };
        Ok(Ok((to, words::sms::told(notice.occasion, &number, &self.settings.help_desk))))
    }

    /// The number that is spoken on the telephone.
    async fn number(&self, occasion: Occasion) -> anyhow::Result<Option<String>> {
        let case = match occasion {
            Occasion::Told(Told::Paid | Told::PaidAhead | Told::Returned, payment) => {
                let payment = aid::store::payment::find(&self.db, PaymentId::from_uuid(payment)).await?;
                payment.map(|payment| payment.case_id)
            }
            Occasion::Told(told, of) => aid::store::paper::case_of(&self.db, told, of).await?,
            Occasion::MeetingEve(_)
            | Occasion::BranchDigest(..)
            | Occasion::Welcome
            | Occasion::Mandate(..)
            | Occasion::TermEnds(_)
            | Occasion::Anchor(_)
            | Occasion::OutreachToday(_)
            | Occasion::GrievanceDue(_)
            | Occasion::GrievanceNews(_)
            | Occasion::Unmasked(_)
            | Occasion::SecondFactor(..) => None,
        };
        let Some(case) = case else { return Ok(None) };
        Ok(aid::store::case::find(&self.db, case).await?.map(|case| case.number))
    }
}
