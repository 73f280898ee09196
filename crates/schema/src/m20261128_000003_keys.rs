//! `key_rotation`: how far the way to a pair of keys is.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("key_rotation")
                    .col(text("target").primary_key())
                    .col(timestamp_with_time_zone("started_at"))
                    .col(integer("place"))
                    .col(uuid_null("after"))
                    .col(big_integer("done"))
                    .col(big_integer("total"))
                    .col(timestamp_with_time_zone_null("finished_at"))
                    .take(),
            )
            .await
    }
}
