//! Approving: instances are started by the app, decided by people, withdrawn by either.

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::workflow::Files;

use crate::world::{
    AddedSign, Decision, Happening, Ids, Instance, InstancePage, InstanceQuery, Refusal, Tenancy,
};

/// The platform refuses to withdraw by API what has only just begun.
const TERMINABLE_AFTER: TimeDelta = TimeDelta::seconds(15);

/// What happens to an instance while the ids are drawn from beside it.
type Step<'s> = &'s mut dyn FnMut(&mut Instance, &mut Ids) -> Result<Vec<Happening>, Refusal>;

impl Tenancy {
    pub(crate) fn decide(
        &mut self,
        instance: &str,
        decision: &Decision<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.step(instance, now, &mut |found, ids| found.decide(decision.clone(), ids, now))
    }

    /// Withdrawn on a phone, by its originator.
    pub(crate) fn withdraw(
        &mut self,
        instance: &str,
        by: Option<&str>,
        remark: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.step(instance, now, &mut |found, _ids| found.withdraw(by, remark.map(str::to_owned), now))
    }

    /// Withdrawn by the app: the same, but not within the first seconds.
    pub(crate) fn terminate(
        &mut self,
        instance: &str,
        by: Option<&str>,
        remark: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if now < self.instance(instance)?.created_at + TERMINABLE_AFTER {
            return Err(Refusal::InstanceStatus("not within 15 s of its start".to_owned()));
        }
        self.withdraw(instance, by, remark, now)
    }

    /// 转交, by the one whose task it is.
    pub(crate) fn redirect(
        &mut self,
        (task, by, to): (i64, &str, &str),
        remark: Option<&str>,
        files: &Files,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.directory.person(to)?;
        let instance = self.instance_of(task)?;
        self.step(&instance, now, &mut |found, ids| {
            found.redirect((task, by, to), remark.map(str::to_owned), files.clone(), ids, now)
        })
    }

    /// 加签, by the one whose task it is.
    pub(crate) fn add_sign(
        &mut self,
        (instance, task, by): (&str, i64, &str),
        added: &AddedSign,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if let Some(userid) = added.people.iter().find(|userid| !self.directory.has(userid)) {
            return Err(Refusal::coded("user.not.exist", format!("there is no person {userid}")));
        }
        if added.people.is_empty() {
            return Err(Refusal::coded("param.blank", "appenderUserIds is empty"));
        }
        if added.people.iter().any(|userid| userid == by) {
            return Err(Refusal::coded("appender.contains.currentOperator", "nobody adds themselves"));
        }
        self.step(instance, now, &mut |found, ids| found.add_sign(task, by, added.clone(), ids, now))
    }

    pub(crate) fn comment(
        &mut self,
        instance: &str,
        userid: &str,
        (text, files): (String, Files),
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.directory.person(userid)?;
        if text.trim().is_empty() {
            return Err(Refusal::coded("invalidInstanceCommentText", "a comment says something"));
        }
        self.instance_mut(instance)?.comment(userid, text, files, now);
        Ok(())
    }

    pub(crate) fn instance(&self, id: &str) -> Result<&Instance, Refusal> {
        self.instances
            .iter()
            .find(|instance| instance.id == id)
            .ok_or_else(|| Refusal::NoSuchInstance(id.to_owned()))
    }

    /// In the order of their start.
    pub(crate) fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.iter()
    }

    pub(crate) fn instance_list(&self) -> &[Instance] {
        &self.instances
    }

    pub(crate) fn query_instances(
        &self,
        query: &InstanceQuery,
        now: DateTime<Utc>,
    ) -> Result<InstancePage, Refusal> {
        if self.template(&query.process_code).is_none() {
            return Err(Refusal::NoSuchProcess(query.process_code.clone()));
        }
        query.check(now)?;
        Ok(query.run(self.instances.iter()))
    }

    /// The task that a person has to decide in an instance.
    pub(crate) fn task_for(&self, instance: &str, userid: &str) -> Result<i64, Refusal> {
        let waiting = self.instance(instance)?.waiting_task(userid).map(|task| task.id);
        waiting.ok_or_else(|| Refusal::InstanceStatus(format!("{userid} has no running task here")))
    }

    fn instance_of(&self, task: i64) -> Result<String, Refusal> {
        let holds = |instance: &&Instance| instance.tasks.iter().any(|one| one.id == task);
        let found = self.instances.iter().find(holds).map(|instance| instance.id.clone());
        found.ok_or_else(|| Refusal::coded("param.illegal", "taskId: there is no such task"))
    }

    fn step(&mut self, instance: &str, now: DateTime<Utc>, step: Step<'_>) -> Result<(), Refusal> {
        // Found by hand: the ids are borrowed beside it.
        let found = self.instances.iter_mut().find(|one| one.id == instance);
        let found = found.ok_or_else(|| Refusal::NoSuchInstance(instance.to_owned()))?;
        let happened = step(found, &mut self.ids)?;
        self.tell(happened, now);
        Ok(())
    }

    fn instance_mut(&mut self, id: &str) -> Result<&mut Instance, Refusal> {
        self.instances
            .iter_mut()
            .find(|instance| instance.id == id)
            .ok_or_else(|| Refusal::NoSuchInstance(id.to_owned()))
    }

    pub(super) fn tell(&mut self, happened: Vec<Happening>, now: DateTime<Utc>) {
        for what in happened {
            self.happen(what, now);
        }
    }
}
