//! The list of what is asked back, for whoever works on it, decides, takes it in or audits.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{aid::store, authority::Scope};

use super::{clawback::ROLES, excused};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Lines of the list.
const SHOWN: u64 = 200;

#[derive(Template)]
#[template(path = "console/clawbacks.html")]
struct List {
    frame: Frame,
    lines: Vec<(String, String, String)>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let scopes: Vec<Scope> = ROLES.into_iter().flat_map(|role| grants.scopes(role)).cloned().collect();
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let excused = excused::of(&app, &grants).await?;
    let lines = store::clawback::reached(&app.db, &scopes, SHOWN).await?.into_iter().map(|(row, case)| {
        let sums = format!("{}，{}，已退回{}", row.state.label(), row.amount, row.recovered);
        let words = excused.from(&case).map_or(sums, |_| excused::EXCUSED.to_owned());
        (row.id.to_string(), case.number, words)
    });
    html(&List { frame: by.frame().console().titled("追回"), lines: lines.collect() })
}
