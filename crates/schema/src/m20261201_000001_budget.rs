//! Years of the ledger that are frozen, when each envelope was posted to last, and what two people decide about money:
//! `budget_order` with its lines.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = timestamp_with_time_zone_null("posted_at");
        manager.alter_table(Table::alter().table("ledger_balance").add_column(column).take()).await?;
        manager.create_table(ledger_year()).await?;
        manager.create_table(ledger_freeze()).await?;
        manager.create_table(budget_order()).await?;
        manager.create_table(budget_order_line()).await?;
        let db = manager.get_connection();
        for statement in [
            "UPDATE ledger_balance SET posted_at = (SELECT max(e.posted_at) FROM ledger_entry AS e \
             JOIN ledger_line AS l ON l.entry_id = e.id WHERE l.year = ledger_balance.year \
             AND l.region = ledger_balance.region AND l.category = ledger_balance.category)",
            "INSERT INTO ledger_year (year, freezes) SELECT DISTINCT year, 0 FROM ledger_balance",
            "CREATE INDEX ix_budget_order_state ON budget_order (state, region)",
            "CREATE INDEX ix_aid_case_budget_year ON aid_case (budget_year, region)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        append_only::protect(manager, "ledger_freeze").await
    }
}

/// One row per year: whoever posts holds it, whoever freezes waits for it.
fn ledger_year() -> TableCreateStatement {
    Table::create()
        .table("ledger_year")
        .col(integer("year").primary_key())
        .col(integer("freezes").check(Expr::cust("freezes >= 0")))
        .take()
}

/// Frozen is frozen: there is no way back.
fn ledger_freeze() -> TableCreateStatement {
    Table::create()
        .table("ledger_freeze")
        .col(integer("year"))
        .col(text("region"))
        .col(text("reference"))
        .col(timestamp_with_time_zone("frozen_at"))
        .primary_key(Index::create().name("pk_ledger_freeze").col("year").col("region"))
        .take()
}

/// Nobody decides alone.
fn budget_order() -> TableCreateStatement {
    Table::create()
        .table("budget_order")
        .col(pk_uuid("id"))
        .col(text("kind").check(Expr::cust("kind IN ('appropriate', 'take_back', 'down', 'up', 'freeze')")))
        .col(text("region"))
        .col(integer("year"))
        .col(text_null("category"))
        .col(big_integer("amount").check(Expr::cust("amount >= 0")))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'posted', 'refused', 'withdrawn')")))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("decided_by <> proposed_by OR state = 'withdrawn'"))
        .check(Expr::cust("(kind = 'freeze') = (category IS NULL)"))
        .check(Expr::cust("(kind = 'freeze') = (amount = 0)"))
        .check(Expr::cust("(state = 'proposed') = (decided_at IS NULL)"))
        .take()
}

/// How much goes where; of what is divided, by which weight.
fn budget_order_line() -> TableCreateStatement {
    Table::create()
        .table("budget_order_line")
        .col(uuid("order_id"))
        .col(integer("line"))
        .col(text("region"))
        .col(big_integer_null("weight").check(Expr::cust("weight > 0")))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .primary_key(Index::create().name("pk_budget_order_line").col("order_id").col("line"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_budget_order_line_order_id")
                .from("budget_order_line", "order_id")
                .to("budget_order", "id"),
        )
        .take()
}
