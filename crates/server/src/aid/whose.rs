//! For whom somebody asks: for himself, or for a person whose mandate (代办) his login holds. The pages pass the person's id on, in the
//! address and in the form; whether it may be, is looked up each time.

use domain::{
    account::{self, mandate::Matter},
    authority::Myself,
    ids::{AccountId, PersonId},
    person,
};

use crate::{
    app::App,
    page::{Choice, PageError},
    session::SignedIn,
};

/// Somebody for whom this login may ask, and who it is.
pub(super) struct Whose {
    /// The proof.
    pub(super) myself: Myself,
    /// The other one's name; `None` for oneself.
    pub(super) name: Option<String>,
    /// What stands in hidden fields; empty for oneself.
    pub(super) code: String,
}

impl Whose {
    /// Whom a page was told; nobody else's exists for the reader.
    pub(super) async fn of(app: &App, by: &SignedIn, code: &str) -> Result<Self, PageError> {
        if code.is_empty() {
            return match by.acting() {
                Some(acting) => Self::of_person(app, by, acting.person).await,
                None => Ok(Self { myself: by.myself().await?, name: None, code: String::new() }),
            };
        }
        let other: PersonId = code.parse().or(Err(PageError::NotFound))?;
        Self::of_person(app, by, other).await
    }

    /// The same for a person.
    pub(super) async fn of_person(app: &App, by: &SignedIn, other: PersonId) -> Result<Self, PageError> {
        let now = app.clock.now();
        if let Some(myself) = Myself::of(&app.db, &by.account.id, now).await?
            && myself.person() == other
        {
            return Ok(Self { myself, name: None, code: String::new() });
        }
        let myself = Myself::acting_for(&app.db, &by.account.id, (other, Matter::Aid), now).await?;
        let myself = myself.ok_or(PageError::NotFound)?;
        let person = person::store::find(&app.db, other).await?.ok_or(PageError::NotFound)?;
        Ok(Self { myself, name: Some(person.name), code: other.to_string() })
    }

    /// An address of the way, with whom it is for.
    pub(super) fn address(&self, path: &str) -> String {
        if self.code.is_empty() { path.to_owned() } else { format!("{path}?whose={}", self.code) }
    }
}

/// Everybody to choose from, oneself first. One choice is none: then nothing is asked.
pub(super) async fn choices(app: &App, account: &AccountId) -> Result<Vec<Choice>, PageError> {
    let now = app.clock.now();
    let mut mandates = account::store::mandates(&app.db, account, now).await?;
    mandates.retain(|link| link.matters.hold(Matter::Aid));
    let mut choices = Vec::new();
    if Myself::of(&app.db, account, now).await?.is_some() {
        choices.push(Choice::new("self", "为我自己"));
    }
    let people: Vec<PersonId> = mandates.into_iter().map(|link| link.person_id).collect();
    for person in person::store::find_all(&app.db, &people).await? {
        choices.push(Choice::new(person.id.to_string(), format!("为{}", person.name)));
    }
    Ok(choices)
}
