//! 定期复核: who is due, and who is overdue.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::review::due,
    authority::{Role, Scope},
    calendar::{local_date, say},
};

use crate::{
    app::App,
    console::{EXCUSED, excused_of},
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/after/reviews.html")]
struct Page {
    frame: Frame,
    late: Vec<Line>,
    coming: Vec<Line>,
}

struct Line {
    href: String,
    number: String,
    words: String,
}

pub(in crate::console) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    let roles = [Role::Worker, Role::AuditAdmin];
    let scopes: Vec<Scope> = roles.into_iter().flat_map(|role| grants.scopes(role)).cloned().collect();
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let (mut late, mut coming) = (Vec::new(), Vec::new());
    let excused = excused_of(&app, &grants).await?;
    for one in due(&app.db, &scopes, today).await? {
        let last = one.reviewed_on.map(|on| format!("，上次{}", say::date(on, today))).unwrap_or_default();
        let found = if one.found { "，回访有不一样的" } else { "" };
        let place = one.case.place();
        let works = grants.scopes(Role::Worker).any(|scope| scope.covers(&place));
        let below = if works { "/review" } else { "" };
        let line = Line {
            href: format!("/console/aid/{}{below}", one.case.id),
            number: one.case.number.clone(),
            words: match excused.from(&one.case) {
                Some(_) => EXCUSED.to_owned(),
                None => format!("帮过{}次{last}{found}，最晚{}", one.cases, say::date(one.due_on, today)),
            },
        };
        if one.due_on < today { late.push(line) } else { coming.push(line) }
    }
    html(&Page { frame: by.frame().console().titled("定期复核"), late, coming })
}
