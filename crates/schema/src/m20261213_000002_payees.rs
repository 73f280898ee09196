//! 代收: to whom a case is paid when it is not the person (`aid_payee`: by two people's word, with a third who made sure of the account), and
//! by which of these a payment went.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(payee()).await?;
        let column = uuid_null("payee_id");
        manager.alter_table(Table::alter().table("aid_payment").add_column(column).take()).await?;
        let db = manager.get_connection();
        for statement in [
            // One at a time.
            "CREATE UNIQUE INDEX uq_aid_payee_live ON aid_payee (case_id) WHERE state IN ('proposed', 'approved')",
            "CREATE INDEX ix_aid_payee_case_id ON aid_payee (case_id)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// Spouse and child have a mandate that is a row, the unit one that is a paper of the case.
fn payee() -> TableCreateStatement {
    Table::create()
        .table("aid_payee")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("kind").check(Expr::cust("kind IN ('spouse', 'child', 'unit')")))
        .col(uuid_null("link_id"))
        .col(text_null("account_id"))
        .col(text("name"))
        .col(text("number"))
        .col(text("tail"))
        .col(text("bank").check(Expr::cust("bank <> ''")))
        .col(date("until"))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'approved', 'refused', 'ended')")))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("vouched_by"))
        .col(timestamp_with_time_zone_null("vouched_at"))
        .col(text_null("vouched"))
        .col(text_null("ended_by"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .check(Expr::cust("(kind = 'unit') = (link_id IS NULL)"))
        .check(Expr::cust("(link_id IS NULL) = (account_id IS NULL)"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("vouched_by <> proposed_by AND vouched_by <> decided_by"))
        .check(Expr::cust("state NOT IN ('approved', 'refused') OR decided_by IS NOT NULL"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .check(Expr::cust("(vouched_by IS NULL) = (vouched_at IS NULL)"))
        .check(Expr::cust("(state = 'ended') = (ended_by IS NOT NULL)"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_payee_case_id")
                .from("aid_payee", "case_id")
                .to("aid_case", "id"),
        )
        .take()
}
