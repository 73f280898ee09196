//! The approval (审批) as people use it.

use std::sync::Arc;

use dingtalk::workflow::Files;

use crate::config::{NodeMode, Template};
use crate::shared::Shared;
use crate::world::{AddedPlace, AddedSign, Decision, Instance, InstanceResult, Refusal};

/// The approvals, as the people whose they are see them.
pub struct Approvals {
    shared: Arc<Shared>,
}

impl Approvals {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// What waits for this person's decision.
    pub fn inbox(&self, userid: &str) -> Vec<Instance> {
        self.shared.read(|state| {
            state.tenancy.instances().filter(|instance| instance.waits_for(userid)).cloned().collect()
        })
    }

    /// Every instance, in the order of their start.
    pub fn all(&self) -> Vec<Instance> {
        self.shared.read(|state| state.tenancy.instances().cloned().collect())
    }

    /// Agrees to the first task of an instance that waits for somebody.
    pub fn agree(&self, instance: &str, userid: &str, remark: Option<&str>) -> Result<(), Refusal> {
        self.decide(instance, userid, InstanceResult::Agree, remark)
    }

    /// Refuses the same.
    pub fn refuse(&self, instance: &str, userid: &str, remark: Option<&str>) -> Result<(), Refusal> {
        self.decide(instance, userid, InstanceResult::Refuse, remark)
    }

    /// 撤回, by the originator on their phone.
    pub fn withdraw(&self, instance: &str, originator: &str) -> Result<(), Refusal> {
        self.shared.change(|state, now| state.tenancy.withdraw(instance, Some(originator), None, now))
    }

    /// Says something below an instance.
    pub fn comment(&self, instance: &str, userid: &str, text: &str) -> Result<(), Refusal> {
        self.shared.change(|state, now| {
            state.tenancy.comment(instance, userid, (text.to_owned(), Files::default()), now)
        })
    }

    /// 转交 of the task that waits for somebody.
    pub fn forward(
        &self,
        instance: &str,
        userid: &str,
        to: &str,
        remark: Option<&str>,
    ) -> Result<(), Refusal> {
        self.shared.change(|state, now| {
            let task = state.tenancy.task_for(instance, userid)?;
            state.tenancy.redirect((task, userid, to), remark, &Files::default(), now)
        })
    }

    /// 前加签: these people decide first, each must agree; then the one who asked.
    pub fn ask_before(&self, instance: &str, userid: &str, people: &[&str]) -> Result<(), Refusal> {
        self.add_sign(instance, userid, people, AddedPlace::Before)
    }

    /// 后加签: these people decide after the one who asked, each must agree.
    pub fn ask_after(&self, instance: &str, userid: &str, people: &[&str]) -> Result<(), Refusal> {
        self.add_sign(instance, userid, people, AddedPlace::After)
    }

    /// A form as it is now.
    pub fn form(&self, code: &str) -> Option<Template> {
        self.shared.read(|state| state.tenancy.template(code).cloned())
    }

    /// An administrator changes a form in 表单管理. False when there is none.
    pub fn edit_form(&self, code: &str, change: impl FnOnce(&mut Template)) -> bool {
        self.shared.change(|state, _now| state.tenancy.edit_template(code, change))
    }

    fn add_sign(
        &self,
        instance: &str,
        userid: &str,
        people: &[&str],
        place: AddedPlace,
    ) -> Result<(), Refusal> {
        let people = people.iter().map(|userid| (*userid).to_owned()).collect();
        let added = AddedSign { people, place, mode: NodeMode::All, remark: None };
        self.shared.change(|state, now| {
            let task = state.tenancy.task_for(instance, userid)?;
            state.tenancy.add_sign((instance, task, userid), &added, now)
        })
    }

    fn decide(
        &self,
        instance: &str,
        userid: &str,
        result: InstanceResult,
        remark: Option<&str>,
    ) -> Result<(), Refusal> {
        let remark = remark.map(str::to_owned);
        let decision = Decision { userid, task: None, result, remark, files: Files::default() };
        self.shared.change(|state, now| state.tenancy.decide(instance, &decision, now))
    }
}
