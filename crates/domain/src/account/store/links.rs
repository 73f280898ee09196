//! Links: whose own login it is, and who may act for whom.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};

use super::super::{AccountLink, LinkKind, entity, link, mandate::Matter};
use crate::{
    ids::{AccountId, AccountLinkId, PersonId},
    person::{
        self,
        death_undo::{Place, Stopped},
    },
};

/// Who of these had a login of the own, in the tenant, at a moment.
pub(crate) async fn persons_with(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    at: DateTime<Utc>,
) -> Result<HashSet<PersonId>, DbErr> {
    let mut found = HashSet::new();
    for some in persons.chunks(500) {
        let ids: Vec<PersonId> = link::Entity::find()
            .join(JoinType::InnerJoin, link::Relation::Account.def())
            .select_only()
            .column(link::Column::PersonId)
            .filter(link::Column::PersonId.is_in(some.iter().copied()))
            .filter(link::Column::Kind.eq(LinkKind::Own))
            .filter(in_force(at))
            .filter(entity::Column::Active.eq(true))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(ids);
    }
    Ok(found)
}

/// The login's own link to a living person; the login must be in the tenant.
pub async fn own_link(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Option<AccountLink>, DbErr> {
    live(account, LinkKind::Own, now).one(db).await
}

/// The login's mandate for one living person.
pub async fn mandate(
    db: &impl ConnectionTrait,
    account: &AccountId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<AccountLink>, DbErr> {
    live(account, LinkKind::Proxy, now).filter(link::Column::PersonId.eq(person)).one(db).await
}

/// The login's mandate for a person in a matter.
pub async fn mandate_in(
    db: &impl ConnectionTrait,
    account: &AccountId,
    (person, matter): (PersonId, Matter),
    now: DateTime<Utc>,
) -> Result<Option<AccountLink>, DbErr> {
    Ok(mandate(db, account, person, now).await?.filter(|link| link.matters.hold(matter)))
}

/// Every living person that the login may act for: the page "为谁办".
pub async fn mandates(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<AccountLink>, DbErr> {
    live(account, LinkKind::Proxy, now).order_by_asc(link::Column::Id).all(db).await
}

/// Who may act for the person now, for "我的信息" and for telling the proxies.
pub async fn proxies_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<AccountLink>, DbErr> {
    link::Entity::find()
        .filter(link::Column::PersonId.eq(person))
        .filter(link::Column::Kind.eq(LinkKind::Proxy))
        .filter(in_force(now))
        .order_by_asc(link::Column::Id)
        .all(db)
        .await
}

/// For whom these logins may act now, the other way round.
pub(crate) async fn acted_for(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
    now: DateTime<Utc>,
) -> Result<Vec<PersonId>, DbErr> {
    let rows = link::Entity::find()
        .filter(link::Column::AccountId.is_in(accounts.iter().cloned()))
        .filter(link::Column::Kind.eq(LinkKind::Proxy))
        .filter(in_force(now))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|link| link.person_id).collect())
}

/// Every link of a person that is in force: the own login first, then whoever may act.
pub async fn links_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<AccountLink>, DbErr> {
    link::Entity::find()
        .filter(link::Column::PersonId.eq(person))
        .filter(in_force(now))
        .order_by_asc(link::Column::Kind)
        .order_by_asc(link::Column::Id)
        .all(db)
        .await
}

/// One link.
pub async fn find_link(db: &impl ConnectionTrait, id: AccountLinkId) -> Result<Option<AccountLink>, DbErr> {
    link::Entity::find_by_id(id).one(db).await
}

fn live(account: &AccountId, kind: LinkKind, now: DateTime<Utc>) -> Select<link::Entity> {
    link::Entity::find()
        .join(JoinType::InnerJoin, link::Relation::Account.def())
        .join(JoinType::InnerJoin, link::Relation::Person.def())
        .filter(link::Column::AccountId.eq(account.clone()))
        .filter(link::Column::Kind.eq(kind))
        .filter(in_force(now))
        .filter(entity::Column::Active.eq(true))
        .filter(person::entity::Column::DiedOn.is_null())
}

fn in_force(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(link::Column::ValidFrom.lte(now))
        .add(Condition::any().add(link::Column::ValidTo.is_null()).add(link::Column::ValidTo.gt(now)))
}

pub(crate) async fn insert_link(db: &impl ConnectionTrait, row: AccountLink) -> Result<AccountLink, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Ends one link now. `false` when it had ended already.
pub(in crate::account) async fn end_link(
    db: &impl ConnectionTrait,
    id: AccountLinkId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = end(db, Condition::all().add(link::Column::Id.eq(id)), now).await?;
    Ok(done == 1)
}

/// Ends every link to a person, own and mandates, and every mandate that the person held; takes the person off the login.
pub(crate) async fn end_links_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Stopped>, DbErr> {
    let own: Vec<AccountId> = entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(entity::Column::PersonId.eq(person))
        .into_tuple()
        .all(db)
        .await?;
    // Whoever acted with the login of the dead would be somebody whom nobody has named.
    let which =
        Condition::any().add(link::Column::PersonId.eq(person)).add(link::Column::AccountId.is_in(own));
    let ended = link::Entity::find().filter(which.clone()).filter(unended(now)).all(db).await?;
    end(db, which, now).await?;
    entity::Entity::update_many()
        .set(entity::ActiveModel { person_id: Set(None), ..Default::default() })
        .filter(entity::Column::PersonId.eq(person))
        .exec(db)
        .await?;
    Ok(ended.iter().map(|row| Stopped::new(Place::Link, &row.id).good_until(row.valid_to)).collect())
}

fn unended(now: DateTime<Utc>) -> Condition {
    Condition::any().add(link::Column::ValidTo.is_null()).add(link::Column::ValidTo.gt(now))
}

async fn end(db: &impl ConnectionTrait, which: Condition, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let done = link::Entity::update_many()
        .set(link::ActiveModel { valid_to: Set(Some(now)), ..Default::default() })
        .filter(which)
        .filter(unended(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}
