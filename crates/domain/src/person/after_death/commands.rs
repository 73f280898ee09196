//! Ticking off.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use serde_json::json;

use super::store;
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::DeathTaskId,
    person::{PersonError, commands::reached},
};

/// It is done. Again changes nothing.
pub async fn done(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, note): (DeathTaskId, &str),
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let task = store::find(&tx, id).await?.ok_or(PersonError::NotFound)?;
    let person = reached(&tx, worker, task.person_id).await?;
    if !store::done(&tx, id, (worker.account(), note.trim()), now).await? {
        return Ok(());
    }
    let act = Act {
        by: By::from(worker),
        action: "person.death_task_done",
        subject: format!("person/{}", person.id),
        detail: json!({ "task": id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}
