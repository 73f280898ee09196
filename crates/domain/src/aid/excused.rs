//! 回避: of which cases a login may not even read. What [`separation`](super::separation) refuses to whoever stands on the applicant's side, is
//! close to him or stepped aside, is refused to his eyes as well: he finds the number in lists, and nothing else anywhere.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{Case, separation::Part, store};
use crate::{
    Act, By, Context, account,
    authority::substitution,
    calendar::local_date,
    declaration,
    ids::{AccountId, CaseId, PersonId},
};

/// Whose cases, and which, are kept from a login.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excused {
    hands: Vec<AccountId>,
    persons: BTreeMap<PersonId, Part>,
    cases: BTreeSet<CaseId>,
}

impl Excused {
    /// Of a login, and of those for whom it stands in these days.
    pub async fn of(
        db: &impl ConnectionTrait,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let hands = hands(db, (account, None), now).await?;
        let today = local_date(now);
        let (mut own, mut persons) = (Vec::new(), BTreeMap::new());
        for hand in &hands {
            own.extend(account::store::find(db, hand).await?.and_then(|login| login.person_id));
        }
        for person in declaration::store::declared_by(db, &hands, today).await? {
            persons.insert(person, Part::Relative);
        }
        for person in &own {
            for close in store::stop::close_to(db, *person, today).await? {
                persons.insert(close, Part::Relative);
            }
        }
        own.extend(account::store::acted_for(db, &hands, now).await?);
        persons.extend(own.into_iter().map(|person| (person, Part::Applicant)));
        let cases = store::council::stepped_aside(db, &hands).await?;
        Ok(Self { hands, persons, cases })
    }

    /// Why the case is kept from it, if it is.
    pub fn from(&self, case: &Case) -> Option<Part> {
        if self.hands.iter().any(|hand| case.is_applicant(hand)) {
            return Some(Part::Applicant);
        }
        let recused = self.cases.contains(&case.id).then_some(Part::Recused);
        self.persons.get(&case.person_id).copied().or(recused)
    }

    /// Which of these cases are kept from it.
    pub async fn among(
        &self,
        db: &impl ConnectionTrait,
        cases: impl IntoIterator<Item = CaseId>,
    ) -> Result<BTreeSet<CaseId>, DbErr> {
        let ids: BTreeSet<CaseId> = cases.into_iter().collect();
        let found = store::case::some(db, &ids.into_iter().collect::<Vec<_>>()).await?;
        Ok(found.iter().filter(|case| self.from(case).is_some()).map(|case| case.id).collect())
    }
}

/// A login, for whom its grant stands in, and for whom it stands in otherwise at a moment.
pub(crate) async fn hands(
    db: &impl ConnectionTrait,
    (account, stands_for): (&AccountId, Option<&AccountId>),
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, DbErr> {
    let mut hands: Vec<AccountId> = [Some(account), stands_for].into_iter().flatten().cloned().collect();
    for other in substitution::store::stood_for(db, account, now).await? {
        if !hands.contains(&other) {
            hands.push(other);
        }
    }
    Ok(hands)
}

/// Has one of these logins declared that it is close to the person, or is it of his family, as the register has it?
pub(crate) async fn is_close(
    db: &impl ConnectionTrait,
    hands: &[AccountId],
    person: PersonId,
    today: NaiveDate,
) -> Result<bool, DbErr> {
    let close = store::stop::close_to(db, person, today).await?;
    let family = account::store::of_persons(db, &close).await?;
    Ok(family.iter().any(|login| hands.contains(&login.id))
        || declaration::store::between(db, hands, person, today).await?.is_some())
}

/// May whoever looks see the case? If not, that he tried is written down, and why is said.
pub async fn kept_from(
    db: &DatabaseConnection,
    cx: &Context,
    (account, by): (&AccountId, By<'_>),
    case: &Case,
    now: DateTime<Utc>,
) -> Result<Option<Part>, DbErr> {
    let Some(why) = Excused::of(db, account, now).await?.from(case) else { return Ok(None) };
    let detail = json!({ "why": why });
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, Act { by, action: "aid.kept_from", subject: case.subject(), detail }, now).await?;
    tx.commit().await?;
    Ok(Some(why))
}
