//! 为什么: each line of a segment with what the register says of a person, in the segment or not.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::say,
    ids::{PersonId, SegmentId},
    person::leader::{self, Discretion},
    segment::{
        Member, Standing, Verdict,
        explain::{Explained, explain},
        store,
    },
    trail::{self, Seen},
};

use super::desk::{Desk, HERE, standing};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Tag, html},
    person::reached,
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "segment/explain.html")]
struct Page {
    frame: Frame,
    id: SegmentId,
    person: PersonId,
    name: String,
    tag: Tag,
    rows: Vec<Answer>,
    changed: bool,
    lines: Vec<Line>,
    past: Vec<String>,
}

struct Line {
    label: String,
    tag: Tag,
    grounds: Vec<(String, String)>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (segment, person) = path.into_inner();
    let desk = Desk::of(&app, &by).await?;
    let it = desk.finds(&segment)?;
    let found = reached(&app, &by, &person).await?;
    let (person, id, now) = (&found.person, it.segment.id, app.clock.now());
    if leader::is_guarded(person) {
        return Err(PageError::NotFound);
    }
    trail::seen(&app.db, &app.cx, &found.worker, (person.id, Seen::Segment(id)), now).await?;
    let said = explain(&app.db, (&it.rule, &desk.regions), person, (desk.today, now)).await?;
    let said = said.ok_or(PageError::NotFound)?;
    let rows = store::member::of_person(&app.db, person.id).await?;
    let (open, past): (Vec<Member>, Vec<Member>) =
        rows.into_iter().filter(|row| row.segment_id == id).partition(|row| row.until_on.is_none());
    let open = open.first();
    let discretion = Discretion::towards(&app.db, &desk.grants).await?;
    html(&Page {
        frame: by.frame().console_at(HERE).titled(it.version.name.clone()),
        id,
        person: person.id,
        name: person.name.clone(),
        tag: standing(said.verdict),
        rows: vec![Answer::new("名单上", listed(&desk, open))],
        changed: it.segment.is_live(desk.today) && open.map(|row| row.standing) != wanted(said.verdict),
        lines: said.lines.into_iter().map(|line| shown(line, &discretion)).collect(),
        past: past.iter().filter_map(|row| was(&desk, row)).collect(),
    })
}

const fn wanted(verdict: Verdict) -> Option<Standing> {
    match verdict {
        Verdict::Passed => Some(Standing::Member),
        Verdict::Unknown => Some(Standing::Unsure),
        Verdict::Failed => None,
    }
}

fn listed(desk: &Desk, open: Option<&Member>) -> String {
    let Some(row) = open else { return "不在".to_owned() };
    let from = say::full_date(row.from_on);
    let why = row.joined_why.words(&desk.regions, desk.today);
    match row.standing {
        Standing::Member => format!("{from}起在名单里：{why}"),
        Standing::Unsure => format!("{from}起要核实：{why}"),
    }
}

fn was(desk: &Desk, row: &Member) -> Option<String> {
    let (from, until) = (say::full_date(row.from_on), say::full_date(row.until_on?));
    let why = row.left_why.as_ref()?.words(&desk.regions, desk.today);
    let word = if row.standing == Standing::Member { "在名单里" } else { "要核实" };
    Some(format!("{from}至{until}{word}，以后：{why}"))
}

fn shown(line: Explained, discretion: &Discretion) -> Line {
    let grounds = line.grounds.into_iter().map(|ground| (ground.value, discretion.says(&ground.basis)));
    Line { label: line.label, tag: standing(line.verdict), grounds: grounds.collect() }
}
