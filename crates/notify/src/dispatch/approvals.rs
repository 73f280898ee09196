//! Making an approval instance exactly once although the platform takes no idempotency key (docs/adr/0013-exactly-one-approval.md),
//! and taking one back.

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::{
    Advice, Cause, DeptId, Error, InstanceId, UserId,
    workflow::{FormField, InstanceStatus, NewInstance},
};
use domain::{
    aid::{self, Case, Round, commands::approval::Sending},
    ids::CaseId,
    person,
};
use mailbox::outbox;

use super::{Dispatcher, Flow};
use crate::address;

/// The form's labels; `dingtalk-manifest/forms/aid-approval.json` has the same.
const NUMBER: &str = "受理编号";
const ROUND: &str = "轮次";
const PERSON: &str = "申请人";
const CATEGORY: &str = "帮扶类别";
const AMOUNT: &str = "建议金额（元）";
const LEVEL: &str = "审批级别";
const LINK: &str = "个案页面";

/// The platform's clock and ours may differ by this much.
const SKEW: TimeDelta = TimeDelta::minutes(5);

impl Dispatcher {
    /// Creates the instance of a round, unless it is there or not wanted any more. `None`: no call may leave now, and the letter is back.
    pub(super) async fn create_approval(
        &self,
        letter: &outbox::Letter,
        (case, round): (CaseId, i32),
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Flow>> {
        let (Some(found), Some(row)) = (
            aid::store::case::find(&self.db, case).await?,
            aid::store::approval::find(&self.db, case, round).await?,
        ) else {
            outbox::dead(&self.db, letter, "no such round", now).await?;
            return Ok(Some(Flow::On));
        };
        let Some(originator) = address::user(&row.asked_by) else {
            outbox::dead(&self.db, letter, "the originator is no login of the platform", now).await?;
            return Ok(Some(Flow::On));
        };
        // A place for one call; a search takes more.
        if self.may_leave(&[letter], now).await? == Flow::Stop {
            return Ok(None);
        }
        mailbox::point("approval.ready").await?;
        let sending = aid::commands::approval::approval_sending(&self.db, (case, round), now).await?;
        mailbox::point("approval.sending").await?;
        let made = match sending {
            Sending::Nothing => {
                outbox::done(&self.db, letter, now).await?;
                return Ok(Some(Flow::On));
            }
            Sending::Create => self.create(&found, &row, &originator).await,
            Sending::Search { since } => match self.search(&found, &row, (&originator, since)).await {
                Ok(Some(instance)) => Ok(instance),
                Ok(None) => self.create(&found, &row, &originator).await,
                Err(error) => Err(error),
            },
        };
        mailbox::point("approval.called").await?;
        match made {
            Ok(instance) => {
                self.worked(now).await?;
                let created = (case, round);
                aid::commands::approval::approval_created(
                    &self.db,
                    &self.cx,
                    created,
                    instance.as_str(),
                    now,
                )
                .await?;
                mailbox::point("approval.noted").await?;
                outbox::done(&self.db, letter, now).await?;
                mailbox::point("approval.marked").await?;
                Ok(Some(Flow::On))
            }
            // The round stays "sending": the next attempt looks first.
            Err(error) => self.failed(letter, &error, now).await.map(Some),
        }
    }

    async fn create(&self, case: &Case, round: &Round, originator: &UserId) -> Result<InstanceId, Error> {
        let person = person::store::find(&self.db, case.person_id).await.ok().flatten();
        let name = person.map(|person| person.name).ok_or(Error::NotSent("the person cannot be read"))?;
        let categories = aid::store::category::load(&self.db).await;
        let categories = categories.or(Err(Error::NotSent("the categories cannot be read")))?;
        let fields = vec![
            FormField::new(NUMBER, case.number.clone()),
            FormField::new(ROUND, round.round.to_string()),
            FormField::new(PERSON, name),
            FormField::new(CATEGORY, categories.group(case.category).label()),
            FormField::new(AMOUNT, yuan(round.amount.0)),
            FormField::new(LEVEL, round.level.label()),
            FormField::new(LINK, self.settings.page(&format!("/console/aid/{}", case.id))),
        ];
        // The root, as this call writes it: who approves is the template's matter.
        let root = DeptId(-1);
        let new = NewInstance {
            microapp_agent_id: Some(self.client.config().agent_id),
            ..NewInstance::new(self.settings.aid_process_code.clone(), originator.clone(), root, fields)
        };
        self.client.workflow().create(&new).await
    }

    /// Was it made by an attempt whose answer never came? Its form carries the case's number and the round.
    async fn search(
        &self,
        case: &Case,
        round: &Round,
        (originator, since): (&UserId, DateTime<Utc>),
    ) -> Result<Option<InstanceId>, Error> {
        let code = &self.settings.aid_process_code;
        let number = round.round.to_string();
        for id in self.client.workflow().created_since(code, originator, since - SKEW).await? {
            let instance = self.client.workflow().get(&id).await?;
            if instance.field(NUMBER) == Some(case.number.as_str())
                && instance.field(ROUND) == Some(number.as_str())
            {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Takes an instance back, in the name of the worker who asked for it. `None` as above.
    pub(super) async fn recall_approval(
        &self,
        letter: &outbox::Letter,
        (case, round): (CaseId, i32),
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Flow>> {
        let row = aid::store::approval::find(&self.db, case, round).await?;
        let instance = row.as_ref().and_then(|row| row.instance_id.as_deref()).and_then(|id| id.parse().ok());
        let originator = row.as_ref().and_then(|row| address::user(&row.asked_by));
        let (Some(instance), Some(originator)) = (instance, originator) else {
            // Not made yet: when it is, it is taken back by a letter of its own.
            outbox::done(&self.db, letter, now).await?;
            return Ok(Some(Flow::On));
        };
        if self.may_leave(&[letter], now).await? == Flow::Stop {
            return Ok(None);
        }
        // Why stays with us: of the dead the platform's page says no more than of anybody else whose case has ended.
        let withdrawn = aid::store::case::find(&self.db, case)
            .await?
            .is_some_and(|case| case.status == aid::Status::Withdrawn);
        let remark = if withdrawn { "申请人撤回" } else { "个案已结束" };
        mailbox::point("recall.ready").await?;
        let recalled = self.client.workflow().terminate(&instance, &originator, remark).await;
        mailbox::point("recall.called").await?;
        match recalled {
            Ok(()) => {
                self.worked(now).await?;
                outbox::done(&self.db, letter, now).await?;
                mailbox::point("recall.marked").await?;
                Ok(Some(Flow::On))
            }
            // Ended already, as after an attempt whose answer never came? Or, within 15 s of its start, not to be ended yet: the next
            // attempts tell.
            Err(error) if error.cause() == Some(Cause::Request) || error.advice() == Advice::FindOut => {
                let (ended, flow) = match self.client.workflow().get(&instance).await {
                    Ok(found) => {
                        self.worked(now).await?;
                        (has_ended(found.status), Flow::On)
                    }
                    // Asked at once: this, not the call before, says whether the platform can be reached.
                    Err(silent) => (false, self.did_not_work(&silent, now).await?),
                };
                if ended {
                    outbox::done(&self.db, letter, now).await?;
                } else {
                    outbox::fail(&self.db, letter, &error.code(), now).await?;
                }
                Ok(Some(flow))
            }
            Err(error) => self.failed(letter, &error, now).await.map(Some),
        }
    }
}

fn has_ended(status: InstanceStatus) -> bool {
    !matches!(status, InstanceStatus::New | InstanceStatus::Running)
}

/// 3000.00, as the form's money field takes it.
fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
    use super::{AMOUNT, CATEGORY, LEVEL, LINK, NUMBER, PERSON, ROUND, yuan};

    #[test]
    fn amounts_are_written_as_the_form_takes_them() {
        assert_eq!([yuan(300_000), yuan(5), yuan(120_050)], ["3000.00", "0.05", "1200.50"]);
    }

    #[test]
    fn the_form_of_the_manifest_has_these_fields() {
        let form: serde_json::Value =
            serde_json::from_str(include_str!("../../../../dingtalk-manifest/forms/aid-approval.json"))
                .unwrap();
        let labels: Vec<&str> = form["formComponents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|component| component["props"]["label"].as_str().unwrap())
            .collect();
        assert_eq!(labels, [NUMBER, ROUND, PERSON, CATEGORY, AMOUNT, LEVEL, LINK]);
    }
}
