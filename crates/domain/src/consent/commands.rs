//! Giving and taking back. Only the person does either: whoever acts for somebody does not agree for him.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{Consent, How, Purpose, store};
use crate::{
    Act, By, Context,
    authority::Myself,
    ids::{AccountId, ConsentId, PersonId},
};

/// Why nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    /// Somebody acts for the person.
    #[error("only the person consents")]
    NotOneself,
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Gives or takes back. Saying the same again writes nothing.
pub async fn say(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (purpose, given): (Purpose, bool),
    now: DateTime<Utc>,
) -> Result<(), ConsentError> {
    if myself.is_for_another() {
        return Err(ConsentError::NotOneself);
    }
    let tx = mailbox::transaction::write(db).await?;
    let (person, by) = (myself.person(), By::from(myself));
    if store::holds(&tx, person, purpose, now).await? != given {
        let line = (purpose, given, How::Page);
        say_in(&tx, cx, (by, Some(myself.account())), person, line, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The same with something else that was said, in its transaction.
pub(crate) async fn say_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, account): (By<'_>, Option<&AccountId>),
    person: PersonId,
    (purpose, given, how): (Purpose, bool, How),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let id = ConsentId::new(now);
    let row = Consent { id, person_id: person, purpose, given, at: now, said_by: account.cloned(), how };
    store::insert(tx, row).await?;
    let action = if given { "consent.given" } else { "consent.withdrawn" };
    let detail = json!({ "purpose": purpose.code() });
    cx.record(tx, Act { by, action, subject: format!("person/{person}"), detail }, now).await
}
