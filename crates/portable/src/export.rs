//! Writing a file.

use std::{fs::File, io::Write as _};

use chrono::{DateTime, Utc};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DbBackend, IsolationLevel, TransactionOptions,
    TransactionTrait,
};
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
    let mut options = TransactionOptions::default();
    // On SQLite every transaction sees one moment.
    if ConnectionTrait::get_database_backend(db) == DbBackend::Postgres {
        options.isolation_level = Some(IsolationLevel::RepeatableRead);
        options.access_mode = Some(AccessMode::ReadOnly);
    }
    let tx = db.begin_with_options(options).await?;
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
