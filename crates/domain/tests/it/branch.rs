//! Members, posts, meetings and signing in.

use chrono::{DateTime, Duration, Utc};
use domain::{
    account::{
        commands::{Link, give_mandate},
        mandate::Matter,
    },
    authority::Myself,
    branch::{
        AttendanceState, BranchError, Door, Ended, MeetingStatus, MembershipKind, Method, Obligation,
        PostKind, Refusal, SignIn, Tally, Target, Undone, Window,
        attendance::{self, CLOSES_AFTER, OPENS_BEFORE, agenda, roll_call, roster, sign_in, target, undo},
        commands::{NewMember, admit, appoint},
        digest, held_this_year, meeting, obligation, officer, owed, store,
    },
    ids::MeetingId,
    person::death::record_death,
};
use tokio::task::JoinSet;

use crate::{
    cast::{audited, context, date, joined, now, terms, worker},
    party::{admitted, branch, me, member, party, planned, silent, study},
};

fn refusal<T: std::fmt::Debug>(result: Result<T, BranchError>) -> Refusal {
    match result {
        Err(BranchError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

/// Tuesday, 3 November 2026, nine in the morning in the province.
fn tuesday() -> DateTime<Utc> {
    now() + Duration::days(1)
}

schema::both! {
    async fn a_member_signs_in_once_however_often_he_presses(db) {
        let cx = context();
        let party = party(db, 3).await;
        let meeting = planned(db, &party, tuesday()).await;
        let me = me(db, &party.members[1].1, now()).await;
        let before = audited(db).await;
        let done = sign_in(db, &cx, (&me, Door::Page), meeting.id, tuesday()).await.unwrap();
        assert_eq!(done, SignIn::Done { at: tuesday() });
        for later in [1, 30, 60 * 24] {
            let at = tuesday() + Duration::minutes(later);
            let again = sign_in(db, &cx, (&me, Door::Bot), meeting.id, at).await.unwrap();
            assert_eq!(again, SignIn::Already { at: tuesday() }, "the second press is no error, not even next day");
        }
        let rows = attendance::store::of_meeting(db, meeting.id).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].method, rows[0].state), (Method::Own, AttendanceState::Present));
        assert_eq!(audited(db).await, before, "the row itself says who, when and how");
    }

    async fn many_devices_at_once_make_one_sign_in(db) {
        let party = party(db, 2).await;
        let meeting = planned(db, &party, tuesday()).await;
        let me = me(db, &party.members[1].1, now()).await;
        let mut presses = JoinSet::new();
        for number in 0..12 {
            let (db, me, id) = (db.clone(), me.clone(), meeting.id);
            let at = tuesday() + Duration::seconds(number);
            presses.spawn(async move { sign_in(&db, &context(), (&me, Door::Page), id, at).await.unwrap() });
        }
        let answers = presses.join_all().await;
        let done: Vec<&SignIn> = answers.iter().filter(|answer| matches!(answer, SignIn::Done { .. })).collect();
        assert_eq!(done.len(), 1, "{answers:?}");
        let SignIn::Done { at: first } = done[0] else { panic!("just filtered") };
        assert!(answers.iter().all(|answer| matches!(answer, SignIn::Done { at } | SignIn::Already { at } if at == first)));
        assert_eq!(attendance::store::of_meeting(db, meeting.id).await.unwrap().len(), 1);
    }

    async fn the_sign_in_opens_an_hour_before_and_closes_two_after(db) {
        let cx = context();
        let party = party(db, 2).await;
        let meeting = planned(db, &party, tuesday()).await;
        let me = me(db, &party.members[1].1, now()).await;
        let (opens_at, until) = (meeting.starts_at - OPENS_BEFORE, meeting.ends_at + CLOSES_AFTER);
        assert_eq!(Window::of(&meeting, opens_at), Window::Open { until });
        assert_eq!(Window::of(&meeting, until), Window::Open { until });
        let second = Duration::seconds(1);
        let early = sign_in(db, &cx, (&me, Door::Page), meeting.id, opens_at - second).await;
        assert_eq!(refusal(early), Refusal::NotYet { opens_at });
        let late = sign_in(db, &cx, (&me, Door::Page), meeting.id, until + second).await;
        assert_eq!(refusal(late), Refusal::Over { ended_at: meeting.ends_at });
        let done = sign_in(db, &cx, (&me, Door::Bot), meeting.id, opens_at).await.unwrap();
        assert_eq!(done, SignIn::Done { at: opens_at });
    }

    async fn only_members_sign_in_and_never_to_a_cancelled_meeting(db) {
        let cx = context();
        let party = party(db, 1).await;
        let elsewhere = branch(db, "示例第二支部").await;
        let (stranger, account) = member(db, &party.worker, elsewhere.id, "赵大").await;
        let meeting = planned(db, &party, tuesday()).await;
        let me = me(db, &account, now()).await;
        let refused = sign_in(db, &cx, (&me, Door::Page), meeting.id, tuesday()).await;
        assert_eq!(refusal(refused), Refusal::NotYourBranch);
        let unheard = MeetingId::new(now());
        let unknown = sign_in(db, &cx, (&me, Door::Page), unheard, tuesday()).await;
        assert!(matches!(unknown, Err(BranchError::NotFound)));

        admitted(db, party.branch.id, stranger.id, MembershipKind::Participation).await;
        let version = (meeting.id, meeting.version);
        meeting::cancel(db, &cx, &party.secretary, version, now()).await.unwrap();
        let refused = sign_in(db, &cx, (&me, Door::Page), meeting.id, tuesday()).await;
        assert_eq!(refusal(refused), Refusal::Cancelled);
        let other = planned(db, &party, tuesday() + Duration::days(1)).await;
        let welcome = sign_in(db, &cx, (&me, Door::Page), other.id, other.starts_at).await;
        assert!(matches!(welcome, Ok(SignIn::Done { .. })), "who takes part where he lives may sign in there");
    }

    async fn a_sign_in_is_taken_back_until_the_meeting_ends(db) {
        let cx = context();
        let party = party(db, 2).await;
        let meeting = planned(db, &party, tuesday()).await;
        let me = me(db, &party.members[1].1, now()).await;
        assert_eq!(undo(db, &cx, &me, meeting.id, tuesday()).await.unwrap(), Undone::Nothing);
        sign_in(db, &cx, (&me, Door::Page), meeting.id, tuesday()).await.unwrap();
        let later = tuesday() + Duration::minutes(5);
        assert_eq!(undo(db, &cx, &me, meeting.id, later).await.unwrap(), Undone::Done);
        assert_eq!(undo(db, &cx, &me, meeting.id, later).await.unwrap(), Undone::Nothing);
        assert!(attendance::store::of_meeting(db, meeting.id).await.unwrap().is_empty());
        let again = later + Duration::minutes(5);
        let done = sign_in(db, &cx, (&me, Door::Page), meeting.id, again).await.unwrap();
        assert_eq!(done, SignIn::Done { at: again });
        let over = meeting.ends_at + Duration::seconds(1);
        assert_eq!(refusal(undo(db, &cx, &me, meeting.id, over).await), Refusal::Over { ended_at: meeting.ends_at });
    }

    async fn the_secretary_calls_the_roll_and_only_he_corrects_it(db) {
        let cx = context();
        let party = party(db, 4).await;
        let meeting = planned(db, &party, tuesday()).await;
        let [_, ill, late, kept] = [0, 1, 2, 3].map(|index| party.members[index].clone());
        let call = async |person, state, at| {
            roll_call(db, &cx, &party.secretary, (meeting.id, person, state), at).await
        };
        let noon = meeting.starts_at;
        call(ill.0.id, AttendanceState::OnLeave, now()).await.unwrap();
        let early = call(late.0.id, AttendanceState::Present, now()).await;
        assert_eq!(refusal(early), Refusal::NotYet { opens_at: meeting.starts_at - OPENS_BEFORE });
        call(late.0.id, AttendanceState::Absent, noon).await.unwrap();
        call(kept.0.id, AttendanceState::Present, noon).await.unwrap();

        // Came after all: leave does not stand in the way, absence by the roll call does.
        let came = me(db, &ill.1, noon).await;
        assert!(matches!(
            sign_in(db, &cx, (&came, Door::Page), meeting.id, noon).await,
            Ok(SignIn::Done { .. })
        ));
        let marked = me(db, &late.1, noon).await;
        let refused = sign_in(db, &cx, (&marked, Door::Page), meeting.id, noon).await;
        assert_eq!(refusal(refused), Refusal::RolledCall);
        let kept_me = me(db, &kept.1, noon).await;
        assert_eq!(refusal(undo(db, &cx, &kept_me, meeting.id, noon).await), Refusal::RolledCall);

        let before = audited(db).await;
        call(late.0.id, AttendanceState::Online, noon).await.unwrap();
        call(late.0.id, AttendanceState::Online, noon).await.unwrap();
        assert_eq!(audited(db).await, before + 1, "the same again changes nothing");
        let lines = roster(db, &meeting).await.unwrap();
        let tally = Tally::of(&lines);
        assert_eq!(tally, Tally { expected: 4, took_part: 3, accounted: 0, missing: 1 });
    }

    async fn a_proxy_signs_in_under_a_mandate_and_it_shows(db) {
        let cx = context();
        let party = party(db, 2).await;
        let meeting = planned(db, &party, tuesday()).await;
        let daughter = joined(db, "daughter").await;
        let (wang, _) = &party.members[1];
        let given = Link { account: &daughter, person: wang.id, proof: "witnessed" };
        let until = now() + Duration::days(30);
        give_mandate(db, &cx, &party.worker, (&given, &terms(until)), now()).await.unwrap();
        let acting = Myself::acting_for(db, &daughter, (wang.id, Matter::Activity), tuesday()).await.unwrap().unwrap();
        let before = audited(db).await;
        sign_in(db, &cx, (&acting, Door::Page), meeting.id, tuesday()).await.unwrap();
        assert_eq!(audited(db).await, before + 1, "for another: that is audited");
        let row = attendance::store::find(db, meeting.id, wang.id).await.unwrap().unwrap();
        assert_eq!((row.method, row.recorded_by), (Method::Proxy, daughter.clone()));
        assert!(officer::all_of(db, &daughter, tuesday()).await.unwrap().is_empty());
    }

    async fn the_dead_are_members_of_nothing_and_sign_in_nowhere(db) {
        let cx = context();
        let party = party(db, 3).await;
        let meeting = planned(db, &party, tuesday()).await;
        let (person, account) = party.members[1].clone();
        let myself = me(db, &account, now()).await;
        record_death(db, &cx, &party.worker, person.id, date(2026, 11, 2), now()).await.unwrap();
        let refused = sign_in(db, &cx, (&myself, Door::Page), meeting.id, tuesday()).await;
        assert_eq!(refusal(refused), Refusal::Dead, "even with a proof made a moment before");
        let called = (meeting.id, person.id, AttendanceState::Present);
        let refused = roll_call(db, &cx, &party.secretary, called, tuesday()).await;
        assert_eq!(refusal(refused), Refusal::Dead);
        let episodes = store::memberships_of(db, person.id).await.unwrap();
        assert_eq!((episodes[0].to_on, episodes[0].ended_why), (Some(date(2026, 11, 2)), Some(Ended::Died)));
        assert_eq!(roster(db, &meeting).await.unwrap().len(), 2);
        assert_eq!(store::size(db, party.branch.id, date(2026, 11, 3)).await.unwrap(), 2);

        let (secretary, account) = party.members[0].clone();
        record_death(db, &cx, &party.worker, secretary.id, date(2026, 11, 2), now()).await.unwrap();
        assert!(officer::prove(db, &account, party.branch.id, now()).await.unwrap().is_none());
        assert!(store::posts(db, party.branch.id, date(2026, 11, 3)).await.unwrap().is_empty());
    }

    async fn a_person_has_one_affiliation_and_a_branch_one_secretary(db) {
        let cx = context();
        let party = party(db, 2).await;
        let other = branch(db, "示例第二支部").await;
        let person = party.members[1].0.id;
        let new = |kind| NewMember { branch: other.id, person, kind, from_on: date(2026, 1, 1) };
        let second = admit(db, &cx, &party.worker, new(MembershipKind::Affiliation), now()).await;
        assert_eq!(refusal(second), Refusal::AffiliatedElsewhere { branch: party.branch.id });
        admit(db, &cx, &party.worker, new(MembershipKind::Participation), now()).await.unwrap();
        let again = admit(db, &cx, &party.worker, new(MembershipKind::Participation), now()).await;
        assert_eq!(refusal(again), Refusal::AlreadyMember { since: date(2026, 1, 1) });
        let neighbour = worker(db, "neighbour", "330105").await;
        let foreign = admit(db, &cx, &neighbour, new(MembershipKind::Participation), now()).await;
        assert!(matches!(foreign, Err(BranchError::NotFound)));

        let (today, chosen) = (date(2026, 11, 2), (party.branch.id, person, PostKind::Secretary));
        appoint(db, &cx, &party.worker, chosen, (today, now())).await.unwrap();
        let posts = store::posts(db, party.branch.id, today).await.unwrap();
        assert_eq!(posts.iter().map(|post| post.person_id).collect::<Vec<_>>(), [person]);
        let old = &party.members[0].1;
        assert!(officer::prove(db, old, party.branch.id, now()).await.unwrap().is_none());
    }

    async fn a_secretary_plans_cancels_and_concludes_in_his_own_branch(db) {
        let cx = context();
        let party = party(db, 2).await;
        let meeting = planned(db, &party, tuesday()).await;
        let claims = meeting::store::claims_of(db, &[meeting.id]).await.unwrap();
        assert_eq!(claims.len(), 2);
        let tx_id = (meeting.id, meeting.version);
        let early = meeting::conclude(db, &cx, &party.secretary, tx_id, now()).await;
        assert_eq!(refusal(early), Refusal::NotBegun);
        let stale = meeting::cancel(db, &cx, &party.secretary, (meeting.id, 7), now()).await;
        assert_eq!(refusal(stale), Refusal::Stale);
        let held = meeting::conclude(db, &cx, &party.secretary, tx_id, tuesday()).await.unwrap();
        assert_eq!((held.status, held.version), (MeetingStatus::Held, 2));
        let again = meeting::conclude(db, &cx, &party.secretary, tx_id, tuesday()).await.unwrap();
        assert_eq!(again.version, 2, "a second press changes nothing");
        let undone = meeting::cancel(db, &cx, &party.secretary, (meeting.id, 2), tuesday()).await;
        assert_eq!(refusal(undone), Refusal::AlreadyHeld);

        let bad = |new| meeting::plan(db, &cx, &party.secretary, new, now());
        let good = study(tuesday());
        let nameless = domain::branch::NewMeeting { title: " ".to_owned(), ..good.clone() };
        assert_eq!(refusal(bad(nameless).await), Refusal::NoTitle);
        let endless = domain::branch::NewMeeting { ends_at: tuesday() + Duration::days(2), ..good.clone() };
        assert_eq!(refusal(bad(endless).await), Refusal::BadTime);
        assert_eq!(refusal(bad(study(now() - Duration::days(100))).await), Refusal::TooLongAgo);

        let elsewhere = branch(db, "示例第二支部").await;
        let (head, account) = member(db, &party.worker, elsewhere.id, "钱二").await;
        let chosen = (elsewhere.id, head.id, PostKind::Deputy);
        appoint(db, &cx, &party.worker, chosen, (date(2026, 1, 1), now())).await.unwrap();
        let stranger = officer::prove(db, &account, elsewhere.id, now()).await.unwrap().unwrap();
        let foreign = meeting::cancel(db, &cx, &stranger, (meeting.id, 2), now()).await;
        assert!(matches!(foreign, Err(BranchError::NotFound)));
        assert!(officer::prove(db, &account, party.branch.id, now()).await.unwrap().is_none());
    }

    async fn the_agenda_names_the_meeting_to_sign_in_to(db) {
        let cx = context();
        let party = party(db, 2).await;
        let (person, account) = party.members[1].clone();
        assert_eq!(target(db, person.id, now()).await.unwrap(), Target::Later(None));
        let first = planned(db, &party, tuesday()).await;
        let second = planned(db, &party, tuesday() + Duration::hours(3)).await;
        let cancelled = planned(db, &party, tuesday() - Duration::hours(20)).await;
        let version = (cancelled.id, cancelled.version);
        meeting::cancel(db, &cx, &party.secretary, version, now()).await.unwrap();

        let entries = agenda(db, person.id, now()).await.unwrap();
        let ids: Vec<MeetingId> = entries.iter().map(|entry| entry.meeting.id).collect();
        assert_eq!(ids, [cancelled.id, first.id, second.id]);
        assert_eq!(entries[0].window, Window::Cancelled);
        let named = async |at| match target(db, person.id, at).await.unwrap() {
            Target::Now(entry) => (true, Some(entry.meeting.id)),
            Target::Later(entry) => (false, entry.map(|entry| entry.meeting.id)),
        };
        assert_eq!(named(now()).await, (false, Some(first.id)));
        assert_eq!(named(tuesday()).await, (true, Some(first.id)));
        let me = me(db, &account, now()).await;
        sign_in(db, &cx, (&me, Door::Bot), first.id, tuesday()).await.unwrap();
        assert_eq!(named(tuesday() + Duration::hours(1)).await, (true, Some(first.id)), "says: you have already");
        assert_eq!(named(tuesday() + Duration::hours(2)).await, (true, Some(second.id)));
        let entries = agenda(db, person.id, tuesday()).await.unwrap();
        let signed = entries.iter().find(|entry| entry.meeting.id == first.id).unwrap();
        assert_eq!(signed.signed_in_at(), Some(tuesday()));
    }

    async fn the_digest_says_what_is_owed_and_who_is_missing(db) {
        let cx = context();
        obligation::defaults::ensure(db, now()).await.unwrap();
        obligation::defaults::ensure(db, now()).await.unwrap();
        let party = party(db, 3).await;
        let quiet = silent(db, party.branch.id, "孙三").await;
        let today = planned(db, &party, now() + Duration::hours(1)).await;
        let next = planned(db, &party, now() + Duration::days(8)).await;
        let kinds = async |at| -> Vec<Obligation> {
            let owed = owed(db, &party.branch, at).await.unwrap();
            owed.into_iter().map(|line| line.obligation).collect()
        };
        let before = [
            Obligation::PartyDay,
            Obligation::GeneralMeeting,
            Obligation::PartyLecture,
            Obligation::OrganisationLife,
            Obligation::Appraisal,
        ];
        let mut found = kinds(now()).await;
        found.sort_unstable();
        let mut before = before.to_vec();
        before.sort_unstable();
        assert_eq!(found, before, "four members: no committee; no groups");

        let me = me(db, &party.members[1].1, now()).await;
        sign_in(db, &cx, (&me, Door::Page), today.id, today.starts_at).await.unwrap();
        let at = today.starts_at + Duration::minutes(1);
        assert!(!kinds(at).await.contains(&Obligation::PartyDay), "somebody signed in: it took place");
        assert_eq!(held_this_year(db, party.branch.id, at).await.unwrap().len(), 1);
        let digest = digest(db, party.branch.id, at).await.unwrap().unwrap();
        assert!(digest.says_something());
        assert_eq!(digest.next.map(|meeting| meeting.id), Some(next.id));
        let expected = &digest.today[0];
        assert_eq!((expected.tally.expected, expected.tally.took_part, expected.tally.missing), (4, 1, 3));
        let telephone: Vec<_> = expected.to_telephone().map(|line| line.person.id).collect();
        assert_eq!(telephone, [quiet.id]);
    }
}
