//! The card of an approver's task: hung, and told that it is over; and the decision that its holder made on our page, executed in the
//! platform in his name.

use chrono::{DateTime, Utc};
use dingtalk::{
    Cause, Error, InstanceId,
    card::{CardUpdate, Deliver, ImSpace, NewCard, Notification},
    workflow::{ExecuteRequest, InstanceResult},
};
use domain::{
    account,
    aid::{
        self,
        clock::clocks,
        deciding::{self, ApproverTask, TaskState, Wish},
        procedure::Limit,
    },
    calendar::{Calendar, local_date, say},
    ids::ApprovalTaskId,
    person::leader::Discretion,
};
use mailbox::outbox;
use sea_orm::{DatabaseConnection, DbErr};
use secrecy::ExposeSecret;

use super::{Dispatcher, Flow};
use crate::{address, words::card};

/// There is a card of this id: an attempt whose answer never came had made it.
const IS_THERE: &str = "param.cardAlreadyExist";

/// Who ended a task and when, as its card and its page say it; `None` while it is not over. A provincial leader is not named.
pub async fn ended(
    db: &DatabaseConnection,
    task: &ApproverTask,
    now: DateTime<Utc>,
) -> Result<Option<String>, DbErr> {
    let Some((outcome, at)) = task.outcome.zip(task.over_at) else { return Ok(None) };
    let who = match &task.over_by {
        None => String::new(),
        Some(by) => {
            account::store::find(db, by).await?.map_or_else(|| "别的同志".to_owned(), |found| found.name)
        }
    };
    let who = Discretion::towards_all(db).await?.says(&who);
    Ok(Some(card::ended(outcome, &who, &say::moment(at, now))))
}

impl Dispatcher {
    /// Hangs the card of a task, unless it is over. `None`: no call may leave now, and the letter is back.
    pub(super) async fn hang_card(
        &self,
        letter: &outbox::Letter,
        id: ApprovalTaskId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Flow>> {
        let task = deciding::store::find(&self.db, id).await?.filter(|task| task.state != TaskState::Over);
        let (Some(task), Some(settings)) = (task, &self.settings.card) else {
            outbox::done(&self.db, letter, now).await?;
            return Ok(Some(Flow::On));
        };
        let (Some(person), Ok(track)) = (address::user(&task.holder), id.to_string().parse()) else {
            outbox::dead(&self.db, letter, "the approver is no login of the platform", now).await?;
            return Ok(Some(Flow::On));
        };
        let Some(shown) = self.card_of(&task, now).await? else {
            outbox::done(&self.db, letter, now).await?;
            return Ok(Some(Flow::On));
        };
        if self.may_leave(&[letter], now).await? == Flow::Stop {
            return Ok(None);
        }
        let mut new = NewCard::new(settings.template.clone(), track, shown);
        new.callback_type = Some(settings.callback);
        new.callback_route_key.clone_from(&settings.route);
        let alert = Notification { alert_content: Some(card::ALERT.to_owned()), notification_off: false };
        new.spaces.im_robot_open_space_model =
            Some(ImSpace { notification: Some(alert), ..ImSpace::default() });
        let hung = self.client.cards().create_and_deliver(&new, &Deliver::to_people([&person])).await;
        match hung {
            Ok(created) => {
                self.worked(now).await?;
                if let Some(place) = created.deliver_results.failed().next() {
                    tracing::warn!(place = %place.space_type, "a card was made and hangs nowhere");
                    outbox::dead(&self.db, letter, "not delivered", now).await?;
                    return Ok(Some(Flow::On));
                }
                deciding::store::carded(&self.db, id, now).await?;
                outbox::done(&self.db, letter, now).await?;
                Ok(Some(Flow::On))
            }
            Err(error) if error.code() == IS_THERE => {
                deciding::store::carded(&self.db, id, now).await?;
                outbox::done(&self.db, letter, now).await?;
                Ok(Some(Flow::On))
            }
            Err(error) => self.failed(letter, &error, now).await.map(Some),
        }
    }

    /// What it says; `None` when the case is gone.
    async fn card_of(
        &self,
        task: &ApproverTask,
        now: DateTime<Utc>,
    ) -> Result<Option<dingtalk::card::CardData>, DbErr> {
        let (Some(case), Some(round)) = (
            aid::store::case::find(&self.db, task.case_id).await?,
            aid::store::approval::find(&self.db, task.case_id, task.round).await?,
        ) else {
            return Ok(None);
        };
        let (log, today) = (aid::store::case::log(&self.db, case.id).await?, local_date(now));
        let calendar = Calendar::load(&self.db).await?;
        let limits = aid::store::procedure::limits(&self.db, &case.region).await?;
        let all = clocks(&log, &calendar, |limit, on| limits.value(limit, on), today);
        let runs = all.into_iter().find(|clock| clock.limit == Limit::Approve && clock.ended_on.is_none());
        let left = card::left(runs.and_then(|clock| clock.due_on), &calendar, today);
        let link = self.settings.page(&format!("/console/tasks/{}", task.id));
        Ok(Some(card::waiting(&case.number, round.level, &left, &link)))
    }

    /// Says on the card that it is over, by whom and when. A card that does not hang needs nothing.
    pub(super) async fn end_card(
        &self,
        letter: &outbox::Letter,
        id: ApprovalTaskId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Flow>> {
        let task = deciding::store::find(&self.db, id).await?.filter(|task| task.card_at.is_some());
        let said = match &task {
            Some(task) => ended(&self.db, task, now).await?,
            None => None,
        };
        let (Some(said), Ok(track)) = (said, id.to_string().parse()) else {
            outbox::done(&self.db, letter, now).await?;
            return Ok(Some(Flow::On));
        };
        if self.may_leave(&[letter], now).await? == Flow::Stop {
            return Ok(None);
        }
        match self.client.cards().update(&CardUpdate::by_key(track, card::over(&said))).await {
            Ok(()) => {
                self.worked(now).await?;
                outbox::done(&self.db, letter, now).await?;
                Ok(Some(Flow::On))
            }
            // Saying the same twice changes nothing.
            Err(error) => self.failed(letter, &error, now).await.map(Some),
        }
    }

    /// Executes a decision. There is no idempotency key, so whoever tries again reads first: a task that does not run any more was decided
    /// by the attempt before, or by somebody else, and either way its record says so.
    pub(super) async fn execute(
        &self,
        letter: &outbox::Letter,
        id: ApprovalTaskId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Flow>> {
        let found = deciding::store::find(&self.db, id).await?;
        let Some((task, wish)) = found
            .filter(|task| task.state == TaskState::Deciding)
            .and_then(|task| task.wish.map(|wish| (task, wish)))
        else {
            outbox::done(&self.db, letter, now).await?;
            return Ok(Some(Flow::On));
        };
        let Ok(instance) = task.instance_id.parse::<InstanceId>() else {
            outbox::dead(&self.db, letter, "no such instance", now).await?;
            return Ok(Some(Flow::On));
        };
        if self.may_leave(&[letter], now).await? == Flow::Stop {
            return Ok(None);
        }
        mailbox::point("decision.ready").await?;
        let done = self.tell_decision(letter, &instance, (&task, wish)).await;
        mailbox::point("decision.called").await?;
        match done {
            Ok(()) => {
                self.worked(now).await?;
                deciding::commands::taken(&self.db, id).await?;
                outbox::done(&self.db, letter, now).await?;
                Ok(Some(Flow::On))
            }
            Err(error) if error.cause() == Some(Cause::Request) => {
                let code = error.code();
                tracing::warn!(%code, "the platform did not take a decision");
                deciding::commands::not_taken(&self.db, id, &code).await?;
                outbox::done(&self.db, letter, now).await?;
                Ok(Some(Flow::On))
            }
            Err(error) => self.failed(letter, &error, now).await.map(Some),
        }
    }

    async fn tell_decision(
        &self,
        letter: &outbox::Letter,
        instance: &InstanceId,
        (task, wish): (&ApproverTask, Wish),
    ) -> Result<(), Error> {
        let holder =
            address::user(&task.holder).ok_or(Error::NotSent("the approver is no login of the platform"))?;
        if letter.attempts > 1 {
            let found = self.client.workflow().get(instance).await?;
            if found.waiting_for(&holder).is_none_or(|waiting| waiting.task_id != task.task) {
                return Ok(());
            }
        }
        let remark = deciding::commands::remark(&self.cx, task)
            .or(Err(Error::NotSent("the remark cannot be read")))?;
        let request = ExecuteRequest {
            process_instance_id: instance.clone(),
            task_id: task.task,
            actioner_user_id: holder,
            result: match wish {
                Wish::Agree => InstanceResult::Agree,
                Wish::Refuse => InstanceResult::Refuse,
            },
            remark: remark.map(|remark| remark.expose_secret().to_owned()).unwrap_or_default(),
            file: None,
        };
        self.client.workflow().decide(&request).await
    }
}
