//! The words: for a worker who may know of it, which is written down; and for whoever said it.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use secrecy::SecretString;
use serde_json::json;

use super::open::Open;
use crate::{
    Act, By, Context,
    authority::{Myself, Worker},
    grievance::{Grievance, GrievanceError, Step, entity::said_cell, step::words_cell},
    ids::GrievanceId,
};

/// One with its words.
#[derive(Debug)]
pub struct Read {
    /// The row.
    pub row: Grievance,
    /// What was said.
    pub said: SecretString,
    /// What happened, each with its words.
    pub steps: Vec<(Step, Option<SecretString>)>,
}

/// For a worker.
pub async fn read(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: GrievanceId,
    now: DateTime<Utc>,
) -> Result<Read, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, id, now).await?;
    // What somebody did without a name today is nobody's to see before tomorrow.
    open.steps.retain(|step| !step.held);
    let read = opened(cx, open)?;
    let subject = read.row.person_id.map_or_else(|| read.row.subject(), |person| format!("person/{person}"));
    let act =
        Act { by: By::from(worker), action: "grievance.read", subject, detail: json!({ "grievance": id }) };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(read)
}

/// For whoever said it under his name.
pub async fn read_own(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    id: GrievanceId,
) -> Result<Read, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::lock(&tx, id).await?;
    tx.commit().await?;
    if open.row.person_id != Some(myself.person()) {
        return Err(GrievanceError::NotFound);
    }
    opened(cx, open)
}

fn opened(cx: &Context, open: Open) -> Result<Read, GrievanceError> {
    let Open { row, steps } = open;
    let said = cx.seal.open(said_cell(&row.id.to_string()), &row.said)?;
    let mut told = Vec::with_capacity(steps.len());
    for step in steps {
        let words = match &step.words {
            Some(words) => Some(cx.seal.open(words_cell(&step.id.to_string()), words)?),
            None => None,
        };
        told.push((step, words));
    }
    Ok(Read { row, said, steps: told })
}
