//! Which event is due when: tried at once, again after 10 s and after 30 s, then it is in the failed list.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::faults::EventFaults;
use crate::world::{Event, Ids};

/// On the tenant's clock, counted from the attempt before.
const RETRIES: [TimeDelta; 2] = [TimeDelta::seconds(10), TimeDelta::seconds(30)];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Push {
    pub(crate) event: Event,
    pub(crate) due: DateTime<Utc>,
    /// How often it was tried.
    pub(crate) tries: usize,
    /// Sealed with a key that is not the app's.
    #[serde(default)]
    pub(crate) wrong_key: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Queue {
    waiting: Vec<Push>,
    failed: Vec<Event>,
    #[serde(skip)]
    under_way: usize,
}

impl Queue {
    pub(crate) fn add(&mut self, event: Event, faults: EventFaults, ids: &mut Ids) {
        if ids.happens(faults.lose) {
            return;
        }
        let due = event.at + TimeDelta::milliseconds(faults.delay_ms.into());
        let wrong_key = faults.wrong_key > 0.0 && ids.happens(faults.wrong_key);
        let push = Push { event, due, tries: 0, wrong_key };
        if ids.happens(faults.duplicate) {
            self.waiting.push(push.clone());
        }
        let place =
            if ids.happens(faults.reorder) { ids.place(self.waiting.len()) } else { self.waiting.len() };
        self.waiting.insert(place, push);
    }

    pub(crate) fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.waiting.iter().any(|push| push.due <= now)
    }

    pub(crate) fn take_due(&mut self, now: DateTime<Utc>) -> Option<Push> {
        let index = self.waiting.iter().position(|push| push.due <= now)?;
        self.under_way += 1;
        Some(self.waiting.remove(index))
    }

    pub(crate) fn arrived(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// Waits for its next try, or is given up.
    pub(crate) fn missed(&mut self, mut push: Push, now: DateTime<Utc>) {
        if self.under_way == 0 {
            // The tenant began anew meanwhile.
            return;
        }
        self.under_way -= 1;
        match RETRIES.get(push.tries) {
            Some(pause) => {
                push.due = now + *pause;
                push.tries += 1;
                self.waiting.push(push);
            }
            None => self.failed.push(push.event),
        }
    }

    /// Whatever waits for its time is tried now.
    pub(crate) fn hurry(&mut self, now: DateTime<Utc>) {
        for push in &mut self.waiting {
            push.due = push.due.min(now);
        }
    }

    pub(crate) fn is_idle(&self, now: DateTime<Utc>) -> bool {
        self.under_way == 0 && !self.is_due(now)
    }

    pub(crate) fn waiting(&self) -> &[Push] {
        &self.waiting
    }

    pub(crate) fn failed(&self) -> &[Event] {
        &self.failed
    }

    pub(crate) fn forget_failed(&mut self, count: usize) {
        self.failed.drain(..count.min(self.failed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Happening;

    fn event(id: &str) -> Event {
        Event { id: id.to_owned(), at: DateTime::UNIX_EPOCH, what: Happening::CheckUrl }
    }

    #[test]
    fn an_event_is_tried_three_times_and_then_given_up() {
        let mut queue = Queue::default();
        let mut now = DateTime::UNIX_EPOCH;
        queue.add(event("one"), EventFaults::default(), &mut Ids::new(1));
        for pause in [10, 30] {
            let push = queue.take_due(now).unwrap();
            queue.missed(push, now);
            assert!(!queue.is_due(now + TimeDelta::seconds(pause - 1)));
            now += TimeDelta::seconds(pause);
        }
        let push = queue.take_due(now).unwrap();
        assert!(queue.failed().is_empty());
        queue.missed(push, now);
        assert_eq!(queue.failed().len(), 1);
        assert!(queue.is_idle(now));
    }

    #[test]
    fn faults_follow_the_seed() {
        let order = |seed| {
            let (mut queue, mut ids) = (Queue::default(), Ids::new(seed));
            let faults = EventFaults { duplicate: 0.3, reorder: 0.5, lose: 0.2, ..EventFaults::default() };
            for n in 0..20 {
                queue.add(event(&n.to_string()), faults, &mut ids);
            }
            queue.waiting().iter().map(|push| push.event.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(order(7), order(7));
        assert_ne!(order(7), order(8));
    }
}
