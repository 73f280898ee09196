//! What a server was started with. A key that has another value than at the last start is named; the values are not.

use std::collections::BTreeMap;

use audit::Search;
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use crate::{Act, By, Context};

/// Compares the keys' fingerprints with those of the last start of this server, and writes down which differ. Says which.
pub async fn configured(
    db: &DatabaseConnection,
    cx: &Context,
    server: &str,
    keys: &BTreeMap<String, String>,
    now: DateTime<Utc>,
) -> Result<Vec<String>, DbErr> {
    let subject = format!("config/{server}");
    let search = Search { subjects: vec![subject.clone()], ..Search::default() };
    let last = audit::search(db, &search, None, 1).await?.pop();
    let before: BTreeMap<String, String> = last
        .and_then(|row| serde_json::from_value(row.detail().get("keys")?.clone()).ok())
        .unwrap_or_default();
    let differs = |key: &&String| before.get(*key) != keys.get(*key);
    let changed: Vec<String> = keys.keys().filter(differs).cloned().collect();
    if changed.is_empty() {
        return Ok(changed);
    }
    let first = before.is_empty();
    let detail = json!({ "keys": keys, "changed": if first { &[][..] } else { &changed[..] } });
    let act = Act { by: By::INSTALLER, action: "config.changed", subject, detail };
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(changed)
}
