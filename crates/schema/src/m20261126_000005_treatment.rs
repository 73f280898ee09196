//! Floors of treatment, `treatment_floor` with whom each raised, and the year's figures as they were told, `statistics_snapshot`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(treatment_floor()).await?;
        manager.create_table(treatment_raise()).await?;
        manager.create_table(statistics_snapshot()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX uq_treatment_floor ON treatment_floor (region, period, dimension, from_on) \
             WHERE state <> 'refused'",
            "CREATE INDEX ix_treatment_raise_person_id ON treatment_raise (person_id)",
            "CREATE INDEX ix_statistics_snapshot ON statistics_snapshot (region, as_of)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "treatment_raise").await?;
        append_only::protect(manager, "statistics_snapshot").await
    }
}

/// Who joined in this period has at least this level in this dimension, from this day.
fn treatment_floor() -> TableCreateStatement {
    Table::create()
        .table("treatment_floor")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(text("period"))
        .col(text("dimension"))
        .col(text("level"))
        .col(date("from_on"))
        .col(date_null("to_on"))
        .col(text("basis").check(Expr::cust("basis <> ''")))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'approved', 'refused', 'applied')")))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("approved_by"))
        .col(timestamp_with_time_zone_null("approved_at"))
        .col(timestamp_with_time_zone_null("applied_at"))
        .check(Expr::cust("to_on > from_on"))
        .check(Expr::cust("approved_by <> proposed_by"))
        .check(Expr::cust("applied_at IS NULL OR approved_at IS NOT NULL"))
        .take()
}

fn treatment_raise() -> TableCreateStatement {
    Table::create()
        .table("treatment_raise")
        .col(uuid("floor_id"))
        .col(uuid("person_id"))
        .col(text_null("before"))
        .col(text("after"))
        .primary_key(Index::create().name("pk_treatment_raise").col("floor_id").col("person_id"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_treatment_raise_floor_id")
                .from("treatment_raise", "floor_id")
                .to("treatment_floor", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_treatment_raise_person_id")
                .from("treatment_raise", "person_id")
                .to("person", "id"),
        )
        .take()
}

/// `answer` is the canonical text that `sha256` is of.
fn statistics_snapshot() -> TableCreateStatement {
    Table::create()
        .table("statistics_snapshot")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(date("as_of"))
        .col(timestamp_with_time_zone("known_at"))
        .col(text("answer"))
        .col(text("sha256").check(Expr::cust("length(sha256) = 64")))
        .col(text("made_by"))
        .col(timestamp_with_time_zone("made_at"))
        .take()
}
