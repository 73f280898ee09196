//! One paper: seen large, blacked out, marked.

use actix_web::{HttpResponse, web};
use askama::Template;
use attachment::{Area, LINE};
use domain::{
    aid::{Case, commands::evidence as commands},
    authority::Worker,
    evidence::{Evidence, Part, Source, State, store},
    ids::{CaseId, EvidenceId},
};

use super::reader::{reader, worker};
use crate::{
    app::App,
    evidence,
    page::{Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// Rectangles of one copy.
const MOST: usize = 6;
/// The edges of a rectangle, as the form calls them.
const EDGES: [(&str, &str); 4] = [("left", "左"), ("top", "上"), ("right", "右"), ("bottom", "下")];

#[derive(Template)]
#[template(path = "console/papers/one.html")]
struct Page {
    frame: Frame,
    at: String,
    back: String,
    paper: Evidence,
    edges: [(&'static str, &'static str); 4],
    /// What was typed: for each rectangle its four edges.
    rows: Vec<[String; 4]>,
}

impl Page {
    fn is_picture(&self) -> bool {
        self.paper.kind().is_some_and(attachment::Kind::is_picture)
    }

    fn counts(&self) -> bool {
        self.paper.state == State::Counts
    }

    fn was_seen(&self) -> bool {
        self.paper.source == Source::OriginalSeen
    }
}

fn shown(by: &SignedIn, case: &Case, paper: Evidence, rows: Vec<[String; 4]>) -> Page {
    Page {
        frame: by.frame().console().titled(paper.item.label()),
        at: format!("/console/aid/{}/papers/{}", case.id, paper.id),
        back: format!("/console/aid/{}/papers", case.id),
        paper,
        edges: EDGES,
        rows,
    }
}

async fn found(
    app: &App,
    by: &SignedIn,
    (case, paper): (&str, &str),
) -> Result<(Case, Worker, Evidence), PageError> {
    let (case, worker) = worker(app, &by.grants().await?, case).await?;
    let id: EvidenceId = paper.parse().or(Err(PageError::NotFound))?;
    let of = |paper: &Evidence, case: CaseId| paper.case_id == Some(case);
    let paper = store::find(&app.db, id).await?.filter(|paper| of(paper, case.id));
    Ok((case, worker, paper.ok_or(PageError::NotFound)?))
}

pub(in crate::console) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _, paper) = found(&app, &by, (&path.0, &path.1)).await?;
    html(&shown(&by, &case, paper, vec![Default::default(); MOST]))
}

pub(in crate::console) async fn bytes(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, paper, part) = path.into_inner();
    let (case, reader) = reader(&app, &by.grants().await?, &case).await?;
    let id = paper.parse().or(Err(PageError::NotFound))?;
    let part = match part.as_str() {
        "original" => Part::Original,
        "redacted" => Part::Redacted,
        _ => return Err(PageError::NotFound),
    };
    let (paper, part, bytes) = reader.open(&app, &case, (id, part)).await.map_err(evidence::page_error)?;
    evidence::given((&paper, part), bytes)
}

pub(in crate::console) async fn act(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let (case, worker, paper) = found(&app, &posted.by, (&path.0, &path.1)).await?;
    let all = |name: &str| -> Vec<&str> {
        posted.form.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    };
    let (db, now) = (&app.db, app.clock.now());
    match all("act").first().copied() {
        Some(what @ ("seen" | "void")) => {
            let marked = (case.id, paper.id, what == "void");
            commands::mark(db, &app.cx, &worker, marked, now).await.map_err(evidence::page_error)?;
        }
        Some("redact") => {
            let edges = EDGES.map(|(name, _)| all(name));
            let rows: Vec<[String; 4]> = (0..MOST)
                .map(|row| edges.each_ref().map(|edge| edge.get(row).copied().unwrap_or_default().to_owned()))
                .collect();
            let areas = match areas(&rows) {
                Ok(areas) => areas,
                Err(words) => {
                    let page = shown(&posted.by, &case, paper, rows);
                    let mistakes = Mistakes::one("areas", words);
                    return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
                }
            };
            blacken(&app, &worker, (&case, &paper), areas).await?;
        }
        _ => return Err(PageError::Stale),
    }
    Ok(see_other_saying(&format!("/console/aid/{}/papers/{}", case.id, paper.id), Said::Kept))
}

/// Making the copy needs the original, so that it was opened is written down.
async fn blacken(
    app: &App,
    worker: &Worker,
    (case, paper): (&Case, &Evidence),
    areas: Vec<Area>,
) -> Result<(), PageError> {
    let kind = paper.kind().filter(|kind| kind.is_picture()).ok_or(PageError::Stale)?;
    let (db, keys, now) = (&app.db, (&app.cx, &app.files), app.clock.now());
    let wanted = (case.id, paper.id, Part::Original);
    let opened = commands::open(db, keys, worker, wanted, now).await;
    let (_, bytes) = opened.map_err(evidence::page_error)?;
    let (copy, small) = evidence::blackened(kind, bytes, areas).await?;
    let done = commands::redact(db, keys, worker, (case.id, paper.id, (&copy, &small)), now).await;
    done.map_err(evidence::page_error).map(drop)
}

/// Rectangles in per cent, with one digit behind the point; rows in which nothing is written count for nothing.
fn areas(rows: &[[String; 4]]) -> Result<Vec<Area>, &'static str> {
    let mut areas = Vec::new();
    for row in rows.iter().filter(|row| row.iter().any(|edge| !edge.trim().is_empty())) {
        let [left, top, right, bottom] = row.each_ref().map(|edge| thousandths(edge));
        let (Some(left), Some(top), Some(right), Some(bottom)) = (left, top, right, bottom) else {
            return Err("四个边都要写，用0到100的数字");
        };
        areas.push(Area::new(left, top, right, bottom).ok_or("左边要比右边小，上边要比下边小")?);
    }
    if areas.is_empty() { Err("请至少写一块要涂黑的地方") } else { Ok(areas) }
}

fn thousandths(text: &str) -> Option<u32> {
    let (whole, tenth) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= 100)?;
    let tenth: u32 = tenth.get(..1)?.parse().ok()?;
    Some(whole * 10 + tenth).filter(|value| *value <= LINE)
}

#[cfg(test)]
mod tests {
    use super::{areas, thousandths};

    fn row(edges: [&str; 4]) -> [String; 4] {
        edges.map(str::to_owned)
    }

    #[test]
    fn edges_are_read_in_per_cent() {
        for (text, value) in [("0", 0), (" 12.5 ", 125), ("100", 1000), ("7.25", 72)] {
            assert_eq!(thousandths(text), Some(value), "{text}");
        }
        for wrong in ["", "x", "100.1", "101", "-1", "5.", "4294967296"] {
            assert_eq!(thousandths(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_rectangle_has_four_edges_and_an_area() {
        assert_eq!(areas(&[row(["0", "0", "10", "10"]), row(["", "", "", ""])]).unwrap().len(), 1);
        for wrong in [["10", "0", "10", "5"], ["0", "5", "10", "5"], ["0", "", "10", "5"], ["", "", "", ""]] {
            assert!(areas(&[row(wrong)]).is_err(), "{wrong:?}");
        }
    }
}
