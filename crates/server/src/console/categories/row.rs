//! One row: what it says, and the second person's two buttons.

use actix_web::{HttpResponse, web};
use domain::{
    aid::{commands::category::decide, store},
    authority::Worker,
    calendar::{local_date, say},
    ids::CategoryRowId,
    region::Regions,
};

use super::{
    super::proposal::{self, About, Hands, Pressed},
    one::said,
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
    let id: CategoryRowId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::category::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let _: Worker = by.prove(it.region.clone()).await?;
    let today = local_date(app.clock.now());
    let mut rows = vec![
        Answer::new("哪里", Regions::load(&app.db).await?.full_name(&it.region, today)),
        Answer::new("代号", it.category.code()),
        Answer::new("从哪天起", say::full_date(it.valid_from)),
    ];
    rows.extend(said(&it));
    rows.push(Answer::new("依据", it.source));
    let what = About {
        title: "类别的一条规定",
        back: ("/console/categories", "帮扶类别"),
        at: format!("/console/categories/rows/{id}"),
    };
    let hands = Hands { state: it.state, first: it.proposed_by.as_ref(), second: it.decided_by.as_ref() };
    proposal::shown((&app, &by), what, rows, hands).await
}

pub(in crate::console) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: CategoryRowId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::category::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker: Worker = posted.by.prove(it.region).await?;
    let decided = (id, posted.form.agrees()?);
    decide(&app.db, &app.cx, &worker, decided, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/categories/rows/{id}"), Said::Kept))
}
