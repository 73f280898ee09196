//! Protected fields are changed by request: `person_change`, one field, from what to what, since when, on which document, agreed to by
//! a second person.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("person_change")
                    .col(pk_uuid("id"))
                    .col(uuid("person_id"))
                    .col(text("field"))
                    // Sealed: a bank account may stand in them.
                    .col(text_null("before"))
                    .col(text("after"))
                    .col(date("effective_on"))
                    .col(text("evidence").check(Expr::cust("evidence <> ''")))
                    .col(
                        text("state")
                            .check(Expr::cust("state IN ('asked', 'agreed', 'refused', 'withdrawn')")),
                    )
                    .col(text("asked_by"))
                    .col(timestamp_with_time_zone("asked_at"))
                    .col(text_null("decided_by"))
                    .col(timestamp_with_time_zone_null("decided_at"))
                    .col(text_null("reason"))
                    .check(Expr::cust("state NOT IN ('agreed', 'refused') OR decided_by <> asked_by"))
                    .check(Expr::cust("(state = 'asked') = (decided_at IS NULL)"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk_person_change_person_id")
                            .from("person_change", "person_id")
                            .to("person", "id"),
                    )
                    .take(),
            )
            .await?;
        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX uq_person_change_asked ON person_change (person_id, field) WHERE state = 'asked'",
            "CREATE INDEX ix_person_change_asked_at ON person_change (asked_at) WHERE state = 'asked'",
            "CREATE INDEX ix_person_change_person_id ON person_change (person_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}
