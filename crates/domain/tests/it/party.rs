//! A branch with people in it, for the tests of branches and notices.

use chrono::{DateTime, Duration, Utc};
use domain::{
    By,
    account::commands::{Link, link_own},
    authority::{Myself, Secretary, Worker},
    branch::{
        Branch, Meeting, MembershipKind, NewMeeting, Obligation, PostKind,
        commands::{NewBranch, NewMember, admit_in, appoint_in, found_in},
        meeting, officer,
    },
    ids::{AccountId, BranchId, PersonId},
    person::Person,
};
use sea_orm::DatabaseConnection;

use crate::cast::{context, date, joined, now, region, registered, someone, unit, worker, write};

/// A branch of Xihu with a secretary and members, and the worker who looks after it.
pub(crate) struct Party {
    pub(crate) branch: Branch,
    pub(crate) worker: Worker,
    pub(crate) secretary: Secretary,
    /// The secretary first.
    pub(crate) members: Vec<(Person, AccountId)>,
}

/// As many members as asked for, each with a login.
pub(crate) async fn party(db: &DatabaseConnection, members: usize) -> Party {
    let worker = worker(db, "worker", "330106").await;
    let branch = branch(db, "示例第一支部").await;
    let mut people = Vec::new();
    for number in 0..members {
        let name = format!("党员{number}");
        people.push(member(db, &worker, branch.id, &name).await);
    }
    let (person, account) = people.first().cloned().unwrap();
    let tx = write(db).await;
    let which = (branch.id, person.id, PostKind::Secretary);
    appoint_in(&tx, &context(), By::INSTALLER, which, (date(2024, 1, 1), now())).await.unwrap();
    tx.commit().await.unwrap();
    let secretary = officer::prove(db, &account, branch.id, now()).await.unwrap().unwrap();
    Party { branch, worker, secretary, members: people }
}

pub(crate) async fn branch(db: &DatabaseConnection, name: &str) -> Branch {
    let new = NewBranch {
        name: name.to_owned(),
        region: region("330106"),
        unit: None,
        party_day: 10,
        party_groups: 0,
        founded_on: date(2001, 7, 1),
    };
    let tx = write(db).await;
    let branch = found_in(&tx, &context(), By::INSTALLER, new, now()).await.unwrap();
    tx.commit().await.unwrap();
    branch
}

/// A member without a login.
pub(crate) async fn silent(db: &DatabaseConnection, branch: BranchId, name: &str) -> Person {
    let unit = unit(db, "330106").await;
    let person = registered(db, someone(unit.id, name)).await;
    admitted(db, branch, person.id, MembershipKind::Affiliation).await;
    person
}

pub(crate) async fn admitted(
    db: &DatabaseConnection,
    branch: BranchId,
    person: PersonId,
    kind: MembershipKind,
) {
    let tx = write(db).await;
    let new = NewMember { branch, person, kind, from_on: date(2020, 1, 1) };
    admit_in(&tx, &context(), By::INSTALLER, new, now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A member with a login named after the person's id.
pub(crate) async fn member(
    db: &DatabaseConnection,
    worker: &Worker,
    branch: BranchId,
    name: &str,
) -> (Person, AccountId) {
    let person = silent(db, branch, name).await;
    let account = joined(db, &format!("m{}", person.id)).await;
    let link = Link { account: &account, person: person.id, proof: "witnessed" };
    link_own(db, &context(), worker, &link, now()).await.unwrap();
    (person, account)
}

pub(crate) async fn me(db: &DatabaseConnection, account: &AccountId, now: DateTime<Utc>) -> Myself {
    Myself::of(db, account, now).await.unwrap().unwrap()
}

/// Two hours, from `starts_at`.
pub(crate) fn study(starts_at: DateTime<Utc>) -> NewMeeting {
    NewMeeting {
        title: "主题党日".to_owned(),
        starts_at,
        ends_at: starts_at + Duration::hours(2),
        place: "社区活动室".to_owned(),
        description: "学习，请带老花镜".to_owned(),
        claims: vec![Obligation::PartyDay, Obligation::PartyLecture],
    }
}

pub(crate) async fn planned(db: &DatabaseConnection, party: &Party, starts_at: DateTime<Utc>) -> Meeting {
    meeting::plan(db, &context(), &party.secretary, study(starts_at), now()).await.unwrap()
}
