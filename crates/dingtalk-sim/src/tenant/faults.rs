//! Planning what goes wrong.

use std::sync::Arc;

use crate::faults::{CallFault, EventFaults, Fault};
use crate::shared::Shared;

/// What goes wrong on purpose.
pub struct FaultPlan {
    shared: Arc<Shared>,
}

impl FaultPlan {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// "The next `times` calls to `api` answer `answer`"; `api` is the beginning of a path, or method and path.
    pub fn next(&self, times: u32, api: &str, answer: Fault) {
        self.plan(CallFault { api: api.to_owned(), times, after: 0, answer });
    }

    /// The same, said in full.
    pub fn plan(&self, fault: CallFault) {
        self.shared.change(|state, _now| state.faults.plan(fault));
    }

    /// The platform is down, or up again: every call is answered 502 by a gateway and has no effect, events wait, Stream connections
    /// are cut and not given.
    pub fn down(&self, down: bool) {
        self.shared.change(|state, _now| {
            state.faults.down = down;
            if down {
                state.gateway.cut_all();
            }
        });
    }

    /// Makes the pushing of events unreliable from now on.
    pub fn events(&self, faults: EventFaults) {
        self.shared.change(|state, _now| state.faults.events = faults);
    }

    /// Nothing goes wrong any more.
    pub fn clear(&self) {
        self.shared.change(|state, _now| state.faults.clear());
    }
}
