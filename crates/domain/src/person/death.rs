//! 去世. One transaction stops everything that must stop and opens the list of what is left to do; what is sent or paid later asks
//! once more.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction, DbErr};

use super::{
    Happened, Person, after_death,
    commands::{PersonError, PersonRefusal, reached, record},
    death_undo::{self, Stopped},
    entity, fact, kin, store,
};
use crate::{
    Context, account, aid, authority::Worker, branch, calendar::local_date, context::By, ids::PersonId,
    notice, outreach, segment, session,
};

/// Records a death. Recording the same day again changes nothing.
pub async fn record_death(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonId,
    died_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, id).await?;
    if person.died_on == Some(died_on) {
        return Ok(());
    }
    fits(&person, died_on, local_date(now)).map_err(PersonError::Refused)?;
    let change = entity::ActiveModel { died_on: Set(Some(died_on)), ..Default::default() };
    if !store::update(&tx, &person, change, now).await? {
        return Err(PersonError::Stale);
    }
    let died = Died { person: id, on: died_on };
    fact::end_at_death(&tx, (id, died_on), Some(worker.account()), now).await?;
    let stopped = stop(&tx, cx, &died, now).await?;
    death_undo::write(&tx, id, stopped, now).await?;
    after_death::open(&tx, &died, now).await?;
    store::write_event(&tx, id, Some(worker.account()), Happened::Died { on: died_on }, now).await?;
    record(&tx, cx, By::from(worker), "person.died", &person, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Who died, and when, for the features that must stop something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Died {
    /// Who.
    pub person: PersonId,
    /// The day. What belongs to days before it may still be due.
    pub on: NaiveDate,
}

/// Everything that ends with a death, in one list. A feature offers `on_death` and adds its line; the links
/// to logins end last, so that every feature can still find them. Letters that wait already are judged again when
/// they are sent. What could go on, if the death turns out to be none, is returned.
async fn stop(
    tx: &DatabaseTransaction,
    cx: &Context,
    died: &Died,
    now: DateTime<Utc>,
) -> Result<Vec<Stopped>, DbErr> {
    let mut stopped = branch::death::on_death(tx, died).await?;
    notice::settle::on_death(tx, died, now).await?;
    session::store::revoke_of_person(tx, died.person, session::Ended::Died, now).await?;
    aid::commands::death::on_death(tx, cx, died, now).await?;
    stopped.extend(outreach::commands::death::on_death(tx, cx, died, now).await?);
    segment::commands::on_death(tx, died).await?;
    stopped.extend(kin::store::on_death(tx, died.person, died.on).await?);
    stopped.extend(account::mandate::asks::lapse_of(tx, died.person, now).await?);
    stopped.extend(account::store::end_links_of(tx, died.person, now).await?);
    Ok(stopped)
}

fn fits(person: &Person, died_on: NaiveDate, today: NaiveDate) -> Result<(), PersonRefusal> {
    if person.died_on.is_some() {
        return Err(PersonRefusal::DiedOnAnotherDay);
    }
    if died_on > today || died_on < person.born_on {
        return Err(PersonRefusal::DeathDate);
    }
    Ok(())
}
