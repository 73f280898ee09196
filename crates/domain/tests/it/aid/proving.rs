use domain::{
    aid::{
        Category, Decision, PayeeKind, Refusal, Status,
        appeal::Outcome,
        bundle::{self, Broken, Cut, PublicKey, SECTIONS, Signer, Why, prove, prove_at_the_machine, verify},
        commands::{
            accept::accept,
            answer::{Received, accept_answer, read_answer},
            appeal::{file, judge},
            assessment::{NewAssessment, record_assessment},
            evidence::add,
            notice::close_due_notices,
            objection::{object, resolve},
            payee::{self, NewPayee},
            setting::{self, NewSetting},
            settle::account_checked,
        },
        history::{
            Did,
            commands::{Seen, SeenFile, keep_in},
        },
        payment::{BankResult, PaymentState, ReturnReason},
        separation::{Part, Rule},
        setting::{
            Says,
            assessment::{Answered, Choice, Kind, Question},
        },
        store,
    },
    authority::{AuditAdmin, Role},
    evidence::{Files, Item},
    ids::{AppealId, AssessmentId, CaseId, ObjectionId},
    person::Payout,
    privacy::PayoutNumber,
};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::{
    evidence::paper,
    office::{COUNTY, Office, at, monday, refusal},
};
use crate::cast::{date, joined, login, region, write};

fn signer() -> Signer {
    Signer::from_seed(&[5; 32]).unwrap()
}

/// A case with everything: returned once, paid the second time.
async fn paid(office: &Office<'_>) -> domain::ids::CaseId {
    let case = office.ready("wang", monday()).await;
    let (_, payments) = office.sent(at(60, 9)).await;
    office.bank(&payments[0], BankResult::Returned(ReturnReason::NameDiffers), at(61, 9)).await;
    let worker = office.worker("second").await;
    account_checked(office.db, &office.cx, &worker, case, at(62, 9)).await.unwrap();
    let (_, payments) = office.sent(at(63, 9)).await;
    office.bank(&payments[0], BankResult::Paid, at(64, 9)).await;
    case
}

/// The platform's own record of the first round: it began, somebody wrote something and sent a file with it, and it was agreed to.
async fn the_platform_says(office: &Office<'_>, case: CaseId) {
    let round = store::approval::of_case(office.db, case).await.unwrap().remove(0);
    let line = |minute: i64, who: &str, did, said: &str| Seen {
        mark: format!("{minute}"),
        who: Some(login(who)),
        did,
        said: said.to_owned(),
        at: monday() + chrono::TimeDelta::minutes(minute - 30),
        files: Vec::new(),
    };
    let paper =
        SeenFile {
            file_id: "f-1".to_owned(), name: "病历.pdf".to_owned(), kind: "pdf".to_owned(), bytes: 7
        };
    let seen = [
        line(1, "reviewer", Did::Started, ""),
        Seen { files: vec![paper], ..line(2, "approver", Did::Commented, "情况属实") },
        line(3, "approver", Did::Agreed, ""),
    ];
    let tx = write(office.db).await;
    assert_eq!(keep_in(&tx, &office.cx, &round, &seen, monday()).await.unwrap(), 3);
    tx.commit().await.unwrap();
}

async fn execute(db: &DatabaseConnection, sql: &str) {
    db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
}

schema::both! {
    async fn an_auditor_takes_the_file_away_and_verifies_it(db) {
        let office = Office::open(db).await;
        let case = paid(&office).await;
        let auditor = office.proof("auditor").await;
        let bytes = prove(db, &office.cx, &auditor, &signer(), case, at(65, 9)).await.unwrap();
        let key = PublicKey::parse(&signer().public_key().to_string()).unwrap();
        let report = verify(&bytes, &key).unwrap();
        assert_eq!((report.case, report.status), (case, Status::Paid));
        assert_eq!((report.approved, report.paid), (Some(Fen::yuan(3000)), Fen::yuan(3000)));
        assert_eq!(report.made_by, "auditor");
        assert_eq!(report.chain_end, audit::head(db).await.unwrap());

        let text = String::from_utf8(bytes).unwrap();
        for secret in ["王秀英", "13800001234", "6222021202041234567", "行动不便", "难\""] {
            assert!(!text.contains(secret), "{secret}");
        }
        let other = Signer::from_seed(&[6; 32]).unwrap().public_key();
        let wrong = verify(text.as_bytes(), &other);
        assert_eq!(wrong, Err(Broken { section: "seal".to_owned(), why: Why::OtherKey }));
        office.closes().await;
    }

    async fn who_had_a_part_in_the_case_does_not_audit_it(db) {
        let office = Office::open(db).await;
        // He was a worker when he took the case, and is an auditor today.
        let he = joined(db, "he").await;
        office.grant_from(&he, Role::Worker, at(1, 0), Some(at(22, 0))).await;
        let case = office.submitted("wang", monday()).await;
        accept(db, &office.cx, &office.worker("he").await, case.id, monday()).await.unwrap();
        office.grant_from(&he, Role::AuditAdmin, at(23, 0), None).await;
        let auditor = AuditAdmin::prove(db, &he, region(COUNTY), at(24, 0)).await.unwrap().unwrap();
        let refused = prove(db, &office.cx, &auditor, &signer(), case.id, at(24, 9)).await;
        let rule = Rule { did: Part::Registrar, wants: Part::Auditor };
        assert_eq!(refusal(refused), Refusal::Separation(rule));
    }

    async fn what_was_said_against_it_stands_in_the_bundle_with_its_answers(db) {
        let office = Office::open(db).await;
        let (cx, key) = (&office.cx, signer().public_key());
        office.hire("judge", Role::Worker).await;
        let case = office.approved("wang", monday()).await;
        the_platform_says(&office, case).await;
        office.published(case, monday()).await;
        let registrar = office.worker("registrar").await;
        let said = (case, ObjectionId::new(monday()), "并非本人情况");
        let objection = object(db, cx, &registrar, said, at(22, 9)).await.unwrap();
        let bundle = async |now| prove_at_the_machine(db, cx, &signer(), case, now).await.unwrap();
        let report = verify(&bundle(at(22, 9)).await, &key).unwrap();
        assert_eq!(report.objections, bundle::Answered { all: 1, open: 1 }, "nobody has answered yet");
        assert_eq!((report.notices, report.appeals, report.platform_lines), (1, bundle::Answered::default(), 3));

        let resolver = office.worker("resolver").await;
        resolve(db, cx, &resolver, (objection.id, Outcome::Upheld), at(22, 10)).await.unwrap();
        let (herself, appeal, other) = (office.myself("wang").await, AppealId::new(monday()), office.worker("judge").await);
        file(db, cx, &herself, (case, appeal, "异议说的不是我"), at(23, 9)).await.unwrap();
        let report = verify(&bundle(at(23, 10)).await, &key).unwrap();
        assert_eq!((report.objections, report.appeals), (bundle::Answered { all: 1, open: 0 }, bundle::Answered { all: 1, open: 1 }));
        judge(db, cx, &other, (appeal, Outcome::Upheld, "核实是本人"), at(24, 9)).await.unwrap();
        let instance = office.asked(case, at(28, 9)).await;
        office.decides("approver", Decision::Agree, &instance, at(28, 10)).await.unwrap();
        office.published(case, at(28, 11)).await;
        let said = (case, ObjectionId::new(at(29, 9)), "另有一处不实");
        let objection = object(db, cx, &registrar, said, at(29, 9)).await.unwrap();
        resolve(db, cx, &resolver, (objection.id, Outcome::Dismissed), at(29, 10)).await.unwrap();
        assert_eq!(close_due_notices(db, cx, at(60, 9)).await.unwrap(), 1);
        let bytes = bundle(at(60, 10)).await;
        let report = verify(&bytes, &key).unwrap();
        assert_eq!((report.notices, report.objections), (2, bundle::Answered { all: 2, open: 0 }));
        assert_eq!(report.appeals, bundle::Answered { all: 1, open: 0 });
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("\"state\": \"taken_down\"") && text.contains("\"did\": \"commented\""));
        for secret in ["并非本人情况", "异议说的不是我", "核实是本人", "情况属实", "病历.pdf"] {
            assert!(!text.contains(secret), "{secret}");
        }

        // Somebody with the database's password turns an answer round, says that a notice hung to its end, or makes a line another one's.
        for (sql, back, section) in [
            (
                "UPDATE aid_objection SET resolved_by = 'lead' WHERE outcome = 'upheld'",
                "UPDATE aid_objection SET resolved_by = 'resolver' WHERE outcome = 'upheld'",
                "objections",
            ),
            ("UPDATE aid_appeal SET by_hand = true", "UPDATE aid_appeal SET by_hand = false", "appeals"),
            (
                "UPDATE aid_public_notice SET state = 'open' WHERE state = 'taken_down'",
                "UPDATE aid_public_notice SET state = 'taken_down' WHERE state = 'open'",
                "notices",
            ),
            (
                "UPDATE aid_approval_entry SET round = 9",
                "UPDATE aid_approval_entry SET round = 1",
                "history",
            ),
        ] {
            execute(db, sql).await;
            let found = verify(&bundle(at(60, 11)).await, &key);
            assert_eq!(found, Err(Broken { section: section.to_owned(), why: Why::Contradicts }), "{sql}");
            execute(db, back).await;
            assert!(verify(&bundle(at(60, 11)).await, &key).is_ok(), "{back}");
        }
        office.closes().await;
    }

    async fn several_payments_of_one_case_stand_one_after_the_other_with_their_lines(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(1500, monday()).await;
        office.brings(case, at(22, 9)).await.unwrap();
        office.goes_the_ordinary_way(case, 3000, at(23, 9)).await;
        let (_, payments) = office.sent(at(60, 9)).await;
        office.bank(&payments[0], BankResult::Returned(ReturnReason::Other), at(60, 10)).await;
        let worker = office.worker("second").await;
        account_checked(db, &office.cx, &worker, case, at(61, 9)).await.unwrap();
        let (_, payments) = office.sent(at(62, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(62, 10)).await;
        let bytes = prove_at_the_machine(db, &office.cx, &signer(), case, at(63, 9)).await.unwrap();
        let report = verify(&bytes, &signer().public_key()).unwrap();
        let parts: Vec<_> = report.instalments.iter().map(|it| (it.nth, it.amount, it.state, it.paid_so_far)).collect();
        let yuan = Fen::yuan;
        assert_eq!(parts, [
            (1, yuan(1500), PaymentState::Paid, yuan(1500)),
            (2, yuan(1500), PaymentState::Returned, yuan(1500)),
            (3, yuan(1500), PaymentState::Paid, yuan(3000)),
        ]);
        // One payment says that it is the other one: the ledger's lines are not its own.
        execute(db, "UPDATE aid_payment SET state = 'returned' WHERE state = 'paid'").await;
        execute(db, "UPDATE aid_case SET paid = 0").await;
        let bytes = prove_at_the_machine(db, &office.cx, &signer(), case, at(63, 10)).await.unwrap();
        assert!(verify(&bytes, &signer().public_key()).is_err());
    }

    async fn what_was_wrong_in_the_database_is_wrong_in_the_bundle(db) {
        let office = Office::open(db).await;
        let case = paid(&office).await;
        let clean = prove_at_the_machine(db, &office.cx, &signer(), case, at(65, 9)).await.unwrap();
        assert!(verify(&clean, &signer().public_key()).is_ok());
        // Somebody with the database's password makes the case cheaper; the ledger remembers.
        execute(db, "UPDATE aid_case SET paid = 100").await;
        let bytes = prove_at_the_machine(db, &office.cx, &signer(), case, at(65, 9)).await.unwrap();
        let found = verify(&bytes, &signer().public_key());
        assert_eq!(found, Err(Broken { section: "ledger".to_owned(), why: Why::Contradicts }));
    }
}

/// With everything that a proof can hold: a sheet, a paper, somebody who receives, a check, a return, a file of the bank.
async fn with_everything(office: &Office<'_>) -> domain::ids::CaseId {
    let (db, cx) = (office.db, &office.cx);
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path()).unwrap();
    let (one, other) = (office.worker("lead").await, office.worker("second").await);
    let choices = [("能", 0), ("不能", 10)].map(|(label, points)| Choice { label: label.to_owned(), points });
    let question =
        Question { text: "能走路吗".to_owned(), kind: Kind::One { choices: choices.to_vec() } };
    let new = NewSetting {
        category: Category::ILLNESS,
        region: region(COUNTY),
        valid_from: date(2026, 9, 21),
        says: Says::Assessment { questions: vec![question] },
        source: "示例〔2026〕9号".to_owned(),
    };
    let row = setting::propose(db, cx, &one, new, monday()).await.unwrap();
    setting::decide(db, cx, &other, (row.id, true), monday()).await.unwrap();
    let case = office.visited("wang", monday()).await.id;
    let visit = store::case::visits(db, case).await.unwrap().pop().unwrap().id;
    let sheet = NewAssessment { id: AssessmentId::new(monday()), visit, answers: vec![Answered::One(1)] };
    record_assessment(db, cx, &one, (case, sheet), monday()).await.unwrap();
    let registrar = office.worker("registrar").await;
    add(db, (cx, &files), &registrar, (case, paper(Item::Mandate)), monday()).await.unwrap();
    let instance = office.asked(case, monday()).await;
    office.decides("approver", Decision::Agree, &instance, monday()).await.unwrap();
    office.published(case, monday()).await;
    close_due_notices(db, cx, at(49, 8)).await.unwrap();
    let (_, payments) = office.sent(at(60, 9)).await;
    office.bank(&payments[0], BankResult::Returned(ReturnReason::NameDiffers), at(61, 9)).await;

    let payout =
        Payout { number: PayoutNumber::parse("6222021202041234567").unwrap(), bank: "某银行".to_owned() };
    let new = NewPayee { kind: PayeeKind::Unit, link: None, payout, until: date(2026, 12, 31) };
    let row = payee::propose(db, cx, &other, (case, new), at(62, 9)).await.unwrap();
    payee::decide(db, cx, &one, (case, row.id, true), at(62, 9)).await.unwrap();
    payee::vouch(db, cx, &registrar, (case, row.id, "问过本人"), at(62, 9)).await.unwrap();
    let (batch, payments) = office.sent(at(63, 9)).await;
    let (line, unit) = (payments[0].line, row.name);
    let file = format!("序号\n{line}\t{unit}\t****4567\t3000.00\t已付\t");
    let confirmer = office.payer("confirmer").await;
    let read = read_answer(db, cx, &confirmer, (batch.id, file.as_bytes()), at(64, 9)).await.unwrap();
    let Received::New(answer) = read else { panic!("known") };
    accept_answer(db, cx, &confirmer, answer, at(64, 9)).await.unwrap();
    assert_eq!(office.status(case).await, Status::Paid);
    case
}

/// Every byte, changed in two ways: the part in which it stands is not what was signed. A bundle is cut once and each part held as
/// [`verify`] holds it; every hundredth change goes the whole way.
#[tokio::test]
async fn every_changed_byte_is_found_and_its_section_named() {
    let fresh = schema::testing::sqlite().await;
    let office = Office::open(&fresh.db).await;
    let case = with_everything(&office).await;
    let bytes = prove_at_the_machine(&fresh.db, &office.cx, &signer(), case, at(65, 9)).await.unwrap();
    let key = signer().public_key();
    verify(&bytes, &key).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    for there in [
        "\"said_amount\": 300000",
        "\"nth\": 2",
        "\"payee\"",
        "\"assessment\"",
        "\"became\": \"written\"",
        "\"remaining\"",
        "\"kept_sha256\"",
    ] {
        assert!(text.contains(there), "{there}");
    }
    let cut = Cut::of(&bytes).unwrap();
    let names: Vec<&str> = cut.parts().iter().map(|part| part.name).collect();
    let wanted: Vec<&str> = ["format", "seal", "file"].into_iter().chain(SECTIONS).chain(["file"]).collect();
    assert_eq!(names, wanted);
    let mut changed = bytes.clone();
    let mut next = 0;
    for part in cut.parts() {
        assert_eq!(part.at.start, next, "every byte is in one part");
        next = part.at.end;
        for at in part.at.clone() {
            for flip in [0x01, 0x20] {
                changed[at] ^= flip;
                let broken = cut.holds(&changed, part, &key).expect_err("a changed byte");
                assert_eq!(broken.section, part.name, "byte {at}");
                if at % 100 == 0 {
                    verify(&changed, &key).expect_err("a changed byte");
                }
                changed[at] ^= flip;
            }
        }
    }
    assert_eq!(next, bytes.len());
    for end in (0..bytes.len()).step_by(997) {
        assert!(verify(&bytes[..end], &key).is_err(), "cut off at {end}");
    }
    let longer = [&bytes[..], b"\n"].concat();
    assert!(verify(&longer, &key).is_err());
}
