//! Approving: instances are started by the app, decided by people, withdrawn by either.

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::Node;
use crate::world::{
    Decision, FormValue, Happening, Instance, InstancePage, InstanceQuery, InstanceStatus, ROOT, Refusal,
    Tenancy, form,
};

/// The platform refuses to withdraw by API what has only just begun.
const TERMINABLE_AFTER: TimeDelta = TimeDelta::seconds(15);

/// What the app asks for when it starts an approval.
#[derive(Clone, Debug)]
pub(crate) struct NewInstance {
    pub(crate) process_code: String,
    pub(crate) originator: String,
    pub(crate) department: Option<i64>,
    pub(crate) form: Vec<FormValue>,
    /// Replaces the template's route when not empty.
    pub(crate) route: Vec<Node>,
}

impl Tenancy {
    pub(crate) fn start_instance(&mut self, new: NewInstance, now: DateTime<Utc>) -> Result<String, Refusal> {
        let NewInstance { process_code, originator, department, form, route } = new;
        let template =
            self.templates.get(&process_code).ok_or_else(|| Refusal::NoSuchProcess(process_code.clone()))?;
        let parameter = |refusal: Refusal| Refusal::InstanceParameter(refusal.to_string());
        let starter = self.directory.person(&originator).map_err(parameter)?;
        let department = match department {
            // The root is -1 here and 1 everywhere else.
            Some(-1) => ROOT,
            Some(id) => self.directory.department(id).map_err(parameter)?.id,
            None if route.is_empty() => {
                return Err(Refusal::InstanceParameter(
                    "deptId is required when approvers are absent".to_owned(),
                ));
            }
            None => starter.departments.first().copied().unwrap_or(ROOT),
        };
        let route = if route.is_empty() { template.nodes.clone() } else { route };
        for userid in route.iter().flat_map(|node| &node.approvers) {
            self.directory.person(userid).map_err(parameter)?;
        }
        form::check(template, &form)?;
        let mut instance = Instance {
            id: self.ids.word(24),
            process_code,
            business_id: format!(
                "{}{:06}",
                crate::local_time::local(now).format("%Y%m%d%H%M"),
                self.instances.len() + 1
            ),
            title: format!("{}提交的{}", starter.name, template.name),
            originator,
            department,
            created_at: now,
            finished_at: None,
            status: InstanceStatus::Running,
            result: None,
            form,
            tasks: Vec::new(),
            records: Vec::new(),
            route,
            node: 0,
            withdrawable: template.withdrawable,
        };
        let happened = instance.start(&mut self.ids, now);
        let id = instance.id.clone();
        self.instances.push(instance);
        self.tell(happened, now);
        Ok(id)
    }

    pub(crate) fn decide(
        &mut self,
        instance: &str,
        decision: Decision<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        // Found by hand: the ids are borrowed beside it.
        let found = self.instances.iter_mut().find(|one| one.id == instance);
        let found = found.ok_or_else(|| Refusal::NoSuchInstance(instance.to_owned()))?;
        let happened = found.decide(decision, &mut self.ids, now)?;
        self.tell(happened, now);
        Ok(())
    }

    /// Withdrawn on a phone, by its originator.
    pub(crate) fn withdraw(
        &mut self,
        instance: &str,
        by: Option<&str>,
        remark: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let happened = self.instance_mut(instance)?.withdraw(by, remark, now)?;
        self.tell(happened, now);
        Ok(())
    }

    /// Withdrawn by the app: the same, but not within the first seconds.
    pub(crate) fn terminate(
        &mut self,
        instance: &str,
        by: Option<&str>,
        remark: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if now < self.instance(instance)?.created_at + TERMINABLE_AFTER {
            return Err(Refusal::InstanceStatus("not within 15 s of its start".to_owned()));
        }
        self.withdraw(instance, by, remark, now)
    }

    pub(crate) fn comment(
        &mut self,
        instance: &str,
        userid: &str,
        text: String,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.directory.person(userid)?;
        self.instance_mut(instance)?.comment(userid, text, now);
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

    pub(crate) fn query_instances(
        &self,
        query: &InstanceQuery,
        now: DateTime<Utc>,
    ) -> Result<InstancePage, Refusal> {
        if !self.templates.contains_key(&query.process_code) {
            return Err(Refusal::NoSuchProcess(query.process_code.clone()));
        }
        query.check(now)?;
        Ok(query.run(self.instances.iter()))
    }

    /// The label's kind of control, as the detail of an instance tells it.
    pub(crate) fn control_kind(&self, process_code: &str, label: &str) -> Option<&str> {
        let template = self.templates.get(process_code)?;
        template.controls.iter().find(|control| control.label == label).map(|control| control.kind.as_str())
    }

    fn instance_mut(&mut self, id: &str) -> Result<&mut Instance, Refusal> {
        self.instances
            .iter_mut()
            .find(|instance| instance.id == id)
            .ok_or_else(|| Refusal::NoSuchInstance(id.to_owned()))
    }

    fn tell(&mut self, happened: Vec<Happening>, now: DateTime<Utc>) {
        for what in happened {
            self.happen(what, now);
        }
    }
}
