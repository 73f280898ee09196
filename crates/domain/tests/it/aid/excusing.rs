//! 回避: who is excused from a case reads nothing of it, and that he tried is written down.

use domain::{
    By,
    aid::{
        Refusal,
        commands::{
            accept::accept,
            confirm::{bank_file, confirm_batch},
            council::{NewCouncil, record},
            read::{answers, findings},
        },
        council::Vote,
        excused::{Excused, kept_from},
        history,
        progress::{for_auditor, for_worker},
        separation::{Part, Rule},
        store,
    },
    authority::{Grants, Role},
    declaration::{
        RelationKind,
        commands::{declare, end},
    },
    ids::{CaseId, CouncilId},
    person::kin::{Ended, NewKin, Relationship, commands as kin},
};

use super::office::{Office, at, in_need, monday, refusal};
use crate::cast::{audited, date, login, registered};

fn kept(did: Part, wants: Part) -> Refusal {
    Refusal::Separation(Rule { did, wants })
}

/// Why a case is kept from somebody.
async fn why(office: &Office<'_>, name: &str, case: CaseId) -> Option<Part> {
    let excused = Excused::of(office.db, &login(name), at(22, 12)).await.unwrap();
    let found = excused.from(&office.case(case).await);
    let among = excused.among(office.db, [case]).await.unwrap();
    assert_eq!(among.contains(&case), found.is_some());
    found
}

schema::both! {
    async fn who_stepped_aside_reads_nothing_from_then_on(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await.id;
        let zhao = registered(db, in_need(office.wang.unit_id, "赵德福")).await;
        office.link("zhao", zhao.id).await;
        let other = office.submitted("zhao", monday()).await.id;
        assert_eq!(why(&office, "resolver", case).await, None);
        let votes = [("registrar", Vote::For), ("approver", Vote::For), ("lead", Vote::For), ("resolver", Vote::Recused)];
        let meeting = NewCouncil {
            id: CouncilId::new(monday()),
            held_on: date(2026, 9, 22),
            votes: votes.map(|(name, vote)| (login(name), vote)).to_vec(),
            why: String::new(),
        };
        record(db, &office.cx, &office.worker("second").await, (case, meeting), at(22, 9)).await.unwrap();
        assert_eq!(why(&office, "resolver", case).await, Some(Part::Recused));
        assert_eq!(why(&office, "resolver", other).await, None, "of others he reads as before");
        assert_eq!(why(&office, "registrar", case).await, None);

        let resolver = office.worker("resolver").await;
        let (visit, no) = (store::case::visits(db, case).await.unwrap()[0].id, kept(Part::Recused, Part::Clerk));
        assert_eq!(refusal(for_worker(db, &resolver, case, at(22, 12)).await), no);
        assert!(for_worker(db, &resolver, other, at(22, 12)).await.is_ok());
        let read = answers(db, &office.cx, &resolver, case, at(22, 12)).await;
        assert_eq!(refusal(read.map(drop)), no);
        let read = findings(db, &office.cx, &resolver, (case, visit), at(22, 12)).await;
        assert_eq!(refusal(read.map(drop)), no);
        let record = history::commands::open(db, &office.cx, (&resolver, Part::Clerk), case, at(22, 12)).await;
        assert_eq!(refusal(record.map(drop)), no);
    }

    async fn that_somebody_tried_is_written_down(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        let grants = Grants::of(db, &login("resolver"), monday()).await.unwrap();
        let row = (office.wang.id, RelationKind::Household, date(2026, 9, 1));
        let row = declare(db, &office.cx, &grants, row, monday()).await.unwrap();
        for (name, expected) in [("resolver", Some(Part::Relative)), ("registrar", None)] {
            let before = audited(db).await;
            let (login, proof) = (login(name), office.worker(name).await);
            let who = (&login, By::from(&proof));
            assert_eq!(kept_from(db, &office.cx, who, &case, at(22, 12)).await.unwrap(), expected);
            assert_eq!(audited(db).await, before + i64::from(expected.is_some()));
        }
        let subjects = vec![case.subject()];
        let search = audit::Search { subjects, ..audit::Search::default() };
        let last = audit::search(db, &search, None, 1).await.unwrap().pop().unwrap();
        assert_eq!(last.action, "aid.kept_from");
        // It ends with the relation.
        end(db, &office.cx, &login("resolver"), (row.id, date(2026, 9, 21)), monday()).await.unwrap();
        assert_eq!(why(&office, "resolver", case.id).await, None);
        office.closes().await;
    }

    async fn the_family_that_the_register_knows_does_nothing_and_reads_nothing(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let knows = async |person, relation, relative| {
            let new = NewKin { relation, name: "某".to_owned(), relative: Some(relative), from_on: None };
            kin::add(db, &office.cx, &registrar, (person, new), monday()).await.unwrap()
        };
        // Her daughter, by her row; her sister, by the sister's row; the daughter's husband; and the brother of her own. All work here.
        let mut logins = Vec::new();
        for name in ["daughter", "sister", "son_in_law", "husband", "brother_in_law", "colleague"] {
            let own = registered(db, in_need(office.wang.unit_id, name)).await;
            office.link(name, own.id).await;
            office.grant(&login(name), Role::Worker).await;
            logins.push(own.id);
        }
        let [daughter, sister, son_in_law, husband, brother_in_law, colleague] = logins[..] else { panic!() };
        let hers = knows(office.wang.id, Relationship::Child, daughter).await;
        knows(sister, Relationship::Sibling, office.wang.id).await;
        knows(daughter, Relationship::Spouse, son_in_law).await;
        knows(office.wang.id, Relationship::Spouse, husband).await;
        knows(husband, Relationship::Sibling, brother_in_law).await;
        knows(brother_in_law, Relationship::Other, colleague).await;
        for name in ["daughter", "sister", "son_in_law", "husband", "brother_in_law"] {
            assert_eq!(why(&office, name, case).await, Some(Part::Relative), "{name}");
            let takes = accept(db, &office.cx, &office.worker(name).await, case, at(22, 9)).await;
            assert_eq!(refusal(takes), kept(Part::Relative, Part::Registrar), "{name}");
        }
        assert_eq!(why(&office, "colleague", case).await, None);
        // What was written down by mistake ends, and with it what follows from it.
        kin::end(db, &office.cx, &registrar, (hers.id, Ended::Mistake), (date(2026, 9, 21), monday())).await.unwrap();
        for name in ["daughter", "son_in_law"] {
            assert_eq!(why(&office, name, case).await, None, "{name}");
        }
        accept(db, &office.cx, &office.worker("daughter").await, case, at(22, 9)).await.unwrap();
        office.closes().await;
    }

    async fn whoever_is_close_to_the_person_reads_nothing_either(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        // Her husband works at the desk, and so does somebody who may act for her.
        let husband = registered(db, in_need(office.wang.unit_id, "赵德福")).await;
        for (name, own) in [("husband", true), ("proxy", false)] {
            if own {
                office.link(name, husband.id).await;
            } else {
                office.mandate(name, office.wang.id).await;
            }
            office.grant(&login(name), Role::Worker).await;
        }
        assert_eq!(why(&office, "husband", case).await, None, "the register does not know it yet");
        let spouse = NewKin {
            relation: Relationship::Spouse,
            name: "赵德福".to_owned(),
            relative: Some(husband.id),
            from_on: Some(date(1968, 5, 1)),
        };
        let registrar = office.worker("registrar").await;
        kin::add(db, &office.cx, &registrar, (office.wang.id, spouse), monday()).await.unwrap();
        for (name, did) in [("husband", Part::Relative), ("proxy", Part::Applicant)] {
            assert_eq!(why(&office, name, case).await, Some(did));
            let worker = office.worker(name).await;
            let accepts = domain::aid::commands::accept::accept(db, &office.cx, &worker, case, monday()).await;
            assert_eq!(refusal(accepts), kept(did, Part::Registrar));
            let read = answers(db, &office.cx, &worker, case, monday()).await;
            assert_eq!(refusal(read.map(drop)), kept(did, Part::Clerk));
        }
        assert_eq!(why(&office, "wang", case).await, Some(Part::Applicant));
        // An auditor who is close audits nothing.
        let grants = Grants::of(db, &login("auditor"), monday()).await.unwrap();
        declare(db, &office.cx, &grants, (office.wang.id, RelationKind::Kin, date(2026, 9, 1)), monday()).await.unwrap();
        let auditor = office.proof("auditor").await;
        let no = kept(Part::Relative, Part::Auditor);
        assert_eq!(refusal(for_auditor(db, &auditor, case, monday()).await), no);
        office.closes().await;
    }

    async fn who_is_excused_takes_no_file_to_the_bank(db) {
        let office = Office::open(db).await;
        office.ready("wang", monday()).await;
        office.hire("cousin", Role::Payer).await;
        let batch = office.batch(at(60, 9)).await.unwrap().batch;
        let confirmer = office.payer("confirmer").await;
        let seen = (batch.id, batch.version);
        confirm_batch(db, &office.cx, &confirmer, seen, at(60, 10)).await.unwrap();
        let cousin = office.payer("cousin").await;
        assert!(bank_file(db, &office.cx, &cousin, batch.id, at(60, 10)).await.is_ok());
        let grants = Grants::of(db, &login("cousin"), at(60, 10)).await.unwrap();
        let row = (office.wang.id, RelationKind::Kin, date(2026, 9, 1));
        declare(db, &office.cx, &grants, row, at(60, 10)).await.unwrap();
        let file = bank_file(db, &office.cx, &cousin, batch.id, at(60, 11)).await;
        assert_eq!(refusal(file.map(|_| ())), kept(Part::Relative, Part::Payer));
        office.closes().await;
    }
}
