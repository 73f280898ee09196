//! The rows, drawn but not yet written.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Utc};

use super::{
    Size,
    cast::{self, cast, login},
    draw::Draw,
    error::SeedError,
    people::{Planted, Sketch, person},
};
use crate::{
    Context,
    account::{Account, AccountLink, LinkKind, TextSize},
    branch::{Branch, BranchPost, Meeting, MeetingStatus, Membership, MembershipKind, Obligation, PostKind},
    calendar::{local_date, local_time, utc},
    ids::{
        AccountId, AccountLinkId, BranchId, MeetingId, MembershipId, PersonId, PostId, RegionCode, UnitId,
    },
    person::{Gender, Person, Unit},
};

/// Everything that waits to be written.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) persons: Vec<Person>,
    pub(super) accounts: Vec<Account>,
    pub(super) links: Vec<AccountLink>,
    pub(super) branches: Vec<Branch>,
    pub(super) members: Vec<Membership>,
    pub(super) posts: Vec<BranchPost>,
    /// Branches with a secretary; stays when the rest is written and gone.
    pub(super) led: HashSet<BranchId>,
    pub(super) meetings: Vec<(Meeting, Vec<Obligation>)>,
}

fn founded() -> NaiveDate {
    NaiveDate::from_ymd_opt(2010, 7, 1).unwrap_or_default()
}

fn branch_row(id: BranchId, name: String, region: &RegionCode, day: i16, now: DateTime<Utc>) -> Branch {
    Branch {
        id,
        name,
        region_code: region.clone(),
        unit_id: None,
        party_day: day,
        party_groups: 0,
        founded_on: founded(),
        dissolved_on: None,
        created_at: now,
    }
}

pub(super) fn draw_branches(
    draw: &mut Draw,
    size: Size,
    regions: &[RegionCode],
    rows: &mut Rows,
    now: DateTime<Utc>,
) -> Vec<(BranchId, RegionCode)> {
    let mut branches = Vec::new();
    for (number, region) in (1..=size.branches()).zip(regions.iter().cycle()) {
        let id = BranchId::from_uuid(draw.uuid());
        let day = i16::try_from(1 + draw.below(28)).unwrap_or(10);
        rows.branches.push(branch_row(id, format!("退休干部第{number}党支部"), region, day, now));
        branches.push((id, region.clone()));
    }
    branches
}

fn member(draw: &mut Draw, branch: BranchId, person: PersonId) -> Membership {
    Membership {
        id: MembershipId::from_uuid(draw.uuid()),
        branch_id: branch,
        person_id: person,
        kind: MembershipKind::Affiliation,
        from_on: founded(),
        to_on: None,
        ended_why: None,
    }
}

fn officer(draw: &mut Draw, branch: BranchId, person: PersonId, kind: PostKind) -> BranchPost {
    let id = PostId::from_uuid(draw.uuid());
    BranchPost {
        id,
        branch_id: branch,
        person_id: person,
        kind,
        from_on: founded(),
        to_on: None,
        ended_why: None,
    }
}

pub(super) fn account(
    id: AccountId,
    name: &str,
    person: Option<PersonId>,
    size: TextSize,
    now: DateTime<Utc>,
) -> Account {
    Account {
        id,
        name: name.to_owned(),
        unionid: None,
        person_id: person,
        active: true,
        status_at: now - Duration::days(30),
        joined_at: now - Duration::days(30),
        left_at: None,
        text_size: size,
    }
}

fn own(draw: &mut Draw, account: &AccountId, person: PersonId, now: DateTime<Utc>) -> AccountLink {
    AccountLink {
        matters: crate::account::mandate::Matters::all(),
        id: AccountLinkId::from_uuid(draw.uuid()),
        account_id: account.clone(),
        person_id: person,
        kind: LinkKind::Own,
        proof: "示例：当面核对".to_owned(),
        recorded_by: None,
        valid_from: now - Duration::days(30),
        valid_to: None,
    }
}

pub(super) fn draw_person(
    cx: &Context,
    draw: &mut Draw,
    rows: &mut Rows,
    (number, units, branches): (usize, &[Unit], &[(BranchId, RegionCode)]),
    planted: &mut Planted,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let at = draw.below(units.len());
    let unit = units.get(at).ok_or(SeedError::Wrong("a unit"))?;
    let (gender, born_on) = (draw.gender(), draw.born(local_date(now)));
    let shared = draw.chance(1_800);
    let phone = if shared { planted_phone(number) } else { draw.phone() };
    planted.shared_phones += usize::from(shared);
    let sketch = |draw: &mut Draw, identified| Sketch {
        name: draw.name(gender),
        gender,
        born_on,
        region: &unit.region,
        unit: unit.id,
        party: draw.chance(6_200),
        phone: phone.clone(),
        account: format!("6222{}", draw.digits(12)),
        identified,
    };
    let id = PersonId::from_uuid(draw.uuid());
    let first = sketch(draw, true);
    let (name, party) = (first.name.clone(), first.party);
    let mut row = person(cx, draw, id, first, planted, now)?;
    if draw.chance(70) {
        planted.duplicates += 1;
        let again = Sketch { name: name.clone(), party: false, ..sketch(draw, false) };
        let id = PersonId::from_uuid(draw.uuid());
        rows.persons.push(person(cx, draw, id, again, planted, now)?);
    }
    let died = draw.chance(5);
    if died {
        planted.dead_but_active += 1;
        row.died_on = local_date(now).checked_sub_days(Days::new(20));
    }
    if party && draw.chance(120) {
        planted.without_branch += 1;
    } else if party && let Some((branch, _)) = branches.get(number % branches.len().max(1)) {
        rows.members.push(member(draw, *branch, id));
        if !died && rows.led.insert(*branch) {
            rows.posts.push(officer(draw, *branch, id, PostKind::Secretary));
        }
    }
    if draw.chance(6_000) || died {
        let login = AccountId::parse(&format!("r{number:06}")).ok_or(SeedError::Wrong("a login"))?;
        rows.accounts.push(account(login.clone(), &name, Some(id), TextSize::Standard, now));
        rows.links.push(own(draw, &login, id, now));
    }
    rows.persons.push(row);
    Ok(())
}

/// Two people of neighbouring numbers share it, as couples do.
fn planted_phone(number: usize) -> String {
    format!("161{:08}", number / 2)
}

pub(super) fn cast_rows(
    cx: &Context,
    draw: &mut Draw,
    rows: &mut Rows,
    (region, unit): (&RegionCode, UnitId),
    planted: &mut Planted,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let cast = cast();
    let today = local_date(now);
    let years_ago = |years: i32| {
        today
            .with_year(today.year() - years)
            .and_then(|day| day.checked_sub_days(Days::new(60)))
            .unwrap_or(today)
    };
    rows.branches.push(branch_row(cast.branch, "翠苑退休干部第一党支部".to_owned(), region, 15, now));
    for (id, name, gender, age, userid, payout) in [
        (cast.wang, "王秀英", Gender::Female, 82, "wangxiuying", "6222000000004821"),
        (cast.li, "李国强", Gender::Male, 68, "liguoqiang", "6222000000003377"),
        (cast.zhao, "赵德福", Gender::Male, 79, "zhaodefu", "6222000000009152"),
        (cast.sun, "孙桂兰", Gender::Female, 85, "sunguilan", "6222000000006640"),
    ] {
        let sketch = Sketch {
            name: name.to_owned(),
            gender,
            born_on: years_ago(age),
            region,
            unit,
            party: true,
            phone: draw.phone(),
            account: payout.to_owned(),
            identified: true,
        };
        let mut row = person(cx, draw, id, sketch, planted, now)?;
        row.living_alone = id == cast.wang;
        if id == cast.sun {
            row.died_on = today.checked_sub_days(Days::new(9));
        }
        let size = if id == cast.wang { TextSize::ExtraLarge } else { TextSize::Large };
        let login = cast::login(userid).ok_or(SeedError::Wrong("a login"))?;
        rows.accounts.push(account(login.clone(), name, Some(id), size, now));
        rows.links.push(own(draw, &login, id, now));
        rows.members.push(member(draw, cast.branch, id));
        rows.persons.push(row);
    }
    rows.led.insert(cast.branch);
    rows.posts.push(officer(draw, cast.branch, cast.li, PostKind::Secretary));
    let secretary = login("liguoqiang").ok_or(SeedError::Wrong("a login"))?;
    for (starts_at, title) in [(started(now), "主题党日：学习与交流"), (tomorrow(now), "党课：身边的榜样")]
    {
        let meeting = Meeting {
            id: MeetingId::from_uuid(draw.uuid()),
            branch_id: cast.branch,
            title: title.to_owned(),
            starts_at,
            ends_at: starts_at + Duration::minutes(90),
            place: "翠苑社区活动室".to_owned(),
            description: "带上老花镜，有茶水".to_owned(),
            status: MeetingStatus::Planned,
            planned_by: secretary.clone(),
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let claims =
            if starts_at <= now { vec![Obligation::PartyDay] } else { vec![Obligation::PartyLecture] };
        rows.meetings.push((meeting, claims));
    }
    Ok(())
}

/// The last half hour, so that people can sign in right now.
fn started(now: DateTime<Utc>) -> DateTime<Utc> {
    let minutes = i64::from(chrono::Timelike::minute(&local_time(now))) % 30;
    let seconds = i64::from(chrono::Timelike::second(&local_time(now)));
    now - Duration::minutes(minutes) - Duration::seconds(seconds)
}

fn tomorrow(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = local_date(now).checked_add_days(Days::new(1)).unwrap_or_default();
    utc(day, NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default())
}
