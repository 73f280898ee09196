//! One hold: what, why, by which document; and the two who lift it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    calendar::{local_date, say},
    ids::HoldId,
    retention::{Hold, RetentionError, RetentionRefusal, holds, store},
};
use serde::Deserialize;

use super::{
    holds::{all_of, who},
    words::{HERE, beside, frame, over, trouble},
};
use crate::{
    app::App,
    authority::words::called,
    page::{Answer, Frame, Mistakes, PageError, Said, Tag, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "retention/hold.html")]
struct Page {
    frame: Frame,
    here: String,
    tag: Tag,
    rows: Vec<Answer>,
    href: Option<String>,
    asks: bool,
    lifts: bool,
    /// The reader asked; somebody else must lift it.
    waits: bool,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    why: String,
}

struct Reached {
    worker: Worker,
    hold: Hold,
}

async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<Reached, PageError> {
    let (_, workers) = all_of(by).await?;
    let id: HoldId = id.parse().or(Err(PageError::NotFound))?;
    let hold = store::hold(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let what = hold.over().ok_or(PageError::NotFound)?;
    let worker = who(app, &workers, &what).await?.cloned().ok_or(PageError::NotFound)?;
    Ok(Reached { worker, hold })
}

async fn show(app: &App, by: &SignedIn, it: &Reached, typed: Typed) -> Result<Page, PageError> {
    let hold = &it.hold;
    let (what, href) = over(app, hold).await?;
    let on = |at| say::full_date(local_date(at));
    let placed = format!("{}，{}", called(app, &hold.placed_by).await?, on(hold.placed_at));
    let mut rows = vec![
        Answer::new("冻结什么", what.clone()),
        Answer::new("为什么", hold.reason.clone()),
        Answer::new("依据", hold.document.clone()),
        Answer::new("谁冻结的", placed),
    ];
    if let (Some(who), Some(at)) = (&hold.asked_by, hold.asked_at) {
        let why = hold.asked_why.as_deref().unwrap_or_default();
        rows.push(Answer::new("谁申请解除", format!("{}，{}：{why}", called(app, who).await?, on(at))));
    }
    if let (Some(who), Some(at)) = (&hold.lifted_by, hold.lifted_at) {
        rows.push(Answer::new("谁解除的", format!("{}，{}", called(app, who).await?, on(at))));
    }
    let own = hold.asked_by.as_ref().is_some_and(|asked| it.worker.is(asked));
    let asked = hold.is_live() && hold.asked_by.is_some();
    Ok(Page {
        frame: frame(by).titled(what),
        here: format!("{HERE}/holds/{}", hold.id),
        tag: if hold.is_live() { Tag::good("冻结中") } else { Tag::quiet("已解除") },
        rows,
        href,
        asks: hold.is_live() && hold.asked_by.is_none(),
        lifts: asked && !own,
        waits: asked && own,
        typed,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let it = reached(&app, &by, &path).await?;
    html(&show(&app, &by, &it, Typed::default()).await?)
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let it = reached(&app, &by, &path).await?;
    let (db, cx, id, now) = (&app.db, &app.cx, it.hold.id, app.clock.now());
    let at = format!("{HERE}/holds/{id}");
    let done = match typed.act.as_str() {
        "ask" => holds::ask_lift(db, cx, &it.worker, (id, &typed.why), now).await,
        "lift" => holds::lift(db, cx, &it.worker, id, now).await,
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(()) => Ok(see_other_saying(&at, Said::Kept)),
        // A second tap.
        Err(RetentionError::Refused(RetentionRefusal::HoldNotNow)) => {
            Ok(see_other_saying(&at, Said::Already))
        }
        Err(RetentionError::Refused(refusal @ RetentionRefusal::NoReason)) => {
            let page = show(&app, &by, &it, typed).await?;
            mistaken(&Page { frame: page.frame.with(Mistakes::one("why", beside(refusal))), ..page })
        }
        Err(error) => Err(trouble(error)),
    }
}
