//! Where streets and villages lie, as far as anybody has written down: the ways go by it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    calendar::local_date,
    ids::RegionCode,
    outreach::{OutreachError, commands::point::note, route::Point, store},
    region::{Region, Regions},
};
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// More places than this are a county's each for itself.
const MOST: usize = 300;

#[derive(Template)]
#[template(path = "outreach/points.html")]
struct Page {
    frame: Frame,
    places: Vec<(String, String, String)>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    place: String,
    longitude: String,
    latitude: String,
}

/// 120.130000.
fn degrees(millionths: i32) -> String {
    format!("{:.6}", f64::from(millionths) / 1e6)
}

/// As people copy it from a map.
fn millionths(text: &str) -> Option<i32> {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 12 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |rest| (true, rest));
    let all = whole.parse::<u16>().ok().map(i32::from)?.checked_mul(1_000_000)?;
    let all = all.checked_add(part.parse().ok()?)?;
    Some(if negative { -all } else { all })
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, Worker), PageError> {
    let (_, region, worker) = Reader::working(by).await?;
    let (today, regions) = (local_date(app.clock.now()), Regions::load(&app.db).await?);
    let known = store::point::within(&app.db, &region).await?;
    let mut below: Vec<&Region> = regions.children(&region, today);
    let mut at = 0;
    while let Some(one) = below.get(at).copied() {
        if below.len() < MOST && one.code.as_str().len() < 9 {
            below.extend(regions.children(&one.code, today));
        }
        at += 1;
    }
    let street = |one: &&Region| one.code.as_str().len() == 9;
    let place = |one: &Region| {
        let point = known.get(&one.code);
        let said = point.map_or_else(
            || "没有登记".to_owned(),
            |point| format!("东经{}，北纬{}", degrees(point.longitude), degrees(point.latitude)),
        );
        (one.code.to_string(), one.name.clone(), said)
    };
    let places = below.into_iter().filter(street).take(MOST).map(place).collect();
    Ok((Page { frame: frame(by, "街道和村的坐标"), places, typed }, worker))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, Typed::default()).await?.0)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, worker) = show(&app, &by, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let place = mistakes.need("place", RegionCode::parse(&typed.place).ok_or("请选街道或者乡镇"));
    let longitude = mistakes.need("longitude", millionths(&typed.longitude).ok_or("经度例如120.13"));
    let latitude = mistakes.need("latitude", millionths(&typed.latitude).ok_or("纬度例如30.26"));
    if let (Some(place), Some(longitude), Some(latitude)) = (place, longitude, latitude) {
        let new = (place, Point { latitude, longitude });
        match note(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(()) => return Ok(see_other_saying("/console/outreach/points", Said::Kept)),
            Err(OutreachError::Refused(no)) => mistakes.add("longitude", said(&no)),
            Err(error) => return Err(page_error(error)),
        }
    }
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

#[cfg(test)]
mod tests {
    use super::{degrees, millionths};

    #[test]
    fn degrees_are_read_as_they_are_copied() {
        for (text, read) in [
            ("120.13", Some(120_130_000)),
            (" 30.259244123 ", Some(30_259_244)),
            ("-0.5", Some(-500_000)),
            ("120", Some(120_000_000)),
            ("", None),
            ("东经120", None),
            ("1.2.3", None),
            ("120,13", None),
        ] {
            assert_eq!(millionths(text), read, "{text}");
        }
        assert_eq!(degrees(120_130_000), "120.130000");
    }
}
