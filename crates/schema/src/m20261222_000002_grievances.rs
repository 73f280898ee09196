//! 反映问题: what somebody has to say about aid and service, and each step on the way to an answer.
//!
//! What came without a name has no moment in it, only days: a moment beside the times of sessions would be a name.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, date_null, integer, pk_uuid, text, text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(grievance()).await?;
        manager.create_table(step()).await?;
        let db = manager.get_connection();
        if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
            db.execute_unprepared("ALTER TABLE grievance ALTER COLUMN region TYPE text COLLATE \"C\"")
                .await?;
        }
        for index in [
            "CREATE UNIQUE INDEX uq_grievance_receipt ON grievance (receipt)",
            "CREATE INDEX ix_grievance_region_status ON grievance (region, status)",
            "CREATE INDEX ix_grievance_assigned_to ON grievance (assigned_to, status)",
            "CREATE INDEX ix_grievance_person_id ON grievance (person_id)",
            "CREATE INDEX ix_grievance_case_id ON grievance (case_id)",
            "CREATE UNIQUE INDEX uq_grievance_step_seq ON grievance_step (grievance_id, seq)",
            "CREATE INDEX ix_grievance_step_held ON grievance_step (on_day) WHERE held",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

/// Without a name: no person, and no login but that of a worker who wrote it down.
fn grievance() -> TableCreateStatement {
    Table::create()
        .table("grievance")
        .col(pk_uuid("id"))
        .col(
            text("kind")
                .check(Expr::cust("kind IN ('attitude', 'delay', 'payment', 'privacy', 'favour', 'other')")),
        )
        .col(
            text("status")
                .check(Expr::cust("status IN ('dropped', 'received', 'assigned', 'answered', 'withdrawn')")),
        )
        .col(integer("round").check(Expr::cust("round IN (1, 2)")))
        .col(text("region"))
        .col(uuid_null("unit_id"))
        .col(text("level").check(Expr::cust("level IN ('county', 'city', 'province')")))
        .col(uuid_null("person_id"))
        .col(uuid_null("case_id"))
        .col(text("said"))
        .col(text_null("filed_by"))
        .col(boolean("by_hand"))
        .col(text_null("receipt"))
        .col(date("received_on"))
        .col(date_null("due_on"))
        .col(boolean("extended"))
        .col(text_null("assigned_to"))
        .col(integer("version"))
        .check(Expr::cust("(receipt IS NULL) = (person_id IS NOT NULL)"))
        .check(Expr::cust("(filed_by IS NULL) = (receipt IS NOT NULL AND NOT by_hand)"))
        .check(Expr::cust("status <> 'assigned' OR assigned_to IS NOT NULL"))
        .foreign_key(&mut to("grievance", "unit_id", "unit"))
        .foreign_key(&mut to("grievance", "person_id", "person"))
        .foreign_key(&mut to("grievance", "case_id", "aid_case"))
        .take()
}

fn step() -> TableCreateStatement {
    Table::create()
        .table("grievance_step")
        .col(pk_uuid("id"))
        .col(uuid("grievance_id"))
        .col(integer("seq"))
        .col(text("what").check(Expr::cust(
            "what IN ('received', 'assigned', 'named', 'linked', 'raised', 'extended', 'answered', 'withdrawn', \
             'reopened')",
        )))
        .col(text_null("actor"))
        .col(text_null("whom"))
        .col(date("on_day"))
        .col(date_null("until"))
        .col(text_null("outcome").check(Expr::cust(
            "outcome IN ('founded', 'partly', 'unfounded', 'handed')",
        )))
        .col(text_null("words"))
        .col(boolean("held"))
        .check(Expr::cust("(what = 'answered') = (outcome IS NOT NULL)"))
        .check(Expr::cust("NOT held OR actor IS NULL"))
        .foreign_key(&mut to("grievance_step", "grievance_id", "grievance"))
        .take()
}

fn to(table: &'static str, column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, "id").to_owned()
}
