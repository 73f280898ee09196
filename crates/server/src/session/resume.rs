//! A form that was kept, sent once more: the script sends it at once, without script one tap does.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::page::{Frame, PageError, html};

#[derive(Template)]
#[template(path = "session/resume.html")]
struct Resume {
    frame: Frame,
    to: String,
    back: String,
    fields: Vec<(String, String)>,
}

/// Its fields, without the token: the page has one of its own.
pub(crate) fn fields(kept: &str) -> Result<Vec<(String, String)>, PageError> {
    let fields =
        web::Query::<Vec<(String, String)>>::from_query(kept).or(Err(PageError::Stale))?.into_inner();
    Ok(fields.into_iter().filter(|(name, _)| name != "csrf").collect())
}

/// The page that sends it, to a path of ours; with the way back.
pub(crate) fn page(frame: Frame, (to, back): (String, &str), kept: &str) -> Result<HttpResponse, PageError> {
    let fields = fields(kept)?;
    html(&Resume { frame: frame.titled("继续提交"), to, back: back.to_owned(), fields })
}
