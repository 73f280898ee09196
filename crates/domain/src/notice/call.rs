//! Row: `call_task`. Whom somebody has to telephone: the end of the ladder, and the beginning for who has no smartphone.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction, DbErr, entity::prelude::*};
use serde_json::json;

use super::{Channel, Notice, Reason, Status, calls, entity as notice, rungs, store};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{AccountId, CallTaskId, NoticeId, PersonId, RegionCode},
    person,
};

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Outcome {
    /// Was told.
    Told,
    /// Did not answer.
    NotReached,
    /// Knew already, or it has passed.
    NotNeeded,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Told, Self::NotReached, Self::NotNeeded];

    /// The word in forms and audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::NotReached => "not_reached",
            Self::NotNeeded => "not_needed",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Told => "已告知",
            Self::NotReached => "没有打通",
            Self::NotNeeded => "不用打了",
        }
    }
}

/// 电话任务: 打电话给….
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_task")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CallTaskId,
    /// What about.
    pub notice_id: NoticeId,
    /// Whom.
    pub person_id: PersonId,
    /// Whose workers see it.
    pub region_code: RegionCode,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// Until when.
    pub closed_at: Option<DateTime<Utc>>,
    /// By whom.
    pub closed_by: Option<AccountId>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Raised by every change.
    pub version: i64,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why a call is not written down.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No such task, or none of the worker's places.
    #[error("there is no such call")]
    NotFound,
    /// Somebody else has made it already.
    #[error("the call was made already")]
    Already,
    /// The database failed.
    #[error("the call could not be read or written")]
    Db(#[from] DbErr),
}

/// Asks the workers of the person's place to telephone, once for each notice.
pub(super) async fn open_in(
    tx: &DatabaseTransaction,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(person) = notice.person_id else { return Ok(()) };
    let Some(place) = person::store::place_of(tx, person).await? else { return Ok(()) };
    let row = Model {
        id: CallTaskId::new(now),
        notice_id: notice.id,
        person_id: person,
        region_code: place.region,
        opened_at: now,
        closed_at: None,
        closed_by: None,
        outcome: None,
        version: 1,
    };
    calls::insert(tx, row).await
}

/// Writes down how a call ended. What was told is told: the ladder ends, and the ledger says so.
pub async fn close(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (task, outcome): (CallTaskId, Outcome),
    now: DateTime<Utc>,
) -> Result<(), CallError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = calls::find(&tx, task).await?;
    let found = found.filter(|task| worker.covers(task.region_code.clone())).ok_or(CallError::NotFound)?;
    if !calls::close(&tx, &found, (worker.account(), outcome), now).await? {
        return Err(CallError::Already);
    }
    if let Some(notice) = store::find(&tx, found.notice_id).await?.filter(|row| row.channel == Channel::Call)
    {
        let mut change = notice::ActiveModel { climb_at: Set(None), ..Default::default() };
        let status = match outcome {
            Outcome::Told => {
                change.read_at = Set(Some(now));
                Status::Read
            }
            Outcome::NotReached => Status::Failed,
            Outcome::NotNeeded => {
                change.reason = Set(Some(Reason::NothingToSay));
                Status::Suppressed
            }
        };
        rungs::end(&tx, (notice.id, status), change, now).await?;
    }
    let act = Act {
        by: By::from(worker),
        action: "call.closed",
        subject: format!("call/{task}"),
        detail: json!({ "outcome": outcome.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}
