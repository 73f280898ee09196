//! 公示栏: what hangs today where the reader's unit is.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{aid::commands::notice, person};

use super::words::page_error;
use crate::{
    app::App,
    page::{Brand, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "aid/notices.html")]
struct List {
    frame: Frame,
    texts: Vec<String>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let myself = by.myself().await?;
    let place = person::store::place_of(&app.db, myself.person()).await?.ok_or(PageError::NotFound)?;
    let hanging = notice::hanging(&app.db, &place.region, app.clock.now()).await.map_err(page_error)?;
    html(&List {
        frame: by.frame().branded(Brand::Care),
        texts: hanging.into_iter().map(|notice| notice.text).collect(),
    })
}
