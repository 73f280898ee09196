//! `aid_account_vouch`: who has made sure of an account that was changed lately.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{pk_uuid, text, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(vouch()).await?;
        let once = "CREATE UNIQUE INDEX uq_aid_account_vouch_case_id_change_id \
                    ON aid_account_vouch (case_id, change_id)";
        let db = manager.get_connection();
        db.execute_unprepared(once).await?;
        let found = "CREATE INDEX ix_person_change_account ON person_change (person_id, decided_at) \
                     WHERE field = 'payout' AND state = 'agreed'";
        db.execute_unprepared(found).await?;
        Ok(())
    }
}

fn vouch() -> TableCreateStatement {
    Table::create()
        .table("aid_account_vouch")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(uuid("change_id"))
        .col(text("reason"))
        .col(text("vouched_by"))
        .col(timestamp_with_time_zone("vouched_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_account_vouch_case_id")
                .from("aid_account_vouch", "case_id")
                .to("aid_case", "id"),
        )
        .take()
}
