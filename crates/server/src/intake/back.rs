//! The sender's own file back: same rows, same order, what is wrong coloured and said in the last column. It can be mended and sent again
//! as it is.

use actix_web::{HttpResponse, web};
use domain::{
    intake::{Field, Intake, Line, LineKind, Outcome, Status, Verdict, fields, store},
    person::leader::Discretion,
};
use workbook::{Cell, Look, Sheet, Writer};

use super::{attachment, show::reached, unwritten, words};
use crate::{app::App, page::PageError, session::SignedIn};

/// Rows of one query.
const CHUNK: u64 = 400;
/// Blank rows between others are kept, so that numbers stay; but not a million of them.
const BLANK: u32 = 2_000;

pub(super) async fn file(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let (intake, _) = reached(&app, &grants, &path).await?;
    let discretion = Discretion::towards(&app.db, &grants).await?;
    if intake.erased_at.is_some() || matches!(intake.status, Status::Receiving | Status::Checking) {
        return Err(PageError::NotFound);
    }
    let writer = written(&app, &intake, &discretion).await?;
    let bytes = web::block(move || writer.finish()).await;
    let bytes = bytes.map_err(|error| PageError::Broken(error.into()))?.map_err(unwritten)?;
    let name = intake.file_name.trim_end_matches(".xlsx");
    Ok(attachment(&format!("{name}（预检结果）"), bytes))
}

async fn written(app: &App, intake: &Intake, discretion: &Discretion) -> Result<Writer, PageError> {
    let mut writer = Writer::new();
    let widths = vec![16; 60];
    let mut sheet = writer.sheet("名册", &widths, true).map_err(unwritten)?;
    let (mut after, mut blank, reason_at) = (0, 0, reason_column(app, intake).await?);
    loop {
        let lines = store::lines(&app.db, intake.id, after, None, CHUNK).await?;
        let Some(last) = lines.last().map(|line| line.row) else { break };
        let outcomes = store::outcomes(&app.db, intake.id, (after + 1, last)).await?;
        for line in &lines {
            let number = u32::try_from(line.row).unwrap_or_default();
            while sheet.written() + 1 < number && blank < BLANK {
                sheet.row([]).map_err(unwritten)?;
                blank += 1;
            }
            let cells = line.cells(&app.cx.seal)?;
            let cells = said(intake, &cells, discretion);
            put(&mut sheet, (intake, reason_at), (line, &cells), outcomes.get(&line.row))?;
        }
        after = last;
    }
    Ok(writer)
}

/// The cells in words. What no column of the register takes may be about anybody: there a provincial leader is not named to whoever is on
/// no list. The columns that it takes go back as they came, to be mended and sent again.
fn said(intake: &Intake, cells: &[(u32, Cell)], discretion: &Discretion) -> Vec<(u32, String)> {
    let taken = |at: u32| intake.layout.known.iter().any(|(known, _)| *known == at);
    let one = |(at, cell): &(u32, Cell)| {
        let text = cell.shown();
        (*at, if taken(*at) { text } else { discretion.says(&text) })
    };
    cells.iter().map(one).collect()
}

fn put(
    sheet: &mut Sheet<'_>,
    (intake, reason_at): (&Intake, u32),
    (line, cells): (&Line, &[(u32, String)]),
    outcome: Option<&Outcome>,
) -> Result<(), PageError> {
    let known = &intake.layout.known;
    let wrong: Vec<Field> = outcome
        .into_iter()
        .flat_map(|row| row.mistakes.0.iter())
        .filter(|wrong| !wrong.problem.is_note())
        .filter_map(|wrong| wrong.field)
        .collect();
    let width = usize::try_from(reason_at.max(cells.last().map_or(0, |(at, _)| *at)) + 1).unwrap_or(60);
    let mut row: Vec<(String, Look)> = vec![(String::new(), Look::Plain); width];
    for (at, cell) in cells {
        if let Some(place) = usize::try_from(*at).ok().and_then(|at| row.get_mut(at)) {
            let look = match line.kind {
                LineKind::Title => Look::Title,
                LineKind::Header => Look::Head,
                LineKind::Sample => Look::Sample,
                LineKind::Data => Look::Plain,
            };
            *place = (cell.clone(), look);
        }
    }
    for (at, field) in known {
        if let (true, Some(place)) =
            (wrong.contains(field), usize::try_from(*at).ok().and_then(|at| row.get_mut(at)))
        {
            place.1 = Look::Wrong;
        }
    }
    if let Some(place) = usize::try_from(reason_at).ok().and_then(|at| row.get_mut(at)) {
        match line.kind {
            LineKind::Header => *place = (fields::name(Field::Reason).to_owned(), Look::Head),
            LineKind::Data => *place = (outcome.map(reason).unwrap_or_default(), Look::Reason),
            LineKind::Title | LineKind::Sample => {}
        }
    }
    sheet.row(row.iter().map(|(text, look)| (text.as_str(), *look))).map_err(unwritten)?;
    if line.kind == LineKind::Header {
        sheet.freeze().map_err(unwritten)?;
    }
    Ok(())
}

/// Where reasons stand: in the column that a file which was sent back has already, else behind the last that has a name.
async fn reason_column(app: &App, intake: &Intake) -> Result<u32, PageError> {
    if let Some((at, _)) = intake.layout.known.iter().find(|(_, field)| *field == Field::Reason) {
        return Ok(*at);
    }
    let header = store::lines(&app.db, intake.id, 0, Some(LineKind::Header), 1).await?;
    let cells = header.first().map(|line| line.cells(&app.cx.seal)).transpose()?.unwrap_or_default();
    Ok(cells.last().map_or(0, |(at, _)| at + 1))
}

fn reason(outcome: &Outcome) -> String {
    let said: Vec<String> = outcome
        .mistakes
        .0
        .iter()
        .map(|wrong| match wrong.field {
            Some(field) => format!("{}：{}", fields::name(field), words::problem(wrong.problem)),
            None => words::problem(wrong.problem),
        })
        .collect();
    match (said.is_empty(), outcome.verdict) {
        (false, _) => said.join("；"),
        (true, Verdict::Duplicate) => "名册里已有，跳过".to_owned(),
        (true, Verdict::Unchanged) => "和名册一样".to_owned(),
        (true, _) => String::new(),
    }
}
