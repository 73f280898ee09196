//! What is done with one, by whoever may.

use actix_web::{HttpResponse, web};
use domain::{
    grievance::{
        GrievanceError, Outcome, Refusal, Status,
        commands::{
            answer::{answer, extend},
            assign::assign,
            mark::{link, name},
        },
    },
    ids::AccountId,
};
use serde::Deserialize;

use super::{
    item::{reached, show},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Mistakes, PageError, Said, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    pub(super) to: String,
    pub(super) whom: String,
    pub(super) number: String,
    pub(super) outcome: String,
    pub(super) words: String,
    pub(super) why: String,
}

impl Typed {
    /// The field beside which a refusal stands.
    fn field(&self) -> &'static str {
        match self.act.as_str() {
            "assign" => "to",
            "name" => "whom",
            "link" => "number",
            "answer" => "words",
            _ => "why",
        }
    }
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (row, _, worker) = reached(&app, &by, &path).await?;
    if row.status == Status::Dropped {
        return Err(PageError::NotFound);
    }
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), row.id);
    let done = match typed.act.as_str() {
        "assign" => match AccountId::parse(&typed.to) {
            Some(to) => assign(db, cx, &worker, (id, &to), now).await,
            None => return wrong(&app, &by, &path, typed, "请选一位同志").await,
        },
        "name" => match AccountId::parse(&typed.whom) {
            Some(whom) => name(db, cx, &worker, (id, &whom), now).await,
            None => return wrong(&app, &by, &path, typed, "请选一位同志").await,
        },
        "link" => link(db, cx, &worker, (id, &typed.number), now).await,
        "extend" => extend(db, cx, &worker, (id, &typed.why), now).await,
        "answer" => {
            let Some(outcome) = Outcome::parse(&typed.outcome) else {
                let page = show(&app, &by, &path, typed).await?;
                return mistaken(&page.with(Mistakes::one("outcome", "请选一个")));
            };
            answer(db, cx, &worker, (id, outcome, &typed.words), now).await
        }
        _ => return wrong(&app, &by, &path, typed, "请选怎么办").await,
    };
    match done {
        // Whoever marked himself reads it no more.
        Ok(_) if typed.act == "name" => Ok(see_other_saying("/console/grievances", Said::Kept)),
        Ok(_) => Ok(see_other_saying(&format!("/console/grievances/{id}"), Said::Kept)),
        Err(GrievanceError::Refused(Refusal::NotNow)) => {
            Ok(see_other_saying(&format!("/console/grievances/{id}"), Said::Already))
        }
        Err(GrievanceError::Refused(no)) => wrong(&app, &by, &path, typed, &said(no)).await,
        Err(error) => Err(page_error(error)),
    }
}

async fn wrong(
    app: &App,
    by: &SignedIn,
    path: &str,
    typed: Typed,
    words: &str,
) -> Result<HttpResponse, PageError> {
    let field = typed.field();
    let page = show(app, by, path, typed).await?;
    mistaken(&page.with(Mistakes::one(field, words)))
}
