//! What was paid is what the rows, the cases, the ledger and the bank say.

use std::collections::BTreeMap;

use domain::{
    aid::{
        Category,
        commands::answer::{Received, accept_answer, read_answer},
        figures::{BankLeg, Differs, Sum, Which, differing, looked, paid_figures, paid_rows},
        payment::{BankResult, ReturnReason},
        store,
    },
    ids::RegionCode,
};
use ledger::Fen;

use super::{
    answering::{file, line, read, with_the_sample_bank},
    office::{COUNTY, Office, at},
};
use crate::cast::{date, region};

schema::both! {
    async fn paid_is_what_rows_cases_ledger_and_bank_say(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (batch, _) = with_the_sample_bank(&office).await;
        let county = region(COUNTY);
        assert_eq!(paid_figures(db, &county, 2026).await.unwrap().total, Sum::default());
        let id = read(&office, &batch, &file(&batch, &[line(1, "0000|"), line(2, "0000|"), line(3, "0000|")])).await;
        accept_answer(db, &office.cx, &office.payer("confirmer").await, id, at(46, 9)).await.unwrap();
        let payments = store::payment::of_batch(db, batch.id).await.unwrap();
        // One is written down by hand in the next month; one that was paid comes back.
        office.bank(&payments[3], BankResult::Paid, at(65, 9)).await;
        office.bank(&payments[1], BankResult::Returned(ReturnReason::Other), at(66, 9)).await;

        let figures = paid_figures(db, &county, 2026).await.unwrap();
        let sum = |people, yuan| Sum { people, payments: people, money: Fen::yuan(yuan) };
        // Of what somebody wrote down the bank's file says nothing, or the contrary: there is no agreement until it does.
        assert!(!figures.agree(), "{figures:?}");
        let found = differing(db, &county, 2026).await.unwrap();
        let found: Vec<_> = found.iter().map(|it| (it.row.payment, it.theirs, it.why)).collect();
        assert_eq!(found, [
            (payments[1].id, Some(Fen::yuan(3000)), Differs::NotPaid),
            (payments[3].id, None, Differs::NotInFile),
        ]);
        assert_eq!((figures.total, figures.ledger, figures.cases), (sum(3, 9000), Fen::yuan(9000), Fen::yuan(9000)));
        assert_eq!(figures.bank, BankLeg { file: Fen::yuan(9000), hand: Fen::ZERO });
        let bank = |yuan| BankLeg { file: Fen::yuan(yuan), hand: Fen::ZERO };
        // 46 days after the first of September is in October, when the file came.
        assert_eq!(figures.bank_months, BTreeMap::from([(date(2026, 10, 1), bank(9000))]));
        assert_eq!(figures.regions, BTreeMap::from([(county.clone(), sum(3, 9000))]));
        assert_eq!(figures.categories, BTreeMap::from([(Category::ILLNESS, sum(3, 9000))]));
        let months = [(date(2026, 10, 1), sum(2, 6000)), (date(2026, 11, 1), sum(1, 3000))];
        assert_eq!(figures.months, BTreeMap::from(months));
        assert_eq!(paid_figures(db, &region("33"), 2026).await.unwrap().total, figures.total);
        for (code, year) in [("330105", 2026), (COUNTY, 2025)] {
            let nothing = paid_figures(db, &RegionCode::parse(code).unwrap(), year).await.unwrap();
            assert_eq!((nothing.total, nothing.agree()), (Sum::default(), true));
        }

        // The bank's next file says both.
        let later = [line(2, "0001|冻结"), line(4, "0000|")];
        let confirmer = office.payer("confirmer").await;
        let later = read_answer(db, &office.cx, &confirmer, (batch.id, &file(&batch, &later)), at(67, 9)).await;
        assert!(matches!(later, Ok(Received::New(_))));
        let figures = paid_figures(db, &county, 2026).await.unwrap();
        assert!(figures.agree(), "{figures:?}");
        let months = [(date(2026, 10, 1), bank(6000)), (date(2026, 11, 1), bank(3000))];
        assert_eq!((figures.bank, figures.bank_months), (bank(9000), BTreeMap::from(months)));
        assert!(differing(db, &county, 2026).await.unwrap().is_empty());

        let rows = paid_rows(db, &county, 2026).await.unwrap();
        let november = Which { month: Some(date(2026, 11, 1)), ..Which::default() };
        assert_eq!(rows.iter().filter(|row| row.is(&november)).count(), 1);
        let other = Which { category: Some(Category::DISASTER), ..Which::default() };
        assert!(!rows.iter().any(|row| row.is(&other)));
        looked(db, &office.cx, domain::By::SYSTEM, (&county, 2026, rows.len(), None), at(66, 9)).await.unwrap();
        office.closes().await;
    }

    async fn what_the_banks_file_says_otherwise_is_named_row_by_row(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (batch, _) = with_the_sample_bank(&office).await;
        let county = region(COUNTY);
        let dearer = line(1, "0000|").replace("300000", "300001");
        let elsewhere = line(2, "0000|").replace("4567", "4568");
        let id = read(&office, &batch, &file(&batch, &[dearer, elsewhere, line(3, "0000|"), line(4, "0001|冻结")])).await;
        // The file is read, and nothing is paid for us yet.
        let why = async || -> Vec<Differs> {
            differing(db, &county, 2026).await.unwrap().iter().map(|it| it.why).collect()
        };
        assert_eq!(why().await, [Differs::NotPaid, Differs::NotPaid, Differs::NotPaid]);
        accept_answer(db, &office.cx, &office.payer("confirmer").await, id, at(46, 9)).await.unwrap();
        // Somebody writes down what could not be matched as if the file had said what we sent.
        let payments = store::payment::of_batch(db, batch.id).await.unwrap();
        for payment in &payments[..2] {
            office.bank(payment, BankResult::Paid, at(47, 9)).await;
        }
        assert_eq!(why().await, [Differs::Amount, Differs::Line]);
        let figures = paid_figures(db, &county, 2026).await.unwrap();
        assert!(!figures.agree());
        assert_eq!((figures.total.money, figures.differ), (Fen::yuan(9000), 2));
        let said = Fen::yuan(9000).checked_add(Fen(1)).unwrap();
        assert_eq!(figures.bank, BankLeg { file: said, hand: Fen::ZERO });
        let (region, ours, bank) = figures.regions_with_bank().remove(0);
        assert_eq!((region, ours.money, bank.file), (county.clone(), Fen::yuan(9000), said));
        assert_eq!(figures.categories_with_bank()[0].2.file, said);

        // A line that says it twice says twice the money.
        let twice = [line(1, "0000|"), line(2, "0000|"), line(3, "0000|"), line(3, "0000|")];
        let confirmer = office.payer("confirmer").await;
        let read = read_answer(db, &office.cx, &confirmer, (batch.id, &file(&batch, &twice)), at(48, 9)).await;
        assert!(matches!(read, Ok(Received::New(_))));
        let found = differing(db, &county, 2026).await.unwrap();
        let found: Vec<_> = found.iter().map(|it| (it.row.payment, it.theirs, it.why)).collect();
        assert_eq!(found, [(payments[2].id, Some(Fen::yuan(6000)), Differs::Amount)]);
        office.closes().await;
    }

    async fn what_was_read_before_its_sums_were_kept_is_not_taken_for_the_banks_word(db) {
        use sea_orm::{ConnectionTrait, Statement};
        let office = Office::with_budget(db, 20_000).await;
        let (batch, _) = with_the_sample_bank(&office).await;
        let id = read(&office, &batch, &file(&batch, &[line(1, "0000|")])).await;
        accept_answer(db, &office.cx, &office.payer("confirmer").await, id, at(46, 9)).await.unwrap();
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        let sql = "UPDATE bank_answer_line SET said = NULL, said_amount = NULL";
        db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        let found = differing(db, &region(COUNTY), 2026).await.unwrap();
        assert_eq!(found.iter().map(|it| it.why).collect::<Vec<_>>(), [Differs::NotKept]);
    }

    async fn a_figure_that_was_changed_behind_our_back_does_not_agree(db) {
        use sea_orm::{ConnectionTrait, Statement};
        let office = Office::with_budget(db, 20_000).await;
        let (batch, _) = with_the_sample_bank(&office).await;
        let payments = store::payment::of_batch(db, batch.id).await.unwrap();
        office.bank(&payments[0], BankResult::Paid, at(46, 9)).await;
        let sql = "UPDATE aid_payment SET amount = amount - 1 WHERE state = 'paid'";
        db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        assert!(!paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
    }
}
