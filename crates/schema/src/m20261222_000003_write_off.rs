//! 坏账核销: what is asked back in vain (`aid_write_off`: one proposes, another decides), a bucket of the ledger for it, and one more state of a
//! claim.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::reword;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            reword::on_postgresql(db, "ledger_line", ("bucket <= 4", "bucket <= 5")).await?;
            let states = (
                "'refused'::text, 'recovered'::text",
                "'refused'::text, 'recovered'::text, 'written_off'::text",
            );
            reword::on_postgresql(db, "aid_clawback", states).await?;
        } else {
            reword::on_sqlite(db, "ledger_line", ("bucket BETWEEN 0 AND 4", "bucket BETWEEN 0 AND 5"))
                .await?;
            let states = ("'refused', 'recovered')", "'refused', 'recovered', 'written_off')");
            reword::on_sqlite(db, "aid_clawback", states).await?;
        }
        for statement in [
            "ALTER TABLE ledger_balance ADD COLUMN written_off bigint NOT NULL DEFAULT 0 CHECK (written_off >= 0)",
            "ALTER TABLE aid_clawback ADD COLUMN written_off bigint NOT NULL DEFAULT 0 \
             CHECK (written_off >= 0 AND recovered + written_off <= amount AND (written_off = 0 OR state = 'written_off'))",
        ] {
            db.execute_unprepared(statement).await?;
        }
        manager.create_table(write_off()).await?;
        for index in [
            "CREATE INDEX ix_aid_write_off_clawback_id ON aid_write_off (clawback_id)",
            "CREATE INDEX ix_aid_write_off_case_id ON aid_write_off (case_id)",
            // One at a time.
            "CREATE UNIQUE INDEX uq_aid_write_off_proposed ON aid_write_off (clawback_id) WHERE state = 'proposed'",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn key(column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_aid_write_off_{column}"))
        .from("aid_write_off", column)
        .to(to, "id")
        .take()
}

/// Nobody decides his own.
fn write_off() -> TableCreateStatement {
    Table::create()
        .table("aid_write_off")
        .col(pk_uuid("id"))
        .col(uuid("clawback_id"))
        .col(uuid("case_id"))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'agreed', 'refused')")))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(
            text("loss")
                .check(Expr::cust("loss IN ('no_estate', 'missing', 'unable', 'court_ended', 'costs_more')")),
        )
        .col(text("why"))
        .col(text("document").check(Expr::cust("document <> ''")))
        .col(uuid("evidence_id"))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("(state = 'proposed') = (decided_by IS NULL)"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .foreign_key(&mut key("clawback_id", "aid_clawback"))
        .foreign_key(&mut key("case_id", "aid_case"))
        .foreign_key(&mut key("evidence_id", "evidence"))
        .take()
}
