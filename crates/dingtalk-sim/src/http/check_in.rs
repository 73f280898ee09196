//! Check-ins as the app reads them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::http::call::Call;
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, old};
use crate::world::{CheckIn, ROOT, Refusal};

pub(super) const CALLS: &[Endpoint] = &[
    old("POST", "/topapi/checkin/record/get", Counted, "读几个人的签到", of_people).needs("qyapi_base"),
    old("GET", "/checkin/record", Counted, "读一个部门的签到", of_department).needs("qyapi_checkin_read"),
];

const MOST_PEOPLE: usize = 10;
const LARGEST_PAGE: usize = 100;

fn of_people(mut call: Call<'_>) -> Result<Value, Refusal> {
    let listed = call.body.text("userid_list")?;
    let window = (call.body.number("start_time")?, call.body.number("end_time")?);
    let offset = usize::try_from(call.body.number("cursor")?).unwrap_or(usize::MAX);
    let size = page_size(call.body.number("size")?)?;
    call.read_whole()?;
    let people: Vec<&str> = listed.split(',').map(str::trim).filter(|userid| !userid.is_empty()).collect();
    if people.is_empty() || people.len() > MOST_PEOPLE {
        return Err(Refusal::Parameter(format!("userid_list: 1 to {MOST_PEOPLE}")));
    }
    let (from, until) = times(window, TimeDelta::days(if people.len() == 1 { 10 } else { 1 }))?;
    let found = call.state.tenancy.check_ins(from, until).filter(|one| people.contains(&one.userid.as_str()));
    let rest: Vec<_> = found.skip(offset).take(size + 1).collect();
    let list: Vec<_> = rest.iter().take(size).map(|one| in_old_spelling(one)).collect();
    let next = (rest.len() > size).then_some(offset + size);
    Ok(json!({"result": {"page_list": list, "next_cursor": next}}))
}

fn of_department(mut call: Call<'_>) -> Result<Value, Refusal> {
    let department = call.query.number("department_id")?;
    let window = (call.query.number("start_time")?, call.query.number("end_time")?);
    let offset = call.query.optional_number("offset")?.unwrap_or(0);
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let size = page_size(call.query.optional_number("size")?.unwrap_or(100))?;
    let newest_first = match call.query.optional_text("order")?.as_deref() {
        None | Some("asc") => false,
        Some("desc") => true,
        Some(other) => return Err(Refusal::Parameter(format!("order {other} is not asc or desc"))),
    };
    call.read_whole()?;
    let tenancy = &call.state.tenancy;
    tenancy.directory.department(department)?;
    let (from, until) = times(window, TimeDelta::days(45))?;
    let mut below = vec![department];
    let mut next = 0;
    while let Some(parent) = below.get(next).copied() {
        below.extend(tenancy.directory.departments_below(parent).map(|one| one.id));
        next += 1;
    }
    let inside = |one: &&CheckIn| {
        let person = tenancy.directory.person(&one.userid);
        department == ROOT
            || person.is_ok_and(|person| person.departments.iter().any(|id| below.contains(id)))
    };
    let mut found: Vec<_> = tenancy.check_ins(from, until).filter(inside).collect();
    if newest_first {
        found.reverse();
    }
    let name = |userid: &str| tenancy.directory.person(userid).map(|person| person.name.clone());
    let data: Vec<_> = found
        .into_iter()
        .skip(offset)
        .take(size)
        .map(|one| {
            json!({
                "userId": one.userid,
                "name": name(&one.userid).unwrap_or_default(),
                "timestamp": one.at.timestamp_millis(),
                "place": one.place,
                "detailPlace": one.detail_place,
                "remark": one.remark,
                "longitude": one.longitude,
                "latitude": one.latitude,
            })
        })
        .collect();
    Ok(json!({ "data": data }))
}

fn in_old_spelling(one: &CheckIn) -> Value {
    json!({
        "userid": one.userid,
        "checkin_time": one.at.timestamp_millis(),
        "place": one.place,
        "detail_place": one.detail_place,
        "remark": one.remark,
        "longitude": one.longitude.to_string(),
        "latitude": one.latitude.to_string(),
    })
}

fn page_size(size: i64) -> Result<usize, Refusal> {
    usize::try_from(size)
        .ok()
        .filter(|size| (1..=LARGEST_PAGE).contains(size))
        .ok_or_else(|| Refusal::Parameter(format!("size must be 1 to {LARGEST_PAGE}")))
}

fn times((from, until): (i64, i64), widest: TimeDelta) -> Result<(DateTime<Utc>, DateTime<Utc>), Refusal> {
    let wrong = || Refusal::Parameter(format!("the window must be 0 to {} days", widest.num_days()));
    let time = |ms| DateTime::from_timestamp_millis(ms).ok_or_else(wrong);
    let (from, until) = (time(from)?, time(until)?);
    if until < from || until - from > widest { Err(wrong()) } else { Ok((from, until)) }
}
