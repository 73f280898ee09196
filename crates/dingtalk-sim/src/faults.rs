//! What goes wrong on purpose: the next n calls to X answer Y, and events that come twice, late, swapped or never.

use serde::{Deserialize, Serialize};

/// "The next `times` calls to `api` answer `answer`."
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct CallFault {
    /// The beginning of a path (`/` is every call), or exactly one call: `POST /v1.0/workflow/processInstances`.
    pub api: String,
    /// How many calls meet it; once when absent.
    #[serde(default = "once")]
    pub times: u32,
    /// So many such calls pass unharmed before.
    #[serde(default)]
    pub after: u32,
    /// What they meet.
    pub answer: Fault,
}

fn once() -> u32 {
    1
}

/// What a call meets instead of its answer, or beside it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The app calls too fast: 403 `QpsLimitForAppkeyAndApi`, or errcode 90018.
    TooFast,
    /// HTTP 429 `systemBusy`, on either host.
    Busy,
    /// HTTP 500 `systemError`, or errcode -1; nothing was done.
    SystemError,
    /// What was asked is done, and then a gateway answers 504 with an HTML page.
    LostAnswer,
    /// What was asked is done, and the answer comes after so many milliseconds.
    Slow {
        /// Milliseconds of the machine's time.
        ms: u64,
    },
    /// The robot keeps the message from everybody it was for, and says so in its answer.
    HeldBack,
    /// The access token is no longer accepted, from now on.
    TokenExpired,
}

/// How unreliable the pushing of events is; shares are 0 to 1.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct EventFaults {
    /// This share of events comes twice.
    pub duplicate: f64,
    /// This share overtakes events that wait.
    pub reorder: f64,
    /// This share never comes, and is not in the failed list either.
    pub lose: f64,
    /// Every event waits so long on the tenant's clock.
    pub delay_ms: u32,
    /// This share of posted events is sealed with another key, each time it is tried.
    pub wrong_key: f64,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Faults {
    pub(crate) events: EventFaults,
    calls: Vec<CallFault>,
    /// Nothing answers but a gateway's 502; no event goes out, and nobody gets a Stream connection.
    pub(crate) down: bool,
    /// The call that is being answered keeps its message from everybody.
    #[serde(skip)]
    pub(crate) holds_back: bool,
}

impl Faults {
    pub(crate) fn plan(&mut self, fault: CallFault) {
        self.calls.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn planned(&self) -> &[CallFault] {
        &self.calls
    }

    /// The fault this call meets, used up once.
    pub(crate) fn meet(&mut self, method: &str, path: &str) -> Option<Fault> {
        let call = format!("{method} {path}");
        let index = self.calls.iter().position(|fault| path.starts_with(&fault.api) || call == fault.api)?;
        let fault = self.calls.get_mut(index)?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        let answer = fault.answer;
        fault.times = fault.times.saturating_sub(1);
        self.calls.retain(|fault| fault.times > 0);
        Some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_met_so_many_times_and_only_by_its_api() {
        let mut faults = Faults::default();
        faults.plan(CallFault { api: "/v1.0/robot".to_owned(), times: 2, after: 0, answer: Fault::Busy });
        assert_eq!(faults.meet("GET", "/gettoken"), None);
        assert_eq!(faults.meet("POST", "/v1.0/robot/oToMessages/batchSend"), Some(Fault::Busy));
        assert_eq!(faults.meet("POST", "/v1.0/robot/oToMessages/batchSend"), Some(Fault::Busy));
        assert_eq!(faults.meet("POST", "/v1.0/robot/oToMessages/batchSend"), None);
    }

    #[test]
    fn a_fault_may_be_for_exactly_one_call() {
        let mut faults = Faults::default();
        let api = "POST /v1.0/workflow/processInstances".to_owned();
        faults.plan(CallFault { api, times: 1, after: 1, answer: Fault::LostAnswer });
        assert_eq!(faults.meet("GET", "/v1.0/workflow/processInstances"), None);
        assert_eq!(faults.meet("POST", "/v1.0/workflow/processInstances/terminate"), None);
        assert_eq!(faults.meet("POST", "/v1.0/workflow/processInstances"), None, "one passes before");
        assert_eq!(faults.meet("POST", "/v1.0/workflow/processInstances"), Some(Fault::LostAnswer));
    }
}
