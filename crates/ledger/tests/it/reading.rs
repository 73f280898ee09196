use ledger::{Bucket, Fen, Finding};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{after, appropriate, evening, illness, post};

schema::both! {
    async fn the_trial_balance_is_zero_at_any_time(db) {
        appropriate(db, 1000).await;
        post!(db, reserve, Fen::yuan(300), "case/1", "r", after(10)).unwrap();
        post!(db, commit, Fen::yuan(300), "case/1", "c", after(20)).unwrap();
        for (seconds, expected) in [
            (-1, vec![]),
            (0, vec![(Bucket::Appropriated, -1000), (Bucket::Available, 1000)]),
            (15, vec![(Bucket::Appropriated, -1000), (Bucket::Available, 700), (Bucket::Reserved, 300)]),
            (20, vec![
                (Bucket::Appropriated, -1000), (Bucket::Available, 700), (Bucket::Reserved, 0), (Bucket::Committed, 300),
            ]),
        ] {
            let sums = ledger::trial_balance(db, Some(after(seconds))).await.unwrap();
            let found: Vec<_> = sums.iter().map(|(account, sum)| (account.bucket, sum.fen() / 100)).collect();
            assert_eq!(found, expected, "{seconds}");
            assert_eq!(sums.iter().map(|(_, sum)| *sum).sum::<Fen>(), Fen(0));
            assert!(sums.iter().all(|(account, _)| account.envelope == illness()));
        }
        assert_eq!(ledger::trial_balance(db, None).await.unwrap(), ledger::trial_balance(db, Some(after(20))).await.unwrap());
    }

    async fn a_reference_tells_its_story(db) {
        appropriate(db, 1000).await;
        post!(db, reserve, Fen::yuan(300), "case/1", "1", evening()).unwrap();
        post!(db, commit, Fen::yuan(300), "case/1", "2", evening()).unwrap();
        post!(db, reserve, Fen::yuan(5), "case/2", "3", evening()).unwrap();
        let lines = ledger::lines(db, "case/1").await.unwrap();
        let told: Vec<_> = lines.iter().map(|line| (line.kind.as_str(), line.account.bucket, line.amount.fen() / 100)).collect();
        assert_eq!(told, [
            ("reserve", Bucket::Available, -300), ("reserve", Bucket::Reserved, 300),
            ("commit", Bucket::Reserved, -300), ("commit", Bucket::Committed, 300),
        ]);
        assert!(lines.iter().all(|line| line.posted_at == evening() && line.reference == "case/1"));
        assert!(ledger::lines(db, "case/9").await.unwrap().is_empty());
    }

    async fn the_check_finds_a_touched_balance(db) {
        appropriate(db, 1000).await;
        assert_eq!(ledger::check(db).await.unwrap(), []);
        db.execute_unprepared("UPDATE ledger_balance SET available = available + 1").await.unwrap();
        let findings = ledger::check(db).await.unwrap();
        assert!(matches!(findings.as_slice(), [Finding::Drifted { says, is, .. }]
            if says.available == Fen(100_001) && is.available == Fen(100_000)), "{findings:?}");
    }

    async fn the_check_finds_an_entry_without_lines(db) {
        let id = appropriate(db, 1000).await;
        let bytes = "11111111111111111111111111111111";
        let literal = match db.get_database_backend() {
            DbBackend::Postgres => format!("'{bytes}'::uuid"),
            _ => format!("x'{bytes}'"),
        };
        db.execute_unprepared(&format!(
            "INSERT INTO ledger_entry (id, key, kind, reference, posted_at) \
             SELECT {literal}, 'k', 'reserve', 'x', posted_at FROM ledger_entry"
        ))
        .await
        .unwrap();
        let findings = ledger::check(db).await.unwrap();
        assert!(matches!(findings.as_slice(), [Finding::Unbalanced(found)] if *found != id), "{findings:?}");
    }
}
