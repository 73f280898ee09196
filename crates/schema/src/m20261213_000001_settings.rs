//! What a bureau writes about a category of aid besides its standard (`aid_setting`: papers, what visitors assess, the sum above which a
//! meeting is asked, which categories are one need; dated, with its document, by two people's word), and what visitors assessed
//! (`aid_assessment`).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, integer, json_binary, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(setting()).await?;
        manager.create_table(assessment()).await?;
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Searched by prefix, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared("ALTER TABLE aid_setting ALTER COLUMN region TYPE text COLLATE \"C\"")
                .await?;
        }
        for index in [
            // What is in force from a day on is one row.
            "CREATE UNIQUE INDEX uq_aid_setting_agreed ON aid_setting (kind, category, region, valid_from) \
             WHERE state = 'agreed'",
            "CREATE INDEX ix_aid_setting_region ON aid_setting (region)",
            "CREATE INDEX ix_aid_assessment_case_id ON aid_assessment (case_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

/// Nobody decides alone; what came with the program was proposed by nobody.
fn setting() -> TableCreateStatement {
    Table::create()
        .table("aid_setting")
        .col(pk_uuid("id"))
        .col(text("kind").check(Expr::cust("kind IN ('papers', 'assessment', 'council_above', 'same_need')")))
        .col(text("category"))
        .col(text("region"))
        .col(date("valid_from"))
        .col(json_binary("says"))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'agreed', 'refused')")))
        .col(text_null("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("proposed_by IS NULL OR (state = 'proposed') = (decided_by IS NULL)"))
        .check(Expr::cust("proposed_by IS NOT NULL OR state = 'agreed'"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .take()
}

/// What was answered is sealed; the points are not.
fn assessment() -> TableCreateStatement {
    let key = |column: &str, to: &str| {
        ForeignKey::create()
            .name(format!("fk_aid_assessment_{column}"))
            .from("aid_assessment", column.to_owned())
            .to(to.to_owned(), "id")
            .take()
    };
    Table::create()
        .table("aid_assessment")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(uuid("visit_id"))
        .col(text("answers"))
        .col(integer("points").check(Expr::cust("points >= 0")))
        .col(integer("most").check(Expr::cust("most >= points")))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .foreign_key(&mut key("case_id", "aid_case"))
        .foreign_key(&mut key("visit_id", "aid_visit"))
        .take()
}
