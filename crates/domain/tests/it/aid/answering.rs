//! The bank answers with a file.

use domain::{
    aid::{
        Refusal, Status,
        commands::{
            answer::{Received, accept_answer, read_answer},
            batch::open_batch,
            confirm::{bank_file, confirm_batch, mark_sent},
        },
        payment::{
            BankResult, Batch, BatchState, PaymentState, ReturnReason,
            answer::{AnswerState, Became, Found},
            layout::Unreadable,
        },
        store,
    },
    authority::Role,
    declaration::{RelationKind, commands::declare},
    ids::{BankAnswerId, BankLayoutId, CaseId},
};
use encoding_rs::GB18030;

use super::office::{COUNTY, Office, at, in_need, monday, refusal};
use crate::cast::{region, registered};

const NAMES: [(&str, &str); 4] =
    [("wang", "王秀英"), ("li", "李建国"), ("zhang", "张芳"), ("zhao", "赵德福")];

/// Four people in a batch of the sample bank, which is with the bank.
pub(super) async fn with_the_sample_bank(office: &Office<'_>) -> (Batch, Vec<CaseId>) {
    let db = office.db;
    domain::region::reference::load(db).await.unwrap();
    let mut cases = Vec::new();
    for (login, name) in NAMES {
        if login != "wang" {
            let person = registered(db, in_need(office.wang.unit_id, name)).await;
            office.link(login, person.id).await;
        }
        cases.push(office.ready(login, monday()).await);
    }
    let bank = store::bank::layouts_on(db, domain::calendar::local_date(at(45, 9))).await.unwrap().remove(0);
    let payer = office.payer("payer").await;
    let county = region(COUNTY);
    let nowhere = (&county, Some(BankLayoutId::new(at(1, 0))));
    let refused = open_batch(db, &office.cx, &payer, nowhere, at(45, 9)).await;
    assert_eq!(refusal(refused), Refusal::NoSuchLayout);
    let opened = open_batch(db, &office.cx, &payer, (&county, Some(bank.id)), at(45, 9)).await.unwrap();
    let confirmer = office.payer("confirmer").await;
    let which = (opened.batch.id, opened.batch.version);
    let batch = confirm_batch(db, &office.cx, &confirmer, which, at(45, 9)).await.unwrap();
    let batch = mark_sent(db, &office.cx, &confirmer, (batch.id, batch.version), at(45, 9)).await.unwrap();
    (batch, cases)
}

/// A file of the sample bank: serial, account, holder, fen, case, result, reason.
pub(super) fn file(batch: &Batch, lines: &[String]) -> Vec<u8> {
    let sum: i64 = lines.iter().filter_map(|line| line.split('|').nth(3)?.parse::<i64>().ok()).sum();
    let text =
        format!("R|{}|20261016|x\r\n{}\r\nT|{}|{sum}\r\n", batch.number, lines.join("\r\n"), lines.len());
    GB18030.encode(&text).0.into_owned()
}

pub(super) fn line(serial: usize, said: &str) -> String {
    let name = NAMES[serial - 1].1;
    format!("{serial}|************4567|{name}|300000|某银行|西湖帮扶2026-{serial:04}|{said}")
}

pub(super) async fn read(office: &Office<'_>, batch: &Batch, bytes: &[u8]) -> BankAnswerId {
    let confirmer = office.payer("confirmer").await;
    match read_answer(office.db, &office.cx, &confirmer, (batch.id, bytes), at(46, 9)).await.unwrap() {
        Received::New(id) => id,
        Received::Known(id) => panic!("{id} is known"),
    }
}

async fn found(office: &Office<'_>, id: BankAnswerId) -> Vec<(i32, Found, Option<Became>)> {
    let lines = store::bank::answer_lines(office.db, id).await.unwrap();
    lines.into_iter().map(|line| (line.line, line.found, line.became)).collect()
}

schema::both! {
    async fn what_goes_to_the_bank_is_in_its_own_layout_and_is_what_was_hashed(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (batch, _) = with_the_sample_bank(&office).await;
        let file = bank_file(db, &office.cx, &office.payer("payer").await, batch.id, at(45, 10)).await.unwrap();
        let text = GB18030.decode_without_bom_handling_and_without_replacement(&file.bytes).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], format!("H|{}|20261015|4|1200000", batch.number));
        assert_eq!(lines[1], "1|6222021202041234567|王秀英|300000|某银行|西湖帮扶2026-0001");
        assert_eq!((lines[5], file.extension.as_str()), ("T|4|1200000", "txt"));
        let digest = ring::digest::digest(&ring::digest::SHA256, &file.bytes);
        assert_eq!(hex::encode(digest), batch.sha256);
        office.closes().await;
    }

    async fn an_answer_is_looked_at_before_anything_is_written_and_counts_once(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (batch, cases) = with_the_sample_bank(&office).await;
        let lines = [
            line(1, "0000|"),
            line(2, "0002|账户已销户"),
            line(3, "9999|").replace("300000", "300001"),
            "9|****4567|某人|1|||0000|".to_owned(),
            "看不懂".to_owned(),
            line(4, "7777|"),
            line(4, "0000|"),
        ];
        let bytes = file(&batch, &lines);
        let maker = office.payer("payer").await;
        let own = read_answer(db, &office.cx, &maker, (batch.id, &bytes), at(46, 9)).await;
        assert_eq!(refusal(own), Refusal::OwnBatch);
        let id = read(&office, &batch, &bytes).await;
        let expected = [
            (2, Found::Paid), (3, Found::Returned), (4, Found::AmountDiffers), (5, Found::NoSuchLine),
            (6, Found::Unreadable), (7, Found::WordUnknown), (8, Found::Twice),
        ];
        let judged = |became: fn(Found) -> Option<Became>| expected.map(|(at, what)| (at, what, became(what))).to_vec();
        assert_eq!(found(&office, id).await, judged(|_| None));
        for case in &cases {
            assert_eq!(office.status(*case).await, Status::InBatch, "nothing is written by looking");
        }
        assert_eq!(office.pot().await, [8000, 0, 12_000, 0]);

        let own = accept_answer(db, &office.cx, &maker, id, at(46, 10)).await;
        assert_eq!(refusal(own), Refusal::OwnBatch);
        let confirmer = office.payer("confirmer").await;
        let accepted = accept_answer(db, &office.cx, &confirmer, id, at(46, 10)).await.unwrap();
        assert_eq!(accepted.state, AnswerState::Accepted);
        let became = |what: Found| what.acts().then_some(Became::Written);
        assert_eq!(found(&office, id).await, judged(became));
        let mut statuses = Vec::new();
        for case in &cases {
            statuses.push(office.status(*case).await);
        }
        assert_eq!(statuses, [Status::Paid, Status::Returned, Status::InBatch, Status::InBatch]);
        assert_eq!(office.pot().await, [8000, 3000, 6000, 3000]);
        let payments = store::payment::of_batch(db, batch.id).await.unwrap();
        assert_eq!(payments[1].reason, Some(ReturnReason::NoSuchAccount));

        // The same file and the same button again change nothing.
        let again = read_answer(db, &office.cx, &confirmer, (batch.id, &bytes), at(47, 9)).await.unwrap();
        assert_eq!(again, Received::Known(id));
        let rows = crate::cast::everything_but(db, &[]).await;
        accept_answer(db, &office.cx, &confirmer, id, at(47, 9)).await.unwrap();
        assert_eq!(crate::cast::everything_but(db, &[]).await, rows);

        // Another file says the rest, and repeats what is known.
        let rest = file(&batch, &[line(1, "0000|"), line(2, "0000|"), line(3, "0000|"), line(4, "0001|冻结")]);
        let id = read(&office, &batch, &rest).await;
        accept_answer(db, &office.cx, &confirmer, id, at(48, 9)).await.unwrap();
        let lines = [
            (2, Found::Same, None), (3, Found::Contradicts, None),
            (4, Found::Paid, Some(Became::Written)), (5, Found::Returned, Some(Became::Written)),
        ];
        assert_eq!(found(&office, id).await, lines);
        let batch = store::payment::find_batch(db, batch.id).await.unwrap().unwrap();
        assert_eq!(batch.state, BatchState::Settled);
        assert_eq!(office.pot().await, [8000, 6000, 0, 6000]);
        office.closes().await;
    }

    async fn a_file_that_is_no_answer_to_the_batch_is_refused_as_a_whole(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (batch, _) = with_the_sample_bank(&office).await;
        let confirmer = office.payer("confirmer").await;
        let whole = file(&batch, &[line(1, "0000|"), line(2, "0000|")]);
        let text = GB18030.decode_without_bom_handling(&whole).0.into_owned();
        let changed = |from: &str, to: &str| GB18030.encode(&text.replacen(from, to, 1)).0.into_owned();
        for (bytes, why) in [
            (changed(&batch.number, "西湖发放2026-0099"), Unreadable::Control { line: 1 }),
            (changed("T|2|", "T|3|"), Unreadable::Control { line: 4 }),
            (changed("|600000", "|600001"), Unreadable::Control { line: 4 }),
            (Vec::new(), Unreadable::Empty),
            (vec![0xFF; 9], Unreadable::Encoding),
        ] {
            let refused = read_answer(db, &office.cx, &confirmer, (batch.id, &bytes), at(46, 9)).await;
            assert_eq!(refusal(refused), Refusal::BankFile(why));
        }
        assert!(store::bank::answers(db, batch.id).await.unwrap().is_empty());
    }

    async fn what_somebody_wrote_down_since_is_left_and_who_must_stand_aside_leaves_it_to_another(db) {
        let office = Office::with_budget(db, 20_000).await;
        office.hire("third", Role::Payer).await;
        let (batch, cases) = with_the_sample_bank(&office).await;
        let id = read(&office, &batch, &file(&batch, &[line(1, "0000|"), line(2, "0000|"), line(3, "0000|")])).await;
        let payments = store::payment::of_batch(db, batch.id).await.unwrap();
        office.bank(&payments[0], BankResult::Returned(ReturnReason::Other), at(46, 10)).await;
        // The third is close to the second of the batch.
        let grants = domain::authority::Grants::of(db, &crate::cast::login("third"), at(46, 10)).await.unwrap();
        let today = domain::calendar::local_date(at(46, 10));
        let close = (payments[1].person_id, RelationKind::Kin, today);
        declare(db, &office.cx, &grants, close, at(46, 10)).await.unwrap();
        let third = office.payer("third").await;
        accept_answer(db, &office.cx, &third, id, at(46, 11)).await.unwrap();
        let became = |line: (i32, Found, Option<Became>)| line.2;
        let lines: Vec<_> = found(&office, id).await.into_iter().map(became).collect();
        assert_eq!(lines, [Some(Became::Already), Some(Became::Barred), Some(Became::Written)]);
        assert_eq!(office.status(cases[1]).await, Status::InBatch);
        accept_answer(db, &office.cx, &office.payer("confirmer").await, id, at(46, 12)).await.unwrap();
        let lines: Vec<_> = found(&office, id).await.into_iter().map(became).collect();
        assert_eq!(lines, [Some(Became::Already), Some(Became::Written), Some(Became::Written)]);
        assert_eq!(office.status(cases[0]).await, Status::Returned);
        office.closes().await;
    }

    async fn two_who_accept_at_once_write_it_down_once(db) {
        let office = Office::with_budget(db, 20_000).await;
        office.hire("third", Role::Payer).await;
        let (batch, cases) = with_the_sample_bank(&office).await;
        let all: Vec<String> = (1..=4).map(|serial| line(serial, "0000|")).collect();
        let id = read(&office, &batch, &file(&batch, &all)).await;
        let (one, other) = (office.payer("confirmer").await, office.payer("third").await);
        let (one, other) = tokio::join!(
            accept_answer(db, &office.cx, &one, id, at(46, 10)),
            accept_answer(db, &office.cx, &other, id, at(46, 10)),
        );
        assert!(one.is_ok() && other.is_ok());
        for case in cases {
            assert_eq!(office.status(case).await, Status::Paid);
        }
        let payments = store::payment::of_batch(db, batch.id).await.unwrap();
        assert!(payments.iter().all(|payment| payment.state == PaymentState::Paid));
        assert_eq!(office.pot().await, [8000, 0, 0, 12_000]);
        office.closes().await;
    }
}
