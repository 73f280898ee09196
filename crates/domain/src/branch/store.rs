//! Every query on branches, memberships and posts.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{Branch, BranchPost, Ended, Membership, MembershipKind, PostKind, entity, membership, post};
use crate::{
    ids::{BranchId, PersonId, RegionCode},
    person::{
        self,
        death_undo::{Place, Stopped},
    },
};

/// Ids or rows per statement: both engines bound the number of values.
const CHUNK: usize = 500;

/// One branch, also a dissolved one.
pub async fn find(db: &impl ConnectionTrait, id: BranchId) -> Result<Option<Branch>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// Many branches by id, in no particular order.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[BranchId]) -> Result<Vec<Branch>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        let filter = entity::Column::Id.is_in(some.iter().copied());
        found.extend(entity::Entity::find().filter(filter).all(db).await?);
    }
    Ok(found)
}

/// The branches of a region and everything below it that exist on a day, by name.
pub async fn of_region(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    on: NaiveDate,
) -> Result<Vec<Branch>, DbErr> {
    entity::Entity::find()
        .filter(in_region(region))
        .filter(entity::Column::FoundedOn.lte(on))
        .filter(
            Condition::any()
                .add(entity::Column::DissolvedOn.is_null())
                .add(entity::Column::DissolvedOn.gt(on)),
        )
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The branches that are called so and exist on a day.
pub async fn called(db: &impl ConnectionTrait, name: &str, on: NaiveDate) -> Result<Vec<Branch>, DbErr> {
    let mut found =
        entity::Entity::find().filter(entity::Column::Name.eq(name.trim())).limit(20).all(db).await?;
    found.retain(|branch| branch.exists_on(on));
    Ok(found)
}

/// A range, because it uses an ordinary index under every collation, which `LIKE` does not.
pub(crate) fn in_region(region: &RegionCode) -> Condition {
    let from = region.as_str();
    Condition::all()
        .add(entity::Column::RegionCode.gte(from))
        .add(entity::Column::RegionCode.lt(format!("{from}{}", char::MAX)))
}

/// The episodes of a person, newest first.
pub async fn memberships_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Membership>, DbErr> {
    membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person))
        .order_by_desc(membership::Column::FromOn)
        .order_by_desc(membership::Column::Id)
        .all(db)
        .await
}

/// The branches to which a person belongs or goes on a day: the affiliation first.
pub async fn live_memberships_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    on: NaiveDate,
) -> Result<Vec<Membership>, DbErr> {
    membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person))
        .filter(member_on(on))
        .order_by_asc(membership::Column::Kind)
        .order_by_asc(membership::Column::Id)
        .all(db)
        .await
}

/// How somebody belongs to a branch on a day.
pub async fn membership_in(
    db: &impl ConnectionTrait,
    branch: BranchId,
    person: PersonId,
    on: NaiveDate,
) -> Result<Option<Membership>, DbErr> {
    membership::Entity::find()
        .filter(membership::Column::BranchId.eq(branch))
        .filter(membership::Column::PersonId.eq(person))
        .filter(member_on(on))
        .order_by_asc(membership::Column::Kind)
        .one(db)
        .await
}

/// Who belongs to branches on a day, without the dead.
pub async fn members(
    db: &impl ConnectionTrait,
    branches: &[BranchId],
    on: NaiveDate,
) -> Result<Vec<Membership>, DbErr> {
    let mut found = Vec::new();
    for some in branches.chunks(CHUNK) {
        let rows = membership::Entity::find()
            .join(JoinType::InnerJoin, membership::Relation::Person.def())
            .filter(membership::Column::BranchId.is_in(some.iter().copied()))
            .filter(member_on(on))
            .filter(alive_on(on))
            .order_by_asc(membership::Column::BranchId)
            .order_by_asc(membership::Column::Id)
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// How many living members have their affiliation in the branch: what the size rules count.
pub async fn size(db: &impl ConnectionTrait, branch: BranchId, on: NaiveDate) -> Result<usize, DbErr> {
    let count = membership::Entity::find()
        .join(JoinType::InnerJoin, membership::Relation::Person.def())
        .filter(membership::Column::BranchId.eq(branch))
        .filter(membership::Column::Kind.eq(MembershipKind::Affiliation))
        .filter(member_on(on))
        .filter(alive_on(on))
        .count(db)
        .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Who holds which post of a branch on a day.
pub async fn posts(
    db: &impl ConnectionTrait,
    branch: BranchId,
    on: NaiveDate,
) -> Result<Vec<BranchPost>, DbErr> {
    posts_where(db, Condition::all().add(post::Column::BranchId.eq(branch)), on).await
}

/// The keeper's posts that a person holds on a day, in branches that exist.
pub(super) async fn keepers_posts_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    on: NaiveDate,
) -> Result<Vec<BranchPost>, DbErr> {
    let keeps = Condition::all()
        .add(post::Column::PersonId.eq(person))
        .add(post::Column::Kind.is_in(PostKind::KEEPERS));
    posts_where(db, keeps, on).await
}

/// The secretaries of branches on a day, the dead among them too: the caller says why one is not written to.
pub async fn secretaries(
    db: &impl ConnectionTrait,
    branches: &[BranchId],
    on: NaiveDate,
) -> Result<Vec<BranchPost>, DbErr> {
    let mut found = Vec::new();
    for some in branches.chunks(CHUNK) {
        let which = Condition::all()
            .add(post::Column::BranchId.is_in(some.iter().copied()))
            .add(post::Column::Kind.eq(PostKind::Secretary));
        found.extend(posts_where(db, which, on).await?);
    }
    Ok(found)
}

async fn posts_where(
    db: &impl ConnectionTrait,
    which: Condition,
    on: NaiveDate,
) -> Result<Vec<BranchPost>, DbErr> {
    post::Entity::find()
        .join(JoinType::InnerJoin, post::Relation::Branch.def())
        .filter(which)
        .filter(post::Column::FromOn.lte(on))
        .filter(Condition::any().add(post::Column::ToOn.is_null()).add(post::Column::ToOn.gt(on)))
        .filter(
            Condition::any()
                .add(entity::Column::DissolvedOn.is_null())
                .add(entity::Column::DissolvedOn.gt(on)),
        )
        .order_by_asc(post::Column::BranchId)
        .order_by_asc(post::Column::Id)
        .all(db)
        .await
}

fn member_on(on: NaiveDate) -> Condition {
    Condition::all()
        .add(membership::Column::FromOn.lte(on))
        .add(Condition::any().add(membership::Column::ToOn.is_null()).add(membership::Column::ToOn.gt(on)))
}

fn alive_on(on: NaiveDate) -> Condition {
    Condition::any().add(person::entity::Column::DiedOn.is_null()).add(person::entity::Column::DiedOn.gt(on))
}

pub(crate) async fn insert(db: &impl ConnectionTrait, branches: &[Branch]) -> Result<(), DbErr> {
    for some in branches.chunks(CHUNK) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

pub(crate) async fn insert_memberships(
    db: &impl ConnectionTrait,
    members: &[Membership],
) -> Result<(), DbErr> {
    for some in members.chunks(CHUNK) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        membership::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

pub(crate) async fn insert_posts(db: &impl ConnectionTrait, posts: &[BranchPost]) -> Result<(), DbErr> {
    for some in posts.chunks(CHUNK) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        post::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Ends the open posts of a kind in a branch.
pub(super) async fn end_post(
    db: &impl ConnectionTrait,
    branch: BranchId,
    kind: PostKind,
    ending: (NaiveDate, Ended),
) -> Result<(), DbErr> {
    let which = Condition::all().add(post::Column::BranchId.eq(branch)).add(post::Column::Kind.eq(kind));
    end_posts(db, which, ending).await?;
    Ok(())
}

/// Ends one episode on a day.
pub(super) async fn end_membership(
    db: &impl ConnectionTrait,
    row: Membership,
    (on, why): (NaiveDate, Ended),
) -> Result<(), DbErr> {
    let to_on = Set(Some(on.max(row.from_on)));
    membership::ActiveModel { to_on, ended_why: Set(Some(why)), ..row.into() }.update(db).await?;
    Ok(())
}

pub(super) async fn end_posts(
    db: &impl ConnectionTrait,
    which: Condition,
    (on, why): (NaiveDate, Ended),
) -> Result<Vec<Stopped>, DbErr> {
    let mut ended = Vec::new();
    for row in post::Entity::find().filter(which).all(db).await? {
        if row.to_on.is_none_or(|end| on < end) {
            ended.push(Stopped::new(Place::Post, &row.id).until(row.to_on, row.ended_why));
            let to_on = Set(Some(on.max(row.from_on)));
            post::ActiveModel { to_on, ended_why: Set(Some(why)), ..row.into() }.update(db).await?;
        }
    }
    Ok(ended)
}
