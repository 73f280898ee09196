//! A changed configuration is an act of whoever runs the machine, and stands in the chain.

use std::collections::BTreeMap;

use domain::trail::configured;

use crate::{app::App, config::Loaded, keys};

/// Writes down which keys have another value than at the last start of this server; fingerprints, no values.
pub async fn note(app: &App, loaded: &Loaded) -> anyhow::Result<()> {
    let mut marks = BTreeMap::new();
    for (key, value) in &loaded.values {
        marks.insert(key.clone(), keys::fingerprint(&app.config.keys, value)?);
    }
    let server = app.config.web.listen.to_string();
    let changed = configured(&app.db, &app.cx, &server, &marks, app.clock.now()).await?;
    if !changed.is_empty() {
        tracing::info!(keys = changed.len(), "the configuration is not that of the last start");
    }
    Ok(())
}
