//! 公示栏: what hangs today where the reader's unit is, word for word as it is stored. Objections are told to a person, who writes them
//! down and does not ask who it was.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::mandate::Matter,
    aid::{
        commands::notice,
        public_notice::{NoticeState, PublicNotice},
        store,
    },
    calendar::{local_date, say},
    person,
};

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
    /// Address, whom it is about, until when.
    notices: Vec<(String, String, String)>,
}

async fn hanging(app: &App, by: &SignedIn) -> Result<Vec<PublicNotice>, PageError> {
    let myself = by.acts(Matter::Aid).await?;
    let place = person::store::place_of(&app.db, myself.person()).await?.ok_or(PageError::NotFound)?;
    notice::hanging(&app.db, &place.region, app.clock.now()).await.map_err(page_error)
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let today = local_date(app.clock.now());
    let line = |notice: PublicNotice| {
        // The second line says whom; the first is the same in all.
        let whom = notice.text.lines().nth(1).unwrap_or("困难帮扶公示").to_owned();
        let until = match notice.state {
            NoticeState::Frozen => "有人提了意见，正在核实".to_owned(),
            NoticeState::Open | NoticeState::Closed | NoticeState::TakenDown => {
                format!("公示到{}", say::date(notice.closes_on, today))
            }
        };
        (format!("/notices/{}", notice.id), whom, until)
    };
    let notices = hanging(&app, &by).await?.into_iter().map(line).collect();
    html(&List { frame: by.frame().branded(Brand::Care).titled("公示"), notices })
}

#[derive(Template)]
#[template(path = "aid/notice.html")]
struct Page {
    frame: Frame,
    hung: Hung,
}

/// What hangs: the stored words, line by line. The page and the paper on the wall are made of this and of nothing else.
pub(crate) struct Hung(Vec<String>);

impl Hung {
    pub(crate) fn of(notice: &PublicNotice) -> Self {
        Self(notice.text.lines().map(str::to_owned).collect())
    }

    pub(crate) fn lines(&self) -> &[String] {
        &self.0
    }
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let hanging = hanging(&app, &by).await?;
    let notice = hanging.into_iter().find(|notice| notice.id.to_string() == *path);
    let notice = notice.ok_or(PageError::NotFound)?;
    store::notice::count_view(&app.db, notice.id, local_date(app.clock.now())).await?;
    let hung = Hung::of(&notice);
    html(&Page { frame: by.frame().branded(Brand::Care).titled("困难帮扶公示"), hung })
}
