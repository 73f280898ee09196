//! `portable`: everything as one file, and back. docs/portable.md is for whoever does it.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::{Context as _, bail, ensure};
use domain::{Act, By, Context, person::name, privacy::KeyCheck};
use mailbox::transaction;
use portable::{Archive, Leave, Manifest};
use serde_json::json;

use crate::{
    alone::alone,
    app::{self, Db},
    clock::Clock,
    config::Config,
    keys,
    terminal::say,
};

/// The index of names is made anew; the end of the audit chain is there from the beginning.
const LEAVE: Leave<'_> = Leave { derived: &[name::DERIVED], begun: &["audit_head"] };

/// Writes the file. Others may work meanwhile; what they write is not in it.
pub(super) async fn export(config: &Config, path: &Path) -> anyhow::Result<()> {
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    ensure!(
        schema::pending(&db).await?.is_empty(),
        "the database is not up to date: `yinling migrate` first"
    );
    whole(&db, &cx).await?;
    let check = KeyCheck::of(&cx.seal).context("the machine has no randomness to give")?;
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path);
    let file = file.with_context(|| format!("{} cannot be made", path.display()))?;
    let now = Clock::System.now();
    let manifest = portable::export(&db, file, &LEAVE, (serde_json::to_value(check)?, now)).await;
    let manifest = manifest.with_context(|| format!("{} is not whole", path.display()))?;
    record(&db, &cx, "portable.exported", &manifest).await?;
    say(format!("{} is written: {}", path.display(), sum(&manifest)));
    Ok(())
}

/// Reads the file into an empty database. Nothing is kept unless everything is as it was written.
pub(super) async fn import(config: &Config, path: &Path) -> anyhow::Result<()> {
    let cx = keys::context(&config.keys)?;
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut archive = Archive::open(file).with_context(|| format!("{} is no such file", path.display()))?;
    let check: KeyCheck = serde_json::from_value(archive.manifest().installation.clone())
        .context("the file does not say with which keys it was written")?;
    check.fits(&cx.seal).context("the file was written with other keys")?;
    let url = secrecy::ExposeSecret::expose_secret(&config.database.url);
    let _alone = alone(url)?;
    let db = app::connect(config).await?;
    schema::migrate(&db).await?;
    let tx = transaction::write(&db).await?;
    portable::import(&tx, &mut archive, &LEAVE).await.context("nothing was read")?;
    name::index_characters(&tx).await?;
    tx.commit().await?;
    whole(&db, &cx).await.context("everything was read, but must not be used")?;
    record(&db, &cx, "portable.imported", archive.manifest()).await?;
    say(format!("everything is read: {}", sum(archive.manifest())));
    Ok(())
}

async fn whole(db: &Db, cx: &Context) -> anyhow::Result<()> {
    match audit::verify(db, &cx.audit).await? {
        audit::Verdict::Whole { .. } => Ok(()),
        audit::Verdict::Broken { seq, why } => bail!("the audit chain is broken at {seq}: {why:?}"),
    }
}

async fn record(db: &Db, cx: &Context, action: &'static str, manifest: &Manifest) -> anyhow::Result<()> {
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let subject = format!("portable/{}", manifest.made_at.timestamp());
    let act = Act { by: By::INSTALLER, action, subject, detail: json!({ "rows": rows }) };
    let tx = transaction::write(db).await?;
    cx.record(&tx, act, Clock::System.now()).await?;
    Ok(tx.commit().await?)
}

fn sum(manifest: &Manifest) -> String {
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    format!("{rows} rows of {} tables", manifest.tables.len())
}
