//! Keys, a clock and a few invented people, for every test here.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::{
    By, Context,
    account::news::{self, News, Profile},
    authority::{Grants, Proof, Role, Scope, commands as granting, held},
    ids::{AccountId, RegionCode, UnitId},
    person::{self, BirthSource, Gender, NewPerson, Person, Precision, Retirement, Unit, UnitKind},
    privacy::Sealer,
};
use mailbox::transaction::Transaction;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

pub(crate) fn context() -> Context {
    let seal = Sealer::new(&[("test", &[7; 32])], &[8; 32]).expect("keys of the right length");
    Context { audit: audit::Key::from_bytes(&[9; 32]).expect("a key of the right length"), seal }
}

/// 2 November 2026, nine in the morning in the province.
pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).single().expect("a time")
}

pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

pub(crate) fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region code")
}

pub(crate) fn login(id: &str) -> AccountId {
    AccountId::parse(id).expect("a login")
}

pub(crate) async fn write(db: &DatabaseConnection) -> Transaction {
    mailbox::transaction::write(db).await.expect("a transaction")
}

/// A login that joined the tenant a while ago.
pub(crate) async fn joined(db: &DatabaseConnection, id: &str) -> AccountId {
    let tx = write(db).await;
    let at = now() - chrono::TimeDelta::days(30);
    let news = News { key: format!("join/{id}"), account: login(id), happened_at: at };
    let profile = Profile { name: format!("某{id}"), unionid: None };
    news::joined_in(&tx, &context(), &news, &profile, at).await.expect("joined");
    tx.commit().await.expect("committed");
    login(id)
}

/// The installer grants.
pub(crate) async fn granted(db: &DatabaseConnection, account: &AccountId, role: Role, scope: Scope) {
    let tx = write(db).await;
    let new =
        granting::NewGrant { account: account.clone(), role, scope, from: now(), to: None, reason: None };
    granting::grant_in(&tx, &context(), By::INSTALLER, None, new, now()).await.expect("granted");
    tx.commit().await.expect("committed");
}

/// A new login that holds a role over a region, and its proof.
pub(crate) async fn holder<R: domain::authority::Held>(
    db: &DatabaseConnection,
    id: &str,
    code: &str,
) -> Proof<R> {
    let account = joined(db, id).await;
    granted(db, &account, R::ROLE, Scope::Region(region(code))).await;
    let grants = Grants::of(db, &account, now()).await.expect("grants");
    Proof::among(&grants, region(code)).expect("a proof")
}

/// A worker of a region.
pub(crate) async fn worker(db: &DatabaseConnection, id: &str, code: &str) -> Proof<held::Worker> {
    holder(db, id, code).await
}

pub(crate) async fn unit(db: &DatabaseConnection, code: &str) -> Unit {
    let tx = write(db).await;
    let new = person::units::NewUnit {
        name: "某县农业局".to_owned(),
        kind: UnitKind::Agency,
        region: region(code),
        parent: None,
    };
    let unit = person::units::found_in(&tx, &context(), By::INSTALLER, new, now()).await.expect("founded");
    tx.commit().await.expect("committed");
    unit
}

pub(crate) fn someone(unit: UnitId, name: &str) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        gender: Gender::Female,
        born_on: date(1944, 3, 15),
        born_precision: Precision::Day,
        born_source: BirthSource::Identity,
        birthday: None,
        retirement: Retirement::Retired,
        joined_work: None,
        party_joined_on: Some(date(1970, 7, 1)),
        unit,
        residence: None,
        living_alone: true,
        phone: None,
        identity: None,
        payout: None,
    }
}

/// A registered person.
pub(crate) async fn registered(db: &DatabaseConnection, new: NewPerson) -> Person {
    let tx = write(db).await;
    let person = person::commands::register_in(&tx, &context(), By::INSTALLER, None, new, now())
        .await
        .expect("registered");
    tx.commit().await.expect("committed");
    person
}

/// How many rows the audit chain has, which must be whole.
pub(crate) async fn audited(db: &DatabaseConnection) -> i64 {
    match audit::verify(db, &context().audit).await.expect("verified") {
        audit::Verdict::Whole { rows, .. } => rows,
        broken @ audit::Verdict::Broken { .. } => panic!("{broken:?}"),
    }
}

/// Rows that repeat who manages somebody say what the person's own says.
pub(crate) async fn managed(db: &DatabaseConnection) {
    for table in ["person_name", "segment_member"] {
        let astray = format!(
            "SELECT person.name FROM {table} AS it INNER JOIN person ON person.id = it.person_id WHERE it.unit_id <> person.unit_id"
        );
        assert_eq!(texts(db, &astray).await, Vec::<String>::new(), "{table}");
    }
}

/// The first column of every row.
pub(crate) async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows");
    rows.iter().map(|row| row.try_get_by_index::<String>(0).expect("rows")).collect()
}

/// Every row of every table as text, but of the audit chain and of these.
pub(crate) async fn everything_but(db: &DatabaseConnection, but: &[&str]) -> BTreeMap<String, Vec<String>> {
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let tables = if postgres {
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'person_gram_fts%'"
    };
    let mut all = BTreeMap::new();
    for table in texts(db, tables).await {
        let chain = ["audit_row", "audit_head", "seaql_migrations"];
        if chain.contains(&table.as_str()) || but.contains(&table.as_str()) {
            continue;
        }
        let rows = if postgres {
            texts(db, &format!("SELECT t::text FROM {table} AS t ORDER BY 1")).await
        } else {
            let columns = texts(db, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
            let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
            texts(db, &format!("SELECT {} FROM {table} ORDER BY 1", quoted.join(" || '|' || "))).await
        };
        all.insert(table, rows);
    }
    all
}

/// A mandate for everything.
pub(crate) fn terms(until: DateTime<Utc>) -> domain::account::commands::Terms {
    domain::account::commands::Terms {
        matters: domain::account::mandate::Matters::all(),
        until,
        longest: domain::account::commands::LONGEST_MANDATE,
    }
}
