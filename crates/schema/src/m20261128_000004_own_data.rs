//! What belongs to whoever the data is about: `consent`, each yes and no, and `person_wish`, what somebody asked about the own record.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(consent()).await?;
        manager.create_table(wish()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE INDEX ix_consent_person_id ON consent (person_id, purpose, at)",
            "CREATE INDEX ix_person_wish_person_id ON person_wish (person_id)",
            "CREATE INDEX ix_person_wish_open ON person_wish (asked_at) WHERE answered_at IS NULL",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "consent").await
    }
}

fn consent() -> TableCreateStatement {
    Table::create()
        .table("consent")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(
            text("purpose").check(Expr::cust("purpose IN ('family', 'publicity', 'volunteering', 'doctor')")),
        )
        .col(boolean("given"))
        .col(timestamp_with_time_zone("at"))
        .col(text_null("said_by"))
        .col(text("how").check(Expr::cust("how IN ('page', 'mandate')")))
        .foreign_key(&mut to_person("consent"))
        .take()
}

fn wish() -> TableCreateStatement {
    Table::create()
        .table("person_wish")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("kind").check(Expr::cust("kind IN ('correct', 'delete')")))
        // Sealed: people write what they like.
        .col(text("said"))
        .col(text("asked_by"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text_null("answer"))
        .col(text_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .check(Expr::cust("(answer IS NULL) = (answered_at IS NULL)"))
        .foreign_key(&mut to_person("person_wish"))
        .take()
}

fn to_person(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_person_id"))
        .from(table, "person_id")
        .to("person", "id")
        .to_owned()
}
