//! The trees beside the regions: organisation, party, volunteer corps. `tree_node` with `tree_edge` and, for what a node reaches,
//! `tree_join`; and an index of persons by residence, which is the place that counts for volunteering.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, date_null, pk_uuid, text, text_null, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(tree_node()).await?;
        manager.create_table(tree_edge()).await?;
        manager.create_table(tree_join()).await?;
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Regions are searched by prefix, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared("ALTER TABLE person ALTER COLUMN residence TYPE text COLLATE \"C\"")
                .await?;
        }
        for index in [
            "CREATE INDEX ix_person_residence ON person (residence)",
            "CREATE INDEX ix_tree_node_tree ON tree_node (tree, name)",
            // A node is below one other at a time.
            "CREATE UNIQUE INDEX uq_tree_edge_child_id ON tree_edge (child_id) WHERE valid_to IS NULL",
            "CREATE INDEX ix_tree_edge_parent_id ON tree_edge (parent_id)",
            "CREATE INDEX ix_tree_join_node_id ON tree_join (node_id)",
            "CREATE INDEX ix_tree_join_unit_id ON tree_join (unit_id)",
            "CREATE INDEX ix_tree_join_branch_id ON tree_join (branch_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn tree_node() -> TableCreateStatement {
    Table::create()
        .table("tree_node")
        .col(pk_uuid("id"))
        .col(text("tree").check(Expr::cust("tree IN ('organ', 'party', 'corps')")))
        .col(text("kind"))
        .col(text("name").check(Expr::cust("name <> ''")))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .check(Expr::cust("valid_to >= valid_from"))
        .take()
}

fn tree_edge() -> TableCreateStatement {
    Table::create()
        .table("tree_edge")
        .col(pk_uuid("id"))
        .col(uuid("child_id"))
        .col(uuid("parent_id"))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .check(Expr::cust("child_id <> parent_id"))
        .check(Expr::cust("valid_to >= valid_from"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_tree_edge_child_id")
                .from("tree_edge", "child_id")
                .to("tree_node", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_tree_edge_parent_id")
                .from("tree_edge", "parent_id")
                .to("tree_node", "id"),
        )
        .take()
}

/// Exactly one of a unit, a branch and a region.
fn tree_join() -> TableCreateStatement {
    Table::create()
        .table("tree_join")
        .col(pk_uuid("id"))
        .col(uuid("node_id"))
        .col(uuid_null("unit_id"))
        .col(uuid_null("branch_id"))
        .col(text_null("region"))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .check(Expr::cust(
            "(CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN branch_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN region IS NULL THEN 0 ELSE 1 END) = 1",
        ))
        .check(Expr::cust("valid_to >= valid_from"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_tree_join_node_id")
                .from("tree_join", "node_id")
                .to("tree_node", "id"),
        )
        .foreign_key(
            ForeignKey::create().name("fk_tree_join_unit_id").from("tree_join", "unit_id").to("unit", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_tree_join_branch_id")
                .from("tree_join", "branch_id")
                .to("branch", "id"),
        )
        .take()
}
