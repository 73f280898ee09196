//! `audit`: the chain walked, and rows handed to whoever audits, in a file that needs no database.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use audit::{Anchor, Search, Seq, Verdict};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::{aid::bundle::PublicKey, calendar::utc, trail::read};

use crate::{
    app,
    clock::Clock,
    config::Config,
    keys,
    terminal::{complain, say},
};

/// What an export is signed as.
const EXPORT: &str = "yinling-audit-export/1";

/// Walks the chain. Anchors are read first, so that none is ahead of what the walk sees.
pub(super) async fn verify(
    config: &Config,
    from: i64,
    mut anchors: Vec<Anchor>,
    folder: Option<PathBuf>,
) -> anyhow::Result<ExitCode> {
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    if let Some(folder) = folder.or_else(|| config.anchors()) {
        let kept = audit::kept(&folder, &cx.audit);
        let kept =
            kept.with_context(|| format!("the anchors in {} are not to be trusted", folder.display()))?;
        anchors.extend(kept.into_iter().map(|kept| kept.anchor));
    }
    let wanted = audit::Wanted { from: Seq(from), anchors: &anchors };
    match audit::verify_wanted(&db, &cx.audit, wanted).await? {
        Verdict::Whole { rows, head } => {
            say(format!("the chain is whole: {rows} rows, {} anchors, head {head}", anchors.len()));
            if anchors.is_empty() {
                say("without an anchor an older copy of the whole database would look the same");
            }
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Broken { seq, why } => {
            complain(format!("the chain is broken at row {seq}: {why}"));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Which rows to export.
pub(super) struct Wanted {
    pub(super) subjects: Vec<String>,
    pub(super) actor: Option<String>,
    pub(super) actions: Vec<String>,
    pub(super) since: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
}

/// Writes a file. That it was made is in the chain, before its first row is read.
pub(super) async fn export(config: &Config, wanted: Wanted, out: &Path) -> anyhow::Result<ExitCode> {
    let (cx, signer, db) =
        (keys::context(&config.keys)?, keys::signer(&config.keys)?, app::connect(config).await?);
    let day = |day: NaiveDate| utc(day, NaiveTime::MIN);
    let search = Search {
        subjects: wanted.subjects,
        actor: wanted.actor,
        actions: wanted.actions,
        from: wanted.since.map(day),
        to: wanted.until.and_then(|until| until.checked_add_days(Days::new(1))).map(day),
    };
    let now = Clock::System.now();
    read::exported(&db, &cx, &search, now).await?;
    let file = File::create_new(out).with_context(|| format!("{} cannot be made", out.display()))?;
    let mut file = BufWriter::new(file);
    let sign = |digest: &str| (signer.sign_digest(EXPORT, digest), signer.public_key().to_string());
    let done = audit::export(&db, &search, &mut file, sign, now).await?;
    say(format!(
        "{} holds {} rows; `yinling audit check` judges it with the key {}",
        out.display(),
        done.rows,
        signer.public_key()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Judges a file.
pub(super) fn check(file: &Path, key: &str, chain_key: Option<&Path>) -> anyhow::Result<ExitCode> {
    let expected = PublicKey::parse(key).context("--key is not a public key: 64 hexadecimal digits")?;
    let chain = match chain_key {
        None => None,
        Some(path) => {
            let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
            Some(audit::Key::from_bytes(&bytes)?)
        }
    };
    let opened = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let signed = |digest: &str, signature: &str, key: &str| {
        PublicKey::parse(key) == Some(expected) && expected.signed_digest(EXPORT, digest, signature)
    };
    match audit::check(BufReader::new(opened), chain.as_ref(), signed) {
        Ok(found) => {
            say(format!(
                "the export is whole: {} rows, made {}, when the chain ended at {}",
                found.rows, found.made_at, found.head
            ));
            if chain.is_none() {
                say(
                    "the signature says that nothing was changed since; with --chain-key each row is checked",
                );
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(wrong) => {
            complain(format!("this is not an export as it was made: {wrong}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
