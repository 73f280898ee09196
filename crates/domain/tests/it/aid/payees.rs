//! 代收: who is paid instead of the person, by whose word, and who never is.

use domain::{
    account::{self, commands::end_mandate},
    aid::{
        NoPayee, Payee, PayeeKind, PayeeState, Refusal, Status,
        commands::{
            batch::{LeftOut, left_out},
            confirm::{bank_file, confirm_batch},
            evidence::add,
            payee::{NewPayee, decide, end, propose, vouch},
        },
        separation::{Part, Rule},
        store,
    },
    authority::Role,
    evidence::{
        Files, Item, Source,
        mandate::{NewProof, Proves},
    },
    ids::{AccountLinkId, CaseId, EvidenceId},
    person::Payout,
    privacy::PayoutNumber,
};
use sea_orm::DatabaseConnection;
use tempfile::TempDir;

use super::{
    evidence::{paper, sent},
    office::{COUNTY, Office, at, monday, refusal},
};
use crate::cast::{date, login, region};

/// An office with a case that is ready to be paid, and somewhere to put papers.
struct Desk<'a> {
    office: Office<'a>,
    files: Files,
    case: CaseId,
    _folder: TempDir,
}

impl<'a> Desk<'a> {
    async fn open(db: &'a DatabaseConnection) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path()).unwrap();
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        Self { office, files, case, _folder: folder }
    }

    /// A mandate of hers for a login, in matters of aid.
    async fn link(&self, name: &str) -> AccountLinkId {
        let (db, person) = (self.office.db, self.office.wang.id);
        self.office.mandate(name, person).await;
        let all = account::store::proxies_of(db, person, monday()).await.unwrap();
        all.into_iter().find(|link| link.account_id == login(name)).unwrap().id
    }

    /// The same with its paper.
    async fn proven(&self, name: &str) -> AccountLinkId {
        let link = self.link(name).await;
        let new =
            NewProof { id: EvidenceId::new(monday()), source: Source::OriginalSeen, sent: sent(b"a paper") };
        let worker = self.office.worker("registrar").await;
        let keys = (&self.office.cx, &self.files);
        domain::evidence::mandate::add(self.office.db, keys, &worker, (Proves::Mandate(link), new), monday())
            .await
            .unwrap();
        link
    }

    fn payee(kind: PayeeKind, link: Option<AccountLinkId>) -> NewPayee {
        let payout = Payout {
            number: PayoutNumber::parse("4111111111111111").unwrap(),
            bank: "另一银行".to_owned(),
        };
        NewPayee { kind, link, payout, until: date(2026, 12, 31) }
    }

    async fn proposed(&self, new: NewPayee) -> Result<Payee, domain::aid::AidError> {
        let worker = self.office.worker("second").await;
        propose(self.office.db, &self.office.cx, &worker, (self.case, new), at(49, 9)).await
    }

    /// By three people's word.
    async fn receives(&self, kind: PayeeKind, link: Option<AccountLinkId>) -> Payee {
        let (db, cx) = (self.office.db, &self.office.cx);
        let row = self.proposed(Self::payee(kind, link)).await.unwrap();
        let resolver = self.office.worker("resolver").await;
        decide(db, cx, &resolver, (self.case, row.id, true), at(49, 10)).await.unwrap();
        let registrar = self.office.worker("registrar").await;
        vouch(db, cx, &registrar, (self.case, row.id, "打电话问过本人"), at(49, 11)).await.unwrap()
    }

    async fn left_out(&self, day: i64) -> Vec<LeftOut> {
        let payer = self.office.payer("payer").await;
        let all = left_out(self.office.db, &payer, &region(COUNTY), at(day, 12)).await.unwrap();
        all.into_iter().map(|(_, why)| why).collect()
    }
}

schema::both! {
    async fn a_child_receives_by_a_mandate_with_its_paper_and_three_peoples_word(db) {
        let desk = Desk::open(db).await;
        let cx = &desk.office.cx;
        let link = desk.link("son").await;
        let new = || Desk::payee(PayeeKind::Child, Some(link));
        assert_eq!(refusal(desk.proposed(new()).await), Refusal::Payee(NoPayee::Paper));
        let none = desk.proposed(Desk::payee(PayeeKind::Child, None)).await;
        assert_eq!(refusal(none), Refusal::Payee(NoPayee::Mandate));
        let link = desk.proven("daughter").await;
        let new = || Desk::payee(PayeeKind::Child, Some(link));
        for until in [date(2026, 10, 18), date(2027, 10, 22), date(2027, 4, 1)] {
            let odd = NewPayee { until, ..new() };
            assert_eq!(refusal(desk.proposed(odd).await), Refusal::Payee(NoPayee::Terms), "{until}");
        }
        let row = desk.proposed(new()).await.unwrap();
        assert_eq!(row.name, "某daughter", "the holder is who has the mandate, whatever is typed");
        assert_eq!(refusal(desk.proposed(new()).await), Refusal::Payee(NoPayee::Exists));
        assert_eq!(desk.left_out(49).await, [LeftOut::PayeeUndecided]);

        let (second, resolver) = (desk.office.worker("second").await, desk.office.worker("resolver").await);
        let (own, which) = ((desk.case, row.id, true), (desk.case, row.id));
        assert_eq!(refusal(decide(db, cx, &second, own, at(49, 10)).await), Refusal::Payee(NoPayee::Own));
        let early = vouch(db, cx, &resolver, (desk.case, row.id, "问过"), at(49, 10)).await;
        assert_eq!(refusal(early), Refusal::Payee(NoPayee::NotNow));
        decide(db, cx, &resolver, own, at(49, 10)).await.unwrap();
        assert_eq!(desk.left_out(49).await, [LeftOut::AccountIsNew]);
        for hand in [&second, &resolver] {
            let own = vouch(db, cx, hand, (desk.case, row.id, "问过"), at(49, 11)).await;
            assert_eq!(refusal(own), Refusal::Payee(NoPayee::Own));
        }
        let registrar = desk.office.worker("registrar").await;
        assert_eq!(refusal(vouch(db, cx, &registrar, (desk.case, row.id, " "), at(49, 11)).await), Refusal::Vouch);
        vouch(db, cx, &registrar, (desk.case, row.id, "打电话问过本人"), at(49, 11)).await.unwrap();
        assert!(desk.left_out(49).await.is_empty());

        let batch = desk.office.batch(at(49, 12)).await.unwrap().batch;
        let line = store::payment::of_batch(db, batch.id).await.unwrap().pop().unwrap();
        let told = (line.payee.as_str(), line.account_tail.as_str(), line.bank.as_str(), line.payee_id);
        assert_eq!(told, ("某daughter", "1111", "另一银行", Some(row.id)));
        assert_eq!(line.person_id, desk.office.wang.id);
        let confirmer = desk.office.payer("confirmer").await;
        confirm_batch(db, cx, &confirmer, (batch.id, batch.version), at(49, 13)).await.unwrap();
        let file = bank_file(db, cx, &confirmer, batch.id, at(49, 13)).await.unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("某daughter\t4111111111111111\t另一银行") && !text.contains("王秀英"));
        let notice = store::notice::of_case(db, desk.case).await.unwrap().unwrap();
        assert!(notice.text.contains("王*英") && !notice.text.contains("daughter"));
        let late = end(db, cx, &registrar, which, at(49, 14)).await;
        assert!(matches!(refusal(late), Refusal::NotNow { status: Status::InBatch, .. }));
        desk.office.closes().await;
    }

    async fn the_unit_receives_by_a_paper_of_the_case(db) {
        let desk = Desk::open(db).await;
        let new = || Desk::payee(PayeeKind::Unit, None);
        assert_eq!(refusal(desk.proposed(new()).await), Refusal::Payee(NoPayee::Paper));
        let keys = (&desk.office.cx, &desk.files);
        let registrar = desk.office.worker("registrar").await;
        add(db, keys, &registrar, (desk.case, paper(Item::Mandate)), at(49, 8)).await.unwrap();
        let row = desk.receives(PayeeKind::Unit, None).await;
        let unit = domain::person::store::find_unit(db, desk.office.wang.unit_id).await.unwrap().unwrap();
        assert_eq!((row.name.as_str(), row.state), (unit.name.as_str(), PayeeState::Approved));
        assert!(desk.left_out(49).await.is_empty());
        // Once it is ended, she receives again.
        end(db, &desk.office.cx, &registrar, (desk.case, row.id), at(49, 12)).await.unwrap();
        let batch = desk.office.batch(at(49, 13)).await.unwrap().batch;
        let line = store::payment::of_batch(db, batch.id).await.unwrap().pop().unwrap();
        assert_eq!((line.payee.as_str(), line.payee_id), ("王秀英", None));
        desk.office.closes().await;
    }

    async fn nobody_of_the_office_receives_and_whoever_had_a_hand_in_it_does_not_pay(db) {
        let desk = Desk::open(db).await;
        let nephew = desk.proven("nephew").await;
        desk.office.grant_from(&login("nephew"), Role::Publisher, at(2, 0), None).await;
        let refused = desk.proposed(Desk::payee(PayeeKind::Child, Some(nephew))).await;
        assert_eq!(refusal(refused), Refusal::Payee(NoPayee::OfOffice));
        let niece = desk.proven("niece").await;
        desk.receives(PayeeKind::Child, Some(niece)).await;
        assert!(desk.left_out(49).await.is_empty());
        // Whoever comes to the office later receives nothing from then on.
        desk.office.grant_from(&login("niece"), Role::Worker, at(49, 11), None).await;
        assert_eq!(desk.left_out(49).await, [LeftOut::PayeeOver]);
        // And whoever proposed somebody to receive has taken part as one who touches no payment.
        desk.office.grant(&login("second"), Role::Payer).await;
        let payer = desk.office.payer("second").await;
        let out = left_out(db, &payer, &region(COUNTY), at(49, 12)).await.unwrap();
        assert!(matches!(
            out[0].1,
            LeftOut::Separation(Rule { did: Part::AccountChecker, wants: Part::Payer })
        ));
        desk.office.closes().await;
    }

    async fn who_receives_no_more_is_taken_out_of_a_batch(db) {
        let desk = Desk::open(db).await;
        let (cx, link) = (&desk.office.cx, desk.proven("son").await);
        desk.receives(PayeeKind::Child, Some(link)).await;
        let batch = desk.office.batch(at(49, 12)).await.unwrap().batch;
        let wang = desk.office.myself("wang").await;
        end_mandate(db, cx, &wang, link, at(49, 13)).await.unwrap();
        let confirmer = desk.office.payer("confirmer").await;
        let changed = confirm_batch(db, cx, &confirmer, (batch.id, batch.version), at(49, 14)).await;
        assert_eq!(refusal(changed), Refusal::BatchChanged);
        assert_eq!(desk.office.status(desk.case).await, Status::ReadyToPay);
        assert_eq!(desk.left_out(50).await, [LeftOut::PayeeOver]);
        desk.office.closes().await;
    }
}
