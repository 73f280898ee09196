//! An installation with a few people, and what they have asked in the course of the years.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Context,
    account::commands::{Link, link_own},
    authority::{Myself, SecurityAdmin, SystemAdmin, Worker, held},
    ids::{RetentionListId, WishId},
    person::{Person, Unit},
    retention::{self, List, Tally, rules},
    wish::{
        Answer, Kind,
        commands::{answer, ask},
    },
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};

use crate::cast::{context, holder, joined, now, registered, someone, unit};

pub(super) struct Scene<'a> {
    pub(super) db: &'a DatabaseConnection,
    pub(super) cx: Context,
    pub(super) unit: Unit,
    pub(super) chief: Worker,
    pub(super) second: Worker,
    pub(super) county: Worker,
    pub(super) security: SecurityAdmin,
    pub(super) system: SystemAdmin,
}

/// So many years before the moment of the tests, and a few days.
pub(super) fn years_ago(years: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(years * 366 + 3)
}

impl<'a> Scene<'a> {
    pub(super) async fn open(db: &'a DatabaseConnection) -> Self {
        let unit = unit(db, "330106").await;
        let scene = Self {
            db,
            cx: context(),
            unit,
            chief: holder::<held::Worker>(db, "chief", "33").await,
            second: holder::<held::Worker>(db, "deputy", "33").await,
            county: holder::<held::Worker>(db, "county", "330106").await,
            security: holder::<held::SecurityAdmin>(db, "security", "33").await,
            system: holder::<held::SystemAdmin>(db, "system", "33").await,
        };
        rules::ensure(db, now()).await.unwrap();
        scene
    }

    /// Somebody with a login of the own.
    pub(super) async fn person(&self, name: &str, login: &str) -> (Person, Myself) {
        let person = registered(self.db, someone(self.unit.id, name)).await;
        let account = joined(self.db, login).await;
        let link = Link { account: &account, person: person.id, proof: "identity_seen" };
        link_own(self.db, &self.cx, &self.county, &link, now()).await.unwrap();
        (person, Myself::of(self.db, &account, now()).await.unwrap().unwrap())
    }

    /// Asks, and is answered, at a moment.
    pub(super) async fn wished(&self, me: &Myself, at: DateTime<Utc>) -> WishId {
        let wish = ask(self.db, &self.cx, me, (Kind::Correct, "名字写错了"), at).await.unwrap();
        answer(self.db, &self.cx, &self.county, (wish.id, Answer::Right), at).await.unwrap();
        wish.id
    }

    /// A list of what is due now, complete.
    pub(super) async fn listed(&self) -> List {
        let begun = retention::begin(self.db, now()).await.unwrap().expect("no other is open");
        while let Tally::Went(_) = retention::make(self.db, &self.cx, now()).await.unwrap() {}
        retention::store::list(self.db, begun.id).await.unwrap().unwrap()
    }

    /// The same, approved by two.
    pub(super) async fn approved(&self) -> RetentionListId {
        let list = self.listed().await;
        retention::propose(self.db, &self.cx, &self.chief, list.id, now()).await.unwrap();
        let seen = self.waiting(list.id).await;
        retention::approve(self.db, &self.cx, &self.security, (list.id, seen), now()).await.unwrap();
        list.id
    }

    pub(super) async fn waiting(&self, list: RetentionListId) -> u64 {
        let lines = retention::store::lines(self.db, list).await.unwrap();
        let waiting = lines.iter().filter(|line| line.state == retention::ItemState::Waiting);
        u64::try_from(waiting.map(|line| line.many).sum::<i64>()).unwrap()
    }

    /// Everything that was approved has gone, or was left out.
    pub(super) async fn done(&self) -> (usize, usize) {
        let (mut gone, mut stayed) = (0, 0);
        while let retention::Step::Went { erased, left_out } =
            retention::step(self.db, &self.cx, now()).await.unwrap()
        {
            (gone, stayed) = (gone + erased, stayed + left_out);
        }
        (gone, stayed)
    }

    pub(super) async fn count(&self, sql: &str) -> i64 {
        let row = self.db.query_one_raw(Statement::from_string(self.db.get_database_backend(), sql)).await;
        row.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    pub(super) async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64, sea_orm::DbErr> {
        let backend = self.db.get_database_backend();
        let mut parts = sql.split('?');
        let mut text = parts.next().unwrap().to_owned();
        for (place, part) in (1..).zip(parts) {
            let mark = if backend == DbBackend::Postgres { format!("${place}") } else { "?".to_owned() };
            text = format!("{text}{mark}{part}");
        }
        let done = self.db.execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
        Ok(done.rows_affected())
    }
}
