//! Reading a file into an empty database.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, Statement, Value,
    sea_query::{Alias, Expr, ExprTrait as _, Query},
};
use serde_json::{Map, Value as Json};

use crate::{
    Archive, Error, Leave, Manifest,
    manifest::{Tallied, columns},
    read::read,
    table::{self, Table, quoted},
    tally::Tally,
};

/// Values of one statement, which both engines take.
const VALUES: usize = 30_000;
/// Rows of one statement.
const ROWS: usize = 500;

/// Reads everything. Whatever goes wrong, the caller's transaction is dropped and nothing was read. When it returns, the database has
/// given back, row by row, what the file says.
pub async fn import(tx: &DatabaseTransaction, archive: &mut Archive, leave: &Leave<'_>) -> Result<(), Error> {
    let tables = table::tables(tx, leave).await?;
    same_shape(archive.manifest(), &tables, &table::migrations(tx).await?)?;
    for table in &tables {
        make_way(tx, table, leave).await?;
    }
    let expected = archive.manifest().tables.clone();
    let said = |name: &str| expected.iter().find(|one| one.name == name);
    let mut later = Vec::new();
    for table in &tables {
        let tallied = insert(tx, table, archive, &mut later).await?;
        if said(&table.name) != Some(&tallied) {
            return Err(Error::Damaged(format!("{} is not what was written", table.name)));
        }
    }
    for (table, column, value, key) in later {
        refer(tx, table, &column, value, key).await?;
    }
    for table in &tables {
        if said(&table.name) != Some(&read(tx, table, |_line| Ok(())).await?) {
            return Err(Error::Differs(table.name.clone()));
        }
    }
    Ok(())
}

/// The database has the tables of the file, made by the same migrations.
fn same_shape(manifest: &Manifest, tables: &[Table], migrations: &[String]) -> Result<(), Error> {
    if manifest.migrations.as_slice() != migrations {
        let (theirs, ours) = (manifest.migrations.last(), migrations.last());
        return Err(Error::OtherVersion(format!(
            "its last migration is {}, the database's is {}",
            theirs.map_or("none", String::as_str),
            ours.map_or("none", String::as_str)
        )));
    }
    for table in tables {
        let theirs = manifest.tables.iter().find(|one| one.name == table.name);
        if theirs.is_none_or(|theirs| theirs.columns != columns(table)) {
            return Err(Error::OtherVersion(format!("it has another table {}", table.name)));
        }
    }
    if manifest.tables.len() == tables.len() {
        Ok(())
    } else {
        Err(Error::OtherVersion("it has more tables".to_owned()))
    }
}

async fn make_way(tx: &DatabaseTransaction, table: &Table, leave: &Leave<'_>) -> Result<(), Error> {
    let (backend, name) = (tx.get_database_backend(), quoted(&table.name));
    if leave.begun.contains(&table.name.as_str()) {
        tx.execute_unprepared(&format!("DELETE FROM {name}")).await?;
    }
    let some = Statement::from_string(backend, format!("SELECT 1 AS one FROM {name} LIMIT 1"));
    match tx.query_one_raw(some).await? {
        Some(_) => Err(Error::NotEmpty(table.name.clone())),
        None => Ok(()),
    }
}

/// A reference of a row to a row of its own table: column, value, the row's key.
type Later<'a> = (&'a Table, String, Value, Vec<Value>);

/// Inserts the rows of a table. What refers to the table itself is written when all are there.
async fn insert<'a>(
    tx: &DatabaseTransaction,
    table: &'a Table,
    archive: &mut Archive,
    later: &mut Vec<Later<'a>>,
) -> Result<Tallied, Error> {
    let mut tally = Tally::of(table);
    let most = (VALUES / table.columns.len().max(1)).clamp(1, ROWS);
    let mut gathered: Vec<Vec<Expr>> = Vec::with_capacity(most);
    for line in archive.lines(&table.name)? {
        let line = line?;
        let row: Map<String, Json> = serde_json::from_str(&line)?;
        tally.count(&row, &line);
        gathered.push(values(table, &row, later)?);
        if gathered.len() == most {
            put(tx, table, std::mem::take(&mut gathered)).await?;
        }
    }
    put(tx, table, gathered).await?;
    Ok(tally.end(table))
}

fn value(table: &Table, row: &Map<String, Json>, column: &str) -> Result<Value, Error> {
    let strange = || Error::Damaged(format!("a row of {} has a strange {column}", table.name));
    let kind = table.kind(column).ok_or_else(strange)?;
    row.get(column).and_then(|json| kind.read(json)).ok_or_else(strange)
}

fn values<'a>(
    table: &'a Table,
    row: &Map<String, Json>,
    later: &mut Vec<Later<'a>>,
) -> Result<Vec<Expr>, Error> {
    if row.len() != table.columns.len() {
        return Err(Error::Damaged(format!("a row of {} has other columns", table.name)));
    }
    let mut values = Vec::with_capacity(table.columns.len());
    for (column, kind) in &table.columns {
        let mut one = value(table, row, column)?;
        if table.itself.contains(column) && row.get(column).is_some_and(|json| !json.is_null()) {
            let key = table.key.iter().map(|key| value(table, row, key)).collect::<Result<_, _>>()?;
            later.push((table, column.clone(), std::mem::replace(&mut one, kind.null()), key));
        }
        values.push(Expr::value(one));
    }
    Ok(values)
}

async fn put(tx: &DatabaseTransaction, table: &Table, rows: Vec<Vec<Expr>>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut query = Query::insert();
    query.into_table(Alias::new(&table.name)).columns(table.columns.iter().map(|(name, _)| Alias::new(name)));
    for row in rows {
        query.values(row).map_err(|error| Error::Damaged(error.to_string()))?;
    }
    tx.execute(&query).await?;
    Ok(())
}

async fn refer(
    tx: &DatabaseTransaction,
    table: &Table,
    column: &str,
    to: Value,
    key: Vec<Value>,
) -> Result<(), Error> {
    let mut query = Query::update();
    query.table(Alias::new(&table.name)).value(Alias::new(column), to);
    for (name, value) in table.key.iter().zip(key) {
        query.and_where(Expr::col(Alias::new(name)).eq(value));
    }
    tx.execute(&query).await?;
    Ok(())
}
