//! The ladder: when one way brings no proof that somebody was reached, the next one is tried, and the last one is a person
//! who telephones. A rung may be missing by configuration, or because the reader has no login or no telephone. Whoever has
//! read it, or has been told, is left in peace.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use secrecy::SecretString;
use serde_json::json;

use super::{Channel, Notice, Reason, Status, call, letters::Letter, rungs, store};
use crate::{
    Act, By, Context,
    ids::NoticeId,
    letters,
    person::{self, Person, SealedColumn, reveal::RevealError},
};

/// Which rungs there are, in the order of climbing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder(Vec<Channel>);

/// By which ways somebody can be reached at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Has a login in the tenant.
    pub login: bool,
    /// Has a telephone on file.
    pub telephone: bool,
}

impl Default for Ladder {
    /// The robot, a text message, a person.
    fn default() -> Self {
        Self(vec![Channel::Robot, Channel::Sms, Channel::Call])
    }
}

impl Ladder {
    /// Of rungs by their names in rows, in any order. A person who telephones is always the last one, because without her a
    /// notice would end as "sent".
    pub fn of(rungs: impl IntoIterator<Item = Channel>) -> Self {
        let mut rungs: Vec<Channel> = rungs.into_iter().chain([Channel::Robot, Channel::Call]).collect();
        rungs.sort_unstable();
        rungs.dedup();
        Self(rungs)
    }

    /// The rung after this one that reaches the person; `None` after the last.
    pub fn next(&self, now_on: Channel, reach: Reach) -> Option<Channel> {
        self.0.iter().copied().find(|rung| {
            *rung > now_on
                && match rung {
                    Channel::Robot | Channel::Ding => reach.login,
                    Channel::Sms => reach.telephone,
                    Channel::Call => true,
                }
        })
    }
}

/// How long a rung may take before the next is tried. A telephone call has no next.
pub const fn patience(channel: Channel) -> Option<TimeDelta> {
    match channel {
        Channel::Robot | Channel::Sms => Some(TimeDelta::hours(24)),
        Channel::Ding => Some(TimeDelta::hours(2)),
        Channel::Call => None,
    }
}

/// Does it need another way at once? What certainly did not arrive does not wait for its proof.
pub const fn is_stuck(status: Status) -> bool {
    matches!(status, Status::Invalid | Status::Filtered | Status::Failed)
}

/// Climbs one rung with one notice, if it is still to be climbed: its new letter or task is written in the same transaction.
/// Says where it stands now.
pub async fn climb(
    db: &DatabaseConnection,
    ladder: &Ladder,
    notice: NoticeId,
    now: DateTime<Utc>,
) -> Result<Option<Channel>, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let Some(found) = store::find(&tx, notice).await? else { return Ok(None) };
    let due = found.climb_at.is_some_and(|at| at <= now);
    // Read, or not wanted any more: the ladder ends. That a login is gone is a reason to climb, not to stop.
    let unreached = matches!(found.reason, Some(Reason::NoAccount | Reason::LeftTenant));
    let unwanted = found.status == Status::Suppressed && !unreached;
    if !due || found.status == Status::Read || unwanted {
        rungs::stop_climbing(&tx, notice, now).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let next = ladder.next(found.channel, reach(&tx, &found).await?);
    match next {
        None | Some(Channel::Robot) => rungs::stop_climbing(&tx, notice, now).await?,
        Some(channel) => step(&tx, &found, channel, now).await?,
    }
    tx.commit().await?;
    Ok(next)
}

async fn step(
    tx: &DatabaseTransaction,
    notice: &Notice,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if channel == Channel::Call && notice.person_id.is_none() {
        // Somebody whom the register does not know cannot be telephoned; the ledger shows how it ended.
        return rungs::stop_climbing(tx, notice.id, now).await;
    }
    let patience = patience(channel).map(|patience| now + patience);
    rungs::step(tx, notice, (channel, patience), now).await?;
    let letter = match channel {
        Channel::Robot | Channel::Call => return call::open_in(tx, notice, now).await,
        Channel::Sms => Letter::Sms { notice: notice.id },
        Channel::Ding => Letter::Ding { notice: notice.id },
    };
    let letter = letters::Letter::Notice(letter);
    letters::post(tx, &letter, notice.account_id.as_ref(), now, now).await?;
    Ok(())
}

/// The telephone of a notice's reader, for the text message: opened for this one purpose, which the audit chain keeps.
pub async fn telephone(
    db: &DatabaseConnection,
    cx: &Context,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<Option<SecretString>, RevealError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = match notice.person_id {
        Some(person) => person::store::find(&tx, person).await?.filter(Person::is_alive),
        None => None,
    };
    let Some(person) = person else { return Ok(None) };
    let Some(clear) = person::reveal::open(cx, &person, SealedColumn::Phone)? else { return Ok(None) };
    let act = Act {
        by: By::SYSTEM,
        action: "notice.texted",
        subject: format!("notice/{}", notice.id),
        detail: json!({ "person": person.id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(Some(clear))
}

async fn reach(tx: &DatabaseTransaction, notice: &Notice) -> Result<Reach, DbErr> {
    let person = match notice.person_id {
        Some(person) => person::store::find(tx, person).await?,
        None => None,
    };
    // A login that the platform refused is none.
    let gone = notice.status == Status::Invalid || notice.status == Status::Suppressed;
    let login = notice.account_id.is_some() && !gone;
    Ok(Reach { login, telephone: person.is_some_and(|person| person.is_alive() && person.phone.is_some()) })
}

#[cfg(test)]
mod tests {
    use super::{Channel, Ladder, Reach, Status, is_stuck, patience};

    const NOBODY: Reach = Reach { login: false, telephone: false };
    const PHONE: Reach = Reach { login: false, telephone: true };
    const BOTH: Reach = Reach { login: true, telephone: true };

    #[test]
    fn every_ladder_ends_with_a_person() {
        let all = Ladder::of([Channel::Sms, Channel::Ding]);
        let table = [
            (Ladder::default(), Channel::Robot, BOTH, Some(Channel::Sms)),
            (Ladder::default(), Channel::Robot, NOBODY, Some(Channel::Call)),
            (Ladder::default(), Channel::Sms, BOTH, Some(Channel::Call)),
            (Ladder::default(), Channel::Call, BOTH, None),
            (all.clone(), Channel::Robot, BOTH, Some(Channel::Ding)),
            (all.clone(), Channel::Robot, PHONE, Some(Channel::Sms)),
            (all, Channel::Ding, NOBODY, Some(Channel::Call)),
            (Ladder::of([]), Channel::Robot, BOTH, Some(Channel::Call)),
        ];
        for (ladder, on, reach, next) in table {
            assert_eq!(ladder.next(on, reach), next, "{ladder:?} from {on:?} with {reach:?}");
        }
    }

    #[test]
    fn only_the_telephone_has_no_end() {
        let rungs = [Channel::Robot, Channel::Ding, Channel::Sms, Channel::Call];
        assert_eq!(rungs.map(|rung| patience(rung).is_none()), [false, false, false, true]);
        let stuck: Vec<Status> = Status::ALL.into_iter().filter(|status| is_stuck(*status)).collect();
        assert_eq!(stuck, [Status::Invalid, Status::Filtered, Status::Failed]);
    }
}
