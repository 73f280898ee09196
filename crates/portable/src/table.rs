//! The tables of a database, as it tells them.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::{Error, kind::Kind};

/// What does not go along.
#[derive(Clone, Copy, Debug)]
pub struct Leave<'a> {
    /// Tables whose rows are made of others', each with whatever is called so and more.
    pub derived: &'a [&'a str],
    /// Tables that have a row in an empty database; it makes way.
    pub begun: &'a [&'a str],
}

/// Where the migrations are written down.
const MIGRATIONS: &str = "seaql_migrations";

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// By name.
    pub(crate) columns: Vec<(String, Kind)>,
    /// The columns of its key.
    pub(crate) key: Vec<String>,
    /// Columns that refer to the table itself.
    pub(crate) itself: BTreeSet<String>,
    refers: BTreeSet<String>,
}

impl Table {
    pub(crate) fn kind(&self, column: &str) -> Option<Kind> {
        self.columns.iter().find(|(name, _)| name == column).map(|(_, kind)| *kind)
    }
}

/// A name in SQL: some are words of the language.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

async fn rows(db: &impl ConnectionTrait, sql: &str, columns: usize) -> Result<Vec<Vec<String>>, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| (0..columns).map(|at| row.try_get_by_index(at)).collect()).collect()
}

/// Which migrations have been applied, in their order.
pub(crate) async fn migrations(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let found = rows(db, &format!("SELECT version FROM {MIGRATIONS} ORDER BY version"), 1).await?;
    Ok(found.into_iter().flatten().collect())
}

const POSTGRES: [&str; 3] = [
    "SELECT c.table_name::text, c.column_name::text, c.data_type::text FROM information_schema.columns AS c \
     JOIN information_schema.tables AS t USING (table_schema, table_name) \
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'",
    "SELECT c.relname::text, a.attname::text FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid \
     JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'public' \
     CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, nth) \
     JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.attnum \
     WHERE i.indisprimary ORDER BY 1, k.nth",
    "SELECT c.relname::text, a.attname::text, r.relname::text FROM pg_constraint AS f \
     JOIN pg_class AS c ON c.oid = f.conrelid JOIN pg_class AS r ON r.oid = f.confrelid \
     CROSS JOIN LATERAL unnest(f.conkey) AS k (attnum) \
     JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE f.contype = 'f'",
];

const SQLITE: [&str; 3] = [
    "SELECT m.name, c.name, c.type FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
    "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
     WHERE m.type = 'table' AND c.pk > 0 ORDER BY m.name, c.pk",
    "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f \
     WHERE m.type = 'table'",
];

/// Every table that goes along, after all those to which it refers.
pub(crate) async fn tables(db: &impl ConnectionTrait, leave: &Leave<'_>) -> Result<Vec<Table>, Error> {
    let [columns, keys, references] =
        if db.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
    let mut found: BTreeMap<String, Table> = BTreeMap::new();
    for row in rows(db, columns, 3).await? {
        let [name, column, declared] = three(row)?;
        if name == MIGRATIONS || leave.derived.iter().any(|derived| name.starts_with(derived)) {
            continue;
        }
        let kind = Kind::of(db.get_database_backend(), &declared)
            .ok_or_else(|| Error::Kind(format!("{name}.{column} ({declared})")))?;
        let table = found.entry(name.clone()).or_insert_with(|| Table {
            name,
            columns: Vec::new(),
            key: Vec::new(),
            itself: BTreeSet::new(),
            refers: BTreeSet::new(),
        });
        table.columns.push((column, kind));
    }
    for row in rows(db, keys, 2).await? {
        if let [name, column] = row.as_slice()
            && let Some(table) = found.get_mut(name)
        {
            table.key.push(column.clone());
        }
    }
    for row in rows(db, references, 3).await? {
        let [name, column, to] = three(row)?;
        let Some(table) = found.get_mut(&name) else { continue };
        if to == name {
            table.itself.insert(column);
        } else {
            table.refers.insert(to);
        }
    }
    for table in found.values_mut() {
        table.columns.sort_by(|(one, _), (other, _)| one.cmp(other));
        if table.key.is_empty() {
            return Err(Error::Kind(format!("{}, which has no key,", table.name)));
        }
    }
    in_order(found)
}

fn three(row: Vec<String>) -> Result<[String; 3], Error> {
    row.try_into().map_err(|_row| Error::Kind("a table".to_owned()))
}

/// What others refer to comes first.
fn in_order(mut left: BTreeMap<String, Table>) -> Result<Vec<Table>, Error> {
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = left.values().find(|table| table.refers.iter().all(|name| !left.contains_key(name)));
        let Some(name) = free.map(|table| table.name.clone()) else {
            return Err(Error::Kind("a circle of tables that refer to each other".to_owned()));
        };
        ordered.extend(left.remove(&name));
    }
    Ok(ordered)
}
