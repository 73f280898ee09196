//! The pages that work without a network, the script that keeps them, and the paper for phones on which it does not.

use actix_web::{HttpResponse, http::header::CONTENT_TYPE, web};
use askama::Template;
use domain::{aid::draft::WORDS, authority::Worker};

use super::super::case::reached;
use crate::{
    app::App,
    assets::{CSS, FIELD, REQUESTS, SCRIPT, VISITS},
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Where visits are written.
const VISIT: &str = "/console/visits/offline";

/// Where requests are written.
const REQUEST: &str = "/console/visits/requests";

#[derive(Template)]
#[template(path = "console/visits/offline.html")]
struct Offline {
    frame: Frame,
}

/// The page lies on the phone for days, so it says nothing of anybody: neither who reads it nor whom he visits.
pub(in crate::console) async fn offline(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    Worker::somewhere(&by.grants().await?).ok_or(PageError::NotFound)?;
    html(&Offline { frame: Frame::anonymous(&app).console_at(VISIT).titled("没有网络也能记家访") })
}

#[derive(Template)]
#[template(path = "console/visits/requests.html")]
struct Requests {
    frame: Frame,
    longest: usize,
}

/// Lies on the phone for days as well, and says as little.
pub(in crate::console) async fn requests(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    Worker::somewhere(&by.grants().await?).ok_or(PageError::NotFound)?;
    html(&Requests {
        frame: Frame::anonymous(&app).console_at(REQUEST).titled("没有网络也能填申请"),
        longest: WORDS,
    })
}

/// The script that keeps the pages and their files. Its address is fixed, because a browser asks for it by that.
pub(in crate::console) async fn worker_script() -> HttpResponse {
    let files: Vec<String> =
        [&CSS, &SCRIPT, &FIELD, &VISITS, &REQUESTS].iter().map(|file| file.address()).collect();
    let said = serde_json::json!({ "pages": [VISIT, REQUEST], "files": files });
    let body = format!("const KEPT = {said};\n{}", include_str!("../../../static/visits-worker.js"));
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/javascript; charset=utf-8")).body(body)
}

#[derive(Template)]
#[template(path = "console/visits/blank.html")]
struct Blank {
    frame: Frame,
    case: String,
    number: String,
}

/// The same on paper.
pub(in crate::console) async fn blank(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    html(&Blank {
        frame: by.frame().console().titled("家访记录"),
        case: case.id.to_string(),
        number: case.number,
    })
}
