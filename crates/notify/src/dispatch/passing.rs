//! Passing an approver's task to whoever stands in for him. The call takes no idempotency key, so the instance is read first: a task that
//! was passed on by an attempt whose answer never came is found there.

use chrono::{DateTime, Utc};
use dingtalk::{
    InstanceId, UserId,
    workflow::{Instance, RedirectRequest},
};
use domain::{
    aid::{
        self,
        commands::passing::{self, Pair},
    },
    ids::{AccountId, CaseId},
};
use mailbox::outbox;

use super::{Dispatcher, Flow};
use crate::address;

/// As the platform shows it beside the task.
const REMARK: &str = "本人外出，由代理人审批";

/// Which round, and for whom who decides.
pub(super) struct Passing<'a> {
    pub(super) case: CaseId,
    pub(super) round: i32,
    pub(super) away: &'a AccountId,
    pub(super) substitute: &'a AccountId,
}

impl Dispatcher {
    /// Passes it on if that is still wanted. `None`: no call may leave now, and the letter is back.
    pub(super) async fn pass_approval(
        &self,
        letter: &outbox::Letter,
        it: Passing<'_>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Flow>> {
        let (round, pair) = ((it.case, it.round), Pair { away: it.away, substitute: it.substitute });
        let row = aid::store::approval::find(&self.db, it.case, it.round).await?;
        let instance: Option<InstanceId> = row.and_then(|row| row.instance_id?.parse().ok());
        let (Some(instance), Some(from), Some(to)) =
            (instance, address::user(it.away), address::user(it.substitute))
        else {
            outbox::dead(&self.db, letter, "no such round or login in the platform", now).await?;
            return Ok(Some(Flow::On));
        };
        if !passing::is_due(&self.db, round, pair, now).await? {
            outbox::done(&self.db, letter, now).await?;
            return Ok(Some(Flow::On));
        }
        // A place for one call; the reading takes another.
        if self.may_leave(&[letter], now).await? == Flow::Stop {
            return Ok(None);
        }
        match self.pass(&instance, (&from, &to)).await {
            Ok(passed) => {
                self.worked(now).await?;
                if passed {
                    passing::passed(&self.db, &self.cx, round, pair, now).await?;
                }
                outbox::done(&self.db, letter, now).await?;
                Ok(Some(Flow::On))
            }
            Err(error) => self.failed(letter, &error, now).await.map(Some),
        }
    }

    /// `false`: the form did not ask the one who is away, or has been decided.
    async fn pass(
        &self,
        instance: &InstanceId,
        (from, to): (&UserId, &UserId),
    ) -> Result<bool, dingtalk::Error> {
        let found = self.client.workflow().get(instance).await?;
        let Some(task) = found.waiting_for(from) else { return Ok(was_passed(&found, from)) };
        let request = RedirectRequest {
            task_id: task.task_id,
            to_user_id: to.clone(),
            operate_user_id: from.clone(),
            remark: REMARK.to_owned(),
            action_name: None,
            file: None,
        };
        self.client.workflow().redirect(&request).await?;
        Ok(true)
    }
}

fn was_passed(instance: &Instance, user: &UserId) -> bool {
    instance.tasks.iter().any(|task| task.user_id == *user && task.result.as_deref() == Some("REDIRECTED"))
}
