//! Row: `intake_line`.

use sea_orm::entity::prelude::*;
use secrecy::ExposeSecret;
use workbook::Cell;

use super::LineKind;
use crate::{
    ids::IntakeId,
    privacy::{self, CannotSeal, Sealed, Sealer},
};

/// A row of the file as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_line")]
pub struct Model {
    /// Of which import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub intake_id: IntakeId,
    /// Its number in the file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row: i32,
    /// What it is.
    pub kind: LineKind,
    /// Its cells, sealed; erased in time.
    pub payload: Option<Sealed>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(super) fn sealed(
        seal: &Sealer,
        (intake_id, row): (IntakeId, i32),
        kind: LineKind,
        cells: &[(u32, Cell)],
    ) -> Result<Self, CannotSeal> {
        let text = serde_json::to_string(cells).or(Err(CannotSeal))?;
        let payload = seal.seal(cell(&place(intake_id, row)), &text)?;
        Ok(Self { intake_id, row, kind, payload: Some(payload) })
    }

    /// The cells. Empty when they were erased; an error when they do not open.
    pub fn cells(&self, seal: &Sealer) -> Result<Vec<(u32, Cell)>, DbErr> {
        let Some(payload) = &self.payload else { return Ok(Vec::new()) };
        let unreadable = || DbErr::Custom("a row of an import does not open".to_owned());
        let text = seal.open(cell(&place(self.intake_id, self.row)), payload);
        let text = text.map_err(|_closed| unreadable())?;
        serde_json::from_str(text.expose_secret()).map_err(|_said| unreadable())
    }
}

/// The row's id as text.
pub(super) fn place(intake: IntakeId, row: i32) -> String {
    format!("{intake}/{row}")
}

fn cell(row: &str) -> privacy::Cell<'_> {
    privacy::Cell { table: "intake_line", column: "payload", row }
}
