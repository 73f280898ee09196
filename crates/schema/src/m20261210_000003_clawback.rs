//! 追回: claims (`aid_clawback`) and what comes of them, part by part (`aid_clawback_part`).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, integer, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(clawback()).await?;
        manager.create_table(part()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE INDEX ix_aid_clawback_case_id ON aid_clawback (case_id)",
            // One at a time.
            "CREATE UNIQUE INDEX uq_aid_clawback_open ON aid_clawback (case_id) WHERE state IN ('proposed', 'agreed')",
            "CREATE INDEX ix_aid_clawback_part_clawback_id ON aid_clawback_part (clawback_id)",
            "CREATE INDEX ix_aid_clawback_part_case_id ON aid_clawback_part (case_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "aid_clawback_part").await
    }
}

fn key(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(to, "id").take()
}

/// Nobody decides his own claim, and no more comes back than is claimed.
fn clawback() -> TableCreateStatement {
    Table::create()
        .table("aid_clawback")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'agreed', 'refused', 'recovered')")))
        .col(text("cause").check(Expr::cust("cause IN ('death', 'follow_up', 'audit', 'emergency')")))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(big_integer("recovered").check(Expr::cust("recovered >= 0")))
        .col(text("why"))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("recovered <= amount"))
        .check(Expr::cust("(state = 'recovered') = (recovered = amount)"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("(state = 'proposed') = (decided_by IS NULL)"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .foreign_key(&mut key("aid_clawback", "case_id", "aid_case"))
        .take()
}

fn part() -> TableCreateStatement {
    Table::create()
        .table("aid_clawback_part")
        .col(pk_uuid("id"))
        .col(uuid("clawback_id"))
        .col(uuid("case_id"))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(date("received_on"))
        .col(integer("budget_year"))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .foreign_key(&mut key("aid_clawback_part", "clawback_id", "aid_clawback"))
        .foreign_key(&mut key("aid_clawback_part", "case_id", "aid_case"))
        .take()
}
