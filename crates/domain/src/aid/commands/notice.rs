//! 公示: it goes up, and comes down when it has hung for its working days.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction};

use super::{
    emergency::confirm,
    open::{Actor, Open},
    visit::rule_of,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Step, entity,
        public_notice::{NoticeState, PublicNotice, Said, check_minimised, generate},
        separation::Part,
        store,
    },
    authority::Publisher,
    calendar::{Calendar, local_date},
    ids::{CaseId, PublicNoticeId},
    person,
};

/// Hangs the notice of an approved case. The text is the generator's, and is checked once more.
pub async fn publish_notice(
    db: &DatabaseConnection,
    cx: &Context,
    publisher: &Publisher,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<PublicNotice, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, publisher, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, publisher, Part::Publisher, now).await?;
    let opened_on = local_date(now);
    let closes_on = closes_on(&tx, &open.case, opened_on, now).await?;
    let notice = PublicNotice {
        id: PublicNoticeId::new(now),
        case_id: case,
        state: NoticeState::Open,
        text: text(&tx, &open.case, (opened_on, closes_on)).await?,
        opened_on,
        closes_on,
        days_left: None,
        published_by: publisher.account().clone(),
        published_at: now,
        updated_at: now,
    };
    let what = (Step::Publish, Happened::NoticePublished { notice: notice.id, closes_on });
    open.step(&tx, Actor::of(publisher), what, entity::ActiveModel::default(), now).await?;
    let notice = store::notice::insert(&tx, notice).await?;
    open.record(&tx, cx, By::from(publisher), "aid.notice_published", now).await?;
    tx.commit().await?;
    Ok(notice)
}

/// What would hang if it were published now, for the publisher's page.
pub async fn preview(
    db: &DatabaseConnection,
    publisher: &Publisher,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<String, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, publisher, case).await?;
    let opened_on = local_date(now);
    let closes_on = closes_on(&tx, &open.case, opened_on, now).await?;
    text(&tx, &open.case, (opened_on, closes_on)).await
}

/// The day it goes up does not count: it hangs for so many whole working days after it.
async fn closes_on(
    tx: &DatabaseTransaction,
    case: &Case,
    opened_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<NaiveDate, AidError> {
    let days = u32::try_from(rule_of(tx, case, now).await?.notice_days.value).unwrap_or_default();
    Ok(Calendar::load(tx).await?.add_working_days(opened_on, days))
}

async fn text(
    tx: &DatabaseTransaction,
    case: &Case,
    (opens_on, closes_on): (NaiveDate, NaiveDate),
) -> Result<String, AidError> {
    let person = person::store::find(tx, case.person_id).await?.ok_or(AidError::NotFound)?;
    let unit = person::store::find_unit(tx, case.unit_id).await?.ok_or(AidError::NotFound)?;
    let categories = store::category::load(tx).await?;
    let group = categories.group(case.category);
    let said = Said { name: &person.name, unit: &unit.name, group, opens_on, closes_on };
    let text = generate(&said);
    let labels = categories.never_in_notices();
    check_minimised(&text, &person, &unit.name, labels).map_err(Refusal::Leaks)?;
    Ok(text)
}

/// Takes a notice down if it has hung for all its days, and the case becomes ready to be paid. `false` when it has not, or when
/// somebody else was faster.
pub async fn close_notice_if_due(
    db: &DatabaseConnection,
    cx: &Context,
    notice: PublicNoticeId,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let case = store::notice::find(&tx, notice).await?.ok_or(AidError::NotFound)?.case_id;
    let mut open = Open::lock(&tx, case).await?;
    let notice = store::notice::find(&tx, notice).await?.ok_or(AidError::NotFound)?;
    if !notice.is_due(local_date(now)) {
        return Ok(false);
    }
    let what = (Step::CloseNotice, Happened::NoticeClosed { notice: notice.id });
    open.step(&tx, Actor::SYSTEM, what, entity::ActiveModel::default(), now).await?;
    store::notice::save(&tx, PublicNotice { state: NoticeState::Closed, updated_at: now, ..notice }).await?;
    let action = if open.case.payable().is_positive() {
        "aid.notice_closed"
    } else {
        // All of it went ahead.
        confirm(&tx, &mut open, now).await?;
        "aid.confirmed"
    };
    open.record(&tx, cx, By::SYSTEM, action, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Closes what is due, for the job; returns how many.
pub async fn close_due_notices(
    db: &DatabaseConnection,
    cx: &Context,
    now: DateTime<Utc>,
) -> Result<usize, AidError> {
    let mut closed = 0;
    for notice in store::notice::due(db, local_date(now), 200).await? {
        closed += usize::from(close_notice_if_due(db, cx, notice.id, now).await?);
    }
    Ok(closed)
}

/// The notices that the public may read today in a region: text and dates, nothing else.
pub async fn hanging(
    db: &impl ConnectionTrait,
    region: &crate::ids::RegionCode,
    now: DateTime<Utc>,
) -> Result<Vec<PublicNotice>, AidError> {
    let today = local_date(now);
    let mut notices = store::notice::up(db, region).await?;
    notices.retain(|notice| notice.is_public(today));
    Ok(notices)
}
