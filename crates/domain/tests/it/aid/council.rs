//! 集体研究: who takes part, who steps aside, and when it is asked for.

use domain::{
    aid::{
        Happened, Refusal, Status,
        commands::{
            accept::accept,
            approval::submit_for_approval,
            council::{NewCouncil, record},
            decline::send_back,
            procedure::{NewProcedure, decide, propose},
            visit::record_visit,
        },
        council::Vote,
        procedure::Limit,
        ruling::Kind,
        separation::{Part, Rule},
        store,
    },
    authority::{Grants, Role},
    declaration::{RelationKind, commands::declare},
    ids::{AccountId, CaseId, CouncilId},
};
use ledger::Fen;

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{date, login, region};

fn votes(all: &[(&str, Vote)]) -> Vec<(AccountId, Vote)> {
    all.iter().map(|(name, vote)| (login(name), *vote)).collect()
}

fn new(all: &[(&str, Vote)]) -> NewCouncil {
    NewCouncil {
        id: CouncilId::new(monday()),
        held_on: date(2026, 9, 22),
        votes: votes(all),
        why: "和去年的帮扶重复".to_owned(),
    }
}

const THREE: [(&str, Vote); 3] =
    [("registrar", Vote::For), ("approver", Vote::For), ("resolver", Vote::Against)];

/// From now on, above 2,000 yuan.
async fn demanded(office: &Office<'_>) {
    let (one, other) = (office.worker("lead").await, office.worker("second").await);
    let new = NewProcedure {
        region: region(COUNTY),
        limit: Limit::CouncilAbove,
        valid_from: date(2026, 9, 21),
        value: 2000,
        source: "示例〔2026〕8号".to_owned(),
    };
    let row = propose(office.db, &office.cx, &one, new, monday()).await.unwrap();
    decide(office.db, &office.cx, &other, (row.id, true), monday()).await.unwrap();
}

async fn last(office: &Office<'_>, case: CaseId) -> Happened {
    office.log(case).await.pop().unwrap()
}

schema::both! {
    async fn where_a_row_demands_it_the_approver_is_not_asked_before(db) {
        let office = Office::open(db).await;
        demanded(&office).await;
        let case = office.visited("wang", monday()).await.id;
        let reviewer = office.worker("reviewer").await;
        let early = submit_for_approval(db, &office.cx, &reviewer, case, at(22, 9)).await;
        assert_eq!(refusal(early), Refusal::CouncilFirst { above: Fen::yuan(2000) });
        let clerk = office.worker("second").await;
        let meeting = new(&THREE);
        for _ in 0..2 {
            record(db, &office.cx, &clerk, (case, meeting.clone()), at(22, 10)).await.unwrap();
        }
        assert_eq!(store::council::of_case(db, case).await.unwrap().len(), 1, "sent twice, it is one record");
        assert_eq!(store::council::votes(db, meeting.id).await.unwrap().len(), 3);
        assert!(matches!(last(&office, case).await, Happened::Discussed { supported: true, .. }));
        // What is found later was not discussed.
        let visit = Office::visit("lead", "second", date(2026, 9, 23), 2500);
        record_visit(db, &office.cx, &office.worker("lead").await, (case, visit), at(23, 9)).await.unwrap();
        let again = submit_for_approval(db, &office.cx, &reviewer, case, at(23, 10)).await;
        assert!(matches!(refusal(again), Refusal::CouncilFirst { .. }));
        let meeting = NewCouncil { held_on: date(2026, 9, 23), ..new(&THREE) };
        record(db, &office.cx, &clerk, (case, meeting), at(23, 11)).await.unwrap();
        office.asked(case, at(23, 12)).await;
        office.closes().await;
    }

    async fn smaller_sums_need_no_meeting(db) {
        let office = Office::open(db).await;
        demanded(&office).await;
        let case = office.submitted("wang", monday()).await.id;
        accept(db, &office.cx, &office.worker("registrar").await, case, monday()).await.unwrap();
        let visit = Office::visit("lead", "second", date(2026, 9, 21), 2000);
        record_visit(db, &office.cx, &office.worker("lead").await, (case, visit), monday()).await.unwrap();
        office.asked(case, at(22, 9)).await;
    }

    async fn what_is_not_supported_ends_with_the_words_and_may_be_appealed(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await.id;
        let clerk = office.worker("second").await;
        let no = [("registrar", Vote::For), ("approver", Vote::Abstained), ("resolver", Vote::Against)];
        let silent = NewCouncil { why: " ".to_owned(), ..new(&no) };
        let silent = record(db, &office.cx, &clerk, (case, silent), at(22, 9)).await;
        assert_eq!(refusal(silent), Refusal::Words);
        record(db, &office.cx, &clerk, (case, new(&no)), at(22, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Refused);
        let ruling = store::paper::rulings(db, case).await.unwrap().pop().unwrap();
        assert_eq!((ruling.kind, ruling.appeal_until), (Kind::Council, Some(date(2026, 10, 20))));
        assert_eq!(office.told("aid.refused").await, ["wang"]);
        office.closes().await;
    }

    async fn who_is_close_to_the_person_steps_aside_and_does_not_count(db) {
        let office = Office::open(db).await;
        office.hire("kin", Role::Worker).await;
        let grants = Grants::of(db, &login("kin"), monday()).await.unwrap();
        let relation = (office.wang.id, RelationKind::Kin, date(2026, 9, 1));
        declare(db, &office.cx, &grants, relation, monday()).await.unwrap();
        let case = office.visited("wang", monday()).await.id;
        let clerk = office.worker("second").await;
        let votes = |kin| [("registrar", Vote::For), ("approver", Vote::For), ("kin", kin)];
        let part = record(db, &office.cx, &clerk, (case, new(&votes(Vote::For))), at(22, 9)).await;
        let rule = Rule { did: Part::Relative, wants: Part::Member };
        assert_eq!(refusal(part), Refusal::MustRecuse(rule));
        let few = record(db, &office.cx, &clerk, (case, new(&votes(Vote::Recused))), at(22, 9)).await;
        assert_eq!(refusal(few), Refusal::Quorum { needed: 3, there: 2 });
        let mut all = votes(Vote::Recused).to_vec();
        all.extend([("lead", Vote::For), ("resolver", Vote::Recused)]);
        record(db, &office.cx, &clerk, (case, new(&all)), at(22, 9)).await.unwrap();
        // Who stepped aside without having to has no part in it any more, either.
        let resolver = office.worker("resolver").await;
        let back = send_back(db, &office.cx, &resolver, (case, "说明"), at(22, 10)).await;
        assert_eq!(refusal(back), Refusal::Separation(Rule { did: Part::Recused, wants: Part::Reviewer }));
        office.closes().await;
    }

    async fn a_meeting_has_members_of_the_place_once_each_on_a_possible_day(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await.id;
        let clerk = office.worker("second").await;
        let twice = [("registrar", Vote::For), ("registrar", Vote::For), ("approver", Vote::For)];
        for votes in [twice, [("payer", Vote::For), ("lead", Vote::For), ("approver", Vote::For)]] {
            let odd = record(db, &office.cx, &clerk, (case, new(&votes)), at(22, 9)).await;
            assert_eq!(refusal(odd), Refusal::NotAMember);
        }
        for held_on in [date(2026, 9, 20), date(2026, 9, 23)] {
            let meeting = NewCouncil { held_on, ..new(&THREE) };
            let odd = record(db, &office.cx, &clerk, (case, meeting), at(22, 9)).await;
            assert_eq!(refusal(odd), Refusal::CouncilDate);
        }
        let asked = office.asked(case, at(22, 10)).await;
        let late = record(db, &office.cx, &clerk, (case, new(&THREE)), at(22, 11)).await;
        assert!(matches!(refusal(late), Refusal::NotNow { status: Status::InApproval, .. }), "{asked}");
        office.closes().await;
    }
}
