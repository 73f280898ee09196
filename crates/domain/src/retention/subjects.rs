//! Whom the subjects of a list are about. The look is written down before anything is shown.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use super::{Item, due, find, item};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{PersonId, RetentionListId},
    person,
};

/// Subjects of a page.
const MOST: u64 = 200;

/// What was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The oldest first.
    pub lines: Vec<Line>,
    /// There are more.
    pub more: bool,
}

/// A subject, with the names of whom it is about.
#[derive(Clone, Debug)]
pub struct Line {
    /// The subject.
    pub item: Item,
    /// In full; pages mask them.
    pub names: Vec<String>,
}

/// The subjects of a class on a list, for a worker of the province.
pub async fn seen(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (list, class): (RetentionListId, &str),
    now: DateTime<Utc>,
) -> Result<Seen, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let act = Act {
        by: By::from(worker),
        action: "retention.seen",
        subject: format!("retention/{list}"),
        detail: json!({ "class": class }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    let Some((_, ruled)) = find(class) else { return Ok(Seen { lines: Vec::new(), more: false }) };
    let items = item::of_class(db, (list, class), MOST + 1).await?;
    let more = items.len() as u64 > MOST;
    let mut lines = Vec::new();
    for item in items.into_iter().take(usize::try_from(MOST).unwrap_or_default()) {
        let (touched, _) = due::touched(db, ruled, item.subject).await?;
        let mut ids: Vec<PersonId> = touched.people.into_iter().collect();
        ids.sort();
        let mut names = Vec::new();
        for person in person::store::find_all(db, &ids).await? {
            // Somebody who became a provincial leader since is in no list.
            if !person::leader::is_guarded(&person) {
                names.push(person.name);
            }
        }
        lines.push(Line { item, names });
    }
    Ok(Seen { lines, more })
}
