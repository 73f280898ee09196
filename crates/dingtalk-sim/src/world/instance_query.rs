//! The list of instance ids by time window, as the platform pages it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::world::{Instance, InstanceStatus, Refusal};

#[derive(Clone, Debug)]
pub(crate) struct InstanceQuery {
    pub(crate) process_code: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) end: Option<DateTime<Utc>>,
    pub(crate) offset: usize,
    pub(crate) most: usize,
    pub(crate) originators: Vec<String>,
    pub(crate) statuses: Vec<InstanceStatus>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InstancePage {
    pub(crate) ids: Vec<String>,
    pub(crate) next: Option<usize>,
}

impl InstanceQuery {
    pub(crate) fn check(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let end = self.end.unwrap_or(now);
        let (code, wrong) = if self.most == 0 || self.most > 20 {
            ("invalidMaxResults", "maxResults must be 1 to 20")
        } else if self.originators.len() > 10 {
            ("invalidUserIds", "at most 10 userIds")
        } else if self.start < now - TimeDelta::days(365) {
            ("invalidInstanceListIdsStartTime", "startTime is more than 365 days ago")
        } else if end < self.start || end - self.start > TimeDelta::days(120) {
            ("invalidEndTime", "the window must be 0 to 120 days")
        } else {
            return Ok(());
        };
        Err(Refusal::coded(code, wrong))
    }

    pub(crate) fn run<'a>(&self, instances: impl Iterator<Item = &'a Instance>) -> InstancePage {
        let found: Vec<_> = instances.filter(|instance| self.matches(instance)).collect();
        let ids: Vec<_> =
            found.iter().skip(self.offset).take(self.most).map(|instance| instance.id.clone()).collect();
        let reached = self.offset + ids.len();
        InstancePage { ids, next: (reached < found.len()).then_some(reached) }
    }

    fn matches(&self, instance: &Instance) -> bool {
        instance.process_code == self.process_code
            && instance.created_at >= self.start
            && self.end.is_none_or(|end| instance.created_at <= end)
            && (self.originators.is_empty() || self.originators.contains(&instance.originator))
            && (self.statuses.is_empty() || self.statuses.contains(&instance.status))
    }
}
