//! A chain of 10,000 rows: whatever is done to any of them at random is found, and the row is named. What a holder of the
//! key cuts off is found by the anchor.

use audit::{Anchor, Broken, Seq, Verdict, Wanted};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::DatabaseConnection;

use crate::{chain, key, run, unprotect, verify, whole};

const ROWS: i64 = 10_000;
/// Of each kind of tampering.
const TRIES: usize = 6;

async fn put_back(db: &DatabaseConnection, from: i64) {
    run(db, "DELETE FROM audit_row WHERE seq < 0").await;
    run(db, &format!("DELETE FROM audit_row WHERE seq >= {from}")).await;
    run(db, &format!("INSERT INTO audit_row SELECT * FROM kept_row WHERE seq >= {from}")).await;
}

async fn found(db: &DatabaseConnection, what: &str, seq: i64, why: Broken) {
    assert_eq!(verify(db).await, Verdict::Broken { seq: Seq(seq), why }, "{what}");
    put_back(db, seq).await;
}

schema::both! {
    async fn whatever_is_done_to_one_of_ten_thousand_rows_is_found(db) {
        chain(db, ROWS).await;
        unprotect(db).await;
        run(db, "CREATE TABLE kept_row AS SELECT * FROM audit_row").await;
        run(db, "CREATE UNIQUE INDEX ix_kept_row ON kept_row (seq)").await;
        let mut random = ChaCha8Rng::seed_from_u64(2_026);
        for _ in 0..TRIES {
            let seq = random.random_range(2..ROWS);
            run(db, &format!("UPDATE audit_row SET detail = replace(detail, ':', ': ') WHERE seq = {seq}")).await;
            found(db, "flip", seq, Broken::Altered).await;

            let seq = random.random_range(2..ROWS);
            run(db, &format!("DELETE FROM audit_row WHERE seq = {seq}")).await;
            found(db, "delete", seq, Broken::Missing).await;

            let seq = random.random_range(2..ROWS);
            run(db, &format!("UPDATE audit_row SET seq = -seq - 1 WHERE seq >= {seq}")).await;
            run(db, "UPDATE audit_row SET seq = -seq WHERE seq < 0").await;
            run(db, &format!(
                "INSERT INTO audit_row SELECT {seq}, at, actor, role, action, subject, result, detail, hash \
                 FROM audit_row WHERE seq = {}", seq - 1
            )).await;
            found(db, "insert", seq, Broken::Altered).await;

            let (one, other) = (random.random_range(1..ROWS / 2), random.random_range(ROWS / 2..=ROWS));
            for (from, to) in [(one, -1), (other, one), (-1, other)] {
                run(db, &format!("UPDATE audit_row SET seq = {to} WHERE seq = {from}")).await;
            }
            found(db, "swap", one, Broken::Altered).await;

            let seq = random.random_range(2..=ROWS);
            run(db, &format!("DELETE FROM audit_row WHERE seq >= {seq}")).await;
            found(db, "cut off", seq, Broken::CutOff).await;
        }
        assert_eq!(whole(db).await, ROWS);
    }

    async fn what_is_cut_off_with_the_key_in_hand_is_found_by_the_anchor(db) {
        chain(db, 300).await;
        unprotect(db).await;
        run(db, "CREATE TABLE early AS SELECT * FROM audit_head").await;
        chain_on(db, 300, 200).await;
        let anchor = audit::head(db).await.unwrap();
        // The head as it was sealed then: only the anchor knows better.
        run(db, "DELETE FROM audit_row WHERE seq > 300").await;
        run(db, "DELETE FROM audit_head").await;
        run(db, "INSERT INTO audit_head SELECT * FROM early").await;
        assert_eq!(whole(db).await, 300);
        let cut = Verdict::Broken { seq: Seq(301), why: Broken::CutOff };
        assert_eq!(against(db, std::slice::from_ref(&anchor)).await, cut);
        // Written anew in other words, as far as the anchor and beyond.
        chain_on(db, 900, 250).await;
        assert_eq!(whole(db).await, 550);
        assert_eq!(against(db, &[anchor]).await, Verdict::Broken { seq: Seq(500), why: Broken::NotAnchored });
    }

    async fn a_part_is_read_from_a_row_on(db) {
        chain(db, 300).await;
        unprotect(db).await;
        let from = |seq| Wanted { from: Seq(seq), anchors: &[] };
        let Verdict::Whole { rows, head } = audit::verify_wanted(db, &key(), from(201)).await.unwrap() else { panic!() };
        assert_eq!((rows, head.seq), (100, Seq(300)));
        let early = audit::verify_wanted(db, &key(), from(300)).await.unwrap();
        assert!(matches!(early, Verdict::Whole { rows: 1, .. }));
        let anchored = Anchor { seq: Seq(100), hash: vec![7; 32] };
        let wrong = Wanted { from: Seq(201), anchors: &[anchored] };
        let verdict = audit::verify_wanted(db, &key(), wrong).await.unwrap();
        assert_eq!(verdict, Verdict::Broken { seq: Seq(100), why: Broken::NotAnchored });
        run(db, "UPDATE audit_row SET actor = 'x' WHERE seq = 200").await;
        assert!(matches!(audit::verify_wanted(db, &key(), from(201)).await.unwrap(), Verdict::Whole { .. }), "it is believed");
        let verdict = audit::verify_wanted(db, &key(), from(199)).await.unwrap();
        assert_eq!(verdict, Verdict::Broken { seq: Seq(200), why: Broken::Altered });
        run(db, "DELETE FROM audit_row WHERE seq = 250").await;
        for (seq, why) in [(251, Broken::Missing), (302, Broken::CutOff)] {
            let verdict = audit::verify_wanted(db, &key(), from(seq)).await.unwrap();
            assert_eq!(verdict, Verdict::Broken { seq: Seq(seq - 1), why });
        }
    }
}

async fn against(db: &DatabaseConnection, anchors: &[Anchor]) -> Verdict {
    audit::verify_wanted(db, &key(), Wanted { from: Seq(1), anchors }).await.unwrap()
}

/// Appends rows that say `first + 1`, `first + 2`, ….
async fn chain_on(db: &DatabaseConnection, first: i64, rows: i64) {
    let tx = crate::write(db).await;
    for number in 1..=rows {
        crate::append(&tx, first + number).await;
    }
    tx.commit().await.unwrap();
}
