//! What a reader sees when something went wrong: what it is, what to do, whom to call. Never a code alone, never a blank page.

use std::{fmt, panic::AssertUnwindSafe};

use actix_web::{
    HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header::ContentType},
    middleware::Next,
    web,
};
use askama::Template;
use futures_util::FutureExt;

use super::{Frame, see_other};
use crate::{
    app::{App, DbErr},
    health, second_factor,
    session::{self, SignedIn},
};

/// Why a page is not shown.
#[derive(thiserror::Error)]
pub enum PageError {
    /// Nobody is signed in: to the entrance, and back to here.
    #[error("not signed in")]
    NotSignedIn {
        /// Where the reader wanted to go; a path of ours.
        to: String,
        /// The form that was sent, so that nothing typed is lost.
        form: Option<String>,
    },
    /// Another page comes first; a path of ours.
    #[error("another page comes first")]
    First(String),
    /// An act of high risk waits for a second factor; nothing typed is lost.
    #[error("a second factor comes first")]
    HeldUp(Box<second_factor::Held>),
    /// It does not exist, or the reader may not know of it.
    #[error("not found")]
    NotFound,
    /// The form is not one of ours, or too old.
    #[error("the form is stale")]
    Stale,
    /// The form is larger than any of ours.
    #[error("too large")]
    TooLarge,
    /// A rule says no, in words for the reader.
    #[error("refused")]
    Refused(String),
    /// 回避: the reader has nothing to do with it, in words for him.
    #[error("excused")]
    Excused(String),
    /// The platform or the database does not answer.
    #[error("unavailable")]
    Unavailable(#[source] anyhow::Error),
    /// A defect.
    #[error("broken")]
    Broken(#[source] anyhow::Error),
}

/// Without the form, which may be about somebody's illness.
impl fmt::Debug for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(error) | Self::Broken(error) => write!(f, "{self}: {error:#}"),
            _ => write!(f, "{self}"),
        }
    }
}

impl From<DbErr> for PageError {
    fn from(error: DbErr) -> Self {
        Self::Unavailable(error.into())
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotSignedIn { .. } => StatusCode::UNAUTHORIZED,
            Self::First(_) => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Stale => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Excused(_) | Self::HeldUp(_) => StatusCode::FORBIDDEN,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The body comes from [`render_errors`], which knows the installation.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        match self {
            Self::First(to) => see_other(to),
            _ => HttpResponse::new(self.status_code()),
        }
    }
}

/// Around each handler: one that panics answers like any other defect, and the next request is served as ever. What a panic said goes to
/// standard error, by Rust's own hook.
pub(crate) async fn catch_panic(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let asked = request.request().clone();
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(answer) => answer.map(ServiceResponse::map_into_boxed_body),
        Err(_panic) => {
            let error = PageError::Broken(anyhow::anyhow!("a handler panicked"));
            Ok(ServiceResponse::from_err(error, asked))
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    what: String,
    now_do: &'static str,
    number: String,
}

/// The middleware that turns every failed answer into a page. Callbacks are for machines and stay as they are.
pub async fn render_errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let machine = request.path().starts_with("/callback/");
    let answer = next.call(request).await?.map_into_boxed_body();
    let status = answer.status();
    if machine || !(status.is_client_error() || status.is_server_error()) {
        return Ok(answer);
    }
    let request = answer.request().clone();
    let number = health::request_id(&request);
    let Some(app) = request.app_data::<web::Data<App>>().cloned() else { return Ok(answer) };
    let error = answer.response().error().and_then(actix_web::Error::as_error::<PageError>);
    if let Some(PageError::NotSignedIn { to, form }) = error {
        let entrance = session::entrance(&app, to, form.as_deref());
        return Ok(ServiceResponse::new(request, entrance));
    }
    // A page that explains itself (a form with its mistakes marked) has a body of its own.
    if error.is_none()
        && answer
            .response()
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    {
        return Ok(answer);
    }
    if let Some(cause @ (PageError::Broken(error) | PageError::Unavailable(error))) = error {
        tracing::error!(number, kind = %cause, error = format!("{error:#}"), "page not shown");
    }
    let (title, what, mut now_do) = words(status, error);
    // In the reader's own size if the session can be read just now.
    let reader = SignedIn::read(&request).await.ok().flatten();
    if let (Some(PageError::HeldUp(held)), Some(by)) = (error, &reader) {
        let asked = second_factor::ask(by, held).unwrap_or_else(|failed| failed.error_response());
        return Ok(ServiceResponse::new(request, asked));
    }
    // Whoever works at the desk stays there, whatever he is told.
    let at_desk = reader.as_ref().is_some_and(SignedIn::is_at_desk);
    if at_desk && status == StatusCode::NOT_FOUND {
        now_do = "请回到今天的工作，从那里进去。";
    }
    let frame = reader.map_or_else(|| Frame::anonymous(&app).seen_by(&request), |by| by.frame());
    let frame = if at_desk { frame.console() } else { frame }.titled(title);
    let page = ErrorPage { frame, what, now_do, number };
    let body = page.render().unwrap_or_else(|_| format!("<h1>{title}</h1>"));
    let rendered = HttpResponse::build(status).content_type(ContentType::html()).body(body);
    Ok(ServiceResponse::new(request, rendered))
}

fn words(status: StatusCode, error: Option<&PageError>) -> (&'static str, String, &'static str) {
    let again = "请返回上一页再试一次。还是不行，请打电话。";
    match error {
        Some(PageError::Refused(sentence)) => {
            ("现在不能这样办", sentence.clone(), "有疑问，请打电话给我们。")
        }
        Some(PageError::Excused(sentence)) => {
            ("您要回避", sentence.clone(), "这次打开已经记下。回避错了，请打电话给我们。")
        }
        Some(PageError::Stale) => {
            ("这一页放得太久了", "您填的内容没有丢。".to_owned(), "请返回上一页，再点一次。")
        }
        Some(PageError::Unavailable(_)) => {
            ("系统正忙", "您填的内容没有丢。".to_owned(), "请过几分钟再试一次。")
        }
        _ if status == StatusCode::NOT_FOUND => {
            ("没有找到这一页", "这一页可能已经搬走了。".to_owned(), "请回到首页，从那里进去。")
        }
        _ if status == StatusCode::PAYLOAD_TOO_LARGE => ("写得太长了", "请写短一些。".to_owned(), again),
        _ if status.is_client_error() => ("这一步没有办成", "您填的内容没有丢。".to_owned(), again),
        _ => ("我们这里出了问题", "不是您操作的原因。".to_owned(), "请过几分钟再试。还是不行，请打电话。"),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App,
        http::StatusCode,
        middleware::from_fn,
        test::{TestRequest, call_service, init_service},
        web,
    };

    use super::{PageError, catch_panic};

    #[actix_web::test]
    async fn a_panic_is_answered_and_the_next_request_served() {
        let broken = web::get().to(async || -> String { panic!("a defect") }).wrap(from_fn(catch_panic));
        let app = App::new().route("/broken", broken).route("/fine", web::get().to(async || "fine"));
        let app = init_service(app).await;
        let answer = call_service(&app, TestRequest::get().uri("/broken").to_request()).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let answer = call_service(&app, TestRequest::get().uri("/fine").to_request()).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }

    #[test]
    fn an_error_in_a_log_says_nothing_of_the_form() {
        let form = Some("words=%E6%97%A0".to_owned());
        let error = PageError::NotSignedIn { to: "/aid".to_owned(), form };
        assert_eq!(format!("{error:?} {error}"), "not signed in not signed in");
        assert_eq!(format!("{:?}", PageError::Refused("编号".to_owned())), "refused");
    }
}
