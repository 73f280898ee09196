//! Row: `aid_receipt`: 回执确认, what the person says of a payment: it is there, or it is not. Written once; the last one counts.
//! A paper that shows it is one of the case's ([`Item::Receipt`](crate::evidence::Item::Receipt)), and the log names the payment that it is of.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, CaseId, PaymentId, ReceiptId};

/// 回执.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_receipt")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReceiptId,
    /// Of which case.
    pub case_id: CaseId,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// Is it there?
    pub received: bool,
    /// Was it said on the telephone or at the counter, and did somebody of the office write it down?
    pub by_hand: bool,
    /// Who said so, or wrote it down.
    pub said_by: AccountId,
    /// When.
    pub said_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
