//! 提交: a draft becomes a case with a number. The draft's id is the key: sending it twice is one case.

use chrono::{DateTime, Datelike, Utc};
use ledger::Fen;
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{
    draft::belongs,
    evidence::added,
    open::{Actor, Open},
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Channel, Happened, NoCategory, Refusal, Status,
        draft::{Complete, Draft, Pay},
        entity::answers_cell,
        letters::News,
        number, store,
    },
    authority::Myself,
    calendar::local_date,
    evidence,
    ids::{AccountId, CaseId, DraftId},
    person::{self, Person},
};

/// Sends a draft as the check page showed it (`version`). A second tap answers with the same case.
pub async fn submit(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (draft, version): (DraftId, i64),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    // Whoever taps second waits here until the first is done, and then finds the case instead of the draft.
    let Some(draft) = locked(&tx, myself, draft).await? else {
        return sent(&tx, myself, draft).await;
    };
    if draft.version != version {
        return Err(Refusal::Stale.into());
    }
    let answers = draft.answers(&cx.seal)?.complete().map_err(Refusal::NotAnswered)?;
    // Two requests for one person queue here, wherever they are from.
    let person = person::store::find_locked(&tx, draft.person_id).await?.ok_or(AidError::NotFound)?;
    if !person.is_alive() {
        return Err(Refusal::Dead.into());
    }
    // A provincial leader is helped by other ways than this one, where many would see it.
    if person::leader::is_guarded(&person) {
        return Err(Refusal::NoRule.into());
    }
    let asked = Asked {
        draft: draft.id,
        applicant: myself.account().clone(),
        for_another: myself.is_for_another(),
        channel: Channel::Phone,
        since: now,
    };
    let case = insert(&tx, cx, (asked, &person, &answers), now).await?;
    store::draft::delete(&tx, draft.id).await?;

    let mut open = Open::of(&tx, case).await?;
    open.note(&tx, Actor::myself(myself), Happened::Submitted, now).await?;
    for paper in evidence::store::hand_over(&tx, (draft.id, open.case.id)).await? {
        open.note(&tx, Actor::myself(myself), added(&paper), now).await?;
    }
    open.tell(&tx, News::Received, now).await?;
    open.record(&tx, cx, By::from(myself), "aid.submitted", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

async fn locked(
    tx: &DatabaseTransaction,
    myself: &Myself,
    draft: DraftId,
) -> Result<Option<Draft>, AidError> {
    match store::draft::locked(tx, draft).await? {
        Some(draft) if !belongs(&draft, myself) => Err(AidError::NotFound),
        draft => Ok(draft),
    }
}

async fn sent(tx: &DatabaseTransaction, myself: &Myself, draft: DraftId) -> Result<Case, AidError> {
    let case = store::case::by_draft(tx, draft).await?;
    let mine = |case: &Case| case.applicant == *myself.account() && case.person_id == myself.person();
    case.filter(mine).ok_or(AidError::NotFound)
}

/// Who asks, by which way, since when.
pub(super) struct Asked {
    pub(super) draft: DraftId,
    pub(super) applicant: AccountId,
    pub(super) for_another: bool,
    pub(super) channel: Channel,
    pub(super) since: DateTime<Utc>,
}

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    cx: &Context,
    (asked, person, answers): (Asked, &Person, &Complete),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let unit = person::store::find_unit(tx, person.unit_id).await?.ok_or(AidError::NotFound)?;
    let offers = store::category::offers(tx, &unit.region, local_date(asked.since)).await?;
    if offers.iter().all(|offer| offer.category != answers.category) {
        return Err(Refusal::Category(NoCategory::NotOffered).into());
    }
    let year = local_date(now).year();
    let number = number::next(tx, number::Paper::Case, &unit.region, year).await?;
    if let Some(live) = store::case::live(tx, person.id, answers.category).await? {
        return Err(Refusal::LiveCaseExists { number: live.number }.into());
    }
    let id = CaseId::new(now);
    let text = serde_json::to_string(answers).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let case = Case {
        id,
        number,
        draft_id: asked.draft,
        region: unit.region,
        unit_id: unit.id,
        person_id: person.id,
        applicant: asked.applicant,
        for_another: asked.for_another,
        channel: asked.channel,
        category: answers.category,
        answers: cx.seal.seal(answers_cell(&id.to_string()), &text)?,
        status: Status::Submitted,
        worker: None,
        proposed: None,
        approved: None,
        paid: Fen::ZERO,
        budget_year: None,
        account_checked: answers.pay == Pay::OnFile && person.payout.is_some(),
        version: 1,
        created_at: asked.since,
        status_at: asked.since,
        updated_at: now,
    };
    Ok(store::case::insert(tx, case).await?)
}
