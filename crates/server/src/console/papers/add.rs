//! A worker brings a paper into a case.

use actix_web::{HttpResponse, web};
use domain::{
    aid::commands::evidence::{self as commands, NewPaper},
    evidence::{EvidenceError, Item, Source},
};

use super::{
    list::show,
    reader::{Reader, worker},
};
use crate::{
    app::App,
    evidence,
    page::{Mistakes, PageError, Said, mistaken, see_other_saying},
    session::Uploaded,
};

pub(in crate::console) async fn add(
    app: web::Data<App>,
    path: web::Path<String>,
    mut uploaded: Uploaded,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worker(&app, &uploaded.by.grants().await?, &path).await?;
    let id = uploaded.field("once").parse().or(Err(PageError::Stale))?;
    let mut mistakes = Mistakes::new();
    let item = Item::parse(uploaded.field("item")).filter(|item| *item != Item::Mandate);
    let item = mistakes.need("item", item.ok_or("请选是什么材料"));
    let source = match uploaded.field("source") {
        "original_seen" => Ok(Source::OriginalSeen),
        "copy" => Ok(Source::Copy),
        _ => Err("请选看过原件没有"),
    };
    let source = mistakes.need("source", source);
    let (code, chosen) = (uploaded.field("item").to_owned(), uploaded.field("source").to_owned());
    if let (Some(item), Some(source)) = (item, source) {
        let sent = evidence::take(&app, &mut uploaded, case.subject()).await?;
        if let Some(sent) = mistakes.need("file", sent) {
            let new = NewPaper { id, item, source, sent };
            let keys = (&app.cx, &app.files);
            match commands::add(&app.db, keys, &worker, (case.id, new), app.clock.now()).await {
                Ok(_) => {
                    let to = format!("/console/aid/{}/papers", case.id);
                    return Ok(see_other_saying(&to, Said::Kept));
                }
                Err(EvidenceError::Refused(refusal)) => mistakes.add("file", evidence::kept(&refusal)),
                Err(error) => return Err(evidence::page_error(error)),
            }
        }
    }
    let reader = Reader::Works(worker);
    let mut page = show(&app, &uploaded.by, (&case, &reader), mistakes).await?;
    (page.item, page.source) = (code, chosen);
    mistaken(&page)
}
