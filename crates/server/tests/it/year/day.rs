//! A working day: who asks today asks, whatever lies on a desk is taken up or left for tomorrow, and payers of every city look what is ready.

use domain::{
    aid::{Case, Status, store},
    authority::Scope,
};
use futures_util::{StreamExt, stream};
use mailbox::{inbox, outbox};
use rand::Rng;
use std::time::{Duration, Instant};

use super::{Year, people::Applicant};
use crate::crash::{may_go_now, pause};

/// So many people are at their screens at once.
const AT_ONCE: usize = 6;
/// Whoever waits for an answer of the platform, at most; what is left then is left for tomorrow.
const EVENING: Duration = Duration::from_secs(90);

/// Everything that is not over.
const OPEN: [Status; 13] = [
    Status::Submitted,
    Status::Supplementing,
    Status::Accepted,
    Status::Visited,
    Status::InApproval,
    Status::Approved,
    Status::OnNotice,
    Status::Objected,
    Status::Contested,
    Status::Appealed,
    Status::ReadyToPay,
    Status::InBatch,
    Status::Returned,
];

impl Year {
    pub(super) async fn works(&self, number: usize) {
        let today = self.applicants.iter().filter(|one| one.day <= number);
        stream::iter(today).for_each_concurrent(AT_ONCE, |one| self.asks_unless_done(one)).await;
        let cases = self.open_cases().await;
        stream::iter(&cases).for_each_concurrent(AT_ONCE, |case| self.takes_up(case)).await;
        self.explains().await;
        stream::iter(&self.office.cities).for_each_concurrent(AT_ONCE, |city| self.pays(city)).await;
    }

    async fn asks_unless_done(&self, one: &Applicant) {
        if self.asked.borrow().contains(&one.person) {
            return;
        }
        if store::case::of_person(&self.app.db, one.person).await.unwrap().is_empty() {
            self.asks(one).await;
        } else {
            self.asked.borrow_mut().insert(one.person);
        }
    }

    pub(super) async fn open_cases(&self) -> Vec<Case> {
        let everywhere = [Scope::Region("33".parse().unwrap())];
        store::case::waiting(&self.app.db, &everywhere, &OPEN, 10_000).await.unwrap()
    }

    /// Not everything is taken up on the day on which it could be.
    async fn takes_up(&self, case: &Case) {
        if self.dice().random_bool(0.8) {
            self.acts_on(case).await;
        }
    }

    /// The day ends when nothing is left to do now: what came in is worked off, and what is to be said is said.
    pub(super) async fn settles(&self) {
        let until = Instant::now() + EVENING;
        while Instant::now() < until {
            self.site.tenant.pushes().deliver_now().await;
            let (inbox, outbox) =
                (inbox::depth(&self.app.db).await.unwrap(), outbox::depth(&self.app.db).await.unwrap());
            let waits = inbox.oldest.is_some_and(|at| at <= self.app.clock.now());
            if inbox.leased + outbox.leased == 0 && !waits && may_go_now(&self.app).await == 0 {
                return;
            }
            pause(40).await;
        }
    }
}
