//! Reminder plans, the ledger of notices, and what is asked right before one is sent.

use chrono::{DateTime, Duration, TimeDelta, Utc};
use domain::{
    account::news::{News, left_in},
    branch::{AttendanceState, Door, attendance, meeting, obligation},
    calendar,
    ids::NoticeId,
    letters,
    notice::{
        Chosen, Forecast, Notice, Occasion, PlanError, PlanKind, Policy, Ran, Reason, ReminderPlan, Status,
        Verdict, forecast, plans, preview, quiet, run_occurrence, settle, still_wanted, store,
    },
    person::death::record_death,
};
use mailbox::outbox;
use sea_orm::DatabaseConnection;
use tokio::task::JoinSet;

use crate::{
    cast::{audited, context, date, login, now, region, worker, write},
    party::{Party, branch, me, member, party, planned, silent},
};

/// Monday, 2 November 2026, half past six in the evening.
fn evening() -> DateTime<Utc> {
    now() + Duration::minutes(9 * 60 + 30)
}

/// Tuesday at nine: tomorrow's meeting.
fn tomorrow() -> DateTime<Utc> {
    now() + Duration::days(1)
}

/// Monday, half past eight in the morning.
fn morning() -> DateTime<Utc> {
    now() - Duration::minutes(30)
}

async fn plan(db: &DatabaseConnection, kind: PlanKind) -> ReminderPlan {
    plans::ensure_defaults(db, &region("330106"), true, now() - Duration::days(2)).await.unwrap();
    store::plans(db).await.unwrap().into_iter().find(|plan| plan.kind == kind).unwrap()
}

async fn fired(db: &DatabaseConnection, plan: &ReminderPlan, at: DateTime<Utc>) -> Vec<Notice> {
    match run_occurrence(db, &context(), plan, at, at).await.unwrap() {
        Ran::Done(occurrence) => store::of_occurrence(db, occurrence.id).await.unwrap(),
        other => panic!("expected a run: {other:?}"),
    }
}

fn about(notices: &[Notice], party: &Party, index: usize) -> Notice {
    let person = Some(party.members[index].0.id);
    notices.iter().find(|notice| notice.person_id == person).unwrap().clone()
}

async fn verdict(db: &DatabaseConnection, id: NoticeId, at: DateTime<Utc>) -> Verdict {
    let notice = store::find(db, id).await.unwrap().unwrap();
    still_wanted(db, &notice, at).await.unwrap()
}

/// Letters that wait. The welcomes of new logins are among them.
async fn waiting(db: &DatabaseConnection) -> i64 {
    outbox::depth(db).await.unwrap().waiting
}

async fn left(db: &DatabaseConnection, account: &str, at: DateTime<Utc>) {
    let tx = write(db).await;
    let news = News { key: format!("left/{account}"), account: login(account), happened_at: at };
    left_in(&tx, &context(), &news, at).await.unwrap();
    tx.commit().await.unwrap();
}

schema::both! {
    async fn the_evening_before_every_member_with_a_login_gets_one_letter(db) {
        let cx = context();
        let party = party(db, 4).await;
        let quiet = silent(db, party.branch.id, "孙三").await;
        let meeting = planned(db, &party, tomorrow()).await;
        planned(db, &party, tomorrow() + Duration::days(1)).await;
        let ill = (meeting.id, party.members[2].0.id, AttendanceState::OnLeave);
        attendance::roll_call(db, &cx, &party.secretary, ill, now()).await.unwrap();
        left(db, party.members[3].1.as_str(), now()).await;

        let plan = plan(db, PlanKind::MeetingEve).await;
        let chosen = preview(db, &plan, evening()).await.unwrap();
        let verdict_of = |id| chosen.iter().find(|one| one.person == id).unwrap().verdict;
        assert_eq!(chosen.len(), 5, "the day after tomorrow is another evening's");
        assert_eq!(verdict_of(party.members[0].0.id), Chosen::Send);
        assert_eq!(verdict_of(party.members[2].0.id), Chosen::Suppress(Reason::Excused));
        assert_eq!(verdict_of(party.members[3].0.id), Chosen::Suppress(Reason::LeftTenant));
        assert_eq!(verdict_of(quiet.id), Chosen::Suppress(Reason::NoAccount));

        let (before, letters_before) = (audited(db).await, waiting(db).await);
        let notices = fired(db, &plan, evening()).await;
        assert_eq!(audited(db).await, before + 1);
        assert_eq!(notices.len(), chosen.len(), "the preview is what runs");
        let occurrence = store::latest(db, plan.id).await.unwrap().unwrap();
        assert_eq!((occurrence.queued, occurrence.suppressed), (2, 3));
        assert_eq!(waiting(db).await, letters_before + 2);
        let first = about(&notices, &party, 0);
        let letter = outbox::find(db, &format!("meeting.eve/{}", first.id)).await.unwrap().unwrap();
        assert_eq!(letter.addressee.as_deref(), Some(party.members[0].1.as_str()));
        assert_eq!((letter.due_at, letter.kind.as_str()), (evening(), "meeting.eve"));
        let read: letters::Letter = serde_json::from_value(letter.payload).unwrap();
        let told = domain::notice::letters::Letter::MeetingEve { notice: first.id, meeting: meeting.id };
        assert_eq!(read, letters::Letter::Notice(told));
    }

    async fn many_servers_fire_a_plan_once_and_tell_everybody_once(db) {
        let party = party(db, 5).await;
        let meeting = planned(db, &party, tomorrow()).await;
        let plan = plan(db, PlanKind::MeetingEve).await;
        let before = waiting(db).await;
        let mut servers = JoinSet::new();
        for number in 0..8 {
            let (db, plan) = (db.clone(), plan.clone());
            // Two different times of the same evening, as after a change of the cron text.
            let fires_at = evening() + Duration::minutes(number % 2);
            servers.spawn(async move {
                run_occurrence(&db, &context(), &plan, fires_at, evening() + Duration::minutes(2)).await.unwrap()
            });
        }
        let ran = servers.join_all().await;
        let done = ran.iter().filter(|ran| matches!(ran, Ran::Done(_))).count();
        assert_eq!(done, 2, "one for each time: {ran:?}");
        assert!(ran.iter().all(|ran| *ran != Ran::Off));
        let notices = store::of_occasion(db, Occasion::MeetingEve(meeting.id)).await.unwrap();
        assert_eq!(notices.len(), 5);
        assert_eq!(waiting(db).await, before + 5);
    }

    async fn what_is_due_in_quiet_hours_waits_for_their_end(db) {
        let party = party(db, 2).await;
        planned(db, &party, tomorrow() + Duration::hours(6)).await;
        let plan = plan(db, PlanKind::MeetingEve).await;
        let late = evening() + Duration::hours(2);
        let eight = tomorrow() - Duration::hours(1);
        let notices = fired(db, &plan, late).await;
        assert!(notices.iter().all(|notice| notice.due_at == eight && notice.status == Status::Queued));
        let first = notices[0].id;
        assert_eq!(verdict(db, first, late).await, Verdict::Wait(eight));
        assert_eq!(verdict(db, first, eight - TimeDelta::seconds(1)).await, Verdict::Wait(eight));
        assert_eq!(verdict(db, first, eight).await, Verdict::Send);
        assert_eq!(verdict(db, first, tomorrow() + Duration::hours(6)).await, Verdict::Drop(Reason::TooLate));
        for minute in (0..14 * 60).step_by(7) {
            let at = late + Duration::minutes(minute);
            let goes = verdict(db, first, at).await == Verdict::Send;
            assert_eq!(goes, !quiet::is_quiet(Policy::Retiree, at), "{at}");
        }
    }

    async fn nothing_goes_to_the_dead(db) {
        let cx = context();
        let party = party(db, 4).await;
        planned(db, &party, tomorrow()).await;
        let plan = plan(db, PlanKind::MeetingEve).await;
        let dies = async |index: usize, at| {
            let id = party.members[index].0.id;
            record_death(db, &cx, &party.worker, id, date(2026, 11, 2), at).await.unwrap();
        };
        dies(1, now()).await;
        let notices = fired(db, &plan, evening()).await;
        assert_eq!(notices.len(), 3, "who died before is no member any more");

        dies(2, evening()).await;
        let waiting = about(&notices, &party, 2);
        let row = store::find(db, waiting.id).await.unwrap().unwrap();
        assert_eq!((row.status, row.reason), (Status::Suppressed, Some(Reason::Dead)));
        assert!(matches!(verdict(db, waiting.id, evening()).await, Verdict::Settled(Status::Suppressed)));
        assert!(settle::take(db, &[waiting.id], evening()).await.unwrap().is_empty());
        // A copy that somebody read before the death is judged by the person as he is.
        assert_eq!(still_wanted(db, &waiting, evening()).await.unwrap(), Verdict::Drop(Reason::Dead));
        let chosen = preview(db, &plan, evening()).await.unwrap();
        assert!(chosen.iter().all(|one| one.person != party.members[2].0.id));
    }

    async fn what_is_not_wanted_any_more_is_dropped_with_its_reason(db) {
        let cx = context();
        let party = party(db, 4).await;
        let meeting = planned(db, &party, tomorrow()).await;
        let plan = plan(db, PlanKind::MeetingEve).await;
        let notices = fired(db, &plan, evening()).await;
        let [first, signed, gone, cancelled] = [0, 1, 2, 3].map(|index| about(&notices, &party, index).id);
        assert_eq!(verdict(db, first, evening()).await, Verdict::Send);

        let eight = tomorrow() - Duration::hours(1);
        let myself = me(db, &party.members[1].1, now()).await;
        attendance::sign_in(db, &cx, (&myself, Door::Page), meeting.id, eight).await.unwrap();
        assert_eq!(verdict(db, signed, eight).await, Verdict::Drop(Reason::SignedIn));
        left(db, party.members[2].1.as_str(), evening()).await;
        assert_eq!(verdict(db, gone, evening()).await, Verdict::Drop(Reason::LeftTenant));
        settle::suppress(db, gone, Reason::LeftTenant, evening()).await.unwrap();
        assert_eq!(verdict(db, gone, evening()).await, Verdict::Settled(Status::Suppressed));
        let version = (meeting.id, meeting.version);
        meeting::cancel(db, &cx, &party.secretary, version, evening()).await.unwrap();
        assert_eq!(verdict(db, cancelled, evening()).await, Verdict::Drop(Reason::Cancelled));
    }

    async fn a_notice_is_taken_once_and_never_sent_again_after_a_crash(db) {
        let party = party(db, 3).await;
        planned(db, &party, tomorrow()).await;
        let plan = plan(db, PlanKind::MeetingEve).await;
        let ids: Vec<NoticeId> = fired(db, &plan, evening()).await.into_iter().map(|notice| notice.id).collect();
        let mut dispatchers = JoinSet::new();
        for _ in 0..6 {
            let (db, ids) = (db.clone(), ids.clone());
            dispatchers.spawn(async move { settle::take(&db, &ids, evening()).await.unwrap().len() });
        }
        assert_eq!(dispatchers.join_all().await.into_iter().sum::<usize>(), 3);

        let [accepted, held_back, lost] = [ids[0], ids[1], ids[2]];
        settle::accepted(db, &[accepted], "key-1", evening()).await.unwrap();
        let until = evening() + Duration::minutes(10);
        settle::flow_controlled(db, &[held_back], until, evening()).await.unwrap();
        assert_eq!(verdict(db, lost, evening()).await, Verdict::Settled(Status::Sending));
        settle::unknown(db, &[lost], evening()).await.unwrap();

        // Whatever comes late changes nothing that is settled.
        settle::put_back(db, &[accepted, lost], until, evening()).await.unwrap();
        assert!(settle::take(db, &[accepted, lost], until).await.unwrap().is_empty());
        let row = store::find(db, accepted).await.unwrap().unwrap();
        assert_eq!((row.status, row.process_query_key.as_deref()), (Status::Accepted, Some("key-1")));
        assert_eq!(row.accepted_at, Some(evening()));
        assert_eq!(store::troubled(db, 10).await.unwrap()[0].id, lost);

        assert_eq!(verdict(db, held_back, until).await, Verdict::Send);
        assert_eq!(settle::take(db, &[held_back], until).await.unwrap(), [held_back]);
        settle::invalid(db, &[held_back], until).await.unwrap();
        settle::accepted(db, &[lost], "key-2", until).await.unwrap();
        assert_eq!(store::find(db, lost).await.unwrap().unwrap().status, Status::Accepted, "asked later");
    }

    async fn on_a_working_morning_the_secretary_who_owes_something_is_told(db) {
        obligation::defaults::ensure(db, now()).await.unwrap();
        calendar::reference::load(db).await.unwrap();
        let party = party(db, 2).await;
        branch(db, "没有书记的支部").await;
        let plan = plan(db, PlanKind::SecretaryDigest).await;
        let saturday = morning() - Duration::days(2);
        assert!(!calendar::Calendar::load(db).await.unwrap().is_working(calendar::local_date(saturday)));
        assert!(fired(db, &plan, saturday).await.is_empty());

        let notices = fired(db, &plan, morning()).await;
        assert_eq!(notices.len(), 1);
        let occasion = Occasion::BranchDigest(party.branch.id, date(2026, 11, 2));
        assert_eq!((notices[0].occasion, notices[0].status), (occasion, Status::Queued));
        assert_eq!(notices[0].person_id, Some(party.members[0].0.id));
        assert_eq!(verdict(db, notices[0].id, morning()).await, Verdict::Send);
        let next_day = morning() + Duration::days(1);
        assert_eq!(verdict(db, notices[0].id, next_day).await, Verdict::Drop(Reason::TooLate));
    }

    async fn a_branch_that_owes_nothing_is_left_in_peace(db) {
        let party = party(db, 2).await;
        let plan = plan(db, PlanKind::SecretaryDigest).await;
        let notices = fired(db, &plan, morning()).await;
        assert_eq!(notices[0].reason, Some(Reason::NothingToSay), "there are no rules and no meetings");
        planned(db, &party, now() + Duration::hours(1)).await;
        let chosen = preview(db, &plan, morning()).await.unwrap();
        assert_eq!(chosen[0].verdict, Chosen::Send, "a meeting today is worth a word");
    }

    async fn a_plan_is_switched_by_a_worker_of_its_region(db) {
        let cx = context();
        let party = party(db, 1).await;
        planned(db, &party, tomorrow()).await;
        let plan = plan(db, PlanKind::MeetingEve).await;
        let neighbour = worker(db, "neighbour", "330105").await;
        let version = (plan.id, plan.version);
        let foreign = plans::disable(db, &cx, &neighbour, version, now()).await;
        assert!(matches!(foreign, Err(PlanError::NotFound)));
        let before = audited(db).await;
        let off = plans::disable(db, &cx, &party.worker, version, now()).await.unwrap();
        assert_eq!(audited(db).await, before + 1);
        assert_eq!(run_occurrence(db, &cx, &plan, evening(), evening()).await.unwrap(), Ran::Off);
        let stale = plans::enable(db, &cx, &party.worker, version, now()).await;
        assert!(matches!(stale, Err(PlanError::Stale)));
        let later = evening() + Duration::hours(1);
        let on = plans::enable(db, &cx, &party.worker, (plan.id, off.version), later).await.unwrap();
        assert_eq!((on.enabled, on.enabled_from), (true, later));
        let running = store::running(db).await.unwrap();
        let since = running.iter().find(|(running, _)| running.id == plan.id).unwrap().1;
        assert_eq!(since, later, "what it would have said while it was off is not made up for");
    }

    async fn a_forecast_counts_messages_and_calls_before_a_plan_is_on(db) {
        let party = party(db, 1).await;
        for number in 0..22 {
            member(db, &party.worker, party.branch.id, &format!("党员甲{number}")).await;
        }
        silent(db, party.branch.id, "孙三").await;
        planned(db, &party, tomorrow()).await;
        let eve = plan(db, PlanKind::MeetingEve).await;
        let before = waiting(db).await;
        let week: Vec<DateTime<Utc>> = (0..7).map(|day| evening() + Duration::days(day)).collect();
        let cost = forecast(db, &eve, &week).await.unwrap();
        assert_eq!(cost, Forecast { deliveries: 23, calls: 2, to_telephone: 1 });
        let digest = plan(db, PlanKind::SecretaryDigest).await;
        let week: Vec<DateTime<Utc>> = (0..7).map(|day| morning() + Duration::days(day)).collect();
        let cost = forecast(db, &digest, &week).await.unwrap();
        assert_eq!(cost, Forecast { deliveries: 5, calls: 5, to_telephone: 0 });
        assert_eq!(waiting(db).await, before, "a forecast writes nothing");
    }
}

/// Random evenings on a real database: plans fire at random times, twice, in any order; people die, leave and sign in
/// between; dispatchers run at random minutes. Nobody is told twice, nobody dead, nobody in quiet hours.
#[tokio::test]
async fn whatever_happens_nobody_is_told_twice_or_dead_or_in_quiet_hours() {
    use rand::{Rng, SeedableRng, seq::IndexedRandom};
    let mut total = 0;
    for seed in 0..6 {
        let test = schema::testing::sqlite().await;
        let db = &test.db;
        let cx = context();
        let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
        let party = party(db, 8).await;
        let meeting = planned(db, &party, tomorrow() + Duration::hours(6)).await;
        let plan = plan(db, PlanKind::MeetingEve).await;
        let mut sent: Vec<(NoticeId, DateTime<Utc>)> = Vec::new();
        let mut dead = Vec::new();
        let mut at = evening();
        while at < meeting.starts_at {
            at += Duration::minutes(dice.random_range(1..40));
            let index = dice.random_range(1..8);
            match dice.random_range(0..6) {
                0 | 1 => {
                    let fires_at = *[evening(), evening() + Duration::minutes(1)].choose(&mut dice).unwrap();
                    run_occurrence(db, &cx, &plan, fires_at, at).await.unwrap();
                }
                2 if !dead.contains(&index) => {
                    let id = party.members[index].0.id;
                    let day = calendar::local_date(at);
                    record_death(db, &cx, &party.worker, id, day, at).await.unwrap();
                    dead.push(index);
                }
                _ => {
                    for notice in store::of_occasion(db, Occasion::MeetingEve(meeting.id)).await.unwrap() {
                        match still_wanted(db, &notice, at).await.unwrap() {
                            Verdict::Send => {
                                let taken = settle::take(db, &[notice.id], at).await.unwrap();
                                assert_eq!(taken, [notice.id]);
                                sent.push((notice.id, at));
                                let who = notice.person_id;
                                assert!(dead.iter().all(|gone| Some(party.members[*gone].0.id) != who));
                                match dice.random_range(0..3) {
                                    0 => settle::accepted(db, &[notice.id], "key", at).await.unwrap(),
                                    1 => settle::unknown(db, &[notice.id], at).await.unwrap(),
                                    _ => {} // The server stops here.
                                }
                            }
                            Verdict::Drop(reason) => {
                                settle::suppress(db, notice.id, reason, at).await.unwrap();
                            }
                            Verdict::Wait(until) => {
                                settle::put_back(db, &[notice.id], until, at).await.unwrap();
                            }
                            Verdict::Settled(_) => {}
                        }
                    }
                }
            }
        }
        let mut ids: Vec<NoticeId> = sent.iter().map(|(id, _)| *id).collect();
        let count = ids.len();
        total += count;
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "twice, with seed {seed}");
        assert!(sent.iter().all(|(_, at)| !quiet::is_quiet(Policy::Retiree, *at)), "quiet, with seed {seed}");
        let notices = store::of_occasion(db, Occasion::MeetingEve(meeting.id)).await.unwrap();
        assert!(notices.len() <= 8, "one row each, with seed {seed}");
    }
    assert!(total > 0, "the dice let something go");
}
