//! 分层分类: segments with the versions of their rules, what was computed when, and who is in one from when until when: a row for each
//! change, not a copy for each night.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [segment(), version(), run(), member()] {
            manager.create_table(table).await?;
        }
        let db = manager.get_connection();
        for statement in [
            "CREATE INDEX ix_segment_region ON segment (region)",
            "CREATE INDEX ix_segment_base_id ON segment (base_id)",
            "CREATE UNIQUE INDEX uq_segment_version_nth ON segment_version (segment_id, nth)",
            // One computation of a segment at a time.
            "CREATE UNIQUE INDEX uq_segment_run_open ON segment_run (segment_id) WHERE finished_at IS NULL",
            "CREATE INDEX ix_segment_run_on_day ON segment_run (segment_id, on_day)",
            // Nobody twice in one segment.
            "CREATE UNIQUE INDEX uq_segment_member_open ON segment_member (segment_id, person_id) \
             WHERE until_on IS NULL",
            "CREATE INDEX ix_segment_member_person_id ON segment_member (person_id)",
            "CREATE INDEX ix_segment_member_from_on ON segment_member (segment_id, from_on)",
            "CREATE INDEX ix_segment_member_until_on ON segment_member (segment_id, until_on)",
            "CREATE INDEX ix_segment_member_joined_run ON segment_member (joined_run)",
            "CREATE INDEX ix_segment_member_left_run ON segment_member (left_run)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        append_only::protect(manager, "segment_version").await
    }
}

fn segment() -> TableCreateStatement {
    Table::create()
        .table("segment")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(uuid_null("base_id"))
        .col(text("made_by"))
        .col(timestamp_with_time_zone("made_at"))
        .col(date_null("ended_on"))
        .col(text_null("ended_by"))
        .check(Expr::cust("base_id <> id"))
        .check(Expr::cust("(ended_on IS NULL) = (ended_by IS NULL)"))
        .foreign_key(&mut to("segment", "base_id", "segment"))
        .take()
}

/// Written once: a change is the next version.
fn version() -> TableCreateStatement {
    Table::create()
        .table("segment_version")
        .col(pk_uuid("id"))
        .col(uuid("segment_id"))
        .col(integer("nth").check(Expr::cust("nth > 0")))
        .col(text("name").check(Expr::cust("name <> ''")))
        .col(text("rule"))
        .col(integer("every_days").check(Expr::cust("every_days BETWEEN 1 AND 366")))
        .col(text("way").check(Expr::cust("way IN ('visit', 'call')")))
        .col(text("hands").check(Expr::cust("hands IN ('worker', 'secretary', 'volunteer')")))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(date("from_on"))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .foreign_key(&mut to("segment_version", "segment_id", "segment"))
        .take()
}

/// `after` is how far it has come; `rule` is all of what was computed, with what it narrows.
fn run() -> TableCreateStatement {
    Table::create()
        .table("segment_run")
        .col(pk_uuid("id"))
        .col(uuid("segment_id"))
        .col(uuid("version_id"))
        .col(text("rule"))
        .col(date("on_day"))
        .col(timestamp_with_time_zone("began_at"))
        .col(text_null("asked_by"))
        .col(uuid_null("after"))
        .col(big_integer("looked"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .col(big_integer("members"))
        .col(big_integer("unsure"))
        .col(big_integer("joined"))
        .col(big_integer("gone"))
        .col(text_null("sha256"))
        .check(Expr::cust("(finished_at IS NULL) = (sha256 IS NULL)"))
        .foreign_key(&mut to("segment_run", "segment_id", "segment"))
        .foreign_key(&mut to("segment_run", "version_id", "segment_version"))
        .take()
}

fn member() -> TableCreateStatement {
    Table::create()
        .table("segment_member")
        .col(pk_uuid("id"))
        .col(uuid("segment_id"))
        .col(uuid("person_id"))
        .col(text("standing").check(Expr::cust("standing IN ('member', 'unsure')")))
        .col(date("from_on"))
        .col(uuid("joined_run"))
        .col(text("joined_why"))
        .col(date_null("until_on"))
        .col(uuid_null("left_run"))
        .col(text_null("left_why"))
        .check(Expr::cust("until_on IS NULL OR until_on >= from_on"))
        .check(Expr::cust("(until_on IS NULL) = (left_why IS NULL)"))
        .foreign_key(&mut to("segment_member", "segment_id", "segment"))
        .foreign_key(&mut to("segment_member", "person_id", "person"))
        .foreign_key(&mut to("segment_member", "joined_run", "segment_run"))
        .foreign_key(&mut to("segment_member", "left_run", "segment_run"))
        .take()
}

fn to(table: &'static str, column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, "id").to_owned()
}
