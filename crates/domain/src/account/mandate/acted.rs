//! Row: `proxy_act`. What was done for a person by somebody else, for the person to read. Written with the audit row of the act, so that
//! no command can forget it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
};

use super::news::{self, MandateNews};
use crate::ids::{AccountId, AccountLinkId, PersonId, ProxyActId};

/// 替谁办了什么.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proxy_act")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProxyActId,
    /// Under which mandate.
    pub link_id: AccountLinkId,
    /// By which login.
    pub account_id: AccountId,
    /// For whom.
    pub person_id: PersonId,
    /// What, as in the audit row.
    pub action: String,
    /// To what.
    pub subject: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What was done for a person, latest first.
pub async fn acts_for(db: &impl ConnectionTrait, person: PersonId, limit: u64) -> Result<Vec<Model>, DbErr> {
    let all = Entity::find().filter(Column::PersonId.eq(person)).order_by_desc(Column::Id);
    all.limit(limit).all(db).await
}

/// Under which mandate, by whom, for whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Under<'a> {
    pub(crate) link: AccountLinkId,
    pub(crate) account: &'a str,
    pub(crate) person: PersonId,
}

/// Writes down what was done, and tells the person.
pub(crate) async fn note(
    tx: &DatabaseTransaction,
    under: Under<'_>,
    (action, subject): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(account_id) = AccountId::parse(under.account) else { return Ok(()) };
    let row = Model {
        id: ProxyActId::new(now),
        link_id: under.link,
        account_id,
        person_id: under.person,
        action: action.to_owned(),
        subject: subject.to_owned(),
        at: now,
    };
    let id = row.id.uuid();
    row.into_active_model().reset_all().insert(tx).await?;
    news::tell(tx, under.person, (MandateNews::Acted, id), now).await
}
