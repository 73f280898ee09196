use audit::{Anchor, AuditError, Broken, Key, NewRow, Seq, Verdict};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::task::JoinSet;

use crate::{append, at, chain, key, unprotect, verify, whole, write};

schema::both! {
    async fn an_empty_chain_is_whole(db) {
        assert_eq!(whole(db).await, 0);
        assert_eq!(audit::head(db).await.unwrap(), Anchor { seq: Seq(0), hash: Vec::new() });
    }

    async fn a_row_is_as_it_was_written(db) {
        chain(db, 12).await;
        let rows = audit::of_subject(db, "case/2").await.unwrap();
        assert_eq!(rows.iter().map(|row| row.seq.0).collect::<Vec<_>>(), [2, 12]);
        let row = &rows[1];
        assert_eq!((row.actor.as_str(), row.role.as_str(), row.action.as_str()), ("account/5", "approver", "aid.approve"));
        assert_eq!((row.at, row.result.as_str()), (at(12), "ok"));
        assert_eq!(row.detail(), json!({ "round": 12, "batch": null }));
        assert_eq!(audit::by_actor(db, "account/5", 1).await.unwrap(), std::slice::from_ref(row));
        let page = audit::page(db, Some(Seq(12)), 3).await.unwrap();
        assert_eq!(page.iter().map(|row| row.seq.0).collect::<Vec<_>>(), [11, 10, 9]);
        assert_eq!(audit::head(db).await.unwrap(), Anchor { seq: Seq(12), hash: row.hash.clone() });
        assert_eq!(whole(db).await, 12);
    }

    async fn a_long_chain_is_read_in_parts(db) {
        chain(db, 2001).await;
        assert_eq!(whole(db).await, 2001);
    }

    async fn strange_texts_and_times_hold(db) {
        let tx = write(db).await;
        let row = NewRow {
            actor: "", role: "角色\n", action: "a\"b\\", subject: "'); DROP TABLE audit_row; --", result: "\u{1F9D3}",
            detail: json!({ "z": 1.5, "a": [1, "二"], "nested": { "b": true, "a": -1 } }),
        };
        let between_microseconds = at(0) + chrono::TimeDelta::nanoseconds(789);
        audit::append(&tx, &key(), &row, between_microseconds).await.unwrap();
        audit::append(&tx, &key(), &row, "1969-12-31T23:59:59.5Z".parse().unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(whole(db).await, 2);
        assert_eq!(audit::of_subject(db, row.subject).await.unwrap().len(), 2);
    }

    /// Many commands at once, some of which fail after they appended.
    async fn everybody_waits_for_the_head(db) {
        let mut tasks = JoinSet::new();
        for task in 0..8 {
            let db = db.clone();
            tasks.spawn(async move {
                for number in 0..25 {
                    let tx = write(&db).await;
                    append(&tx, task * 100 + number).await;
                    if number % 5 == 4 {
                        tx.rollback().await.unwrap();
                    } else {
                        tx.commit().await.unwrap();
                    }
                }
            });
        }
        // Verifying goes on meanwhile, and sees a whole chain each time.
        for _ in 0..5 {
            whole(db).await;
        }
        tasks.join_all().await;
        assert_eq!(whole(db).await, 8 * 20);
    }

    async fn another_key_neither_verifies_nor_appends(db) {
        chain(db, 3).await;
        let other = Key::from_bytes(&[0x43; 32]).unwrap();
        assert_eq!(
            audit::verify(db, &other).await.unwrap(),
            Verdict::Broken { seq: Seq(1), why: Broken::Altered }
        );
        let tx = write(db).await;
        let row = NewRow { actor: "a", role: "r", action: "x", subject: "s", result: "ok", detail: json!(null) };
        assert!(matches!(audit::append(&tx, &other, &row, at(4)).await, Err(AuditError::HeadForged)));
        tx.rollback().await.unwrap();
        assert_eq!(whole(db).await, 3);
    }

    async fn nothing_is_appended_to_a_moved_head(db) {
        chain(db, 3).await;
        db.execute_unprepared("UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit_row WHERE seq = 2)").await.unwrap();
        let tx = write(db).await;
        let row = NewRow { actor: "a", role: "r", action: "x", subject: "s", result: "ok", detail: json!(null) };
        assert!(matches!(audit::append(&tx, &key(), &row, at(4)).await, Err(AuditError::HeadForged)));
    }

    async fn the_database_refuses_changes(db) {
        chain(db, 2).await;
        for sql in ["UPDATE audit_row SET actor = 'x'", "DELETE FROM audit_row WHERE seq = 2"] {
            let error = db.execute_unprepared(sql).await.unwrap_err().to_string();
            assert!(error.contains("never changed"), "{error}");
        }
    }

    /// The one thing that only an anchor finds: everything put back to an earlier state, head and all.
    async fn an_anchor_finds_an_older_copy(db) {
        chain(db, 20).await;
        unprotect(db).await;
        db.execute_unprepared("CREATE TABLE old_row AS SELECT * FROM audit_row").await.unwrap();
        db.execute_unprepared("CREATE TABLE old_head AS SELECT * FROM audit_head").await.unwrap();
        let tx = write(db).await;
        append(&tx, 21).await;
        tx.commit().await.unwrap();
        let kept: Anchor = audit::head(db).await.unwrap().to_string().parse().unwrap();
        assert!(matches!(audit::verify_against(db, &key(), &kept).await.unwrap(), Verdict::Whole { rows: 21, .. }));

        for sql in [
            "DELETE FROM audit_row", "INSERT INTO audit_row SELECT * FROM old_row",
            "DELETE FROM audit_head", "INSERT INTO audit_head SELECT * FROM old_head",
        ] {
            db.execute_unprepared(sql).await.unwrap();
        }
        assert_eq!(whole(db).await, 20);
        let cut = Verdict::Broken { seq: Seq(21), why: Broken::CutOff };
        assert_eq!(audit::verify_against(db, &key(), &kept).await.unwrap(), cut);
        // Nor does it help to go on from there.
        let tx = write(db).await;
        append(&tx, 22).await;
        tx.commit().await.unwrap();
        let put_back = Verdict::Broken { seq: Seq(21), why: Broken::NotAnchored };
        assert_eq!(audit::verify_against(db, &key(), &kept).await.unwrap(), put_back);
        assert!(matches!(verify(db).await, Verdict::Whole { rows: 21, .. }));
    }
}
