//! Papers of a case: they come once, are seen by those who may, and bytes and rows agree whatever happens in between.

use std::{collections::BTreeSet, path::Path};

use attachment::{Examined, Kind, Mark, Marked};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    aid::{
        Happened,
        bundle::{Signer, prove, verify},
        commands::{
            evidence::{
                NewPaper, add, add_to_draft, add_to_own_case, list, list_for_approver, mark, open,
                open_for_approver, own_small, redact, refused, take_back,
            },
            submit::submit,
            withdraw::withdraw,
        },
    },
    authority::{Myself, Worker},
    evidence::{
        Evidence, EvidenceError, Files, Item, MOST, Part, Refusal, Sent, Source, State, store,
        sweep::{Swept, sweep},
    },
    ids::{CaseId, EvidenceId},
};
use sea_orm::DatabaseConnection;
use tempfile::TempDir;

use super::office::{Office, at, monday};
use crate::cast::texts;

const PICTURE: &[u8] = b"what is kept of the picture";
const SMALL: &[u8] = b"the small picture";

pub(crate) fn sent(kept: &[u8]) -> Sent {
    let examined = Examined {
        kind: Kind::Jpeg,
        bytes: kept.to_vec(),
        taken: None,
        size: Some((8, 8)),
        pages: None,
        was_read: false,
        small: Some(SMALL.to_vec()),
    };
    Sent::of(b"as it was sent, with a camera", examined)
}

pub(crate) fn paper(item: Item) -> NewPaper {
    NewPaper { id: EvidenceId::new(monday()), item, source: Source::Copy, sent: sent(PICTURE) }
}

/// An office with a folder for papers.
struct Desk<'a> {
    office: Office<'a>,
    files: Files,
    folder: TempDir,
}

impl<'a> Desk<'a> {
    async fn open(db: &'a DatabaseConnection) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { office: Office::open(db).await, files: Files::in_folder(folder.path()).unwrap(), folder }
    }

    fn keys(&self) -> (&domain::Context, &Files) {
        (&self.office.cx, &self.files)
    }

    /// What lies in the folder.
    fn objects(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for folder in std::fs::read_dir(self.folder.path()).unwrap() {
            let folder = folder.unwrap().path();
            for file in std::fs::read_dir(&folder).unwrap() {
                let file = file.unwrap().path();
                let name = Path::new(folder.file_name().unwrap()).join(file.file_name().unwrap());
                found.insert(name.to_str().unwrap().to_owned());
            }
        }
        found
    }

    async fn swept(&self, now: DateTime<Utc>) -> Swept {
        sweep(self.office.db, &self.files, now).await.unwrap()
    }

    async fn wang(&self) -> Myself {
        self.office.myself("wang").await
    }

    async fn worker(&self) -> Worker {
        self.office.worker("registrar").await
    }

    /// A request of 王秀英 with a diagnosis, sent on Monday.
    async fn asked(&self) -> (CaseId, Evidence) {
        let (db, wang) = (self.office.db, self.wang().await);
        let draft = self.office.written(&wang, "illness", monday()).await;
        let new = paper(Item::Diagnosis);
        let paper = add_to_draft(db, self.keys(), &wang, (draft.id, new), monday()).await.unwrap();
        let sent = (draft.id, draft.version);
        (submit(db, &self.office.cx, &wang, sent, monday()).await.unwrap().id, paper)
    }
}

fn said<T: std::fmt::Debug>(result: Result<T, EvidenceError>) -> Refusal {
    match result {
        Err(EvidenceError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

fn nothing<T: std::fmt::Debug>(result: Result<T, EvidenceError>) {
    match result {
        Err(EvidenceError::NotFound) => {}
        other => panic!("expected nothing: {other:?}"),
    }
}

schema::both! {
    async fn a_paper_comes_once_and_enters_the_log_with_the_request(db) {
        let desk = Desk::open(db).await;
        let wang = desk.wang().await;
        let draft = desk.office.written(&wang, "illness", monday()).await;
        let new = paper(Item::Diagnosis);
        for _ in 0..2 {
            add_to_draft(db, desk.keys(), &wang, (draft.id, new.clone()), monday()).await.unwrap();
        }
        assert_eq!(store::of_draft(db, draft.id).await.unwrap().len(), 1, "a second tap");
        assert_eq!(desk.objects().len(), 2, "the picture and the small one");
        let case = submit(db, &desk.office.cx, &wang, (draft.id, draft.version), monday()).await.unwrap();
        let kept = store::of_case(db, case.id).await.unwrap().remove(0);
        assert_ne!(kept.sent_sha256, kept.kept_sha256);
        let entry = Happened::EvidenceAdded {
            evidence: new.id, item: Item::Diagnosis, sha256: kept.kept_sha256.clone(),
        };
        assert_eq!(desk.office.log(case.id).await, [Happened::Submitted, entry]);
        assert_eq!(store::of_draft(db, draft.id).await.unwrap(), []);

        // At rest it says nothing, and neither do names.
        for name in desk.objects() {
            let bytes = std::fs::read(desk.folder.path().join(&name)).unwrap();
            for clear in [PICTURE, SMALL] {
                assert!(!bytes.windows(clear.len()).any(|here| here == clear), "{name}");
            }
        }
        let (_, bytes) = open(db, desk.keys(), &desk.worker().await, (case.id, new.id, Part::Original), monday()).await.unwrap();
        assert_eq!(bytes, PICTURE);
        let own = own_small(db, desk.keys(), wang.account(), new.id).await.unwrap();
        assert_eq!(own, SMALL);
        desk.office.closes().await;
    }

    async fn papers_are_those_of_the_place_and_of_whoever_decides_and_nobody_elses(db) {
        let desk = Desk::open(db).await;
        let (case, paper) = desk.asked().await;
        let (cx, now) = (&desk.office.cx, at(22, 9));
        let elsewhere = crate::cast::worker(db, "elsewhere", "330205").await;
        nothing(list(db, cx, &elsewhere, case, now).await);
        nothing(open(db, desk.keys(), &elsewhere, (case, paper.id, Part::Original), now).await);
        nothing(add(db, desk.keys(), &elsewhere, (case, self::paper(Item::Other)), now).await);
        nothing(mark(db, cx, &elsewhere, (case, paper.id, true), now).await);
        nothing(redact(db, desk.keys(), &elsewhere, (case, paper.id, (b"x", b"y")), now).await);
        let other = crate::cast::joined(db, "other").await;
        nothing(own_small(db, desk.keys(), &other, paper.id).await);

        // Whoever looks is seen.
        let looks = async || texts(db, "SELECT action FROM audit_row WHERE action LIKE 'aid.evidence_%' ORDER BY seq").await;
        let before = looks().await.len();
        list(db, cx, &desk.worker().await, case, now).await.unwrap();
        open(db, desk.keys(), &desk.worker().await, (case, paper.id, Part::Original), now).await.unwrap();
        let approver = desk.office.proof("approver").await;
        open_for_approver(db, desk.keys(), &approver, (case, paper.id), now).await.unwrap();
        assert_eq!(looks().await[before..], ["aid.evidence_listed", "aid.evidence_opened", "aid.evidence_opened"]);

        // A worker on the applicant's side is no worker here.
        let worker = desk.office.hire("kin", domain::authority::Role::Worker);
        worker.await;
        desk.office.mandate("kin", desk.office.wang.id).await;
        let kin = desk.office.worker("kin").await;
        assert!(matches!(said(list(db, cx, &kin, case, now).await), Refusal::Aid(_)));
        desk.office.closes().await;
    }

    async fn whoever_decides_sees_the_copy_in_which_something_is_black(db) {
        let desk = Desk::open(db).await;
        let (case, paper) = desk.asked().await;
        let (cx, now) = (&desk.office.cx, at(22, 9));
        let approver = desk.office.proof("approver").await;
        let seen = async || open_for_approver(db, desk.keys(), &approver, (case, paper.id), now).await.unwrap().1;
        assert_eq!(seen().await, PICTURE);
        let worker = desk.worker().await;
        for copy in [&b"first copy"[..], b"second copy"] {
            redact(db, desk.keys(), &worker, (case, paper.id, (copy, b"small copy")), now).await.unwrap();
            assert_eq!(seen().await, copy);
        }
        let (_, bytes) = open(db, desk.keys(), &worker, (case, paper.id, Part::Original), now).await.unwrap();
        assert_eq!(bytes, PICTURE, "the original stays");
        // The first copy belongs to nobody.
        assert_eq!((desk.objects().len(), desk.swept(now).await.objects, desk.objects().len()), (6, 2, 4));
        assert_eq!(seen().await, b"second copy");

        mark(db, cx, &worker, (case, paper.id, false), now).await.unwrap();
        let void = mark(db, cx, &worker, (case, paper.id, true), now).await.unwrap();
        assert_eq!((void.state, void.source), (State::Void, Source::OriginalSeen));
        let log = desk.office.log(case).await.len();
        mark(db, cx, &worker, (case, paper.id, true), now).await.unwrap();
        assert_eq!(desk.office.log(case).await.len(), log, "a second tap");
        assert_eq!(list_for_approver(db, cx, &approver, case, now).await.unwrap(), []);
        nothing(open_for_approver(db, desk.keys(), &approver, (case, paper.id), now).await);
        assert_eq!(list(db, cx, &worker, case, now).await.unwrap().len(), 1, "it stays for those who keep the file");
        desk.office.closes().await;
    }

    async fn the_proof_of_a_case_has_the_hashes_of_its_papers(db) {
        let desk = Desk::open(db).await;
        let (case, paper) = desk.asked().await;
        let worker = desk.worker().await;
        add(db, desk.keys(), &worker, (case, self::paper(Item::Bills)), at(22, 9)).await.unwrap();
        redact(db, desk.keys(), &worker, (case, paper.id, (b"copy", b"small")), at(22, 10)).await.unwrap();
        let signer = Signer::from_seed(&[5; 32]).unwrap();
        let auditor = desk.office.proof("auditor").await;
        let bytes = prove(db, &desk.office.cx, &auditor, &signer, case, at(23, 9)).await.unwrap();
        verify(&bytes, &signer.public_key()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let row = store::find(db, paper.id).await.unwrap().unwrap();
        assert_eq!(text.matches(&row.kept_sha256).count(), 4, "each in the list and in the log");
        assert!(text.contains(&row.redacted_sha256.unwrap()));

        // A row that was changed behind the log is found.
        crate::cast::texts(db, "UPDATE evidence SET kept_sha256 = 'other' WHERE item = 'bills' RETURNING item").await;
        let bytes = prove(db, &desk.office.cx, &auditor, &signer, case, at(23, 10)).await.unwrap();
        assert_eq!(verify(&bytes, &signer.public_key()).unwrap_err().section, "evidence");
    }

    async fn papers_come_after_the_request_too_until_the_case_is_over(db) {
        let desk = Desk::open(db).await;
        let (case, _) = desk.asked().await;
        let (wang, now) = (desk.wang().await, at(22, 9));
        let added = add_to_own_case(db, desk.keys(), &wang, (case, paper(Item::Bills)), now).await.unwrap();
        assert_eq!((added.case_id, added.account_id.as_str()), (Some(case), "wang"));
        let child = desk.office.mandate("child", desk.office.wang.id).await;
        nothing(add_to_own_case(db, desk.keys(), &child, (case, paper(Item::Bills)), now).await);
        withdraw(db, &desk.office.cx, &wang, case, now).await.unwrap();
        assert_eq!(said(add_to_own_case(db, desk.keys(), &wang, (case, paper(Item::Bills)), now).await), Refusal::Over);
        let worker = desk.worker().await;
        assert_eq!(said(add(db, desk.keys(), &worker, (case, paper(Item::Bills)), now).await), Refusal::Over);
        // What was written for those belongs to nobody, and goes when nobody can be writing any more.
        assert_eq!(desk.swept(now).await.objects, 0);
        assert_eq!(desk.swept(now + TimeDelta::hours(25)).await, Swept { announcements: 4, objects: 4, ..Swept::default() });
        desk.office.closes().await;
    }

    async fn there_is_room_for_so_many_and_no_more(db) {
        let desk = Desk::open(db).await;
        let wang = desk.wang().await;
        let draft = desk.office.written(&wang, "illness", monday()).await;
        let add = async || add_to_draft(db, desk.keys(), &wang, (draft.id, paper(Item::Bills)), monday()).await;
        for _ in 0..MOST {
            add().await.unwrap();
        }
        assert_eq!(said(add().await), Refusal::TooMany);
        let first = store::of_draft(db, draft.id).await.unwrap().remove(0);
        for _ in 0..2 {
            take_back(db, &wang, (draft.id, first.id)).await.unwrap();
        }
        add().await.unwrap();
        // What was refused and what was taken back.
        assert_eq!(desk.swept(monday() + TimeDelta::hours(25)).await.objects, 4);
        assert_eq!(desk.objects().len(), 40);
    }

    async fn what_belongs_to_a_draft_that_nobody_sent_goes_with_it(db) {
        let desk = Desk::open(db).await;
        let wang = desk.wang().await;
        let draft = desk.office.written(&wang, "illness", monday()).await;
        let new = paper(Item::Bills);
        add_to_draft(db, desk.keys(), &wang, (draft.id, new), monday()).await.unwrap();
        assert_eq!(desk.swept(monday()).await, Swept::default());
        domain::aid::commands::draft::discard(db, &wang, draft.id).await.unwrap();
        assert_eq!(desk.swept(monday()).await, Swept { papers: 1, objects: 2, ..Swept::default() });
        assert!(desk.objects().is_empty());
        nothing(add_to_draft(db, desk.keys(), &wang, (draft.id, paper(Item::Bills)), monday()).await);
    }

    async fn the_folder_of_another_database_is_spared(db) {
        let desk = Desk::open(db).await;
        desk.asked().await;
        let empty = schema::testing::sqlite().await;
        let some = desk.objects();
        for number in 0..30 {
            std::fs::create_dir_all(desk.folder.path().join("ff")).unwrap();
            std::fs::write(desk.folder.path().join(format!("ff/{number:032}")), b"x").unwrap();
        }
        assert_eq!(sweep(&empty.db, &desk.files, monday()).await.unwrap().spared, 32);
        assert!(desk.objects().is_superset(&some));
        assert_eq!(desk.objects().len(), 32);
    }

    async fn that_a_mark_of_secrecy_came_is_written_down_and_nothing_of_the_file(db) {
        let desk = Desk::open(db).await;
        let (case, _) = desk.asked().await;
        let subject = domain::aid::subject(case);
        let wang = crate::cast::login("wang");
        let marked = Marked::InName(Mark::TopSecret);
        refused(db, &desk.office.cx, &wang, (subject.clone(), marked), at(22, 9)).await.unwrap();
        let search = audit::Search { actions: vec!["evidence.refused".to_owned()], ..audit::Search::default() };
        let row = audit::search(db, &search, None, 9).await.unwrap().remove(0);
        assert_eq!((row.actor.as_str(), row.subject.as_str()), ("wang", subject.as_str()));
        assert_eq!(row.detail(), serde_json::json!({ "mark": "top_secret", "place": "name" }));
        desk.office.closes().await;
    }

    async fn papers_are_read_after_a_change_of_keys(db) {
        let desk = Desk::open(db).await;
        let (case, paper) = desk.asked().await;
        let before = desk.objects();
        let both = crate::rotation::with(Some("k2"), true);
        while let domain::rotation::Step::Went(_) = domain::rotation::step(db, &both, monday()).await.unwrap() {}
        let newest = crate::rotation::with(Some("k2"), false);
        let keys = (&newest, &desk.files);
        let worker = desk.worker().await;
        let (_, bytes) = open(db, keys, &worker, (case, paper.id, Part::Original), at(22, 9)).await.unwrap();
        assert_eq!((bytes.as_slice(), desk.objects()), (PICTURE, before), "no file was touched");
    }
}
