//! 动态口令: the second factor of a login with its codes for the day on which the telephone is lost, and until when a session counts as
//! stepped up.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, integer, pk_uuid, text, text_null, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(second_factor()).await?;
        manager.create_table(code()).await?;
        let column = timestamp_with_time_zone_null("stepped_up_at");
        manager.alter_table(Table::alter().table("web_session").add_column(column).take()).await?;
        let db = manager.get_connection();
        for statement in [
            "CREATE UNIQUE INDEX uq_second_factor_account_id ON second_factor (account_id)",
            "CREATE INDEX ix_second_factor_code_factor_id ON second_factor_code (factor_id)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// `offered` is a secret that was shown and not yet confirmed; the one before it counts until then. `last_step` is the last one of which a
/// code was taken: none is taken twice.
fn second_factor() -> TableCreateStatement {
    Table::create()
        .table("second_factor")
        .col(pk_uuid("id"))
        .col(text("account_id"))
        .col(text_null("offered"))
        .col(timestamp_with_time_zone_null("offered_at"))
        .col(text_null("secret"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(big_integer_null("last_step"))
        .col(integer("failures").check(Expr::cust("failures BETWEEN 0 AND 4")))
        .col(timestamp_with_time_zone_null("locked_until"))
        .col(text_null("reset_by"))
        .col(timestamp_with_time_zone_null("reset_at"))
        .col(text_null("reset_why"))
        .check(Expr::cust("(offered IS NULL) = (offered_at IS NULL)"))
        .check(Expr::cust("(secret IS NULL) = (confirmed_at IS NULL)"))
        .check(Expr::cust("secret IS NOT NULL OR (last_step IS NULL AND failures = 0)"))
        .check(Expr::cust(
            "(reset_by IS NULL) = (reset_at IS NULL) AND (reset_by IS NULL) = (reset_why IS NULL)",
        ))
        .check(Expr::cust("reset_by <> account_id"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_second_factor_account_id")
                .from("second_factor", "account_id")
                .to("account", "id"),
        )
        .take()
}

/// Each is good once.
fn code() -> TableCreateStatement {
    Table::create()
        .table("second_factor_code")
        .col(pk_uuid("id"))
        .col(uuid("factor_id"))
        .col(text("hash"))
        .col(timestamp_with_time_zone_null("used_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_second_factor_code_factor_id")
                .from("second_factor_code", "factor_id")
                .to("second_factor", "id"),
        )
        .take()
}
