//! Row: `budget_order_line`.

use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::ids::{BudgetOrderId, RegionCode};

/// How much goes where.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "budget_order_line")]
pub struct Model {
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: BudgetOrderId,
    /// Which line, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    /// Where to; of what is appropriated or taken back, the order's own region.
    pub region: RegionCode,
    /// By which weight it was divided.
    pub weight: Option<i64>,
    /// How much.
    pub amount: Fen,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
