//! Writing a file.

use std::{fs::File, io::Write as _};

use chrono::{DateTime, Utc};
use sea_orm::{AccessMode, DatabaseConnection, IsolationLevel, TransactionTrait};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    Error, Leave, Manifest,
    manifest::{FORMAT, place},
    read::read,
    table,
};

/// Writes everything as of one moment; what others write meanwhile is not in it. `installation` goes into the manifest as it is.
pub async fn export(
    db: &DatabaseConnection,
    file: File,
    leave: &Leave<'_>,
    (installation, now): (serde_json::Value, DateTime<Utc>),
) -> Result<Manifest, Error> {
    let moment = (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
    // On SQLite every transaction sees one moment.
    let tx = match sea_orm::ConnectionTrait::get_database_backend(db) {
        sea_orm::DbBackend::Postgres => db.begin_with_config(moment.0, moment.1).await?,
        _ => db.begin().await?,
    };
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
    let mut tables = Vec::new();
    for table in table::tables(&tx, leave).await? {
        zip.start_file(place(&table.name), options)?;
        tables.push(read(&tx, &table, |line| Ok(zip.write_all(line.as_bytes())?)).await?);
    }
    let migrations = table::migrations(&tx).await?;
    tx.commit().await?;
    let manifest = Manifest { format: FORMAT.to_owned(), made_at: now, migrations, installation, tables };
    zip.start_file("manifest.json", options)?;
    serde_json::to_writer_pretty(&mut zip, &manifest)?;
    zip.finish()?.sync_all()?;
    Ok(manifest)
}
