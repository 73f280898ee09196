//! One import: what the check found, how far it is, what can be done with it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Grants, Worker},
    calendar::say,
    ids::{IntakeId, PersonChangeId, PersonId},
    intake::{Intake, Outcome, Status, Verdict, fields, store},
    person::{
        self,
        change::{self, PersonChange},
    },
};

use serde::Deserialize;

use super::{
    list::tag,
    rows::{Rows, rows},
    words,
};
use crate::{
    app::App,
    authority::words::called,
    page::{Answer, Choice, Frame, PageError, Tag, html},
    session::SignedIn,
};

/// Mistakes on the page; all of them are in the file.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "intake/show.html")]
pub(super) struct Page {
    pub(super) frame: Frame,
    id: IntakeId,
    name: String,
    tag: Tag,
    facts: Vec<Answer>,
    counts: Vec<(&'static str, u32)>,
    progress: Option<(i32, i32)>,
    stopped: Option<i32>,
    mistakes: Vec<Mistake>,
    more: bool,
    requests: Vec<Request>,
    /// What would be written, while it waits for a second person.
    planned: Option<Rows>,
    unchanged: u32,
    file: bool,
    unread: String,
    modes: Vec<Choice>,
    chosen: &'static str,
    review: Option<Reviewer>,
    cancels: bool,
    undo: Option<String>,
}

/// Whose word an import waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reviewer {
    /// The reader's.
    Reader,
    /// Another one's: the reader sent it.
    Another,
}

struct Mistake {
    row: i32,
    column: &'static str,
    words: String,
}

/// Somebody's protected field, which a second person is asked about.
struct Request {
    id: PersonChangeId,
    who: String,
    what: String,
    state: &'static str,
}

async fn requests(app: &App, intake: &Intake) -> Result<Vec<Request>, PageError> {
    let changes = change::store::of_intake(&app.db, intake.id, SHOWN as u64).await?;
    let people: Vec<PersonId> = changes.iter().map(|change| change.person_id).collect();
    let people = person::store::find_all(&app.db, &people).await?;
    let request = |change: PersonChange| Request {
        id: change.id,
        who: people
            .iter()
            .find(|person| person.id == change.person_id)
            .map(|person| person.name.clone())
            .unwrap_or_default(),
        what: change.what().map_or_else(|| change.field.clone(), |field| field.label().to_owned()),
        state: change.state.label(),
    };
    Ok(changes.into_iter().map(request).collect())
}

/// The import, for a worker whose role reaches its place.
pub(super) async fn reached(app: &App, grants: &Grants, id: &str) -> Result<(Intake, Worker), PageError> {
    let id: IntakeId = id.parse().or(Err(PageError::NotFound))?;
    let intake = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = Worker::among(grants, intake.at()).ok_or(PageError::NotFound)?;
    Ok((intake, worker))
}

fn mistakes(rows: Vec<Outcome>) -> Vec<Mistake> {
    let of_row = |row: Outcome| {
        row.mistakes.0.into_iter().map(move |wrong| Mistake {
            row: row.row,
            column: wrong.field.map_or("整行", fields::name),
            words: words::problem(wrong.problem),
        })
    };
    rows.into_iter().flat_map(of_row).collect()
}

fn counts(intake: &Intake) -> Vec<(&'static str, u32)> {
    let counts = &intake.counts;
    let mut all = vec![
        ("新增", counts.new),
        ("更新", counts.update),
        ("没有变化", counts.unchanged),
        ("已有，跳过", counts.duplicate),
        ("有错误", counts.error),
    ];
    let later = [
        ("变更申请", counts.requests),
        ("已写入", counts.written),
        ("没有写入", counts.skipped),
        ("已撤销", counts.undone),
        ("改过，没有撤销", counts.kept),
    ];
    all.extend(later.into_iter().filter(|(_, count)| *count > 0));
    all
}

/// The page, also for a form that comes back.
pub(super) async fn show(app: &App, by: &SignedIn, id: &str, after: i32) -> Result<Page, PageError> {
    let grants = by.grants().await?;
    let (intake, worker) = reached(app, &grants, id).await?;
    let now = app.clock.now();
    let wrong = store::judged(&app.db, intake.id, Verdict::Error, 50).await?;
    let mut mistakes = mistakes(wrong);
    let more = mistakes.len() >= SHOWN || intake.counts.error > 50;
    mistakes.truncate(SHOWN);
    let mine = intake.sent_by == *worker.account() || intake.submitted_by.as_ref() == Some(worker.account());
    let waiting = intake.status == Status::Waiting;
    let total = if intake.status == Status::Undoing {
        i32::try_from(intake.counts.written).unwrap_or(i32::MAX)
    } else {
        intake.rows
    };
    let all = intake.counts.error == 0;
    // Who only says yes or no neither mends the list nor gives it up.
    let reviews = waiting && !mine;
    let undo = intake.undo_until().filter(|until| now <= *until && intake.counts.written > 0);
    let mut facts = vec![
        Answer::new("谁上传", called(app, &intake.sent_by).await?),
        Answer::new("上传", say::moment(intake.created_at, now)),
        Answer::new("名册里已有的人", intake.repeated.label()),
        Answer::new("文件指纹", intake.file_hash.get(..16).unwrap_or_default()),
    ];
    if let Some(finished) = intake.finished_at {
        facts.push(Answer::new("结束", say::moment(finished, now)));
    }
    Ok(Page {
        frame: by.frame().console_at("/console/intakes").titled("导入名册"),
        id: intake.id,
        tag: tag(intake.status),
        counts: counts(&intake),
        progress: intake.status.is_worked_on().then_some((intake.done, total)),
        stopped: intake.stopped_at,
        more,
        file: !reviews
            && !matches!(intake.status, Status::Receiving | Status::Checking)
            && intake.erased_at.is_none(),
        unread: intake.layout.unknown.join("、"),
        modes: match intake.status {
            Status::Checked if intake.counts.writes() > 0 && all => {
                vec![Choice::new("all", "全部导入").noted("有一行写不进去，就一行也不写")]
            }
            Status::Checked if intake.counts.writes() > 0 => {
                vec![Choice::new("right", "只导入正确的行").noted("有错误的行不写，以后可以再传")]
            }
            _ => Vec::new(),
        },
        chosen: if all { "all" } else { "" },
        review: waiting.then_some(if mine { Reviewer::Another } else { Reviewer::Reader }),
        cancels: !reviews && matches!(intake.status, Status::Checking | Status::Checked | Status::Waiting),
        undo: undo.map(|until| say::moment(until, now)),
        facts,
        mistakes,
        requests: requests(app, &intake).await?,
        planned: rows(app, (&grants, &worker), (&intake, after)).await?,
        unchanged: intake.counts.unchanged,
        name: intake.file_name,
    })
}

/// After which row of the file the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    after: i32,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, &path, asked.after).await?)
}
