//! Party branches: `branch`, `branch_membership`, `branch_post`, `meeting` with its `meeting_claim`s and
//! `attendance`, and the rules of what a branch owes, `obligation_rule`.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer, pk_uuid, small_integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(branch()).await?;
        manager.create_table(episode("branch_membership", "affiliation', 'participation")).await?;
        manager
            .create_table(episode(
                "branch_post",
                "secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'group_leader",
            ))
            .await?;
        manager.create_table(meeting()).await?;
        manager.create_table(meeting_claim()).await?;
        manager.create_table(attendance()).await?;
        manager.create_table(obligation_rule()).await?;

        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Prefixes are searched by range, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared("ALTER TABLE branch ALTER COLUMN region_code TYPE text COLLATE \"C\"")
                .await?;
        }
        for index in [
            "CREATE INDEX ix_branch_region_code ON branch (region_code)",
            // 组织关系: a person belongs to one branch at a time, however many he takes part in.
            "CREATE UNIQUE INDEX uq_branch_membership_affiliation ON branch_membership (person_id) \
             WHERE kind = 'affiliation' AND to_on IS NULL",
            "CREATE UNIQUE INDEX uq_branch_membership_live ON branch_membership (branch_id, person_id) \
             WHERE to_on IS NULL",
            "CREATE INDEX ix_branch_membership_person_id ON branch_membership (person_id)",
            "CREATE INDEX ix_branch_membership_branch_id ON branch_membership (branch_id, from_on)",
            "CREATE UNIQUE INDEX uq_branch_post_secretary ON branch_post (branch_id) \
             WHERE kind = 'secretary' AND to_on IS NULL",
            "CREATE INDEX ix_branch_post_person_id ON branch_post (person_id)",
            "CREATE INDEX ix_branch_post_branch_id ON branch_post (branch_id)",
            "CREATE INDEX ix_meeting_branch_id ON meeting (branch_id, starts_at)",
            "CREATE INDEX ix_meeting_starts_at ON meeting (starts_at)",
            // One person, one meeting, one row, however often and by whatever way somebody signs in.
            "CREATE UNIQUE INDEX uq_attendance_meeting_person ON attendance (meeting_id, person_id)",
            "CREATE INDEX ix_attendance_person_id ON attendance (person_id, recorded_at)",
            "CREATE UNIQUE INDEX uq_obligation_rule ON obligation_rule (rule_set, obligation, cycle, effective_from)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn branch() -> TableCreateStatement {
    Table::create()
        .table("branch")
        .col(pk_uuid("id"))
        .col(text("name").check(Expr::cust("name <> ''")))
        .col(text("region_code"))
        .col(uuid_null("unit_id"))
        .col(small_integer("party_day").check(Expr::cust("party_day BETWEEN 1 AND 28")))
        .col(small_integer("party_groups").check(Expr::cust("party_groups >= 0")))
        .col(date("founded_on"))
        .col(date_null("dissolved_on"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create().name("fk_branch_unit_id").from("branch", "unit_id").to("unit", "id"),
        )
        .take()
}

/// A dated fact about a person in a branch: from a day until the day before `to_on`.
fn episode(name: &'static str, kinds: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(pk_uuid("id"))
        .col(uuid("branch_id"))
        .col(uuid("person_id"))
        .col(text("kind").check(Expr::cust(format!("kind IN ('{kinds}')"))))
        .col(date("from_on"))
        .col(date_null("to_on"))
        .col(text_null("ended_why"))
        .check(Expr::cust("to_on >= from_on"))
        .check(Expr::cust("(to_on IS NULL) = (ended_why IS NULL)"))
        .foreign_key(
            ForeignKey::create()
                .name(format!("fk_{name}_branch_id"))
                .from(name, "branch_id")
                .to("branch", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name(format!("fk_{name}_person_id"))
                .from(name, "person_id")
                .to("person", "id"),
        )
        .take()
}

fn meeting() -> TableCreateStatement {
    Table::create()
        .table("meeting")
        .col(pk_uuid("id"))
        .col(uuid("branch_id"))
        .col(text("title").check(Expr::cust("title <> ''")))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(text("place"))
        .col(text("description"))
        .col(text("status").check(Expr::cust("status IN ('planned', 'held', 'cancelled')")))
        .col(text("planned_by"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .check(Expr::cust("ends_at > starts_at"))
        .foreign_key(
            ForeignKey::create().name("fk_meeting_branch_id").from("meeting", "branch_id").to("branch", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_meeting_planned_by")
                .from("meeting", "planned_by")
                .to("account", "id"),
        )
        .take()
}

/// One meeting may answer several obligations; the key makes it answer each at most once.
fn meeting_claim() -> TableCreateStatement {
    Table::create()
        .table("meeting_claim")
        .col(uuid("meeting_id"))
        .col(text("obligation"))
        .primary_key(Index::create().name("pk_meeting_claim").col("meeting_id").col("obligation"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_meeting_claim_meeting_id")
                .from("meeting_claim", "meeting_id")
                .to("meeting", "id"),
        )
        .take()
}

fn attendance() -> TableCreateStatement {
    Table::create()
        .table("attendance")
        .col(pk_uuid("id"))
        .col(uuid("meeting_id"))
        .col(uuid("person_id"))
        .col(text("state").check(Expr::cust(
            "state IN ('present', 'online', 'on_leave', 'home_study', 'excused', 'absent')",
        )))
        .col(text("method").check(Expr::cust("method IN ('own', 'bot', 'proxy', 'roll_call')")))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_attendance_meeting_id")
                .from("attendance", "meeting_id")
                .to("meeting", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_attendance_person_id")
                .from("attendance", "person_id")
                .to("person", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_attendance_recorded_by")
                .from("attendance", "recorded_by")
                .to("account", "id"),
        )
        .take()
}

/// How often a branch owes what, by which document. A new document is new rows; the old ones get an end.
fn obligation_rule() -> TableCreateStatement {
    Table::create()
        .table("obligation_rule")
        .col(pk_uuid("id"))
        .col(text("rule_set"))
        .col(text("obligation"))
        .col(text("cycle").check(Expr::cust("cycle IN ('month', 'quarter', 'year')")))
        .col(integer("times").check(Expr::cust("times > 0")))
        .col(integer("min_members").check(Expr::cust("min_members >= 0")))
        .col(integer("min_groups").check(Expr::cust("min_groups >= 0")))
        .col(date("effective_from"))
        .col(date_null("effective_to"))
        .col(text("source_document"))
        .col(text("article"))
        .check(Expr::cust("effective_to > effective_from"))
        .take()
}
