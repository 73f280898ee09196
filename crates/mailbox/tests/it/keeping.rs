use mailbox::outbox::{self, Pushed};
use mailbox::{Which, inbox};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::{LEASE, after, evening, item, letter};

async fn give_up(db: &DatabaseConnection, key: &str, error: &str) {
    outbox::push(db, &letter(key), evening()).await.unwrap();
    let claimed = outbox::claim(db, "w", 1, LEASE, evening()).await.unwrap().remove(0);
    outbox::dead(db, &claimed, error, after(1)).await.unwrap();
}

schema::both! {
    async fn dead_letters_come_back_when_asked(db) {
        give_up(db, "a", "refused").await;
        give_up(db, "b", "unavailable").await;
        give_up(db, "c", "unavailable").await;
        assert!(outbox::claim(db, "w", 9, LEASE, after(9999)).await.unwrap().is_empty());
        assert_eq!(outbox::redrive(db, Which::Error("unavailable"), after(10)).await.unwrap(), 2);
        let back = outbox::claim(db, "w", 9, LEASE, after(10)).await.unwrap();
        assert_eq!(back.len(), 2);
        assert!(back.iter().all(|letter| letter.attempts == 1 && letter.last_error.as_deref() == Some("unavailable")));
        let refused = outbox::find(db, "a").await.unwrap().unwrap();
        assert_eq!(outbox::redrive(db, Which::Id(refused.id), after(10)).await.unwrap(), 1);
        assert_eq!(outbox::redrive(db, Which::Kind("aid.approved"), after(10)).await.unwrap(), 0);
        assert_eq!(outbox::redrive(db, Which::All, after(10)).await.unwrap(), 0);
    }

    async fn only_done_items_are_pruned(db) {
        for number in 0..1203 {
            inbox::accept(db, &item(&format!("{number}")), evening()).await.unwrap();
        }
        for item in inbox::claim(db, "w", 1201, LEASE, evening()).await.unwrap() {
            inbox::done(db, &item, after(1)).await.unwrap();
        }
        let dead = inbox::claim(db, "w", 1, LEASE, evening()).await.unwrap().remove(0);
        inbox::dead(db, &dead, "bad", after(1)).await.unwrap();
        assert_eq!(inbox::prune(db, after(1)).await.unwrap(), 0);
        assert_eq!(inbox::prune(db, after(2)).await.unwrap(), 1201);
        let depth = inbox::depth(db).await.unwrap();
        assert_eq!((depth.waiting, depth.leased, depth.dead), (1, 0, 1));
        assert_eq!(depth.oldest, Some(evening()));
        assert_eq!(inbox::dead_items(db, 10).await.unwrap().len(), 1);
    }

    async fn a_letter_is_withdrawn_until_somebody_has_it(db) {
        outbox::push(db, &letter("a"), evening()).await.unwrap();
        assert!(outbox::withdraw(db, "a").await.unwrap());
        assert!(!outbox::withdraw(db, "a").await.unwrap());
        assert_eq!(outbox::push(db, &letter("a"), evening()).await.unwrap(), Pushed::New);
        outbox::claim(db, "w", 1, LEASE, evening()).await.unwrap();
        assert!(!outbox::withdraw(db, "a").await.unwrap());
    }

    async fn debug_shows_no_payload(db) {
        let mut secret = letter("aid.approved/7");
        secret.payload = serde_json::json!({ "text": "13800000000" });
        outbox::push(db, &secret, evening()).await.unwrap();
        let claimed = outbox::claim(db, "w", 1, LEASE, evening()).await.unwrap();
        assert!(!format!("{secret:?} {claimed:?}").contains("13800000000"));
        let mut came = item("b");
        came.payload = secret.payload;
        inbox::accept(db, &came, evening()).await.unwrap();
        let claimed = inbox::claim(db, "w", 1, LEASE, evening()).await.unwrap();
        assert!(!format!("{came:?} {claimed:?}").contains("13800000000"));
    }

    /// A bound state, or one the index does not know, would make every poll read the whole table.
    async fn polling_uses_the_partial_indexes(db) {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        for (table, index) in [("inbox", "ix_inbox_open"), ("outbox", "ix_outbox_open")] {
            let sql = format!("EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE state IN (0, 1) AND run_at <= 'x' ORDER BY lane, run_at, id LIMIT 5");
            let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
            let plan: String = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap()).collect();
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
