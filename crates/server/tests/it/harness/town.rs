//! What happens outside the pages: time passes, the robot speaks, servers stop and start.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use dingtalk_sim::{Message, Person, Speaker, Tenant};
use domain::{
    By,
    account::{commands::end_link, store::own_link},
    authority::{
        Role, Scope, Secretary, Worker,
        commands::{NewGrant, grant_in},
    },
    branch::{
        meeting::{NewMeeting, plan},
        officer,
    },
    calendar::local_date,
    ids::{AccountId, MeetingId, PersonId, RegionCode},
    person::death::record_death,
    quota::{self, Via},
    seed::cast,
};
use mailbox::{inbox, outbox};
use server::{app::App, doors::Doors, serve::Server};

use super::{House, house::Off};

/// Nothing here takes longer, on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(20);

impl House {
    /// Turns the tenant's clock to a time of the province's wall clock: `2026-11-24 18:30`.
    pub(crate) fn turn_to(&self, local: &str) {
        turn(&self.tenant, local);
    }

    /// Lets time pass.
    pub(crate) fn later(&self, minutes: i64) {
        self.tenant.clock().advance(TimeDelta::minutes(minutes));
    }

    /// What the robot has said to somebody, oldest first.
    pub(crate) fn told(&self, userid: &str) -> Vec<Message> {
        let lines = self.tenant.person(userid).messages();
        lines.into_iter().filter(|line| line.by == Speaker::Robot).map(|line| line.message).collect()
    }

    /// What the robot said to somebody about something, oldest first.
    pub(crate) fn told_of(&self, userid: &str, matter: &str) -> Vec<Message> {
        let mut told = self.told(userid);
        told.retain(|message| title(message).contains(matter));
        told
    }

    /// Waits until the robot has said something about a matter for the `nth` time; what it said.
    pub(crate) async fn hears(&self, userid: &str, matter: &str, nth: usize) -> Message {
        self.until(matter, async || self.told_of(userid, matter).len() >= nth).await;
        self.told_of(userid, matter).swap_remove(nth - 1)
    }

    /// Waits until it is so.
    pub(crate) async fn until(&self, what: &str, so: impl AsyncFn() -> bool) {
        let wait = async {
            while !so().await {
                pause().await;
            }
        };
        tokio::time::timeout(DEADLINE, wait).await.unwrap_or_else(|_| panic!("not in time: {what}"));
    }

    /// Waits until nothing is left to do now: what waits because the platform does not take calls has its time. Before it waits, it looks whether a plan is due, as one more server would.
    pub(crate) async fn settled(&self) {
        let (db, cx) = (&self.app.db, &self.app.cx);
        notify::scheduler::run_once(db, cx, self.app.clock.now()).await.unwrap();
        self.tenant.pushes().settled().await;
        self.until("nothing is left to do", async || {
            let now = self.app.clock.now();
            let (inbox, outbox) = (inbox::depth(db).await.unwrap(), outbox::depth(db).await.unwrap());
            let held = quota::next_try(db, &self.app.limits, Via::Robot, now).await.unwrap() > now
                && quota::is_in_doubt(db, &self.app.limits).await.unwrap();
            [(inbox, false), (outbox, held)]
                .iter()
                .all(|(queue, held)| queue.leased == 0 && (*held || queue.oldest.is_none_or(|at| at > now)))
        })
        .await;
    }

    /// Somebody joins the tenant.
    pub(crate) fn joins(&self, userid: &str) {
        self.tenant.add_person(newcomer(userid)).unwrap();
    }

    /// Somebody gets a role in the county.
    pub(crate) async fn hires(&self, userid: &str, role: Role) {
        self.hires_in(userid, role, county().as_str()).await;
    }

    /// Somebody gets a role in a region.
    pub(crate) async fn hires_in(&self, userid: &str, role: Role, region: &str) {
        let (from, scope) = (self.app.clock.now(), Scope::Region(region.parse().unwrap()));
        let new = NewGrant {
            account: AccountId::parse(userid).unwrap(),
            role,
            scope,
            from,
            to: None,
            reason: None,
        };
        let tx = mailbox::transaction::write(&self.app.db).await.unwrap();
        grant_in(&tx, &self.app.cx, By::INSTALLER, None, new, from).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// 方圆 writes down that somebody has died today.
    pub(crate) async fn dies(&self, person: PersonId) {
        let (db, cx, now) = (&self.app.db, &self.app.cx, self.app.clock.now());
        record_death(db, cx, &self.worker().await, person, local_date(now), now).await.unwrap();
    }

    /// 方圆 writes down that a login is not its person's any more.
    pub(crate) async fn unlinked(&self, userid: &str) {
        let (db, cx, now) = (&self.app.db, &self.app.cx, self.app.clock.now());
        let account = AccountId::parse(userid).unwrap();
        let link = own_link(db, &account, now).await.unwrap().unwrap();
        end_link(db, cx, &self.worker().await, link.id, now).await.unwrap();
    }

    /// A worker of the county.
    pub(crate) async fn worker(&self) -> Worker {
        let (db, worker) = (&self.app.db, AccountId::parse("fangyuan").unwrap());
        Worker::prove(db, &worker, county(), self.app.clock.now()).await.unwrap().unwrap()
    }

    /// 李国强, who keeps the branch's records.
    pub(crate) async fn secretary(&self) -> Secretary {
        let (db, li) = (&self.app.db, AccountId::parse("liguoqiang").unwrap());
        officer::prove(db, &li, cast().branch, self.app.clock.now()).await.unwrap().unwrap()
    }

    /// 李国强 plans a meeting of an hour.
    pub(crate) async fn plans(&self, title: &str, starts_at: DateTime<Utc>) -> MeetingId {
        let new = NewMeeting {
            title: title.to_owned(),
            starts_at,
            ends_at: starts_at + TimeDelta::hours(1),
            place: "翠苑社区活动室".to_owned(),
            description: String::new(),
            claims: Vec::new(),
        };
        let (db, cx, now) = (&self.app.db, &self.app.cx, self.app.clock.now());
        plan(db, cx, &self.secretary().await, new, now).await.unwrap().id
    }

    /// One more server on the same database.
    pub(crate) async fn another_server(&self) -> Server {
        let app = App::build((*self.app.config).clone(), self.app.clock.clone()).await.unwrap();
        let doors = Doors::open(&app.config).unwrap();
        app.start(doors).await.unwrap()
    }
}

impl Off {
    /// The same while the server is off.
    pub(crate) fn turn_to(&self, local: &str) {
        turn(&self.tenant, local);
    }
}

fn turn(tenant: &Tenant, local: &str) {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    tenant.clock().set((local - TimeDelta::hours(8)).and_utc());
}

/// Somebody with a name and nothing else.
pub(crate) fn newcomer(userid: &str) -> Person {
    Person::named(userid, format!("某{userid}"))
}

fn county() -> RegionCode {
    "330106".parse().unwrap()
}

/// What stands above a message.
pub(crate) fn title(message: &Message) -> &str {
    message.title()
}

#[expect(clippy::disallowed_methods, reason = "asking again takes a moment")]
async fn pause() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}
