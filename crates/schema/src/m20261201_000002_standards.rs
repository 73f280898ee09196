//! `aid_rule_proposal`: standards of aid that one has written down and another has not agreed to yet.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date, integer, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(proposal()).await?;
        let index = "CREATE INDEX ix_aid_rule_proposal_region ON aid_rule_proposal (region)";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}

/// Nobody decides alone, and nothing is decided without a day and a name.
fn proposal() -> TableCreateStatement {
    Table::create()
        .table("aid_rule_proposal")
        .col(pk_uuid("id"))
        .col(text("category"))
        .col(text("region"))
        .col(date("valid_from"))
        .col(big_integer("least").check(Expr::cust("least > 0")))
        .col(big_integer("most"))
        .col(integer("notice_days").check(Expr::cust("notice_days > 0")))
        .col(boolean("once_a_year"))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'agreed', 'refused')")))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("most >= least"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("(state = 'proposed') = (decided_by IS NULL)"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .take()
}
