//! The approval (审批) as people use it.

use std::sync::Arc;

use crate::shared::Shared;
use crate::world::{Decision, Instance, InstanceResult, Refusal};

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

    pub fn agree(&self, instance: &str, userid: &str, remark: Option<&str>) -> Result<(), Refusal> {
        self.decide(instance, userid, InstanceResult::Agree, remark)
    }

    pub fn refuse(&self, instance: &str, userid: &str, remark: Option<&str>) -> Result<(), Refusal> {
        self.decide(instance, userid, InstanceResult::Refuse, remark)
    }

    /// 撤回, by the originator on their phone.
    pub fn withdraw(&self, instance: &str, originator: &str) -> Result<(), Refusal> {
        self.shared.change(|state, now| state.tenancy.withdraw(instance, Some(originator), None, now))
    }

    pub fn comment(&self, instance: &str, userid: &str, text: &str) -> Result<(), Refusal> {
        self.shared.change(|state, now| state.tenancy.comment(instance, userid, text.to_owned(), now))
    }

    fn decide(
        &self,
        instance: &str,
        userid: &str,
        result: InstanceResult,
        remark: Option<&str>,
    ) -> Result<(), Refusal> {
        let decision = Decision { userid, result, remark: remark.map(str::to_owned) };
        self.shared.change(|state, now| state.tenancy.decide(instance, decision, now))
    }
}
