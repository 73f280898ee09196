//! An office of a county with everybody that a case needs, and 王秀英, who is in need.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::{
    By, Context,
    account::{
        commands::{Link, give_mandate, link_own},
        mandate::Matter,
    },
    aid::{
        self, AidError, Case, Decision, Happened, NewVisit, Refusal, Status,
        commands::{
            accept::accept,
            approval::{approval_created, approval_sending, submit_for_approval},
            batch::{Opened, open_batch},
            confirm::{confirm_batch, mark_sent},
            decide::{Became, Verdict, approval_decided_in},
            draft,
            notice::{close_due_notices, publish_notice},
            settle::payment_result,
            submit::submit,
            visit::record_visit,
        },
        draft::{Answer, Draft, Question, Raw, Since},
        payment::{BankResult, Batch, Payment},
        public_notice::PublicNotice,
        store,
    },
    authority::{Grants, Held, Myself, Proof, Role, Scope, commands as granting, held},
    calendar,
    ids::{AccountId, CaseId, PersonId, RegionCode, VisitId},
    person::{NewPerson, Payout, Person},
    privacy::{PayoutNumber, Phone},
};
use ledger::{Envelope, Fen};
use sea_orm::DatabaseConnection;

use crate::cast::{context, joined, login, region, registered, someone, unit, write};

pub(crate) const COUNTY: &str = "330106";

/// Monday, 21 September 2026, nine in the morning: before the Mid-Autumn and National Days of that year.
pub(crate) fn monday() -> DateTime<Utc> {
    at(21, 9)
}

/// A day of September 2026 (31 is 1 October …) and an hour in the province.
pub(crate) fn at(day: i64, hour: i64) -> DateTime<Utc> {
    let first = Utc.with_ymd_and_hms(2026, 9, 1, 0, 0, 0).unwrap() - chrono::TimeDelta::hours(8);
    first + chrono::TimeDelta::days(day - 1) + chrono::TimeDelta::hours(hour)
}

pub(crate) struct Office<'a> {
    pub(crate) db: &'a DatabaseConnection,
    pub(crate) cx: Context,
    pub(crate) wang: Person,
}

static COUNT: AtomicU32 = AtomicU32::new(1);

impl<'a> Office<'a> {
    /// The office with 10,000 yuan for illness.
    pub(crate) async fn open(db: &'a DatabaseConnection) -> Self {
        Self::with_budget(db, 10_000).await
    }

    pub(crate) async fn with_budget(db: &'a DatabaseConnection, yuan: i64) -> Self {
        let cx = context();
        calendar::reference::load(db).await.unwrap();
        aid::reference::load(db, monday()).await.unwrap();
        let unit = unit(db, COUNTY).await;
        let wang = registered(db, in_need(unit.id, "王秀英")).await;
        let office = Self { db, cx, wang };
        for name in ["registrar", "lead", "second", "reviewer", "resolver"] {
            office.hire(name, Role::Worker).await;
        }
        for (name, role) in [
            ("approver", Role::Approver),
            ("publisher", Role::Publisher),
            ("payer", Role::Payer),
            ("confirmer", Role::Payer),
            ("auditor", Role::AuditAdmin),
        ] {
            office.hire(name, role).await;
        }
        office.link("wang", office.wang.id).await;
        office.appropriate(yuan).await;
        office
    }

    pub(crate) async fn hire(&self, name: &str, role: Role) {
        let account = joined(self.db, name).await;
        self.grant(&account, role).await;
    }

    pub(crate) async fn grant(&self, account: &AccountId, role: Role) {
        self.grant_from(account, role, at(1, 0), None).await;
    }

    pub(crate) async fn grant_from(
        &self,
        account: &AccountId,
        role: Role,
        from: DateTime<Utc>,
        to: Option<DateTime<Utc>>,
    ) {
        let scope = Scope::Region(region(COUNTY));
        let new = granting::NewGrant { account: account.clone(), role, scope, from, to, reason: None };
        let tx = write(self.db).await;
        granting::grant_in(&tx, &self.cx, By::INSTALLER, None, new, from).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A login of a person's own.
    pub(crate) async fn link(&self, name: &str, person: PersonId) -> AccountId {
        let account = joined(self.db, name).await;
        let link = Link { account: &account, person, proof: "identity_seen" };
        link_own(self.db, &self.cx, &self.proof("registrar").await, &link, at(1, 1)).await.unwrap();
        account
    }

    /// A login that acts for a person.
    pub(crate) async fn mandate(&self, name: &str, person: PersonId) -> Myself {
        let account = joined(self.db, name).await;
        let link = Link { account: &account, person, proof: "witnessed" };
        let worker = self.proof("registrar").await;
        give_mandate(self.db, &self.cx, &worker, (&link, &crate::cast::terms(at(200, 0))), at(1, 1))
            .await
            .unwrap();
        Myself::acting_for(self.db, &account, (person, Matter::Aid), monday()).await.unwrap().unwrap()
    }

    pub(crate) async fn appropriate(&self, yuan: i64) {
        let key = format!("test/{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let tx = write(self.db).await;
        ledger::appropriate(&tx, &pot(), Fen::yuan(yuan), "test", &key, at(1, 0)).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn proof<R: Held>(&self, name: &str) -> Proof<R> {
        let grants = Grants::of(self.db, &login(name), monday()).await.unwrap();
        Proof::among(&grants, region(COUNTY)).expect("the role")
    }

    pub(crate) async fn worker(&self, name: &str) -> Proof<held::Worker> {
        self.proof(name).await
    }

    pub(crate) async fn payer(&self, name: &str) -> Proof<held::Payer> {
        self.proof(name).await
    }

    pub(crate) async fn myself(&self, name: &str) -> Myself {
        Myself::of(self.db, &login(name), monday()).await.unwrap().expect("linked")
    }

    /// Every page answered, ready to be sent.
    pub(crate) async fn written(&self, myself: &Myself, category: &str, now: DateTime<Utc>) -> Draft {
        let today = calendar::local_date(now);
        let offered = store::category::offers(self.db, &region(COUNTY), today).await.unwrap();
        let mut draft = draft::begin(self.db, &self.cx, myself, now).await.unwrap();
        while let Some(question) = Question::next(&draft.answers(&self.cx.seal).unwrap()) {
            let choice = match question {
                Question::WhatHappened => category,
                Question::SinceWhen => Since::LastMonth.code(),
                Question::HelpElsewhere => "nobody",
                _ => "on_file",
            };
            let raw = Raw { choices: vec![choice.to_owned()], text: "难".to_owned(), ..Raw::default() };
            let answer = Answer::parse(question, &raw, &offered).ok().unwrap();
            draft = draft::answer(self.db, &self.cx, myself, (draft.id, answer), now).await.unwrap();
        }
        draft
    }

    pub(crate) async fn submitted(&self, name: &str, now: DateTime<Utc>) -> Case {
        let myself = self.myself(name).await;
        let draft = self.written(&myself, "illness", now).await;
        submit(self.db, &self.cx, &myself, (draft.id, draft.version), now).await.unwrap()
    }

    pub(crate) fn visit(lead: &str, second: &str, on: NaiveDate, yuan: i64) -> NewVisit {
        NewVisit {
            id: VisitId::new(monday()),
            on,
            lead: login(lead),
            second: login(second),
            findings: "家中一人，行动不便".to_owned(),
            proposed: Fen::yuan(yuan),
            self_paid: None,
        }
    }

    pub(crate) async fn visited(&self, name: &str, now: DateTime<Utc>) -> Case {
        let case = self.submitted(name, now).await;
        accept(self.db, &self.cx, &self.worker("registrar").await, case.id, now).await.unwrap();
        let visit = Self::visit("lead", "second", calendar::local_date(now), 3000);
        record_visit(self.db, &self.cx, &self.worker("lead").await, (case.id, visit), now).await.unwrap()
    }

    /// In approval, with the instance created; says its id.
    pub(crate) async fn in_approval(&self, name: &str, now: DateTime<Utc>) -> (CaseId, String) {
        let case = self.visited(name, now).await;
        (case.id, self.asked(case.id, now).await)
    }

    pub(crate) async fn asked(&self, case: CaseId, now: DateTime<Utc>) -> String {
        let reviewer = self.worker("reviewer").await;
        let round = submit_for_approval(self.db, &self.cx, &reviewer, case, now).await.unwrap();
        let instance = format!("instance-{}-{}", round.case_id, round.round);
        approval_sending(self.db, (case, round.round), now).await.unwrap();
        approval_created(self.db, &self.cx, (case, round.round), &instance, now).await.unwrap();
        instance
    }

    pub(crate) async fn decides(
        &self,
        by: &str,
        decision: Decision,
        instance: &str,
        now: DateTime<Utc>,
    ) -> Result<Became, AidError> {
        let verdict = Verdict { instance: instance.to_owned(), decision, by: Some(login(by)), at: now };
        let tx = write(self.db).await;
        let became = approval_decided_in(&tx, &self.cx, &verdict, now).await?;
        tx.commit().await.unwrap();
        Ok(became)
    }

    pub(crate) async fn approved(&self, name: &str, now: DateTime<Utc>) -> CaseId {
        let (case, instance) = self.in_approval(name, now).await;
        let became = self.decides("approver", Decision::Agree, &instance, now).await.unwrap();
        assert_eq!(became, Became::Now(Status::Approved));
        case
    }

    pub(crate) async fn published(&self, case: CaseId, now: DateTime<Utc>) -> PublicNotice {
        let publisher = self.proof("publisher").await;
        publish_notice(self.db, &self.cx, &publisher, case, now).await.unwrap()
    }

    /// Approved on Monday, and its notice has hung.
    pub(crate) async fn ready(&self, name: &str, now: DateTime<Utc>) -> CaseId {
        let case = self.approved(name, now).await;
        self.published(case, now).await;
        close_due_notices(self.db, &self.cx, now + chrono::TimeDelta::days(30)).await.unwrap();
        assert_eq!(self.status(case).await, Status::ReadyToPay);
        case
    }

    pub(crate) async fn batch(&self, now: DateTime<Utc>) -> Result<Opened, AidError> {
        open_batch(self.db, &self.cx, &self.payer("payer").await, (&region(COUNTY), None), now).await
    }

    /// A batch that is with the bank.
    pub(crate) async fn sent(&self, now: DateTime<Utc>) -> (Batch, Vec<Payment>) {
        let batch = self.batch(now).await.unwrap().batch;
        let confirmer = self.payer("confirmer").await;
        let batch =
            confirm_batch(self.db, &self.cx, &confirmer, (batch.id, batch.version), now).await.unwrap();
        let batch = mark_sent(self.db, &self.cx, &confirmer, (batch.id, batch.version), now).await.unwrap();
        let payments = store::payment::of_batch(self.db, batch.id).await.unwrap();
        (batch, payments)
    }

    pub(crate) async fn bank(&self, payment: &Payment, result: BankResult, now: DateTime<Utc>) -> Case {
        let confirmer = self.payer("confirmer").await;
        payment_result(self.db, &self.cx, &confirmer, (payment.id, result), now).await.unwrap()
    }

    pub(crate) async fn case(&self, case: CaseId) -> Case {
        store::case::find(self.db, case).await.unwrap().unwrap()
    }

    pub(crate) async fn status(&self, case: CaseId) -> Status {
        self.case(case).await.status
    }

    pub(crate) async fn log(&self, case: CaseId) -> Vec<Happened> {
        store::case::log(self.db, case).await.unwrap().into_iter().map(|event| event.what).collect()
    }

    pub(crate) async fn told(&self, kind: &str) -> Vec<String> {
        use sea_orm::{ConnectionTrait, Statement};
        let sql = "SELECT addressee FROM outbox WHERE kind = $1 AND addressee IS NOT NULL ORDER BY addressee";
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, [kind.into()]);
        let rows = self.db.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    pub(crate) async fn letters(&self, kind: &str) -> usize {
        use sea_orm::{ConnectionTrait, Statement};
        let sql = "SELECT id FROM outbox WHERE kind = $1";
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, [kind.into()]);
        self.db.query_all_raw(statement).await.unwrap().len()
    }

    pub(crate) async fn pot(&self) -> [i64; 4] {
        let balance = ledger::balance(self.db, &pot()).await.unwrap();
        [balance.available, balance.reserved, balance.committed, balance.paid].map(|fen| fen.fen() / 100)
    }

    /// Every story ends like this.
    pub(crate) async fn closes(&self) {
        assert_eq!(ledger::check(self.db).await.unwrap(), []);
        crate::cast::audited(self.db).await;
    }
}

pub(crate) fn pot() -> Envelope {
    aid::envelope(&RegionCode::parse(COUNTY).unwrap(), 2026, aid::Category::ILLNESS)
}

/// Somebody with a telephone and an account.
pub(crate) fn in_need(unit: domain::ids::UnitId, name: &str) -> NewPerson {
    NewPerson {
        phone: Some(Phone::parse("13800001234").unwrap()),
        payout: Some(Payout {
            number: PayoutNumber::parse("6222021202041234567").unwrap(),
            bank: "某银行".to_owned(),
        }),
        ..someone(unit, name)
    }
}

pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, AidError>) -> Refusal {
    match result {
        Err(AidError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}
