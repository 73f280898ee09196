//! Who may answer one: whose logins the [`Sides`] are, and how high somebody has to stand.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Bar, Grievance, Sides, Step, What, bar::admits, store};
use crate::{
    account,
    aid::{self, excused, separation, separation::Part, standard::Level},
    authority::{self, Grants, Role, Worker},
    calendar::local_date,
    ids::{AccountId, PersonId},
    person,
};

/// Why a login may not answer it, if so; with its substitute goes what it is barred from, too.
pub async fn bar(
    db: &impl ConnectionTrait,
    (row, steps): (&Grievance, &[Step]),
    (account, stands_for): (&AccountId, Option<&AccountId>),
    now: DateTime<Utc>,
) -> Result<Option<Bar>, DbErr> {
    let hands = excused::hands(db, (account, stands_for), now).await?;
    let (sides, people) = sides(db, (row, steps), now).await?;
    let bar = sides.bar(&hands);
    if bar.is_some_and(Bar::hides) {
        return Ok(bar);
    }
    for person in people {
        if excused::is_close(db, &hands, person, local_date(now)).await? {
            return Ok(Some(Bar::Close));
        }
    }
    Ok(bar)
}

/// Whoever has to do with it, and the people whose it is.
async fn sides(
    db: &impl ConnectionTrait,
    (row, steps): (&Grievance, &[Step]),
    now: DateTime<Utc>,
) -> Result<(Sides, Vec<PersonId>), DbErr> {
    let whom = |what: What| {
        let all = steps.iter().filter(move |step| step.what == what);
        all.filter_map(|step| step.whom.clone()).collect::<Vec<_>>()
    };
    let mut sides = Sides { named: whom(What::Named), wrote: row.filed_by.clone(), ..Sides::default() };
    let answers = steps.iter().filter(|step| step.what == What::Answered);
    sides.answered = answers.flat_map(|step| step.actor.iter().chain(&step.whom).cloned()).collect();
    let mut people: Vec<PersonId> = row.person_id.into_iter().collect();
    if let Some(case) = row.case_id
        && let Some(case) = aid::store::case::find(db, case).await?
    {
        let log = aid::store::case::log(db, case.id).await?;
        sides.acted =
            log.iter().flat_map(separation::parts).map(|(part, account)| (part, account.clone())).collect();
        let wrote = aid::store::account::written_by(db, case.person_id).await?;
        sides.acted.extend(wrote.into_iter().map(|account| (Part::AccountWriter, account)));
        if case.is_applicant(&case.applicant) {
            sides.side.push(case.applicant.clone());
        }
        people.push(case.person_id);
    }
    people.dedup();
    for person in &people {
        sides.side.extend(account::store::of_person(db, *person).await?.map(|account| account.id));
        let proxies = account::store::proxies_of(db, *person, now).await?;
        sides.side.extend(proxies.into_iter().map(|link| link.account_id));
    }
    Ok((sides, people))
}

/// How high a login stands as a worker where it is. `None`: it does not work there.
pub fn standing(grants: &Grants, row: &Grievance) -> Option<Level> {
    Worker::all_among(grants, row.place()).map(|worker| Level::of_reach(worker.reach())).max()
}

/// The proof of the widest grant by which a login reaches it; its own before another's.
pub fn highest(grants: &Grants, row: &Grievance) -> Option<Worker> {
    let mut all: Vec<Worker> = Worker::all_among(grants, row.place()).collect();
    all.reverse();
    all.into_iter().max_by_key(|worker| Level::of_reach(worker.reach()))
}

/// Is it a provincial leader's? Then it is nobody's to read here.
pub(super) async fn is_guarded(db: &impl ConnectionTrait, row: &Grievance) -> Result<bool, DbErr> {
    match row.person_id {
        Some(person) => Ok(person::leader::store::of_person(db, person).await?.is_some()),
        None => Ok(false),
    }
}

/// May a login know of it: does it reach it, and is nothing in the way of reading it?
pub async fn may_read(
    db: &impl ConnectionTrait,
    grants: &Grants,
    row: &Grievance,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    if is_guarded(db, row).await? {
        return Ok(false);
    }
    let steps = store::steps(db, row.id).await?;
    for worker in Worker::all_among(grants, row.place()) {
        let who = (worker.account(), worker.stands_for());
        if bar(db, (row, &steps), who, now).await?.is_none_or(|bar| !bar.hides()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whoever may answer it, with how high each stands, lowest first: only those of its level and above.
pub async fn able(
    db: &impl ConnectionTrait,
    (row, steps): (&Grievance, &[Step]),
    now: DateTime<Utc>,
) -> Result<Vec<(AccountId, Level)>, DbErr> {
    let mut able = Vec::new();
    for account in authority::store::holders(db, Role::Worker, &row.place(), now).await? {
        let grants = Grants::of(db, &account, now).await?;
        let Some(worker) = highest(&grants, row) else { continue };
        let level = Level::of_reach(worker.reach());
        let who = (&account, worker.stands_for());
        if admits(bar(db, (row, steps), who, now).await?, (level, row.level)).is_ok() {
            able.push((account, level));
        }
    }
    able.sort_by_key(|(_, level)| *level);
    Ok(able)
}

/// The level that looks again at what these answered: the one above the highest of them, and in the province the province itself.
pub(super) fn above(level: Level, answered: impl IntoIterator<Item = Level>) -> Level {
    let highest = answered.into_iter().fold(level, Ord::max);
    highest.above().unwrap_or(highest)
}

/// The level that has it when some of these may answer it: its own while anybody of it may, else the next above that has somebody. Where
/// nobody has, it waits in the province for somebody new.
pub fn settled(level: Level, able: &[(AccountId, Level)]) -> Level {
    let levels = able.iter().map(|(_, one)| *one).filter(|one| *one >= level);
    levels.min().unwrap_or(Level::Province)
}
