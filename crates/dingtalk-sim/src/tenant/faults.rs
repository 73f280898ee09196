//! Planning what goes wrong.

use std::sync::Arc;

use crate::faults::{CallFault, EventFaults, Fault};
use crate::shared::Shared;

pub struct FaultPlan {
    shared: Arc<Shared>,
}

impl FaultPlan {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// "The next `times` calls to `api` answer `answer`"; `api` is the beginning of a path, or method and path.
    pub fn next(&self, times: u32, api: &str, answer: Fault) {
        let fault = CallFault { api: api.to_owned(), times, answer };
        self.shared.change(|state, _now| state.faults.plan(fault));
    }

    pub fn events(&self, faults: EventFaults) {
        self.shared.change(|state, _now| state.faults.events = faults);
    }

    pub fn clear(&self) {
        self.shared.change(|state, _now| state.faults.clear());
    }
}
