//! Reading the chain. Whether it holds is `verify`'s to say.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{self, Column, Entity, Row};
use crate::{Anchor, Seq};

/// The end of the chain as the head row tells it: what to keep elsewhere.
pub async fn head(db: &impl ConnectionTrait) -> Result<Anchor, DbErr> {
    let head = entity::head::Entity::find().one(db).await?;
    Ok(head
        .map_or(Anchor { seq: Seq(0), hash: Vec::new() }, |head| Anchor { seq: head.seq, hash: head.hash }))
}

/// Everything done to `subject`, in order.
pub async fn of_subject(db: &impl ConnectionTrait, subject: &str) -> Result<Vec<Row>, DbErr> {
    Entity::find().filter(Column::Subject.eq(subject)).order_by_asc(Column::Seq).all(db).await
}

/// The last things `actor` did, latest first.
pub async fn by_actor(db: &impl ConnectionTrait, actor: &str, limit: u64) -> Result<Vec<Row>, DbErr> {
    let latest = Entity::find().filter(Column::Actor.eq(actor)).order_by_desc(Column::At);
    latest.order_by_desc(Column::Seq).limit(limit).all(db).await
}

/// A page of everything, latest first: the rows before `before`, or the last ones.
pub async fn page(db: &impl ConnectionTrait, before: Option<Seq>, limit: u64) -> Result<Vec<Row>, DbErr> {
    let mut find = Entity::find().order_by_desc(Column::Seq).limit(limit);
    if let Some(before) = before {
        find = find.filter(Column::Seq.lt(before));
    }
    find.all(db).await
}

/// One row.
pub(crate) async fn row(db: &impl ConnectionTrait, seq: Seq) -> Result<Option<Row>, DbErr> {
    Entity::find_by_id(seq).one(db).await
}
