//! The auditor's list: every emergency of some places, who said yes, up to which cap, and whether the papers are in or late.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

use super::{Emergency, EmergencyState};
use crate::{
    aid::{Case, store},
    authority::Scope,
    calendar::local_date,
};

/// How it is with the papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Papers {
    /// None are due: it was not granted, or has ended before.
    NotDue,
    /// They may come until then.
    Due(NaiveDate),
    /// They should have come by then.
    Late(NaiveDate),
    /// They came on a day.
    Came(NaiveDate),
    /// They came on a day that was too late.
    CameLate(NaiveDate),
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The case.
    pub case: Case,
    /// The emergency.
    pub emergency: Emergency,
    /// How it is with the papers today.
    pub papers: Papers,
}

impl Emergency {
    /// How it is with the papers of a case on a day.
    pub fn papers(&self, case: &Case, today: NaiveDate) -> Papers {
        let Some(until) = self.papers_until.filter(|_| self.state == EmergencyState::Granted) else {
            return Papers::NotDue;
        };
        match self.papers_at.map(local_date) {
            Some(on) if on > until => Papers::CameLate(on),
            Some(on) => Papers::Came(on),
            None if !case.status.is_urgent() => Papers::NotDue,
            None if today > until => Papers::Late(until),
            None => Papers::Due(until),
        }
    }
}

/// Those that the scopes reach, latest first.
pub async fn listed(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    today: NaiveDate,
    limit: u64,
) -> Result<Vec<Listed>, DbErr> {
    let found = store::emergency::reached(db, scopes, limit).await?;
    let listed = found.into_iter().map(|(emergency, case)| {
        let papers = emergency.papers(&case, today);
        Listed { case, emergency, papers }
    });
    Ok(listed.collect())
}
