//! Taking back, as far as nobody changed anything since: whoever was new is gone with all that came with the record, and whoever was there
//! is what he was.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use secrecy::ExposeSecret;
use serde_json::json;

use super::{Effect, Intake, Outcome, Status, Verdict, line::place, look::LookError, outcome::before, store};
use crate::{
    Context,
    context::{Act, By},
    ids::{MembershipId, PersonId},
    person::{
        Happened, Person, change, double,
        forget::{Began, forget, forget_memberships, still_open},
        store as people,
        trail::{Said, Trail, said_of},
    },
    statistics,
};

/// Takes some rows back. The import is locked; it is saved by whoever calls. Says how many there were.
pub(super) async fn chunk(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &mut Intake,
    (size, now): (u64, DateTime<Utc>),
) -> Result<usize, LookError> {
    let mut rows = store::written(tx, intake.id, size).await?;
    let count = rows.len();
    if count == 0 {
        statistics::list_gone(tx, cx, intake, now).await?;
        (intake.status, intake.finished_at) = (Status::Undone, Some(now));
        return Ok(0);
    }
    let ids: Vec<PersonId> = rows.iter().filter_map(|row| row.person_id).collect();
    let there: HashMap<PersonId, Person> =
        people::find_all(tx, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    // From the end: somebody may stand in several rows.
    let mut kept = begun(tx, &rows, &there).await?;
    kept.extend(changed(tx, cx, (intake, &rows), &there, now).await?);
    for row in &mut rows {
        if kept.contains(&row.row) {
            row.effect = Effect::Kept;
            intake.counts.kept += 1;
        } else {
            row.effect = Effect::Undone;
            row.person_id = row.person_id.filter(|_| row.verdict == Verdict::Update);
            row.membership_id = None;
            intake.counts.undone += 1;
        }
    }
    intake.done += i32::try_from(count).unwrap_or_default();
    store::put(tx, rows).await?;
    let act = Act {
        by: By::SYSTEM,
        action: "intake.taken_back",
        subject: format!("intake/{}", intake.id),
        detail: json!({ "rows": count, "kept": kept.len() }),
    };
    cx.record(tx, act, now).await?;
    Ok(count)
}

/// Whoever was new. Says which rows stay.
async fn begun(
    tx: &DatabaseTransaction,
    rows: &[Outcome],
    there: &HashMap<PersonId, Person>,
) -> Result<HashSet<i32>, DbErr> {
    let (mut kept, mut untouched): (HashSet<i32>, Vec<Began>) = (HashSet::new(), Vec::new());
    let new = || rows.iter().filter(|row| row.verdict == Verdict::New);
    for row in new() {
        let Some(person) = row.person_id.and_then(|id| there.get(&id)) else { continue };
        if person.version == row.version {
            untouched.push((person.clone(), row.membership_id));
        } else {
            kept.insert(row.row);
        }
    }
    let stay = forget(tx, &untouched).await?;
    kept.extend(new().filter(|row| row.person_id.is_some_and(|id| stay.contains(&id))).map(|row| row.row));
    Ok(kept)
}

/// Whoever was there. Says which rows stay, because somebody changed them since. What is asked is asked about all rows at once, and so is what
/// goes with each; only what a row changed of a record goes back by itself.
async fn changed(
    tx: &DatabaseTransaction,
    cx: &Context,
    (intake, rows): (&Intake, &[Outcome]),
    there: &HashMap<PersonId, Person>,
    now: DateTime<Utc>,
) -> Result<HashSet<i32>, LookError> {
    let (mut kept, mut due): (HashSet<i32>, Vec<Due<'_>>) = (HashSet::new(), Vec::new());
    for row in rows.iter().filter(|row| row.verdict == Verdict::Update) {
        let Some(person) = row.person_id.and_then(|id| there.get(&id)) else { continue };
        match trail(cx, row)? {
            Some(trail) if person.version == row.version => due.push(Due { row, person, trail }),
            _ => {
                kept.insert(row.row);
            }
        }
    }
    if due.is_empty() {
        return Ok(kept);
    }
    let since = Since::of(tx, intake, &due).await?;
    let (due, touched): (Vec<_>, Vec<_>) = due.into_iter().partition(|one| !since.touched(one));
    kept.extend(touched.iter().map(|one| one.row.row));
    let ids: Vec<PersonId> = due.iter().map(|one| one.person.id).collect();
    change::store::forget(tx, (&ids, intake.id)).await?;
    for (at, persons) in by_moment(&due) {
        double::store::forget_then(tx, &persons, at).await?;
    }
    let memberships: Vec<MembershipId> = due.iter().filter_map(|one| one.row.membership_id).collect();
    forget_memberships(tx, &memberships).await?;
    for one in due {
        if !one.trail.back(tx, one.person).await? {
            // Somebody changed him this moment: the chunk is done again.
            return Err(LookError::Db(DbErr::RecordNotUpdated));
        }
    }
    let what = Happened::ImportUndone { intake: intake.id };
    people::write_events(tx, &ids, intake.submitted_by.as_ref(), &what, now).await?;
    Ok(kept)
}

/// A row that changed somebody, as he is now.
struct Due<'a> {
    row: &'a Outcome,
    person: &'a Person,
    trail: Trail,
}

impl Due<'_> {
    /// When the import wrote the record. While the version is the import's, the record was written by it last, if it wrote the record at
    /// all.
    fn wrote_at(&self) -> Option<DateTime<Utc>> {
        self.trail.changes_row().then_some(self.person.updated_at)
    }
}

/// What has happened since to those whom rows changed.
struct Since {
    said: HashMap<PersonId, Said>,
    open: HashSet<MembershipId>,
    decided: HashSet<PersonId>,
    judged: HashSet<PersonId>,
}

impl Since {
    async fn of(tx: &DatabaseTransaction, intake: &Intake, due: &[Due<'_>]) -> Result<Self, DbErr> {
        let ids: Vec<PersonId> = due.iter().map(|one| one.person.id).collect();
        let memberships: Vec<MembershipId> = due.iter().filter_map(|one| one.row.membership_id).collect();
        let mut judged = HashSet::new();
        for (at, persons) in by_moment(due) {
            for (one, other) in double::store::judged_then(tx, &persons, at).await? {
                judged.extend([one, other].into_iter().filter(|person| persons.contains(person)));
            }
        }
        Ok(Self {
            said: said_of(tx, &ids).await?,
            open: still_open(tx, &memberships).await?,
            decided: change::store::decided(tx, (&ids, intake.id)).await?.into_iter().collect(),
            judged,
        })
    }

    /// Has somebody written something that the row had changed?
    fn touched(&self, due: &Due<'_>) -> bool {
        let person = due.person.id;
        let stands = self.said.get(&person).is_some_and(|now| due.trail.stands(now));
        !stands
            || due.row.membership_id.is_some_and(|id| !self.open.contains(&id))
            || self.decided.contains(&person)
            || self.judged.contains(&person)
    }
}

/// People by the moment at which their records were written: few, because a chunk is written at one.
fn by_moment(due: &[Due<'_>]) -> BTreeMap<DateTime<Utc>, Vec<PersonId>> {
    let mut moments: BTreeMap<DateTime<Utc>, Vec<PersonId>> = BTreeMap::new();
    for one in due {
        if let Some(at) = one.wrote_at() {
            moments.entry(at).or_default().push(one.person.id);
        }
    }
    moments
}

/// By what a row goes back. `None`: nothing was kept of it.
fn trail(cx: &Context, row: &Outcome) -> Result<Option<Trail>, LookError> {
    let Some(sealed) = &row.before else { return Ok(None) };
    let unreadable = || LookError::Db(DbErr::Custom("what stood before does not open".to_owned()));
    let at = place(row.intake_id, row.row);
    let text = cx.seal.open(before(&at), sealed).map_err(|_closed| unreadable())?;
    Ok(Some(serde_json::from_str(text.expose_secret()).map_err(|_said| unreadable())?))
}
