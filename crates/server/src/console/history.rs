//! 钉钉审批记录: what DingTalk's own record says beside our log of the case; and, for those who work on it or decide about it, what people
//! wrote there and the files that came with it, which stay in DingTalk until somebody asks for one.

use actix_web::{HttpResponse, http::header, web};
use askama::Template;
use dingtalk::workflow::DownloadRequest;
use domain::{
    aid::{
        Case, CaseEvent,
        history::{
            Entry, beside,
            commands::{self, Opened},
            store,
        },
        separation::Part,
    },
    authority::{Approver, Grants, Worker},
    calendar::say,
    ids::{ApprovalFileId, CaseId},
    person::leader::Discretion,
};
use secrecy::ExposeSecret;

use super::{case::reached, words::told};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// A line of DingTalk's record.
pub(super) struct Line {
    pub(super) at: String,
    pub(super) who: String,
    pub(super) did: &'static str,
    /// Is there more of it on its own page?
    pub(super) says: bool,
    /// What our log has beside it.
    pub(super) ours: String,
}

/// The record of a case, without what people wrote.
pub(super) async fn lines(app: &App, case: &Case, log: &[CaseEvent]) -> Result<Vec<Line>, PageError> {
    let entries = store::of_case(&app.db, case.id).await?;
    let both = beside(&entries, log);
    let now = app.clock.now();
    let mut lines = Vec::with_capacity(entries.len());
    for (entry, same) in entries.iter().zip(both) {
        let ours = same.and_then(|seq| log.iter().find(|event| event.seq == seq));
        lines.push(Line {
            at: say::moment(entry.at, now),
            who: who(app, entry).await?,
            did: entry.did.label(),
            says: entry.said.is_some(),
            ours: ours.map(|event| told(&event.what)).unwrap_or_default(),
        });
    }
    Ok(lines)
}

async fn who(app: &App, entry: &Entry) -> Result<String, PageError> {
    let Some(who) = &entry.who else { return Ok(String::new()) };
    called(app, who).await
}

#[derive(Template)]
#[template(path = "console/history.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    lines: Vec<Said>,
}

struct Said {
    head: String,
    words: Option<String>,
    files: Vec<(ApprovalFileId, String, String)>,
}

/// Those who see the papers see this, too.
enum Reader {
    Works(Worker),
    Decides(Approver),
}

fn reader(grants: &Grants, case: &Case) -> Result<Reader, PageError> {
    let works = Worker::among(grants, case.place()).map(Reader::Works);
    let reads = works.or_else(|| Approver::among(grants, case.place()).map(Reader::Decides));
    reads.ok_or(PageError::NotFound)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let opened = match reader(&grants, &case)? {
        Reader::Works(worker) => commands::open(db, cx, (&worker, Part::Clerk), case.id, now).await,
        Reader::Decides(approver) => commands::open(db, cx, (&approver, Part::Approver), case.id, now).await,
    };
    let discretion = Discretion::towards(&app.db, &grants).await?;
    let mut lines = Vec::new();
    for one in opened.map_err(page_error)? {
        lines.push(said(&app, one, &discretion).await?);
    }
    let frame = by.frame().console().titled("钉钉审批意见");
    html(&Page { frame, case: case.id, lines })
}

async fn said(app: &App, one: Opened, discretion: &Discretion) -> Result<Said, PageError> {
    let Opened { entry, said, files } = one;
    let at = say::moment(entry.at, app.clock.now());
    let files = files.into_iter().map(|(file, name)| {
        let size = format!("{}，{}", file.kind.to_uppercase(), size(file.bytes));
        (file.id, discretion.says(name.expose_secret()), size)
    });
    Ok(Said {
        head: format!("{at} {}{}", who(app, &entry).await?, entry.did.label()),
        words: said.map(|said| discretion.says(said.expose_secret())),
        files: files.collect(),
    })
}

fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes}字节"),
        1024..1_048_576 => format!("{}KB", bytes / 1024),
        _ => format!("{}MB", bytes / 1_048_576),
    }
}

/// Goes to where DingTalk has the file, for a quarter of an hour. The row first.
pub(super) async fn file(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (grants, (case, file)) = (by.grants().await?, path.into_inner());
    let case = reached(&app, &grants, &case).await?;
    let file: ApprovalFileId = file.parse().or(Err(PageError::NotFound))?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let found = match reader(&grants, &case)? {
        Reader::Works(worker) => commands::fetch(db, cx, (&worker, Part::Clerk), (case.id, file), now).await,
        Reader::Decides(approver) => {
            commands::fetch(db, cx, (&approver, Part::Approver), (case.id, file), now).await
        }
    };
    let (instance, file_id) = found.map_err(page_error)?;
    let request = DownloadRequest {
        process_instance_id: instance.parse().or(Err(PageError::NotFound))?,
        file_id,
        with_comment_attatchment: true,
    };
    let there = match app.dingtalk.workflow().file_address(&request).await {
        Ok(there) => there.download_uri,
        Err(dingtalk::Error::Refused { .. }) => {
            return Err(PageError::Refused("钉钉上没有这个附件了。\n请到钉钉里看一看。".to_owned()));
        }
        Err(error) => return Err(PageError::Unavailable(error.into())),
    };
    // The platform names a host of its own; anything but TLS is none of its.
    if !there.starts_with("https://") {
        return Err(PageError::Unavailable(anyhow::anyhow!("the platform names an address without TLS")));
    }
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, there)).finish())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_said_in_the_unit_that_people_read() {
        assert_eq!([size(7), size(2048), size(3 << 20)], ["7字节", "2KB", "3MB"]);
    }
}
