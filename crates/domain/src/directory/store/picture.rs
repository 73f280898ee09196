//! Queries on how our rows picture the directory.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    account,
    directory::{
        Change, Department, Directory, Entry,
        entity::{department, member},
    },
    ids::{AccountId, DepartmentId},
};

/// What our rows say: logins in the tenant, with their departments, and departments.
pub async fn known(db: &impl ConnectionTrait) -> Result<Directory, DbErr> {
    let mut people = BTreeMap::new();
    let active = account::entity::Entity::find().filter(account::entity::Column::Active.eq(true));
    for account in active.all(db).await? {
        let departments = BTreeSet::new();
        people.insert(account.id, Entry { name: account.name, unionid: account.unionid, departments });
    }
    for row in member::Entity::find().all(db).await? {
        if let Some(entry) = people.get_mut(&row.account_id) {
            entry.departments.insert(row.department_id);
        }
    }
    let there = department::Entity::find().filter(department::Column::Active.eq(true)).all(db).await?;
    let departments =
        there.into_iter().map(|row| (row.id, Department { name: row.name, parent: row.parent_id })).collect();
    Ok(Directory { people, departments })
}

/// Departments that are there.
pub async fn departments(db: &impl ConnectionTrait) -> Result<BTreeMap<DepartmentId, Department>, DbErr> {
    let there = department::Entity::find().filter(department::Column::Active.eq(true)).all(db).await?;
    Ok(there.into_iter().map(|row| (row.id, Department { name: row.name, parent: row.parent_id })).collect())
}

/// Departments of a login.
pub async fn departments_of(
    db: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<BTreeSet<DepartmentId>, DbErr> {
    let rows = member::Entity::find().filter(member::Column::AccountId.eq(account.clone())).all(db).await?;
    Ok(rows.into_iter().map(|row| row.department_id).collect())
}

/// Logins in the tenant, ids only.
pub async fn active(db: &impl ConnectionTrait) -> Result<BTreeSet<AccountId>, DbErr> {
    let ids: Vec<AccountId> = account::entity::Entity::find()
        .select_only()
        .column(account::entity::Column::Id)
        .filter(account::entity::Column::Active.eq(true))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Names of logins, for a page.
pub async fn names(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, String>, DbErr> {
    let mut names = BTreeMap::new();
    for some in accounts.chunks(500) {
        let rows = account::entity::Entity::find()
            .filter(account::entity::Column::Id.is_in(some.iter().cloned()))
            .all(db)
            .await?;
        names.extend(rows.into_iter().map(|row| (row.id, row.name)));
    }
    Ok(names)
}

/// How things stand: logins that are nobody's, and persons whose login has left.
pub(in crate::directory) async fn standing(db: &impl ConnectionTrait) -> Result<Vec<Change>, DbErr> {
    let (active, person) = (account::entity::Column::Active, account::entity::Column::PersonId);
    let rows = account::entity::Entity::find()
        .filter(
            Condition::any()
                .add(Condition::all().add(active.eq(true)).add(person.is_null()))
                .add(Condition::all().add(active.eq(false)).add(person.is_not_null())),
        )
        .order_by_asc(account::entity::Column::Id)
        .all(db)
        .await?;
    let change = |account: account::Account| match account.person_id {
        None => Change::Unlinked { account: account.id },
        Some(person) => Change::LeaverLinked { account: account.id, person },
    };
    Ok(rows.into_iter().map(change).collect())
}
