//! 回访: the seed of a month (`aid_sample_seed`), made of the end of the audit chain when the month is over and shown before anything is
//! drawn by it; from now on the calendar draws, and nobody presses a button.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, text, timestamp_with_time_zone};

use crate::{append_only, reword};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let seed = Table::create()
            .table("aid_sample_seed")
            .col(date("month").primary_key())
            .col(text("seed").check(Expr::cust("length(seed) = 64")))
            .col(text("anchor").check(Expr::cust("anchor LIKE '%:%'")))
            .col(timestamp_with_time_zone("fixed_at"))
            .take();
        manager.create_table(seed).await?;
        append_only::protect(manager, "aid_sample_seed").await?;
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("ALTER TABLE aid_sample ALTER COLUMN drawn_by DROP NOT NULL").await?;
            return Ok(());
        }
        reword::on_sqlite(db, "aid_sample", ("\"drawn_by\" text NOT NULL", "\"drawn_by\" text")).await
    }
}
