//! 分类规定: what a category asks besides its standard, by two people's word; and that a case waits for it.

use domain::{
    aid::{
        AidError, Category, Happened, Refusal, Status,
        commands::{
            approval::submit_for_approval,
            assessment::{NewAssessment, is_open, read, record_assessment},
            council::above,
            evidence::{add, mark},
            procedure::{self, NewProcedure},
            ready::lacking,
            setting::{NewSetting, decide, propose},
            visit::record_visit,
        },
        procedure::Limit,
        setting::{
            Kind, Says,
            assessment::{Answered, Choice, Kind as Way, Question},
            papers::Demand,
        },
        store,
    },
    authority::{Proof, held},
    evidence::{Files, Item},
    ids::{AssessmentId, CaseId, VisitId},
};
use ledger::Fen;

use super::{
    evidence::paper,
    office::{COUNTY, Office, at, monday, refusal},
};
use crate::cast::{date, holder, region, texts};

type Worker = Proof<held::Worker>;

fn new(code: &str, says: Says) -> NewSetting {
    let source = "示例〔2026〕9号".to_owned();
    NewSetting {
        category: Category::ILLNESS,
        region: region(code),
        valid_from: date(2026, 9, 21),
        says,
        source,
    }
}

/// In force from today, by two people's word.
async fn set(office: &Office<'_>, says: Says) {
    let (one, other) = (office.worker("lead").await, office.worker("second").await);
    let row = propose(office.db, &office.cx, &one, new(COUNTY, says), monday()).await.unwrap();
    decide(office.db, &office.cx, &other, (row.id, true), monday()).await.unwrap();
}

fn needs(any_of: &[Item]) -> Says {
    Says::Papers { demands: vec![Demand { needed: true, any_of: any_of.to_vec() }] }
}

/// Can she walk: 0, 5 or 10 points; what is lacking: 3 and 4; anything else.
fn questions() -> Says {
    let choices = |points: &[u16]| {
        points.iter().map(|it| Choice { label: format!("值{it}的"), points: *it }).collect::<Vec<_>>()
    };
    let question = |text: &str, kind| Question { text: text.to_owned(), kind };
    Says::Assessment {
        questions: vec![
            question("能自己走路吗", Way::One { choices: choices(&[0, 5, 10]) }),
            question("家里缺什么", Way::Several { choices: choices(&[3, 4]) }),
            question("还看到什么", Way::Words),
        ],
    }
}

fn answers(visit: VisitId) -> NewAssessment {
    let words = "墙面受潮".to_owned();
    let answers = vec![Answered::One(2), Answered::Several(vec![0]), Answered::Words(words)];
    NewAssessment { id: AssessmentId::new(monday()), visit, answers }
}

async fn last_visit(office: &Office<'_>, case: CaseId) -> VisitId {
    store::case::visits(office.db, case).await.unwrap().pop().unwrap().id
}

schema::both! {
    async fn a_setting_is_in_force_by_two_peoples_word_and_no_wider_than_above(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let up = propose(db, &office.cx, &lead, new("3301", needs(&[Item::Bills])), monday()).await;
        assert!(matches!(up, Err(AidError::NotFound)), "above one's own place nobody writes");
        for odd in [needs(&[]), Says::CouncilAbove { above: 0 }, Says::SameNeed { with: vec![Category::ILLNESS] }] {
            assert_eq!(refusal(propose(db, &office.cx, &lead, new(COUNTY, odd), monday()).await), Refusal::Setting);
        }
        let late = NewSetting { valid_from: date(2026, 9, 20), ..new(COUNTY, needs(&[Item::Bills])) };
        assert_eq!(refusal(propose(db, &office.cx, &lead, late, monday()).await), Refusal::StandardInThePast);

        let it = propose(db, &office.cx, &lead, new(COUNTY, needs(&[Item::Bills])), monday()).await.unwrap();
        assert_eq!(refusal(decide(db, &office.cx, &lead, (it.id, true), monday()).await), Refusal::OwnStandard);
        let case = office.submitted("wang", monday()).await;
        let needed = async || {
            lacking(db, &case, monday()).await.unwrap().into_iter().filter(|it| it.demand.needed).count()
        };
        assert_eq!(needed().await, 0, "not before it is decided");
        decide(db, &office.cx, &second, (it.id, true), monday()).await.unwrap();
        assert_eq!(needed().await, 1);
        let again = decide(db, &office.cx, &second, (it.id, false), monday()).await;
        assert_eq!(refusal(again), Refusal::StandardDecided);
        let twice = propose(db, &office.cx, &lead, new(COUNTY, needs(&[Item::Home])), monday()).await.unwrap();
        let twice = decide(db, &office.cx, &second, (twice.id, true), monday()).await;
        assert_eq!(refusal(twice), Refusal::StandardExists);

        // A sum must not be higher than what is set above; what asks more fits always.
        let (city, other): (Worker, Worker) = (holder(db, "city", "3301").await, holder(db, "other", "3301").await);
        let row = propose(db, &office.cx, &city, new("3301", Says::CouncilAbove { above: 300_000 }), monday()).await;
        decide(db, &office.cx, &other, (row.unwrap().id, true), monday()).await.unwrap();
        let wide = propose(db, &office.cx, &lead, new(COUNTY, Says::CouncilAbove { above: 300_001 }), monday()).await;
        assert!(matches!(refusal(wide), Refusal::SettingContradicts { above: Fen(300_000), .. }));
        let written = store::setting::written(db, &region("3301"), 9).await.unwrap();
        assert_eq!(written.len(), 3);
        assert!(store::setting::written(db, &region("3302"), 9).await.unwrap().is_empty());
        office.closes().await;
    }

    async fn a_meeting_is_asked_by_what_is_said_of_the_category_before_what_is_said_of_all(db) {
        let office = Office::open(db).await;
        let (one, other) = (office.worker("lead").await, office.worker("second").await);
        let general = NewProcedure {
            region: region(COUNTY),
            limit: Limit::CouncilAbove,
            valid_from: date(2026, 9, 21),
            value: 2000,
            source: "示例〔2026〕8号".to_owned(),
        };
        let row = procedure::propose(db, &office.cx, &one, general, monday()).await.unwrap();
        procedure::decide(db, &office.cx, &other, (row.id, true), monday()).await.unwrap();
        let case = office.visited("wang", monday()).await;
        let reviewer = office.worker("reviewer").await;
        let early = submit_for_approval(db, &office.cx, &reviewer, case.id, monday()).await;
        assert_eq!(refusal(early), Refusal::CouncilFirst { above: Fen::yuan(2000) });
        assert!(!above(db, &case, monday()).await.unwrap().unwrap().own);
        set(&office, Says::CouncilAbove { above: 350_000 }).await;
        let set = above(db, &case, monday()).await.unwrap().unwrap();
        assert_eq!((set.above, set.own, set.because.source.as_str()), (Fen::yuan(3500), true, "示例〔2026〕9号"));
        office.asked(case.id, monday()).await;
        office.closes().await;
    }

    async fn without_a_needed_paper_nobody_asks_the_approver(db) {
        let office = Office::open(db).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path()).unwrap();
        set(&office, needs(&[Item::Bills, Item::Income])).await;
        let case = office.visited("wang", monday()).await.id;
        let (reviewer, registrar) = (office.worker("reviewer").await, office.worker("registrar").await);
        let ask = async || submit_for_approval(db, &office.cx, &reviewer, case, monday()).await;
        let missing = Refusal::PaperFirst { paper: "医疗费票据，或者收入证明".to_owned() };
        assert_eq!(refusal(ask().await), missing);
        let keys = (&office.cx, &files);
        add(db, keys, &registrar, (case, paper(Item::Home)), monday()).await.unwrap();
        assert_eq!(refusal(ask().await), missing, "another paper is none of these");
        let bills = add(db, keys, &registrar, (case, paper(Item::Bills)), monday()).await.unwrap();
        mark(db, &office.cx, &registrar, (case, bills.id, true), monday()).await.unwrap();
        assert_eq!(refusal(ask().await), missing, "what does not count is missing");
        add(db, keys, &registrar, (case, paper(Item::Income)), monday()).await.unwrap();
        office.asked(case, monday()).await;
        office.closes().await;
    }

    async fn who_visited_answers_what_is_asked_before_the_approver_is(db) {
        let office = Office::open(db).await;
        set(&office, questions()).await;
        let case = office.visited("wang", monday()).await;
        let (id, visit) = (case.id, last_visit(&office, case.id).await);
        let (reviewer, lead) = (office.worker("reviewer").await, office.worker("lead").await);
        let asked = submit_for_approval(db, &office.cx, &reviewer, id, monday()).await;
        assert_eq!(refusal(asked), Refusal::AssessmentFirst);
        assert!(is_open(db, &case).await.unwrap());

        let stranger = record_assessment(db, &office.cx, &reviewer, (id, answers(visit)), monday()).await;
        assert_eq!(refusal(stranger), Refusal::RecorderNotThere);
        let short = NewAssessment { answers: vec![Answered::One(0)], ..answers(visit) };
        let short = record_assessment(db, &office.cx, &lead, (id, short), monday()).await;
        assert_eq!(refusal(short), Refusal::Assessment);
        let other = answers(VisitId::new(monday()));
        let other = record_assessment(db, &office.cx, &lead, (id, other), monday()).await;
        assert_eq!(refusal(other), Refusal::Stale);
        let whole = answers(visit);
        for _ in 0..2 {
            record_assessment(db, &office.cx, &lead, (id, whole.clone()), monday()).await.unwrap();
        }
        let all = store::setting::assessments(db, id).await.unwrap();
        assert_eq!((all.len(), all[0].points, all[0].most), (1, 13, 17), "a form that is sent twice is one");
        assert!(matches!(office.log(id).await.pop(), Some(Happened::Assessed { points: 13, most: 17, .. })));
        assert!(texts(db, "SELECT answers FROM aid_assessment").await.iter().all(|text| !text.contains("受潮")));

        // Of what is found later, it is asked once more.
        let again = Office::visit("second", "lead", date(2026, 9, 22), 2500);
        let second = office.worker("second").await;
        record_visit(db, &office.cx, &second, (id, again), at(22, 9)).await.unwrap();
        let asked = submit_for_approval(db, &office.cx, &reviewer, id, at(22, 10)).await;
        assert_eq!(refusal(asked), Refusal::AssessmentFirst);
        let new = answers(last_visit(&office, id).await);
        record_assessment(db, &office.cx, &second, (id, new.clone()), at(22, 11)).await.unwrap();
        office.asked(id, at(22, 12)).await;

        let approver: Proof<held::Approver> = office.proof("approver").await;
        let (row, lines) = read(db, &office.cx, &approver, (id, new.id), at(22, 13)).await.unwrap();
        assert_eq!((row.points, lines[0].said.as_str(), lines[2].said.as_str()), (13, "值10的", "墙面受潮"));
        let late = record_assessment(db, &office.cx, &second, (id, answers(row.visit_id)), at(22, 14)).await;
        assert!(matches!(refusal(late), Refusal::NotNow { status: Status::InApproval, .. }));
        office.closes().await;
    }

    async fn where_nothing_is_written_nothing_is_asked(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await;
        assert!(!is_open(db, &case).await.unwrap());
        let lacking = lacking(db, &case, monday()).await.unwrap();
        assert!(lacking.iter().all(|it| !it.demand.needed && it.because.source.starts_with("示例")));
        assert_eq!(lacking.len(), 2);
        for kind in [Kind::Assessment, Kind::CouncilAbove, Kind::SameNeed] {
            assert!(store::setting::of_kind(db, kind).await.unwrap().is_empty());
        }
        domain::aid::reference::load(db, at(30, 9)).await.unwrap();
        assert_eq!(store::setting::of_kind(db, Kind::Papers).await.unwrap().len(), 12, "loaded once");
        office.closes().await;
    }
}
