//! Signing out: for a PC that others use. On a phone nobody needs it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Posted, cookie};
use crate::{
    app::App,
    page::{Frame, PageError, html},
};

#[derive(Template)]
#[template(path = "session/left.html")]
struct Left {
    frame: Frame,
}

pub(super) async fn submit(
    app: web::Data<App>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    posted.by.leave().await?;
    let mut answer = html(&Left { frame: Frame::anonymous(&app).titled("已经退出") })?;
    let gone = answer.add_cookie(&cookie::unset(cookie::SESSION));
    gone.map_err(|error| PageError::Broken(error.into()))?;
    Ok(answer)
}
