//! Queries on readers: who can be reached, what they have said about being told, and how often they were.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, sea_query::OnConflict,
};

use super::{NoticeChoice, Status, choice, entity};
use crate::{
    account,
    ids::{AccountId, PersonId},
    person,
};

/// Values per statement: SQLite takes some 32,000.
const CHUNK: usize = 500;

/// What a login has said, topic by topic.
pub(super) async fn choices(
    db: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Vec<NoticeChoice>, DbErr> {
    choice::Entity::find().filter(choice::Column::AccountId.eq(account.clone())).all(db).await
}

/// The same of many; who has said nothing is left out.
pub(super) async fn choices_of(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Vec<NoticeChoice>>, DbErr> {
    let mut found: HashMap<AccountId, Vec<NoticeChoice>> = HashMap::new();
    for some in accounts.chunks(CHUNK) {
        let rows = choice::Entity::find()
            .filter(choice::Column::AccountId.is_in(some.iter().cloned()))
            .all(db)
            .await?;
        for row in rows {
            found.entry(row.account_id.clone()).or_default().push(row);
        }
    }
    Ok(found)
}

/// Writes what a login says now.
pub(super) async fn set_choice(db: &impl ConnectionTrait, row: NoticeChoice) -> Result<(), DbErr> {
    let there = OnConflict::columns([choice::Column::AccountId, choice::Column::Topic])
        .update_columns([choice::Column::Choice, choice::Column::ChosenAt])
        .to_owned();
    choice::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(there)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Forgets what a login has said.
pub(super) async fn forget_choices(db: &impl ConnectionTrait, account: &AccountId) -> Result<(), DbErr> {
    choice::Entity::delete_many().filter(choice::Column::AccountId.eq(account.clone())).exec(db).await?;
    Ok(())
}

/// How many messages of a kind have left for a login since then, delivered or perhaps delivered.
pub(super) async fn sent_since(
    db: &impl ConnectionTrait,
    account: &AccountId,
    kind: &str,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let gone = [Status::Sending, Status::Accepted, Status::Read, Status::Filtered, Status::Unknown];
    entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .filter(entity::Column::Occasion.starts_with(kind))
        .filter(entity::Column::SentAt.gte(since))
        .filter(entity::Column::Status.is_in(gone))
        .count(db)
        .await
}

/// Those of the persons who have died, and the logins of the others with whether they are in the tenant.
pub(super) async fn reachable(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<(HashSet<PersonId>, HashMap<PersonId, (AccountId, bool)>), DbErr> {
    let (mut dead, mut logins) = (HashSet::new(), HashMap::new());
    for some in persons.chunks(CHUNK) {
        let died: Vec<PersonId> = person::entity::Entity::find()
            .select_only()
            .column(person::entity::Column::Id)
            .filter(person::entity::Column::Id.is_in(some.iter().copied()))
            .filter(person::entity::Column::DiedOn.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        dead.extend(died);
        let own: Vec<(PersonId, AccountId, bool)> = account::entity::Entity::find()
            .select_only()
            .column(account::entity::Column::PersonId)
            .column(account::entity::Column::Id)
            .column(account::entity::Column::Active)
            .filter(account::entity::Column::PersonId.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        logins.extend(own.into_iter().map(|(person, account, active)| (person, (account, active))));
    }
    Ok((dead, logins))
}
