//! One row: what it says, and the second person's two buttons.

use actix_web::{HttpResponse, web};
use domain::{
    aid::{commands::setting::decide, store},
    authority::Worker,
    calendar::{local_date, say},
    ids::SettingId,
    region::Regions,
};

use super::{
    super::proposal::{self, About, Hands, Pressed},
    words::said,
};
use crate::{
    aid::page_error,
    app::App,
    page::{Answer, PageError, Said, see_other_saying},
    session::{Posted, SignedIn},
};

pub(in crate::console) async fn shown(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: SettingId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::setting::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let _: Worker = by.prove(it.region.clone()).await?;
    let today = local_date(app.clock.now());
    let categories = store::category::load(&app.db).await?;
    let name = |category| categories.label(category, &it.region, it.valid_from);
    let mut rows = vec![
        Answer::new("哪里", Regions::load(&app.db).await?.full_name(&it.region, today)),
        Answer::new("类别", name(it.category)),
        Answer::new("规定什么", it.kind.label()),
        Answer::new("从哪天起", say::full_date(it.valid_from)),
    ];
    rows.extend(said(&it.says, name));
    rows.push(Answer::new("依据", it.source));
    let what = About {
        title: "一条规定",
        back: ("/console/settings", "分类规定"),
        at: format!("/console/settings/rows/{id}"),
    };
    let hands = Hands { state: it.state, first: it.proposed_by.as_ref(), second: it.decided_by.as_ref() };
    proposal::shown((&app, &by), what, rows, hands).await
}

pub(in crate::console) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: SettingId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::setting::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker: Worker = posted.by.prove(it.region).await?;
    let decided = (id, posted.form.agrees()?);
    decide(&app.db, &app.cx, &worker, decided, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/settings/rows/{id}"), Said::Kept))
}
