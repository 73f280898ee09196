//! Who manages a member of a segment (`segment_member.unit_id`, as names have it): the members of a county are found by its units instead of among
//! those of a province.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, date_null, pk_uuid, text, text_null, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // No table points to this one, so it is made anew: a column that must be filled cannot be added to rows on both engines.
        db.execute_unprepared("ALTER TABLE segment_member RENAME TO segment_member_before").await?;
        manager.create_table(member()).await?;
        for statement in [
            "INSERT INTO segment_member (id, segment_id, person_id, unit_id, standing, from_on, joined_run, joined_why, \
             until_on, left_run, left_why) SELECT it.id, it.segment_id, it.person_id, person.unit_id, it.standing, it.from_on, \
             it.joined_run, it.joined_why, it.until_on, it.left_run, it.left_why \
             FROM segment_member_before AS it INNER JOIN person ON person.id = it.person_id",
            "DROP TABLE segment_member_before",
            // Nobody twice in one segment.
            "CREATE UNIQUE INDEX uq_segment_member_open ON segment_member (segment_id, person_id) \
             WHERE until_on IS NULL",
            "CREATE INDEX ix_segment_member_person_id ON segment_member (person_id)",
            "CREATE INDEX ix_segment_member_unit_id ON segment_member (segment_id, unit_id, standing, until_on)",
            "CREATE INDEX ix_segment_member_from_on ON segment_member (segment_id, from_on, id)",
            "CREATE INDEX ix_segment_member_until_on ON segment_member (segment_id, until_on, id)",
            "CREATE INDEX ix_segment_member_joined_run ON segment_member (joined_run)",
            "CREATE INDEX ix_segment_member_left_run ON segment_member (left_run)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            let key =
                "ALTER TABLE segment_member RENAME CONSTRAINT segment_member_pkey1 TO segment_member_pkey";
            db.execute_unprepared(key).await?;
        }
        Ok(())
    }
}

fn member() -> TableCreateStatement {
    Table::create()
        .table("segment_member")
        .col(pk_uuid("id"))
        .col(uuid("segment_id"))
        .col(uuid("person_id"))
        .col(uuid("unit_id"))
        .col(text("standing").check(Expr::cust("standing IN ('member', 'unsure')")))
        .col(date("from_on"))
        .col(uuid("joined_run"))
        .col(text("joined_why"))
        .col(date_null("until_on"))
        .col(uuid_null("left_run"))
        .col(text_null("left_why"))
        .check(Expr::cust("until_on IS NULL OR until_on >= from_on"))
        .check(Expr::cust("(until_on IS NULL) = (left_why IS NULL)"))
        .foreign_key(&mut to("segment_id", "segment"))
        .foreign_key(&mut to("person_id", "person"))
        .foreign_key(&mut to("unit_id", "unit"))
        .foreign_key(&mut to("joined_run", "segment_run"))
        .foreign_key(&mut to("left_run", "segment_run"))
        .take()
}

fn to(column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_segment_member_{column}"))
        .from("segment_member", column)
        .to(other, "id")
        .to_owned()
}
