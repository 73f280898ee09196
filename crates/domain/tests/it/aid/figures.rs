//! What was paid is what the rows, the cases, the ledger and the bank say.

use std::collections::BTreeMap;

use domain::{
    aid::{
        Category,
        commands::answer::accept_answer,
        figures::{Sum, Which, looked, paid_figures, paid_rows},
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
        assert!(figures.agree(), "{figures:?}");
        assert_eq!((figures.total, figures.ledger, figures.cases), (sum(3, 9000), Fen::yuan(9000), Fen::yuan(9000)));
        assert_eq!((figures.by_file, figures.by_hand), (Fen::yuan(6000), Fen::yuan(3000)));
        assert_eq!(figures.regions, BTreeMap::from([(county.clone(), sum(3, 9000))]));
        assert_eq!(figures.categories, BTreeMap::from([(Category::Illness, sum(3, 9000))]));
        let months = [(date(2026, 10, 1), sum(2, 6000)), (date(2026, 11, 1), sum(1, 3000))];
        assert_eq!(figures.months, BTreeMap::from(months));
        assert_eq!(paid_figures(db, &region("33"), 2026).await.unwrap().total, figures.total);
        for (code, year) in [("330105", 2026), (COUNTY, 2025)] {
            let nothing = paid_figures(db, &RegionCode::parse(code).unwrap(), year).await.unwrap();
            assert_eq!((nothing.total, nothing.agree()), (Sum::default(), true));
        }

        let rows = paid_rows(db, &county, 2026).await.unwrap();
        let november = Which { month: Some(date(2026, 11, 1)), ..Which::default() };
        assert_eq!(rows.iter().filter(|row| row.is(&november)).count(), 1);
        let other = Which { category: Some(Category::Disaster), ..Which::default() };
        assert!(!rows.iter().any(|row| row.is(&other)));
        looked(db, &office.cx, domain::By::SYSTEM, (&county, 2026, rows.len(), None), at(66, 9)).await.unwrap();
        office.closes().await;
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
