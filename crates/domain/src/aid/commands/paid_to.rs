//! To whom a case is paid today: to the person, to who receives for him, or to nobody yet.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    account::{self, AccountLink, LinkKind, mandate::Matter},
    aid::{Case, Payee, PayeeKind, PayeeState, payment::NEW_FOR_DAYS, store},
    authority::Grants,
    calendar::local_date,
    ids::AccountLinkId,
};

/// The mandate in matters of aid, while it holds.
pub(super) async fn mandate(
    db: &impl ConnectionTrait,
    case: &Case,
    link: AccountLinkId,
    now: DateTime<Utc>,
) -> Result<Option<AccountLink>, DbErr> {
    let found = account::store::find_link(db, link).await?;
    Ok(found.filter(|link| {
        link.person_id == case.person_id
            && link.kind == LinkKind::Proxy
            && link.is_live(now)
            && link.matters.hold(Matter::Aid)
    }))
}

/// To whom a case is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::aid) enum PaidTo {
    /// To the person.
    Person,
    /// To him, who may receive today.
    Payee(Box<Payee>),
    /// To nobody yet: somebody is proposed, and nobody has decided.
    Undecided,
    /// To nobody yet: his account is new, and nobody has made sure of it.
    AccountIsNew,
    /// To nobody yet: his time or his mandate is over, and nobody has ended it here.
    Over,
}

/// To whom a case is paid today. Somebody who works for the office by now receives nothing.
pub(in crate::aid) async fn paid_to(
    db: &impl ConnectionTrait,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<PaidTo, DbErr> {
    let Some(row) = store::payee::live(db, case.id).await? else { return Ok(PaidTo::Person) };
    let (PayeeState::Approved, Some(decided_at)) = (row.state, row.decided_at) else {
        return Ok(PaidTo::Undecided);
    };
    let held = match (row.link_id, &row.account_id) {
        (Some(link), Some(account)) => {
            mandate(db, case, link, now).await?.is_some()
                && Grants::of(db, account, now).await?.all().is_empty()
        }
        _ => row.kind == PayeeKind::Unit,
    };
    if !held || row.until < local_date(now) {
        return Ok(PaidTo::Over);
    }
    let is_new = now < decided_at + TimeDelta::days(NEW_FOR_DAYS);
    if is_new && row.vouched_by.is_none() {
        return Ok(PaidTo::AccountIsNew);
    }
    Ok(PaidTo::Payee(Box::new(row)))
}
