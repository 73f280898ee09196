//! A decision against the applicant, written down with the rule, the document in force and the last day of an appeal: for every
//! command that decides one.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::{open::Open, visit::rule_of};
use crate::{
    Context,
    aid::{
        AidError, Refusal,
        procedure::Limit,
        ruling::{Ground, Kind, Model as Ruling, words_cell},
        store,
    },
    calendar::{Calendar, local_date},
    ids::{AccountId, RulingId},
};

pub(super) async fn rule(
    tx: &DatabaseTransaction,
    cx: &Context,
    open: &Open,
    (kind, ground, words): (Kind, Ground, &str),
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<RulingId, AidError> {
    let today = local_date(now);
    let days = store::procedure::limits(tx, &open.case.region).await?.value(Limit::Appeal, today);
    let appeal_until = match days.filter(|_| kind != Kind::SentBack) {
        Some(days) => Some(Calendar::load(tx).await?.add_working_days(today, days)),
        None => None,
    };
    let basis = match rule_of(tx, &open.case, now).await {
        Ok(standard) => standard.most.source,
        Err(AidError::Refused(Refusal::NoRule)) => String::new(),
        Err(error) => return Err(error),
    };
    let id = RulingId::new(now);
    let ruling = Ruling {
        id,
        case_id: open.case.id,
        kind,
        ground,
        basis,
        words: cx.seal.seal(words_cell(&id.to_string()), words)?,
        ruled_by: by.cloned(),
        ruled_at: now,
        appeal_until,
    };
    store::paper::insert_ruling(tx, ruling).await?;
    Ok(id)
}
