//! One login: everything it holds and ever held where the administrator grants, and who stands in for whom.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account,
    authority::{reaches, store, substitution},
    ids::AccountId,
    region::Regions,
    second_factor::reset::is_reached,
};

use super::{
    list::{Line, line},
    words::{admin, called, login_at, term},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "authority/login.html")]
struct Page {
    frame: Frame,
    account: String,
    left: bool,
    lines: Vec<Line>,
    substitutes: Vec<String>,
    /// Where its second factor is reset, for whoever reaches all that it holds.
    resets: Option<String>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let admin = admin(&by).await?;
    let id = AccountId::parse(&path).ok_or(PageError::NotFound)?;
    let login = account::store::find(&app.db, &id).await?.ok_or(PageError::NotFound)?;
    let (regions, now) = (Regions::load(&app.db).await?, app.clock.now());
    let mut lines = Vec::new();
    for grant in store::of_account(&app.db, &id).await? {
        if reaches(&app.db, admin.scope(), &grant.scope).await? {
            lines.push(line(&app, &regions, &grant).await?);
        }
    }
    if lines.is_empty() {
        return Err(PageError::NotFound);
    }
    let mut substitutes = Vec::new();
    for row in substitution::store::about(&app.db, &id, now).await? {
        let (away, stands_in) =
            (called(&app, &row.account_id).await?, called(&app, &row.substitute_id).await?);
        substitutes.push(format!("{away}由{stands_in}代理，{}", term(row.valid_from, Some(row.valid_to))));
    }
    let reached = is_reached(&app.db, &admin, &id, now).await?;
    html(&Page {
        frame: by.frame().console_at("/console/grants").titled(login.name),
        account: id.to_string(),
        left: !login.active,
        lines,
        substitutes,
        resets: reached.then(|| format!("{}/second-factor", login_at(&id))),
    })
}
