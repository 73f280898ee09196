//! Grants with reasons and reminders; `substitution`, who stands in for whom; and whose substitute did a step of a case.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            // Why, in the administrator's words; rows of before and the installer's have none.
            text_null("reason"),
            text_null("revoked_by"),
            text_null("revoked_why"),
            // When the holder was told that the term ends.
            timestamp_with_time_zone_null("reminded_at"),
        ] {
            let alter = Table::alter().table("role_grant").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        let alter = Table::alter().table("aid_event").add_column(text_null("stands_for")).take();
        manager.alter_table(alter).await?;
        manager.create_table(substitution()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE INDEX ix_role_grant_valid_to ON role_grant (valid_to) WHERE reminded_at IS NULL",
            "CREATE INDEX ix_substitution_account_id ON substitution (account_id)",
            "CREATE INDEX ix_substitution_substitute_id ON substitution (substitute_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

/// Nobody stands in for himself, and it always ends.
fn substitution() -> TableCreateStatement {
    Table::create()
        .table("substitution")
        .col(pk_uuid("id"))
        .col(text("account_id"))
        .col(text("substitute_id"))
        .col(uuid("grant_id"))
        .col(timestamp_with_time_zone("valid_from"))
        .col(timestamp_with_time_zone("valid_to"))
        .col(text("reason").check(Expr::cust("reason <> ''")))
        .col(timestamp_with_time_zone("made_at"))
        .col(text_null("ended_by"))
        .check(Expr::cust("substitute_id <> account_id"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_substitution_account_id")
                .from("substitution", "account_id")
                .to("account", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_substitution_substitute_id")
                .from("substitution", "substitute_id")
                .to("account", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_substitution_grant_id")
                .from("substitution", "grant_id")
                .to("role_grant", "id"),
        )
        .take()
}
