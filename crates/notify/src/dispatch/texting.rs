//! The rungs behind the robot's message: a text message to the telephone on file, and DING, which this installation may lack.

use chrono::{DateTime, Utc};
use domain::{
    aid,
    ids::{CaseId, NoticeId, PaymentId},
    notice::{self, Notice, Occasion, Reason, Told, Verdict, ladder, settle},
};
use mailbox::outbox;

use super::{
    Dispatcher,
    fate::{Fate, Mail},
};
use crate::{sms::TextMessage, words};

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

    /// A DING that the configuration asks for and this program cannot ring: the next way is tried at once.
    pub(super) async fn no_ding(
        &self,
        letter: outbox::Letter,
        id: NoticeId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let notice = notice::store::find(&self.db, id).await?;
        self.settle(vec![(Mail { letter, notice }, Fate::Refused("no ding".to_owned()))], now).await
    }

    /// The number that is spoken on the telephone.
    async fn number(&self, occasion: Occasion) -> anyhow::Result<Option<String>> {
        let case = match occasion {
            Occasion::Told(Told::Paid | Told::Returned, payment) => {
                let payment = aid::store::payment::find(&self.db, PaymentId::from_uuid(payment)).await?;
                payment.map(|payment| payment.case_id)
            }
            Occasion::Told(_, case) => Some(CaseId::from_uuid(case)),
            Occasion::MeetingEve(_) | Occasion::BranchDigest(..) | Occasion::Welcome => None,
        };
        let Some(case) = case else { return Ok(None) };
        Ok(aid::store::case::find(&self.db, case).await?.map(|case| case.number))
    }
}
