//! An instance of an approval is read again: its record is kept, its tasks are brought up to date, and its end, if it has come to one, is
//! the case's.

use chrono::{DateTime, Utc};
use dingtalk::{Error, InstanceId, ProcessCode, workflow::Instance};
use domain::aid::{AidError, Round, commands::decide, deciding, history::commands as history, store};
use mailbox::{
    inbox::{self, Item},
    transaction::Transaction,
};

use super::{
    read,
    work::{Inbox, NotDone, finish},
};

/// So often an instance that is not ours yet is asked for again: the answer to the call that made it may still be on its way.
const PATIENCE: i32 = 4;

impl Inbox {
    /// The push says that an instance ended; what it says is believed only after asking. Who decided stands in its history.
    pub(super) async fn ended(
        &self,
        item: &Item,
        instance: &InstanceId,
        now: DateTime<Utc>,
    ) -> Result<(), NotDone> {
        let found = self.instance(instance).await?;
        let tx = self.write().await?;
        if self.kept(&tx, (instance, &found), now).await? {
            return finish(tx, item, now).await;
        }
        tx.commit().await?;
        Err(NotDone::Later("not ended yet"))
    }

    /// Something happened to an instance that need not be its end. What was read after the news came says it, too.
    pub(super) async fn moved(
        &self,
        item: &Item,
        (instance, form): (&InstanceId, Option<&ProcessCode>),
        now: DateTime<Utc>,
    ) -> Result<(), NotDone> {
        let ours = form.is_none_or(|form| *form == self.form);
        let round = store::approval::by_instance(&self.db, instance.as_str()).await?;
        let Some(round) = round.filter(|_| ours) else {
            if ours && item.attempts < PATIENCE {
                return Err(NotDone::Later("not known yet"));
            }
            return Ok(inbox::done(&self.db, item, now).await?);
        };
        if round.read_at.is_some_and(|read| read > item.received_at) {
            return Ok(inbox::done(&self.db, item, now).await?);
        }
        let found = self.instance(instance).await?;
        let tx = self.write().await?;
        self.kept(&tx, (instance, &found), now).await?;
        finish(tx, item, now).await
    }

    async fn instance(&self, id: &InstanceId) -> Result<Instance, NotDone> {
        match self.client.workflow().get(id).await {
            Ok(found) => Ok(found),
            Err(Error::Refused { .. }) => Err(NotDone::Never("the platform does not know the instance")),
            Err(error) => Err(NotDone::Failed(error.into())),
        }
    }

    /// Has it come to its end?
    async fn kept(
        &self,
        tx: &Transaction,
        (id, found): (&InstanceId, &Instance),
        now: DateTime<Utc>,
    ) -> Result<bool, NotDone> {
        // Ours to adopt: the event was faster than the answer to our call. Another app's: it never becomes known.
        let round: Round =
            store::approval::by_instance(tx, id.as_str()).await?.ok_or(NotDone::Later("not known yet"))?;
        let kept = history::keep_in(tx, &self.cx, &round, &read::record(found, now), now).await?;
        let tasks = read::tasks(found, now);
        deciding::commands::keep_in(tx, &round, (&tasks, self.cards), now).await?;
        let verdict = read::verdict(id, found, now);
        if let Some(verdict) = &verdict {
            match decide::approval_decided_in(tx, &self.cx, verdict, now).await {
                Ok(_) => {}
                Err(AidError::NotYetKnown) => return Err(NotDone::Later("not known yet")),
                Err(error) => return Err(NotDone::Failed(error.into())),
            }
        }
        history::count_in(tx, &self.cx, &round, kept, now).await?;
        Ok(verdict.is_some())
    }
}
