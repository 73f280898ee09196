//! Numbers in the clear: the telephones, to call, or the identity number, to hold it against a card. Each look leaves a record.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::say,
    person::{
        SealedColumn, contact,
        leader::Discretion,
        reveal::{Purpose, RevealError, reveal, reveal_contact},
    },
    trail::unmasking::watch,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{
    part,
    reach::whose,
    words::{at, reached},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/numbers.html")]
struct Page {
    frame: Frame,
    href: String,
    identity: Option<String>,
    phones: Vec<(String, String, String)>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    what: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Asked>,
) -> Result<HttpResponse, PageError> {
    let it = match reached(&app, &posted.by, &path).await {
        Err(PageError::NotFound) if posted.form.what == "phones" => {
            return in_part(&app, &posted.by, &path).await;
        }
        other => other?,
    };
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), it.person.id);
    let frame = posted.by.frame().console_at("/console/people");
    let mut phones = Vec::new();
    let mut identity = None;
    let title = match posted.form.what.as_str() {
        "identity" => {
            let field = (id, SealedColumn::Identity);
            identity = there(reveal(db, cx, &it.worker, field, Purpose::Verification, now).await)?;
            "身份证号"
        }
        "phones" => {
            let field = (id, SealedColumn::Phone);
            if let Some(number) = there(reveal(db, cx, &it.worker, field, Purpose::Contact, now).await)? {
                phones.push(("名册上的".to_owned(), say::telephone(&number), number));
            }
            let discretion = Discretion::towards(db, &it.grants).await?;
            for row in contact::store::of_person(db, id).await? {
                if let Some(number) = there(reveal_contact(db, cx, &it.worker, row.id, now).await)? {
                    phones.push((whose(&row, &discretion), say::telephone(&number), number));
                }
            }
            "电话"
        }
        _ => return Err(PageError::NotFound),
    };
    watched(&app, &posted.by).await?;
    html(&Page {
        frame: frame.titled(format!("{}的{title}", it.person.name)),
        href: at(id),
        identity,
        phones,
    })
}

/// Numbers were opened: whoever opens too many is looked at.
pub(crate) async fn watched(app: &App, by: &SignedIn) -> Result<(), PageError> {
    let who = (&by.account.id, app.config.audit.unmaskings_a_day);
    watch(&app.db, &app.cx, who, app.clock.now()).await?;
    Ok(())
}

/// Of somebody who is seen in part: how to call, and nothing else.
async fn in_part(app: &App, by: &SignedIn, id: &str) -> Result<HttpResponse, PageError> {
    let (person, phones) = part::numbers(app, by, id).await?;
    watched(app, by).await?;
    html(&Page {
        frame: by.frame().console_at("/console/people").titled(format!("{}的电话", person.name)),
        href: at(person.id),
        identity: None,
        phones,
    })
}

fn there(found: Result<SecretString, RevealError>) -> Result<Option<String>, PageError> {
    match found {
        Ok(number) => Ok(Some(number.expose_secret().to_owned())),
        Err(RevealError::NotFound) => Ok(None),
        Err(RevealError::CannotOpen(error)) => Err(PageError::Broken(error.into())),
        Err(RevealError::Db(error)) => Err(error.into()),
    }
}
