//! A post office: people with logins, one case to tell them of, a tenant whose clock stands still until it is turned.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use dingtalk::{AgentId, Client, Config, Hosts, limits::Plan};
use dingtalk_sim::{Options, Person as Member, Speaker, Tenant, World};
use domain::{
    By, Context,
    account::{
        commands::{Link, link_own},
        letters::Letter::Welcome,
        news::{self, News as Joined, Profile},
    },
    aid::{
        self,
        commands::{draft, submit::submit},
        draft::{Answer, Question, Raw, Since},
        letters::{Letter as Aid, News},
    },
    authority::{Grants, Myself, Proof, Role, Scope, Worker, commands as granting},
    calendar,
    ids::{AccountId, CaseId, PersonId, RegionCode},
    letters::{self, Letter},
    notice::{self, Notice, Occasion, Status},
    person::{self, BirthSource, Gender, NewPerson, Payout, Person, Precision, Retirement, UnitKind},
    privacy::{PayoutNumber, Phone, Sealer},
    quota::{self, Budget, Limits, Via},
};
use mailbox::{Lane, outbox, transaction::Transaction};
use notify::{Dispatcher, Settings, pace::Shared};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, Statement};

pub(crate) const SEND: &str = "/v1.0/robot/oToMessages/batchSend";
pub(crate) const READ: &str = "/v1.0/robot/oToMessages/readStatus";
const CORP: &str = "dingpostcorp00000000000000000001";
const COUNTY: &str = "330106";

const WORLD: &str = r#"
[corp]
id = "dingpostcorp00000000000000000001"
name = "某区老干部局（示例）"
[app]
name = "银龄"
client_id = "dingpostapp000000001"
client_secret = "sim-secret-that-is-not-secret-0000000000000000000000000000000001"
agent_id = 300100200
robot_name = "银龄小助手"
home = "/home"
[events]
token = "simtoken01"
aes_key = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"
[[departments]]
id = 910001
name = "离退休干部第一党支部"
"#;

/// Monday, 2 November 2026, nine in the morning in the province.
pub(crate) fn monday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap()
}

pub(crate) struct Post {
    pub(crate) db: DatabaseConnection,
    pub(crate) cx: Context,
    pub(crate) tenant: Tenant,
    pub(crate) dispatcher: Dispatcher,
    pub(crate) case: CaseId,
    /// 王秀英, whose case it is; her login is `wang`.
    pub(crate) wang: PersonId,
    pub(crate) people: Vec<AccountId>,
    pub(crate) now: DateTime<Utc>,
    /// When the tenant carried out how many calls of the robot.
    pub(crate) calls: Vec<(DateTime<Utc>, u64)>,
}

/// How an office differs from the usual.
#[derive(Clone, Copy)]
pub(crate) struct Office {
    pub(crate) people: usize,
    pub(crate) per_minute: i32,
    pub(crate) per_second: i32,
    pub(crate) budget: Budget,
    /// What the platform itself allows.
    pub(crate) platform_calls: Option<u64>,
    /// Has the tenant DING?
    pub(crate) ding: bool,
}

impl Default for Office {
    fn default() -> Self {
        let budget = Budget { calls: 1_000_000, deliveries: 1_000_000 };
        Self { people: 0, per_minute: 600, per_second: 20, budget, platform_calls: None, ding: true }
    }
}

impl Post {
    pub(crate) async fn open(db: &DatabaseConnection, office: Office) -> Self {
        let mut world = World::parse(WORLD).unwrap();
        world.clock.start = Some(monday());
        world.clock.frozen = true;
        world.ding.allowed = office.ding;
        world.limits.calls_per_month = office.platform_calls;
        let names: Vec<String> = (0..office.people).map(|number| format!("lgb{number:05}")).collect();
        for userid in names.iter().map(String::as_str).chain(["wang"]) {
            world
                .people
                .push(Member { departments: vec![910_001], ..Member::named(userid, format!("某{userid}")) });
        }
        let (client_id, secret) = (world.app.client_id.clone(), world.app.client_secret.clone());
        let tenant = Tenant::start(world, Options::default()).await.unwrap();
        let seal = Sealer::new(&[("test", &[7; 32])], &[8; 32]).unwrap();
        let cx = Context { audit: domain::AuditKey::from_bytes(&[9; 32]).unwrap(), seal };
        let base = tenant.base_url().parse::<url::Url>().unwrap();
        let agent = AgentId(300_100_200);
        let config = Config {
            timeout: Duration::from_secs(2),
            ..Config::new(Hosts::both(base), CORP, &client_id, secret, agent).unwrap()
        };
        let clock = tenant.clock();
        let robot = (client_id.as_str(), office.per_minute);
        let limits = Limits::new(CORP, office.budget, robot, office.per_second);
        // The pace is kept by the office's own rates: time stands still here, and the machine's does not count.
        let plan = Plan { per_second: 100_000, ..Plan::STANDARD };
        let pace = Shared::new(db.clone(), plan, limits.clone());
        let client = Client::limited(config, move || clock.now(), Arc::new(pace)).unwrap();
        let dispatcher = Dispatcher {
            db: db.clone(),
            cx: cx.clone(),
            client,
            settings: Settings {
                public_url: "https://yinling.example.gov.cn".parse().unwrap(),
                aid_process_code: "PROC-AID".parse().unwrap(),
                help_desk: "服务台（0571 8888 0000）".to_owned(),
                card: None,
            },
            limits,
            sms: None,
            ding: None,
            owner: "test".to_owned(),
            stop: mailbox::Stop::default(),
        };
        let tx = write(db).await;
        for name in &names {
            joined(&tx, &cx, name).await;
        }
        tx.commit().await.unwrap();
        let (wang, case) = case(db, &cx).await;
        let people = names.iter().map(|name| AccountId::parse(name).unwrap()).collect();
        let (db, now, calls) = (db.clone(), monday(), Vec::new());
        let mut post = Self { db, cx, tenant, dispatcher, case, wang, people, now, calls };
        post.empties().await;
        post.calls.clear();
        post
    }

    /// Everybody's first message, and the receipt of the case, are on their way before a test begins; they are forgotten.
    async fn empties(&mut self) {
        let open =
            outbox::claim(&self.db, "nobody", 1_000_000, Duration::from_secs(1), self.now).await.unwrap();
        let tx = write(&self.db).await;
        for letter in &open {
            outbox::done_in(&tx, letter, self.now).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Tells somebody a piece of news of the case.
    pub(crate) async fn tell(&self, tx: &DatabaseTransaction, account: &AccountId, news: News) {
        let letter = Letter::Aid(Aid::Told { case: self.case, account: account.clone(), news });
        assert!(letters::post(tx, &letter, Some(account), self.now, self.now).await.unwrap());
    }

    /// Tells everybody all of these, in this order.
    pub(crate) async fn tell_all(&self, news: &[News]) {
        let tx = write(&self.db).await;
        for news in news {
            for account in &self.people {
                self.tell(&tx, account, *news).await;
            }
        }
        tx.commit().await.unwrap();
    }

    /// Greets everybody. A greeting goes once or not at all, and twenty share a call.
    pub(crate) async fn welcome_all(&self) {
        let tx = write(&self.db).await;
        for account in &self.people {
            // Their first welcome is done; its key is taken, so a letter of the same lane stands for it.
            let letter = Letter::Account(Welcome { account: account.clone() });
            let new = outbox::NewLetter {
                key: format!("again/{account}"),
                lane: Lane::Greeting,
                kind: letter.kind().to_owned(),
                addressee: Some(account.to_string()),
                payload: serde_json::to_value(&letter).unwrap(),
                run_at: self.now,
            };
            outbox::push(&tx, &new, self.now).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// What the ledger says of everybody's greeting.
    pub(crate) async fn welcomes(&self) -> Vec<Status> {
        let mut all = Vec::with_capacity(self.people.len());
        for account in &self.people {
            all.push(
                notice::store::about(&self.db, account, Occasion::Welcome).await.unwrap().unwrap().status,
            );
        }
        all
    }

    /// One round at the time it is.
    pub(crate) async fn round(&mut self) -> usize {
        self.tenant.clock().set(self.now);
        let before = self.carried_out();
        let settled = self.dispatcher.run_once(self.now).await.unwrap();
        // The tenant's count begins anew with the month.
        let calls = self.carried_out().checked_sub(before).unwrap_or_else(|| self.carried_out());
        if calls > 0 {
            self.calls.push((self.now, calls));
        }
        settled
    }

    /// One round of questions who has read what, at the time it is.
    pub(crate) async fn asks(&self) -> usize {
        self.tenant.clock().set(self.now);
        self.dispatcher.prove(self.now).await.unwrap()
    }

    /// How many such questions the platform has answered.
    pub(crate) fn asked(&self) -> u64 {
        self.tenant.quota().calls_by_api.get(READ).copied().unwrap_or_default()
    }

    pub(crate) fn carried_out(&self) -> u64 {
        self.tenant.quota().calls_by_api.get(SEND).copied().unwrap_or_default()
    }

    /// Turns the clock to when something may happen next; `false` when nothing waits.
    pub(crate) async fn turn(&mut self) -> bool {
        let next = quota::next_try(&self.db, &self.dispatcher.limits, Via::Robot, self.now).await.unwrap();
        if next > self.now {
            self.now = next;
            return true;
        }
        // Letters that wait behind another one of the same reader are due, but not theirs to begin.
        let sql = "SELECT min(run_at) AS next FROM outbox WHERE state IN (0, 1) AND run_at > $1";
        let values = [self.now.into()];
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, values);
        let row = self.db.query_one_raw(statement).await.unwrap().unwrap();
        match row.try_get::<Option<DateTime<Utc>>>("", "next").unwrap() {
            Some(next) => self.now = next,
            None => assert_eq!(outbox::depth(&self.db).await.unwrap().waiting, 0, "what waits is for a time"),
        }
        outbox::depth(&self.db).await.unwrap().oldest.is_some()
    }

    /// Rounds until nothing waits.
    pub(crate) async fn drain(&mut self) {
        loop {
            if self.round().await == 0 && !self.turn().await {
                return;
            }
        }
    }

    /// What the robot has said to each, with the time, in order.
    pub(crate) fn said(&self) -> BTreeMap<String, Vec<(DateTime<Utc>, String)>> {
        let mut said: BTreeMap<String, Vec<(DateTime<Utc>, String)>> = BTreeMap::new();
        for (userid, line) in self.tenant.sent() {
            if line.by == Speaker::Robot {
                said.entry(userid).or_default().push((line.at, line.message.title().to_owned()));
            }
        }
        said
    }

    pub(crate) async fn ledger(&self, account: &AccountId, news: News) -> Notice {
        let told = Letter::Aid(Aid::Told { case: self.case, account: account.clone(), news });
        notice::store::about(&self.db, account, told.occasion().unwrap()).await.unwrap().unwrap()
    }

    pub(crate) async fn worker(&self) -> Worker {
        let grants = Grants::of(&self.db, &AccountId::parse("worker").unwrap(), self.now).await.unwrap();
        Proof::among(&grants, COUNTY.parse::<RegionCode>().unwrap()).unwrap()
    }
}

/// The most calls in one window of this length, wherever it begins.
pub(crate) fn densest(calls: &[(DateTime<Utc>, u64)], window: TimeDelta) -> u64 {
    let within = |from: DateTime<Utc>| {
        calls.iter().filter(move |(at, _)| from <= *at && *at < from + window).map(|(_, calls)| calls).sum()
    };
    calls.iter().map(|(from, _)| within(*from)).max().unwrap_or_default()
}

pub(crate) async fn write(db: &DatabaseConnection) -> Transaction {
    mailbox::transaction::write(db).await.unwrap()
}

async fn joined(tx: &DatabaseTransaction, cx: &Context, name: &str) {
    let account = AccountId::parse(name).unwrap();
    let news = Joined { key: format!("join/{name}"), account, happened_at: monday() - TimeDelta::days(30) };
    let profile = Profile { name: format!("某{name}"), unionid: None };
    news::joined_in(tx, cx, &news, &profile, monday() - TimeDelta::days(30)).await.unwrap();
}

/// 王秀英 has asked for help.
async fn case(db: &DatabaseConnection, cx: &Context) -> (PersonId, CaseId) {
    let long_ago = monday() - TimeDelta::days(20);
    let county: RegionCode = COUNTY.parse().unwrap();
    calendar::reference::load(db).await.unwrap();
    aid::reference::load(db, monday()).await.unwrap();
    let tx = write(db).await;
    for name in ["wang", "worker"] {
        joined(&tx, cx, name).await;
    }
    let worker = AccountId::parse("worker").unwrap();
    let scope = Scope::Region(county.clone());
    let new = granting::NewGrant {
        account: worker.clone(),
        role: Role::Worker,
        scope,
        from: long_ago,
        to: None,
        reason: None,
    };
    granting::grant_in(&tx, cx, By::INSTALLER, None, new, long_ago).await.unwrap();
    let new = person::units::NewUnit {
        name: "某区农业局".to_owned(),
        kind: UnitKind::Agency,
        region: county.clone(),
        parent: None,
    };
    let unit = person::units::found_in(&tx, cx, By::INSTALLER, new, long_ago).await.unwrap();
    let new = in_need(unit.id);
    let wang: Person =
        person::commands::register_in(&tx, cx, By::INSTALLER, None, new, long_ago).await.unwrap();
    tx.commit().await.unwrap();

    let grants = Grants::of(db, &worker, monday()).await.unwrap();
    let worker: Worker = Proof::among(&grants, county).unwrap();
    let account = AccountId::parse("wang").unwrap();
    let link = Link { account: &account, person: wang.id, proof: "witnessed" };
    link_own(db, cx, &worker, &link, long_ago).await.unwrap();
    let myself = Myself::of(db, &account, monday()).await.unwrap().unwrap();
    let mut draft = draft::begin(db, cx, &myself, monday()).await.unwrap();
    while let Some(question) = Question::next(&draft.answers(&cx.seal).unwrap()) {
        let choice = match question {
            Question::WhatHappened => "illness",
            Question::SinceWhen => Since::LastMonth.code(),
            Question::HelpElsewhere => "nobody",
            _ => "on_file",
        };
        let raw = Raw { choices: vec![choice.to_owned()], text: "难".to_owned(), ..Raw::default() };
        let answer = Answer::parse(question, &raw, &aid::category::reference::offers()).ok().unwrap();
        draft = draft::answer(db, cx, &myself, (draft.id, answer), monday()).await.unwrap();
    }
    let case = submit(db, cx, &myself, (draft.id, draft.version), monday()).await.unwrap();
    (wang.id, case.id)
}

fn in_need(unit: domain::ids::UnitId) -> NewPerson {
    NewPerson {
        name: "王秀英".to_owned(),
        gender: Gender::Female,
        born_on: chrono::NaiveDate::from_ymd_opt(1944, 3, 15).unwrap(),
        born_precision: Precision::Day,
        born_source: BirthSource::Identity,
        birthday: None,
        retirement: Retirement::Retired,
        joined_work: None,
        party_joined_on: None,
        unit,
        residence: None,
        living_alone: true,
        phone: Some(Phone::parse("13800000001").unwrap()),
        identity: None,
        payout: Some(Payout {
            number: PayoutNumber::parse("6222020000000000001").unwrap(),
            bank: "某银行".to_owned(),
        }),
    }
}

/// The dispatcher's text messages go into a folder.
pub(crate) fn texting(post: &mut Post, folder: &std::path::Path) {
    post.dispatcher.sms = Some(Arc::new(notify::sms::SmsFolder { folder: folder.to_owned() }));
}
