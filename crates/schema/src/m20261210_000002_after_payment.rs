//! What comes after the money: what the person says of it (`aid_receipt`), who is visited once more and what is found (`aid_sample`,
//! `aid_follow_up`), whether the help goes on (`aid_review`) and why it ends (`aid_closing`); three more places for a case.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, boolean_null, date, date_null, integer, pk_uuid, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::{append_only, wider_statuses};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        wider_statuses::allow(manager, &["unreceived", "received", "closed"]).await?;
        for table in [receipt(), sample(), follow_up(), review(), closing()] {
            manager.create_table(table).await?;
        }
        let db = manager.get_connection();
        if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
            // Searched by prefix, which is right only in the order of code points (SQLite's own).
            let order = "ALTER TABLE aid_sample ALTER COLUMN region TYPE text COLLATE \"C\"";
            db.execute_unprepared(order).await?;
        }
        for index in [
            "CREATE INDEX ix_aid_receipt_case_id ON aid_receipt (case_id)",
            // A month is drawn once.
            "CREATE UNIQUE INDEX uq_aid_sample_region_month ON aid_sample (region, month)",
            "CREATE UNIQUE INDEX uq_aid_follow_up_payment_id ON aid_follow_up (payment_id)",
            "CREATE INDEX ix_aid_follow_up_sample_id ON aid_follow_up (sample_id)",
            "CREATE INDEX ix_aid_follow_up_case_id ON aid_follow_up (case_id)",
            "CREATE INDEX ix_aid_review_case_id ON aid_review (case_id)",
            "CREATE UNIQUE INDEX uq_aid_closing_case_id ON aid_closing (case_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "aid_receipt").await?;
        append_only::protect(manager, "aid_sample").await
    }
}

fn key(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(to, "id").take()
}

fn receipt() -> TableCreateStatement {
    Table::create()
        .table("aid_receipt")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(uuid("payment_id"))
        .col(boolean("received"))
        .col(boolean("by_hand"))
        .col(text("said_by"))
        .col(timestamp_with_time_zone("said_at"))
        .foreign_key(&mut key("aid_receipt", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_receipt", "payment_id", "aid_payment"))
        .take()
}

fn sample() -> TableCreateStatement {
    Table::create()
        .table("aid_sample")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(date("month"))
        .col(text("seed").check(Expr::cust("length(seed) = 64")))
        .col(integer("share").check(Expr::cust("share BETWEEN 0 AND 100")))
        .col(big_integer("above").check(Expr::cust("above >= 0")))
        .col(integer("listed").check(Expr::cust("listed > 0")))
        .col(integer("chosen").check(Expr::cust("chosen >= 0")))
        .col(text("drawn_by"))
        .col(timestamp_with_time_zone("drawn_at"))
        .check(Expr::cust("chosen <= listed"))
        .take()
}

fn follow_up() -> TableCreateStatement {
    Table::create()
        .table("aid_follow_up")
        .col(pk_uuid("id"))
        .col(uuid("sample_id"))
        .col(uuid("payment_id"))
        .col(uuid("case_id"))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(text("digest").check(Expr::cust("length(digest) = 64")))
        .col(text_null("chosen").check(Expr::cust("chosen IN ('random', 'above')")))
        .col(date_null("due_on"))
        .col(date_null("visited_on"))
        .col(boolean_null("differs"))
        .col(text_null("findings"))
        .col(text_null("visited_by"))
        .col(timestamp_with_time_zone_null("recorded_at"))
        .check(Expr::cust("(chosen IS NULL) = (due_on IS NULL)"))
        .check(Expr::cust("differs IS NULL OR chosen IS NOT NULL"))
        .check(Expr::cust("(differs IS NULL) = (visited_on IS NULL)"))
        .check(Expr::cust("(differs IS NULL) = (visited_by IS NULL)"))
        .check(Expr::cust("(differs IS NULL) = (recorded_at IS NULL)"))
        .check(Expr::cust("findings IS NULL OR differs IS NOT NULL"))
        .foreign_key(&mut key("aid_follow_up", "sample_id", "aid_sample"))
        .foreign_key(&mut key("aid_follow_up", "payment_id", "aid_payment"))
        .foreign_key(&mut key("aid_follow_up", "case_id", "aid_case"))
        .take()
}

fn review() -> TableCreateStatement {
    Table::create()
        .table("aid_review")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("outcome").check(Expr::cust("outcome IN ('continue', 'change', 'exit')")))
        .col(text("why"))
        .col(text("reviewed_by"))
        .col(timestamp_with_time_zone("reviewed_at"))
        .foreign_key(&mut key("aid_review", "case_id", "aid_case"))
        .take()
}

fn closing() -> TableCreateStatement {
    Table::create()
        .table("aid_closing")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(
            text("reason").check(Expr::cust("reason IN ('over', 'better', 'moved', 'wish', 'not_any_more')")),
        )
        .col(text("closed_by"))
        .col(timestamp_with_time_zone("closed_at"))
        .foreign_key(&mut key("aid_closing", "case_id", "aid_case"))
        .take()
}
