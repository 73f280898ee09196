//! The file. It is made, recorded with its hash, and then given away.

use actix_web::{HttpResponse, web};
use domain::{
    calendar::{local_date, local_time, say},
    export::{
        Export, Seen, Shown,
        commands::{people, ready, taken},
    },
    ids::PersonId,
};
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use workbook::{Look, Stamp, Writer, locked};

use super::{password::is_ours, show::reached, words::page_error};
use crate::{
    app::App,
    intake::{archive, attachment, unwritten},
    page::PageError,
    session::Posted,
};

/// No `Debug`: a password is in no log.
#[derive(Deserialize)]
pub(super) struct Take {
    /// The one that the page showed; empty for the file as it is.
    #[serde(default)]
    password: String,
}

/// What the file is called, without its ending.
const NAME: &str = "离退休干部名册";

pub(super) async fn file(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Take>,
) -> Result<HttpResponse, PageError> {
    let password = posted.form.password;
    if !password.is_empty() && !is_ours(&password) {
        return Err(PageError::Stale);
    }
    let grants = posted.by.grants().await?;
    let (found, worker) = reached(&app, &grants, &path).await?;
    let now = app.clock.now();
    let seen = Seen::of(&grants, local_date(now));
    let export = ready(&app.db, &worker, (found.id, &seen), now).await.map_err(page_error)?;
    let when = format!("{} {}", local_date(now), say::time(local_time(now)));
    let who = format!("{}（{}）", posted.by.account.name, posted.by.account.id);
    let (writer, members) = written(&app, (&export, &seen), &who, &when).await?;
    let bytes = web::block(move || writer.finish()).await;
    let bytes = bytes.map_err(|error| PageError::Broken(error.into()))?.map_err(unwritten)?;
    let hash = hex::encode(digest(&SHA256, &bytes));
    taken(&app.db, &app.cx, &worker, (export.id, &members, &hash), now).await.map_err(page_error)?;
    if password.is_empty() {
        return Ok(attachment(NAME, bytes));
    }
    let locked = web::block(move || locked(&format!("{NAME}.xlsx"), &bytes, &password)).await;
    let locked = locked.map_err(|error| PageError::Broken(error.into()))?.map_err(unwritten)?;
    Ok(archive(NAME, locked))
}

/// The file, and who is in it.
async fn written(
    app: &App,
    (export, seen): (&Export, &Seen),
    who: &str,
    when: &str,
) -> Result<(Writer, Vec<PersonId>), PageError> {
    let said = format!("内部资料，请勿外传。导出人：{who}，时间：{when}，用途：{}", export.purpose.label());
    let mut writer = Writer::new();
    let mut sheet = writer.sheet("名册", &[16; 16], true).map_err(unwritten)?;
    sheet.stamp(&Stamp { watermark: format!("内部资料 {who}"), footer: said.clone() });
    sheet.row([(said.as_str(), Look::Reason)]).map_err(unwritten)?;
    sheet.row(Shown::header().map(|name| (name, Look::Head))).map_err(unwritten)?;
    sheet.freeze().map_err(unwritten)?;
    let (mut after, mut members) = (None, Vec::new());
    loop {
        let (some, last) =
            people(&app.db, &app.cx, (export, seen), after, app.clock.now()).await.map_err(page_error)?;
        for person in &some {
            let cells = person.cells();
            sheet.row(cells.iter().map(|text| (text.as_str(), Look::Plain))).map_err(unwritten)?;
        }
        members.extend(some.iter().map(Shown::id));
        if last.is_none() {
            return Ok((writer, members));
        }
        after = last;
    }
}
