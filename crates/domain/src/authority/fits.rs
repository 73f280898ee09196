//! May a grant stand? What an administrator reaches, and what excludes what.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Grant, Role, Scope, commands::NewGrant};
use crate::{branch, person};

/// An entry of a need-to-know list ends after this long at the latest, and is then asked for again.
pub(super) const LONGEST_KNOWN: TimeDelta = TimeDelta::days(366);

/// Rules of grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantRefusal {
    /// The administrator's own grant does not reach so far.
    OutOfReach,
    /// Nobody grants himself anything, or confirms his own grant.
    OwnAccount,
    /// The login has left the tenant.
    AccountLeft,
    /// 三员分立: the login holds this role, and the two exclude each other.
    Excludes(Role),
    /// It holds the very same already.
    Exists,
    /// It would end before it begins, or has ended by now.
    Period,
    /// The role of an administrator has no planned end; it is revoked.
    AdminWithEnd,
    /// The second person must be another one than the first.
    SamePerson,
    /// The grant waits for nobody, or has ended.
    NotWaiting,
    /// Every grant of an administrator's has a reason, and so has its end.
    NoReason,
    /// An entry of a need-to-know list is a worker's or an audit administrator's, of a provincial leader, and ends within a year.
    NeedToKnow,
}

/// Does an administrator's scope reach a whole scope? A unit or a branch is where its region is; nodes of trees and provincial leaders
/// are the business of whoever administers a whole province.
pub async fn reaches(db: &impl ConnectionTrait, mine: &Scope, theirs: &Scope) -> Result<bool, DbErr> {
    let Scope::Region(mine) = mine else { return Ok(mine == theirs) };
    Ok(match theirs {
        Scope::Region(theirs) => mine.covers(theirs),
        Scope::Unit(unit) => {
            person::store::find_unit(db, *unit).await?.is_some_and(|unit| mine.covers(&unit.region))
        }
        Scope::Branch(branch) => {
            branch::store::find(db, *branch).await?.is_some_and(|branch| mine.covers(&branch.region_code))
        }
        Scope::Organ(_) | Scope::Party(_) | Scope::Corps(_) | Scope::Person(_) => mine.as_str().len() == 2,
    })
}

/// The pure part: may this grant stand beside those? `stands_in`: the roles that the login holds for others.
pub(super) fn fits(
    new: &NewGrant,
    held: &[Grant],
    stands_in: &[Role],
    now: DateTime<Utc>,
) -> Result<(), GrantRefusal> {
    if new.to.is_some_and(|to| to <= new.from || to <= now) {
        return Err(GrantRefusal::Period);
    }
    // Whoever audits is on the list of a leader for a time, as others are.
    if new.role.is_admin() && !new.scope.is_person() && new.to.is_some() {
        return Err(GrantRefusal::AdminWithEnd);
    }
    let in_time = new.to.is_some_and(|to| to - new.from <= LONGEST_KNOWN);
    if new.scope.is_person() && (!matches!(new.role, Role::Worker | Role::AuditAdmin) || !in_time) {
        return Err(GrantRefusal::NeedToKnow);
    }
    let others = held.iter().map(|grant| grant.role).chain(stands_in.iter().copied());
    if let Some(other) = others.into_iter().find(|other| new.role.excludes(*other)) {
        return Err(GrantRefusal::Excludes(other));
    }
    let one_place = |scope: &Scope| new.role.is_admin() && !scope.is_person();
    let same = |other: &Grant| {
        let places = one_place(&new.scope) && one_place(&other.scope);
        new.role == other.role && (places || new.scope == other.scope)
    };
    if held.iter().any(same) { Err(GrantRefusal::Exists) } else { Ok(()) }
}
