//! The subjects of a class on a list, for workers of the province: whom they are about, masked. The look is written down.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::say,
    privacy::mask,
    retention::{ItemState, find, subjects},
};

use super::{
    list::found,
    words::{HERE, Reader, frame},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "retention/subjects.html")]
struct Page {
    frame: Frame,
    back: String,
    lines: Vec<Line>,
    more: bool,
}

struct Line {
    about: String,
    from: String,
    due: String,
    stands: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by).await?;
    let Some(worker) = &reader.worker else { return Err(PageError::NotFound) };
    let (id, code) = path.into_inner();
    let list = found(&app, &id).await?;
    let (class, _) = find(&code).ok_or(PageError::NotFound)?;
    let seen = subjects::seen(&app.db, &app.cx, worker, (list.id, class.code), app.clock.now()).await?;
    let lines = seen.lines.iter().map(|one| Line {
        about: match one.names.as_slice() {
            [] => "和个人无关，或者已经没有".to_owned(),
            [name] => mask::name(name),
            [name, others @ ..] => format!("{}等{}人", mask::name(name), others.len() + 1),
        },
        from: say::full_date(one.item.counted_from),
        due: say::full_date(one.item.due_on),
        stands: match one.item.state {
            ItemState::Waiting => "等销毁".to_owned(),
            ItemState::Erased => "已销毁".to_owned(),
            ItemState::Held | ItemState::LeftOut => {
                format!("留下：{}", one.item.why.map_or("", |why| why.label()))
            }
        },
    });
    html(&Page {
        frame: frame(&by).titled(format!("到期的{}", class.label)),
        back: format!("{HERE}/lists/{}", list.id),
        lines: lines.collect(),
        more: seen.more,
    })
}
