//! 通知台账: what a person was told, and who was told of a matter. States and times, never what was said.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    authority::Worker,
    calendar::{local_date, local_time, say},
    ids::NoticeId,
    notice::{self, Channel, Notice, Outcome, Status},
    person,
    trail::{self, Seen},
};

use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    person::reached,
    session::SignedIn,
};

/// Lines of a list.
const SHOWN: u64 = 100;

#[derive(Template)]
#[template(path = "console/told.html")]
struct Page {
    frame: Frame,
    about: String,
    lines: Vec<Told>,
}

/// One line of the ledger.
pub(super) struct Told {
    pub(super) notice: String,
    pub(super) person: String,
    pub(super) name: String,
    pub(super) what: &'static str,
    pub(super) channel: &'static str,
    pub(super) tag: Tag,
    pub(super) why: &'static str,
    pub(super) times: Vec<String>,
}

/// A row in words.
pub(super) async fn told(app: &App, row: Notice) -> Result<Told, PageError> {
    let now = app.clock.now();
    let person = match row.person_id {
        Some(id) => person::store::find(&app.db, id).await?,
        None => None,
    };
    let times = [
        ("排队", Some(row.created_at)),
        ("发出", row.sent_at),
        ("限流", row.flow_controlled_at),
        ("平台收下", row.accepted_at),
        (if row.channel == Channel::Call { "告知" } else { "已读" }, row.read_at),
    ];
    let today = local_date(now);
    let said = |(word, at): (&str, Option<DateTime<Utc>>)| {
        let at = at?;
        Some(format!("{word}：{}{}", say::date(local_date(at), today), say::time(local_time(at))))
    };
    Ok(Told {
        notice: row.id.to_string(),
        person: row.person_id.map(|id| id.to_string()).unwrap_or_default(),
        name: person.map(|person| person.name).unwrap_or_default(),
        what: row.occasion.label(),
        channel: row.channel.label(),
        tag: if (row.channel, row.status) == (Channel::Call, Status::Read) {
            // Nobody has read it: it was said.
            Tag::good(Outcome::Told.label())
        } else {
            tag(row.status)
        },
        why: row.reason.map_or("", notice::Reason::label),
        times: times.into_iter().filter_map(said).collect(),
    })
}

const fn tag(status: Status) -> Tag {
    let word = status.label();
    match status {
        Status::Accepted | Status::Read => Tag::good(word),
        Status::Queued | Status::Sending | Status::FlowControlled => Tag::waiting(word),
        Status::Invalid | Status::Filtered | Status::Unknown | Status::Failed => Tag::attention(word),
        Status::Suppressed => Tag::quiet(word),
    }
}

/// What a person was told.
pub(super) async fn person(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let found = reached(&app, &by, &path).await?;
    let person = found.person;
    trail::seen(&app.db, &app.cx, &found.worker, (person.id, Seen::Told), app.clock.now()).await?;
    let mut lines = Vec::new();
    for row in notice::store::of_person(&app.db, person.id, SHOWN).await? {
        lines.push(told(&app, row).await?);
    }
    let frame = by.frame().console().titled("通知台账");
    html(&Page { frame, about: format!("{}收到的通知", person.name), lines })
}

/// Who was told of the matter of a notice; only people of the reader's places.
pub(super) async fn matter(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: NoticeId = path.parse().or(Err(PageError::NotFound))?;
    let grants = by.grants().await?;
    let one = notice::store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let what = one.occasion.label();
    let mut lines = Vec::new();
    for row in notice::store::of_occasion(&app.db, one.occasion).await? {
        let Some(person) = row.person_id else { continue };
        let place = person::store::place_of(&app.db, person).await?;
        if place.and_then(|place| Worker::among(&grants, place)).is_some() {
            lines.push(told(&app, row).await?);
        }
    }
    if lines.is_empty() {
        return Err(PageError::NotFound);
    }
    let frame = by.frame().console().titled("通知台账");
    html(&Page { frame, about: format!("{what}，共{}人", lines.len()), lines })
}
