//! A county with an office that goes round before the Spring Festival of 2027, and a few who are old.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Context,
    authority::{Approver, Grants, Payer, Proof, Role, Scope, Worker},
    budget::Purpose,
    ids::{OutreachVisitId, PersonId, UnitId},
    outreach::{
        self, Entry, EntryState, Occasion, Outcome, OutreachError, Plan, Refusal,
        commands::{
            decide::decide,
            plan::{NewPlan, Whose, make, submit},
            visit::{NewVisit, record_visit},
        },
        store,
    },
    person::{NewPerson, Person, Precision, Retirement, Unit},
};
use ledger::{Envelope, Fen};
use sea_orm::DatabaseConnection;

use crate::cast::{context, date, granted, holder, login, now, region, registered, someone, unit, write};

pub(crate) const COUNTY: &str = "330106";

pub(crate) struct Scene<'a> {
    pub(crate) db: &'a DatabaseConnection,
    pub(crate) cx: Context,
    pub(crate) unit: Unit,
    pub(crate) li: Worker,
    pub(crate) xu: Worker,
    pub(crate) approver: Approver,
    pub(crate) payer: Payer,
    /// 91 by the festival, and alone: 500 and an item.
    pub(crate) wang: Person,
    /// 离休: 1,000 and an item.
    pub(crate) old_li: Person,
    /// 83: nothing.
    pub(crate) zhao: Person,
}

/// Born in a year, of a unit.
pub(crate) fn born(unit: UnitId, name: &str, year: i32) -> NewPerson {
    NewPerson { born_on: date(year, 1, 1), ..someone(unit, name) }
}

pub(crate) fn veteran(unit: UnitId, name: &str) -> NewPerson {
    NewPerson {
        retirement: Retirement::Veteran,
        joined_work: Some((date(1948, 3, 1), Precision::Day)),
        ..born(unit, name, 1930)
    }
}

/// So many days after now.
pub(crate) fn later(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

pub(crate) fn refused<T>(result: Result<T, OutreachError>) -> Refusal {
    match result {
        Err(OutreachError::Refused(no)) => no,
        Err(error) => panic!("expected a refusal: {error:?}"),
        Ok(_) => panic!("expected a refusal"),
    }
}

impl<'a> Scene<'a> {
    pub(crate) async fn open(db: &'a DatabaseConnection) -> Self {
        let cx = context();
        outreach::reference::load(db, now()).await.unwrap();
        let unit = unit(db, COUNTY).await;
        let scene = Self {
            db,
            cx,
            li: holder(db, "li", COUNTY).await,
            xu: holder(db, "xu", COUNTY).await,
            approver: holder(db, "approver", COUNTY).await,
            payer: holder(db, "payer", COUNTY).await,
            wang: registered(db, born(unit.id, "王秀英", 1936)).await,
            old_li: registered(db, veteran(unit.id, "李建国")).await,
            zhao: registered(db, born(unit.id, "赵德福", 1944)).await,
            unit,
        };
        scene.appropriate(2027, 10_000).await;
        scene
    }

    pub(crate) async fn appropriate(&self, year: i32, yuan: i64) {
        let tx = write(self.db).await;
        let (pot, key) = (pot(year), format!("test/{year}/{yuan}"));
        ledger::appropriate(&tx, &pot, Fen::yuan(yuan), "test", &key, now() - TimeDelta::days(1))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn held(&self, year: i32) -> [i64; 4] {
        let held = ledger::balance(self.db, &pot(year)).await.unwrap();
        [held.available, held.reserved, held.committed, held.paid].map(|fen| fen.fen() / 100)
    }

    /// A proof of another role of a login that is there.
    pub(crate) async fn also<R: domain::authority::Held>(&self, name: &str, role: Role) -> Proof<R> {
        granted(self.db, &login(name), role, Scope::Region(region(COUNTY))).await;
        let grants = Grants::of(self.db, &login(name), now()).await.unwrap();
        Proof::among(&grants, region(COUNTY)).unwrap()
    }

    pub(crate) async fn plan(&self, occasion: Occasion, whose: Whose) -> Plan {
        let new = NewPlan { occasion, whose, year: 2027, month: 2 };
        make(self.db, &self.cx, &self.li, new, now()).await.unwrap()
    }

    pub(crate) async fn festival(&self) -> Plan {
        self.plan(Occasion::SpringFestival, Whose::County(region(COUNTY))).await
    }

    /// Agreed to.
    pub(crate) async fn approved(&self) -> Plan {
        let plan = self.festival().await;
        submit(self.db, &self.cx, &self.li, plan.id, now()).await.unwrap();
        decide(self.db, &self.cx, &self.approver, (plan.id, true), now()).await.unwrap()
    }

    pub(crate) async fn entries(&self, plan: &Plan) -> Vec<Entry> {
        store::entry::of_plan(self.db, plan.id).await.unwrap()
    }

    pub(crate) async fn entry(&self, plan: &Plan, person: PersonId) -> Entry {
        self.entries(plan).await.into_iter().find(|entry| entry.person_id == person).expect("on the list")
    }

    pub(crate) async fn state(&self, plan: &Plan, person: &Person) -> EntryState {
        self.entry(plan, person.id).await.state
    }

    /// 李 was there, with 许.
    pub(crate) async fn visits(&self, plan: &Plan, person: &Person, yuan: i64) -> outreach::Visit {
        let entry = self.entry(plan, person.id).await;
        let visit = there(Outcome::Given, yuan);
        record_visit(self.db, &self.cx, &self.li, (entry.id, visit), now()).await.unwrap()
    }
}

pub(crate) fn pot(year: i32) -> Envelope {
    Envelope::new(COUNTY, year, Purpose::Outreach.code())
}

/// A visit of today, by two, that somebody signed for.
pub(crate) fn there(outcome: Outcome, yuan: i64) -> NewVisit {
    NewVisit {
        id: OutreachVisitId::new(now()),
        on: date(2026, 11, 2),
        outcome,
        second: Some(login("xu")),
        cash: Fen::yuan(yuan),
        item: None,
        signed: outcome == Outcome::Given,
        said: String::new(),
        next_on: None,
    }
}
