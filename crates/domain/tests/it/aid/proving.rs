use domain::{
    aid::{
        Happened, Refusal, Status,
        bundle::{Broken, PublicKey, SECTIONS, Signer, Why, prove, prove_at_the_machine, verify},
        commands::{accept::accept, settle::account_checked},
        payment::{BankResult, ReturnReason},
        separation::{Part, Rule},
    },
    authority::{AuditAdmin, Role},
};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{joined, region};

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

/// Any byte: what it was changed to, and where it stands, does not matter.
#[tokio::test]
async fn every_changed_byte_is_found_and_its_section_named() {
    let fresh = schema::testing::sqlite().await;
    let office = Office::open(&fresh.db).await;
    let case = paid(&office).await;
    assert!(office.log(case).await.contains(&Happened::AccountChecked));
    let bytes = prove_at_the_machine(&fresh.db, &office.cx, &signer(), case, at(65, 9)).await.unwrap();
    let key = signer().public_key();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let mut named = std::collections::BTreeSet::new();
    let mut section = "file".to_owned();
    let (mut inside, mut offset) = (false, 0);
    for line in text.split_inclusive('\n') {
        inside |= line.starts_with("  \"sections\"");
        let name = line.trim().split('"').nth(1).unwrap_or_default();
        if line.starts_with("  \"") && matches!(name, "format" | "seal" | "sections") {
            section = if name == "sections" { "file".to_owned() } else { name.to_owned() };
        }
        if inside && line.starts_with("    \"") {
            section = name.to_owned();
        }
        for at in (offset..offset + line.len()).step_by(9) {
            for flip in [0x01, 0x20] {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                let broken = verify(&changed, &key).expect_err("a changed byte");
                // A change of a bracket or a name at an edge may be seen first in the neighbour.
                let edge = line.starts_with("    \"")
                    || line.starts_with("    ]")
                    || line.starts_with("    }")
                    || line.starts_with("  \"")
                    || line.starts_with("  }")
                    || line.starts_with('}')
                    || line.starts_with('{');
                assert!(edge || broken.section == section, "byte {at} in {section}: {broken} {line:?}");
                named.insert(broken.section);
            }
        }
        offset += line.len();
    }
    assert!(SECTIONS.iter().all(|name| named.contains(*name)), "{named:?}");
}
