//! 同一件事只帮一次: asked when a case goes to its approver, behind the lock of the person, so that two requests see each other.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    aid::{
        AidError, Case, Happened, Refusal, Status,
        clawback::with_the_person,
        setting::{
            Kind,
            need::{Clash, Help, Period, clash},
        },
        standard::{Frequency, Standard, standard},
        store,
    },
    calendar::local_date,
};

/// A help that was there before, and what this one is to it.
struct Before {
    case: Case,
    help: Help,
    clash: Clash,
}

/// When and in which year's budget a case was decided, if its help counts: one that is before its approver counts as decided today.
async fn decided(
    db: &impl ConnectionTrait,
    case: &Case,
    today: NaiveDate,
) -> Result<Option<(NaiveDate, i32)>, DbErr> {
    if case.status == Status::InApproval {
        return Ok(Some((today, today.year())));
    }
    if case.budget_year.is_none() {
        return Ok(None);
    }
    if case.status.is_over() && !case.status.is_paid() {
        // It counts as long as the person has something of it: what went ahead and was refused then.
        let recovered = store::clawback::given_back(db, case.id).await?;
        if !with_the_person(case.paid, recovered).is_positive() {
            return Ok(None);
        }
    }
    let log = store::case::log(db, case.id).await?;
    Ok(log.iter().rev().find_map(|entry| match entry.what {
        Happened::Approved { year, .. } | Happened::EmergencyGranted { year, .. } => {
            Some((local_date(entry.at), year))
        }
        _ => None,
    }))
}

fn of_case(case: &Case, rule: &Standard, decided: (NaiveDate, i32)) -> Help {
    let frequency = rule.frequency.value;
    let period = Period::of(frequency, rule.validity_months.value, decided);
    Help { category: case.category, region: case.region.clone(), frequency, period }
}

/// Every help of the person that counts, wherever it was. One of the same category is held against what its standard says today, one of
/// another against what its own said on its day.
async fn before(db: &impl ConnectionTrait, this: &Case, now: DateTime<Utc>) -> Result<Vec<Before>, DbErr> {
    let today = local_date(now);
    let own = store::case::rules_of(db, this.category).await?;
    let Some(rule) = standard(&own, &this.region, today) else { return Ok(Vec::new()) };
    let new = of_case(this, &rule, (today, today.year()));
    let rows = store::setting::of_kind(db, Kind::SameNeed).await?;
    let mut found = Vec::new();
    for case in store::case::of_person(db, this.person_id).await?.into_iter().filter(|it| it.id != this.id) {
        let Some(decided) = decided(db, &case, today).await? else { continue };
        let help = if case.category == this.category {
            of_case(&case, &rule, decided)
        } else {
            let rules = store::case::rules_of(db, case.category).await?;
            let Some(its) = standard(&rules, &case.region, decided.0) else { continue };
            of_case(&case, &its, decided)
        };
        let clash = clash(&rows, &new, &help, today);
        found.push(Before { case, help, clash });
    }
    Ok(found)
}

/// The hard stop: this person, this need, wherever it was.
pub(super) async fn helped_once(
    db: &impl ConnectionTrait,
    this: &Case,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let all = before(db, this, now).await?;
    let Some(Before { case, help, .. }) = all.into_iter().find(|it| it.clash == Clash::Same) else {
        return Ok(());
    };
    let (number, until) = (case.number.clone(), help.period.until);
    Err(match help.frequency {
        _ if case.category != this.category => {
            let words = store::category::load(db).await?;
            Refusal::SameNeed { number, category: words.called(&case), until }
        }
        Frequency::PerYear => Refusal::HelpedThisYear { number },
        _ => Refusal::StillHelped { number, until },
    }
    .into())
}

/// The soft stop: other helps of the person that are meant for the same time. Somebody says why both.
pub async fn besides(db: &impl ConnectionTrait, this: &Case, now: DateTime<Utc>) -> Result<Vec<Case>, DbErr> {
    let all = before(db, this, now).await?;
    Ok(all.into_iter().filter(|it| it.clash == Clash::Besides).map(|it| it.case).collect())
}
