//! Who reads about money: those who work, approve, pay or audit somewhere, each of the own region and what lies below.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    authority::{Grants, Payer, Role},
    budget::store,
    calendar::utc,
    ids::RegionCode,
    region::Regions,
};
use ledger::Envelope;

use crate::{
    app::App,
    page::{Frame, PageError},
    session::SignedIn,
};

/// The roles that read.
const READERS: [Role; 4] = [Role::Worker, Role::Approver, Role::Payer, Role::AuditAdmin];

/// A reader, and the place that is read about.
pub(super) struct Reader {
    pub(super) grants: Grants,
    pub(super) region: RegionCode,
    /// May the reader write orders about it?
    pub(super) payer: Option<Payer>,
}

impl Reader {
    /// About the region that is asked for, or the reader's widest.
    pub(super) async fn of(by: &SignedIn, asked: Option<&str>) -> Result<Self, PageError> {
        let grants = by.grants().await?;
        let region = match asked {
            Some(code) => RegionCode::parse(code).filter(|region| reads(&grants, region)),
            None => widest(&grants, &READERS),
        };
        let region = region.ok_or(PageError::NotFound)?;
        let payer = Payer::among(&grants, region.clone());
        Ok(Self { grants, region, payer })
    }

    /// Somebody who pays, about the region that is asked for or the widest.
    pub(super) async fn paying(by: &SignedIn, asked: Option<&str>) -> Result<(Self, Payer), PageError> {
        let grants = by.grants().await?;
        let region = match asked {
            Some(code) => RegionCode::parse(code),
            None => widest(&grants, &[Role::Payer]),
        };
        let region = region.ok_or(PageError::NotFound)?;
        let payer = Payer::among(&grants, region.clone()).ok_or(PageError::NotFound)?;
        Ok((Self { grants, region, payer: Some(payer.clone()) }, payer))
    }
}

/// The frame of a page about money.
pub(super) fn frame(by: &SignedIn) -> Frame {
    by.frame().console_at("/console/budget")
}

fn widest(grants: &Grants, roles: &[Role]) -> Option<RegionCode> {
    let all = roles.iter().flat_map(|role| grants.regions(*role));
    all.min_by_key(|code| (code.as_str().len(), code.as_str())).cloned()
}

fn reads(grants: &Grants, region: &RegionCode) -> bool {
    READERS.iter().any(|role| grants.regions(*role).any(|mine| mine.covers(region)))
}

/// How many orders wait for a second person where the login reads about money; `None`: it reads nowhere.
pub(crate) async fn waiting(app: &App, grants: &Grants) -> Result<Option<u64>, PageError> {
    if widest(grants, &READERS).is_none() {
        return Ok(None);
    }
    match widest(grants, &[Role::Payer]) {
        Some(region) => Ok(Some(store::waiting(&app.db, &region).await?)),
        None => Ok(Some(0)),
    }
}

/// Where an envelope's page is, if the login reads about it.
pub(crate) fn address(grants: &Grants, envelope: &Envelope) -> Option<String> {
    let region = RegionCode::parse(&envelope.region).filter(|region| reads(grants, region))?;
    Some(format!("/console/budget/{region}/{}/{}", envelope.year, envelope.category))
}

/// The last moment of a day.
pub(super) fn end_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    let next = day.checked_add_days(Days::new(1))?;
    utc(next, NaiveTime::MIN).checked_sub_signed(TimeDelta::microseconds(1))
}

/// As it is called on the day; its code when there is no such region.
pub(super) fn named(regions: &Regions, code: &RegionCode, on: NaiveDate) -> String {
    regions.find(code, on).map_or_else(|| code.to_string(), |region| region.name.clone())
}
