//! 走访慰问: standards, plans with the people on them, visits, stays in hospital, what is bought and given away, and where places lie.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date, date_null, integer, integer_null, pk_uuid, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const OCCASIONS: &str =
    "occasion IN ('spring_festival', 'double_ninth', 'winter', 'summer', 'birthday', 'hospital')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [standard(), plan(), entry(), stay(), item(), visit(), purchase(), movement(), point()] {
            manager.create_table(table).await?;
        }
        let db = manager.get_connection();
        for statement in [
            "CREATE UNIQUE INDEX uq_outreach_standard ON outreach_standard (region, occasion, who, valid_from) \
             WHERE state = 'agreed'",
            "CREATE INDEX ix_outreach_plan_region ON outreach_plan (region, state)",
            "CREATE INDEX ix_outreach_plan_budget_year ON outreach_plan (budget_year, region)",
            "CREATE INDEX ix_outreach_entry_plan_id ON outreach_entry (plan_id)",
            // Nobody twice on one occasion, whoever plans: who was left out, or was not reached, may be on another plan.
            "CREATE UNIQUE INDEX uq_outreach_entry_round ON outreach_entry (person_id, round) \
             WHERE state NOT IN ('left_out', 'missed')",
            "CREATE INDEX ix_outreach_entry_worker ON outreach_entry (worker, state, due_on)",
            "CREATE INDEX ix_outreach_entry_person_id ON outreach_entry (person_id)",
            "CREATE INDEX ix_outreach_visit_open ON outreach_visit (entry_id) WHERE said IS NOT NULL AND answered_at IS NULL",
            "CREATE INDEX ix_outreach_visit_entry_id ON outreach_visit (entry_id)",
            "CREATE UNIQUE INDEX uq_outreach_visit_given ON outreach_visit (entry_id) WHERE outcome = 'given'",
            "CREATE UNIQUE INDEX uq_outreach_stay_open ON outreach_stay (person_id) WHERE to_on IS NULL",
            "CREATE INDEX ix_outreach_item_region ON outreach_item (region)",
            "CREATE INDEX ix_outreach_purchase_item_id ON outreach_purchase (item_id)",
            "CREATE INDEX ix_outreach_movement_item_id ON outreach_movement (item_id, kind, hand)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        append_only::protect(manager, "outreach_movement").await
    }
}

fn standard() -> TableCreateStatement {
    Table::create()
        .table("outreach_standard")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(text("occasion").check(Expr::cust(OCCASIONS)))
        .col(text("who"))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(big_integer("cash").check(Expr::cust("cash >= 0")))
        .col(text_null("item"))
        .col(big_integer("item_value").check(Expr::cust("item_value >= 0")))
        .col(integer("visitors").check(Expr::cust("visitors IN (1, 2)")))
        .col(integer("days").check(Expr::cust("days >= 0")))
        .col(boolean("tells"))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'agreed', 'refused')")))
        .col(text_null("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("(item IS NULL) = (item_value = 0)"))
        .take()
}

fn plan() -> TableCreateStatement {
    Table::create()
        .table("outreach_plan")
        .col(pk_uuid("id"))
        .col(text("occasion").check(Expr::cust(OCCASIONS)))
        .col(text("region"))
        .col(uuid_null("unit_id"))
        .col(integer("year"))
        .col(date("on_day"))
        .col(date("to_day"))
        .col(integer("budget_year"))
        .col(
            text("state")
                .check(Expr::cust("state IN ('draft', 'proposed', 'approved', 'settled', 'withdrawn')")),
        )
        .col(big_integer("reserved").check(Expr::cust("reserved >= 0")))
        .col(big_integer("paid").check(Expr::cust("paid >= 0")))
        .col(text("made_by"))
        .col(timestamp_with_time_zone("made_at"))
        .col(text_null("proposed_by"))
        .col(timestamp_with_time_zone_null("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("settled_by"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .foreign_key(&mut to("outreach_plan", "unit_id", "unit"))
        .take()
}

fn entry() -> TableCreateStatement {
    Table::create()
        .table("outreach_entry")
        .col(pk_uuid("id"))
        .col(uuid("plan_id"))
        .col(uuid("person_id"))
        .col(text("round"))
        .col(uuid("unit_id"))
        .col(uuid_null("standard_id"))
        .col(boolean("by_hand"))
        .col(text_null("reason"))
        .col(
            text("state")
                .check(Expr::cust("state IN ('listed', 'left_out', 'given', 'declined', 'died', 'missed')")),
        )
        .col(date("due_on"))
        .col(big_integer("cash").check(Expr::cust("cash >= 0")))
        .col(text_null("item"))
        .col(big_integer("item_value").check(Expr::cust("item_value >= 0")))
        .col(integer("visitors"))
        .col(boolean("tells"))
        .col(text_null("worker"))
        .col(integer_null("place_no"))
        .col(integer("tries"))
        .col(text("written_by"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut to("outreach_entry", "plan_id", "outreach_plan"))
        .foreign_key(&mut to("outreach_entry", "person_id", "person"))
        .foreign_key(&mut to("outreach_entry", "unit_id", "unit"))
        .foreign_key(&mut to("outreach_entry", "standard_id", "outreach_standard"))
        .take()
}

fn stay() -> TableCreateStatement {
    Table::create()
        .table("outreach_stay")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(date("from_on"))
        .col(date_null("to_on"))
        .col(text("noted_by"))
        .col(timestamp_with_time_zone("noted_at"))
        .col(text_null("ended_by"))
        .check(Expr::cust("to_on IS NULL OR to_on >= from_on"))
        .foreign_key(&mut to("outreach_stay", "person_id", "person"))
        .take()
}

fn item() -> TableCreateStatement {
    Table::create()
        .table("outreach_item")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(text("name"))
        .col(big_integer("value").check(Expr::cust("value > 0")))
        .col(text("added_by"))
        .col(timestamp_with_time_zone("added_at"))
        .take()
}

fn visit() -> TableCreateStatement {
    Table::create()
        .table("outreach_visit")
        .col(pk_uuid("id"))
        .col(uuid("entry_id"))
        .col(date("on_day"))
        .col(
            text("outcome")
                .check(Expr::cust("outcome IN ('given', 'away', 'declined', 'in_hospital', 'died')")),
        )
        .col(text("lead"))
        .col(text_null("second"))
        .col(big_integer("cash").check(Expr::cust("cash >= 0")))
        .col(uuid_null("item_id"))
        .col(boolean("signed"))
        .col(timestamp_with_time_zone_null("received_at"))
        .col(text_null("received_by"))
        .col(text_null("said"))
        .col(text_null("answer"))
        .col(text_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(date_null("next_on"))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .check(Expr::cust("second <> lead"))
        .check(Expr::cust("outcome = 'given' OR (cash = 0 AND item_id IS NULL)"))
        .foreign_key(&mut to("outreach_visit", "entry_id", "outreach_entry"))
        .foreign_key(&mut to("outreach_visit", "item_id", "outreach_item"))
        .take()
}

fn purchase() -> TableCreateStatement {
    Table::create()
        .table("outreach_purchase")
        .col(pk_uuid("id"))
        .col(uuid("item_id"))
        .col(integer("quantity").check(Expr::cust("quantity > 0")))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(integer("budget_year"))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'agreed', 'refused')")))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .foreign_key(&mut to("outreach_purchase", "item_id", "outreach_item"))
        .take()
}

/// What happened to an item; written once.
fn movement() -> TableCreateStatement {
    Table::create()
        .table("outreach_movement")
        .col(pk_uuid("id"))
        .col(uuid("item_id"))
        .col(
            text("kind")
                .check(Expr::cust("kind IN ('bought', 'handed', 'given', 'returned', 'found', 'lost')")),
        )
        .col(integer("quantity").check(Expr::cust("quantity > 0")))
        .col(text_null("hand"))
        .col(uuid_null("visit_id"))
        .col(uuid_null("purchase_id"))
        .col(text("moved_by"))
        .col(text_null("witness"))
        .col(timestamp_with_time_zone("moved_at"))
        .check(Expr::cust("(kind IN ('handed', 'given', 'returned')) = (hand IS NOT NULL)"))
        .check(Expr::cust("(kind IN ('found', 'lost')) = (witness IS NOT NULL)"))
        .check(Expr::cust("witness <> moved_by"))
        .foreign_key(&mut to("outreach_movement", "item_id", "outreach_item"))
        .foreign_key(&mut to("outreach_movement", "visit_id", "outreach_visit"))
        .foreign_key(&mut to("outreach_movement", "purchase_id", "outreach_purchase"))
        .take()
}

fn point() -> TableCreateStatement {
    Table::create()
        .table("outreach_point")
        .col(text("region").primary_key())
        .col(integer("latitude").check(Expr::cust("latitude BETWEEN -90000000 AND 90000000")))
        .col(integer("longitude").check(Expr::cust("longitude BETWEEN -180000000 AND 180000000")))
        .col(text("noted_by"))
        .col(timestamp_with_time_zone("noted_at"))
        .take()
}

fn to(table: &'static str, column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, "id").to_owned()
}
