//! 家访评估: what was asked of those who visited, and the sheet of what they answered.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Case, Visit,
        commands::assessment::{NewAssessment, questions, read, record_assessment},
        setting::assessment::{Answered, Asked, Kind, Line, WORDS},
        store,
    },
    authority::Approver,
    calendar::{local_date, say},
    ids::{AssessmentId, CaseId, VisitId},
    person::leader::Discretion,
};
use notify::words::refusal;

use super::case::{reached, worked};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Answer, Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/assessment.html")]
struct Form {
    frame: Frame,
    case: CaseId,
    number: String,
    visited: String,
    once: String,
    visit: String,
    fields: Vec<Field>,
    longest: usize,
}

/// A question of the form.
struct Field {
    name: String,
    text: String,
    several: bool,
    choices: Vec<Choice>,
    chosen: Vec<String>,
}

type Typed = Vec<(String, String)>;

fn all<'a>(typed: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    typed.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn fields(asked: &[Asked], typed: &[(String, String)]) -> Vec<Field> {
    let field = |(at, asked): (usize, &Asked)| {
        let name = format!("q{at}");
        let choices = asked.question.kind.choices().iter().enumerate();
        Field {
            text: asked.question.text.clone(),
            several: matches!(asked.question.kind, Kind::Several { .. }),
            choices: choices
                .map(|(at, it)| {
                    Choice::new(at.to_string(), it.label.clone()).noted(format!("{}分", it.points))
                })
                .collect(),
            chosen: all(typed, &name).map(str::to_owned).collect(),
            name,
        }
    };
    asked.iter().enumerate().map(field).collect()
}

/// The last visit, and what is asked about it. Where nothing is, there is no page.
async fn open(app: &App, case: &Case) -> Result<(Visit, Vec<Asked>), PageError> {
    let visit = store::case::visits(&app.db, case.id).await?.pop().ok_or(PageError::NotFound)?;
    let asked = questions(&app.db, case, &visit).await?;
    if asked.is_empty() { Err(PageError::NotFound) } else { Ok((visit, asked)) }
}

fn show(
    by: &SignedIn,
    case: &Case,
    (visit, asked): (&Visit, &[Asked]),
    typed: &[(String, String)],
    once: String,
) -> Form {
    Form {
        frame: by.frame().console().titled("家访评估"),
        case: case.id,
        number: case.number.clone(),
        visited: say::full_date(visit.visited_on),
        once,
        visit: visit.id.to_string(),
        fields: fields(asked, typed),
        longest: WORDS,
    }
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    let (visit, asked) = open(&app, &case).await?;
    let once = AssessmentId::new(app.clock.now()).to_string();
    html(&show(&by, &case, (&visit, &asked), &[], once))
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (case, worker) = worked(&app, &by, &path).await?;
    let (visit, asked) = open(&app, &case).await?;
    let field = |name| all(&typed, name).next().unwrap_or_default();
    let (id, of) = (field("once").parse::<AssessmentId>(), field("visit").parse::<VisitId>());
    let (Ok(id), Ok(of)) = (id, of) else { return Err(PageError::Stale) };
    let mistakes = match answers(&asked, &typed) {
        Err(mistakes) => mistakes,
        Ok(answers) => {
            let new = NewAssessment { id, visit: of, answers };
            match record_assessment(&app.db, &app.cx, &worker, (case.id, new), app.clock.now()).await {
                Ok(()) => return Ok(see_other(&format!("/console/aid/{}", case.id))),
                Err(AidError::Refused(no)) => Mistakes::one("q0", refusal::aid(&no).replace('\n', "")),
                Err(error) => return Err(page_error(error)),
            }
        }
    };
    let page = show(&by, &case, (&visit, &asked), &typed, id.to_string());
    mistaken(&Form { frame: page.frame.with(mistakes), ..page })
}

/// The answer to each question, or what is wrong beside each.
fn answers(asked: &[Asked], typed: &[(String, String)]) -> Result<Vec<Answered>, Mistakes> {
    let mut mistakes = Mistakes::new();
    let mut read = Vec::with_capacity(asked.len());
    for (at, asked) in asked.iter().enumerate() {
        let name = format!("q{at}");
        let places: Result<Vec<usize>, _> = all(typed, &name).map(str::parse).collect();
        let answer = match (&asked.question.kind, places) {
            (Kind::Words, _) => {
                Some(Answered::Words(all(typed, &name).next().unwrap_or_default().to_owned()))
            }
            (Kind::Several { .. }, Ok(all)) => Some(Answered::Several(all)),
            (Kind::One { .. }, Ok(all)) => all.first().copied().map(Answered::One),
            _ => None,
        };
        match answer.filter(|answer| asked.question.line(answer).is_ok()) {
            Some(answer) => read.push(answer),
            None if matches!(asked.question.kind, Kind::Words) => {
                mistakes.add(name, format!("最多{WORDS}个字"));
            }
            None => mistakes.add(name, format!("请选：{}", asked.question.text)),
        }
    }
    if mistakes.is_empty() { Ok(read) } else { Err(mistakes) }
}

#[derive(Template)]
#[template(path = "console/assessment_sheet.html")]
struct Sheet {
    frame: Frame,
    case: CaseId,
    number: String,
    rows: Vec<Answer>,
}

/// What was answered, for workers of the place and for whoever decides. Opening it is recorded.
pub(super) async fn sheet(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path.0).await?;
    let id: AssessmentId = path.1.parse().or(Err(PageError::NotFound))?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let read = if let Ok((_, worker)) = worked(&app, &by, &path.0).await {
        read(db, cx, &worker, (case.id, id), now).await
    } else {
        let approver = Approver::among(&grants, case.place()).ok_or(PageError::NotFound)?;
        read(db, cx, &approver, (case.id, id), now).await
    };
    let (it, lines) = read.map_err(page_error)?;
    let discretion = Discretion::towards(db, &grants).await?;
    let mut rows: Vec<Answer> = lines.iter().map(|line| row(line, &discretion)).collect();
    rows.push(Answer::new("合计", total(it.points, it.most)));
    rows.push(Answer::new("谁填的", called(&app, &it.recorded_by).await?));
    rows.push(Answer::new("哪天填的", say::full_date(local_date(it.recorded_at))));
    html(&Sheet {
        frame: by.frame().console().titled("家访评估的结果"),
        case: case.id,
        number: case.number,
        rows,
    })
}

fn row(line: &Line, discretion: &Discretion) -> Answer {
    let said = if line.said.is_empty() { "没有".to_owned() } else { discretion.says(&line.said) };
    let points = if line.most == 0 { String::new() } else { format!("（{}分）", line.points) };
    Answer::new(line.question.clone(), format!("{said}{points}"))
}

/// 25分，满分40分.
pub(super) fn total(points: i32, most: i32) -> String {
    format!("{points}分，满分{most}分")
}
