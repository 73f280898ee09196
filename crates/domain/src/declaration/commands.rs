//! Declaring, taking back, and saying once a year that this is all.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use super::{Campaign, Declaration, DeclaredRelation, RelationKind, store};
use crate::{
    Context,
    authority::{Grants, SecurityAdmin},
    calendar::local_date,
    context::{Act, By},
    ids::{AccountId, DeclaredRelationId, PersonId},
    person,
};

/// Why nothing is declared.
#[derive(Debug, thiserror::Error)]
pub enum DeclarationError {
    /// No such person, relation or campaign, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(DeclarationRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclarationRefusal {
    /// It is declared already.
    Exists,
    /// It would begin in the future, or end before it began.
    Day,
}

impl From<DeclarationRefusal> for DeclarationError {
    fn from(refusal: DeclarationRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Declares that one is close to somebody whose matters one could come by.
pub async fn declare(
    db: &DatabaseConnection,
    cx: &Context,
    mine: &Grants,
    (person, kind, from_on): (PersonId, RelationKind, NaiveDate),
    now: DateTime<Utc>,
) -> Result<DeclaredRelation, DeclarationError> {
    let tx = mailbox::transaction::write(db).await?;
    let place = person::store::place_of(&tx, person).await?.ok_or(DeclarationError::NotFound)?;
    if !mine.everywhere().iter().any(|scope| scope.covers(&place)) {
        return Err(DeclarationError::NotFound);
    }
    if from_on > local_date(now) {
        return Err(DeclarationRefusal::Day.into());
    }
    let row = DeclaredRelation {
        id: DeclaredRelationId::new(now),
        account_id: mine.account().clone(),
        person_id: person,
        kind,
        from_on,
        to_on: None,
        declared_at: now,
    };
    let row = store::insert(&tx, row).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => DeclarationRefusal::Exists.into(),
        _ => DeclarationError::Db(error),
    })?;
    record(&tx, cx, mine.account(), ("relation.declared", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The relation ends on a day. It stays in the history, and what it barred stays barred until then.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    (id, on): (DeclaredRelationId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), DeclarationError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = store::find(&tx, id).await?.filter(|row| row.account_id == *account);
    let row = row.ok_or(DeclarationError::NotFound)?;
    if on < row.from_on || on > local_date(now) {
        return Err(DeclarationRefusal::Day.into());
    }
    if !store::end(&tx, id, on).await? {
        return Err(DeclarationError::NotFound);
    }
    record(&tx, cx, account, ("relation.ended", &row), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Opens the campaign of a year. Again is no error.
pub async fn open_campaign(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    (year, due_on): (i32, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), DeclarationError> {
    if due_on < local_date(now) {
        return Err(DeclarationRefusal::Day.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let row = Campaign { year, due_on, opened_by: Some(admin.account().clone()), opened_at: now };
    if !store::insert_campaign(&tx, row).await? {
        return Err(DeclarationRefusal::Exists.into());
    }
    let act = Act {
        by: By::from(admin),
        action: "declaration.campaign_opened",
        subject: format!("declaration/{year}"),
        detail: json!({ "due_on": due_on }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Says that everything there is has been declared, for the year of a campaign. Said twice is said once.
pub async fn say_all(
    db: &DatabaseConnection,
    cx: &Context,
    mine: &Grants,
    year: i32,
    now: DateTime<Utc>,
) -> Result<(), DeclarationError> {
    let tx = mailbox::transaction::write(db).await?;
    if mine.is_empty() || store::campaign(&tx, year).await?.is_none() {
        return Err(DeclarationError::NotFound);
    }
    let declared = store::of_account(&tx, mine.account()).await?;
    let open = declared.iter().filter(|row| row.to_on.is_none()).count();
    let row = Declaration {
        account_id: mine.account().clone(),
        year,
        relations: i32::try_from(open).unwrap_or(i32::MAX),
        declared_at: now,
    };
    if store::insert_declaration(&tx, row).await? {
        let act = Act {
            by: By::login(mine.account()),
            action: "declaration.made",
            subject: format!("declaration/{year}"),
            detail: json!({ "relations": open }),
        };
        cx.record(&tx, act, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    account: &AccountId,
    (action, row): (&'static str, &DeclaredRelation),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "person": row.person_id, "kind": row.kind.code() });
    let subject = format!("relation/{}", row.id);
    cx.record(tx, Act { by: By::login(account), action, subject, detail }, now).await
}
