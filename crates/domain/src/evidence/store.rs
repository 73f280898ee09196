//! Queries on papers.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Query,
};

use super::{Evidence, entity, keep::Owner};
use crate::{
    aid,
    ids::{AccountLinkId, CaseId, DraftId, EvidenceId, MandateAskId},
};

/// One paper.
pub async fn find(db: &impl ConnectionTrait, id: EvidenceId) -> Result<Option<Evidence>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// One paper, locked against other writers until the transaction ends.
pub(crate) async fn locked(tx: &DatabaseTransaction, id: EvidenceId) -> Result<Option<Evidence>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// The papers of a draft that is none of a case yet, the first first.
pub async fn of_draft(db: &impl ConnectionTrait, draft: DraftId) -> Result<Vec<Evidence>, DbErr> {
    let unsent =
        Condition::all().add(entity::Column::DraftId.eq(draft)).add(entity::Column::CaseId.is_null());
    entity::Entity::find().filter(unsent).order_by_asc(entity::Column::Id).all(db).await
}

/// The papers of a case, the first first.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Evidence>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::CaseId.eq(case))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The papers of a mandate, those that came with the wish for it included.
pub async fn of_mandate(db: &impl ConnectionTrait, link: AccountLinkId) -> Result<Vec<Evidence>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::LinkId.eq(link))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The papers of a wish to act for somebody.
pub async fn of_ask(db: &impl ConnectionTrait, ask: MandateAskId) -> Result<Vec<Evidence>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::AskId.eq(ask))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// How many papers an owner has.
pub(crate) async fn count(db: &impl ConnectionTrait, owner: Owner) -> Result<u64, DbErr> {
    let of = match owner {
        Owner::Draft(id) => entity::Column::DraftId.eq(id),
        Owner::Case(id) => entity::Column::CaseId.eq(id),
        Owner::Ask(id) => entity::Column::AskId.eq(id),
        Owner::Link(id) => entity::Column::LinkId.eq(id),
    };
    entity::Entity::find().filter(of).count(db).await
}

pub(super) async fn insert(tx: &DatabaseTransaction, row: Evidence) -> Result<(), DbErr> {
    entity::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(crate) async fn save(tx: &DatabaseTransaction, row: Evidence) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

pub(crate) async fn delete(tx: &DatabaseTransaction, id: EvidenceId) -> Result<(), DbErr> {
    entity::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Deletes the papers of drafts that are there no longer and became no case.
pub(super) async fn purge(tx: &DatabaseTransaction) -> Result<u64, DbErr> {
    let drafts =
        Query::select().column(aid::draft::entity::Column::Id).from(aid::draft::entity::Entity).to_owned();
    let left = Condition::all()
        .add(entity::Column::CaseId.is_null())
        .add(entity::Column::DraftId.is_not_null())
        .add(entity::Column::DraftId.not_in_subquery(drafts));
    Ok(entity::Entity::delete_many().filter(left).exec(tx).await?.rows_affected)
}

/// Which of these objects does some paper name?
pub(super) async fn named(db: &impl ConnectionTrait, objects: &[String]) -> Result<Vec<String>, DbErr> {
    use entity::Column::{Object, Redacted, RedactedSmall, Small};

    let some = || objects.iter().cloned();
    let any = Condition::any()
        .add(Object.is_in(some()))
        .add(Small.is_in(some()))
        .add(Redacted.is_in(some()))
        .add(RedactedSmall.is_in(some()));
    let rows = entity::Entity::find().filter(any).all(db).await?;
    let all =
        rows.into_iter().flat_map(|row| [Some(row.object), row.small, row.redacted, row.redacted_small]);
    Ok(all.flatten().collect())
}

/// The papers of a draft belong to the case that it has become.
pub(crate) async fn hand_over(
    tx: &DatabaseTransaction,
    (draft, case): (DraftId, CaseId),
) -> Result<Vec<Evidence>, DbErr> {
    let mut papers = of_draft(tx, draft).await?;
    for paper in &mut papers {
        paper.case_id = Some(case);
        save(tx, paper.clone()).await?;
    }
    Ok(papers)
}

/// The papers of a wish to act for somebody belong to the mandate, too, that it has become.
pub(crate) async fn hand_to_mandate(
    tx: &DatabaseTransaction,
    (ask, link): (MandateAskId, AccountLinkId),
) -> Result<(), DbErr> {
    for mut paper in of_ask(tx, ask).await? {
        paper.link_id = Some(link);
        save(tx, paper).await?;
    }
    Ok(())
}
