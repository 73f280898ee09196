//! Where sealed values stand, and the indexes beside them. A test holds the list against every cell that the code seals.

use crate::privacy::Searched;

/// A table.
pub(super) struct Place {
    pub(super) table: &'static str,
    pub(super) columns: &'static [Column],
}

/// A sealed column, and the one by which it is searched.
pub(super) struct Column {
    pub(super) sealed: &'static str,
    pub(super) index: Option<(&'static str, Searched)>,
}

const fn sealed(sealed: &'static str) -> Column {
    Column { sealed, index: None }
}

const fn found(sealed: &'static str, index: &'static str, what: Searched) -> Column {
    Column { sealed, index: Some((index, what)) }
}

pub(super) const PLACES: [Place; 30] = [
    Place {
        table: "person",
        columns: &[
            found("phone", "phone_index", Searched::Phone),
            found("identity", "identity_index", Searched::IdentityNumber),
            sealed("payout"),
        ],
    },
    Place { table: "person_contact", columns: &[found("value", "value_index", Searched::Phone)] },
    Place { table: "person_change", columns: &[sealed("before"), sealed("after")] },
    Place { table: "aid_draft", columns: &[sealed("answers")] },
    Place { table: "aid_case", columns: &[sealed("answers")] },
    Place { table: "aid_visit", columns: &[sealed("findings")] },
    Place { table: "aid_assessment", columns: &[sealed("answers")] },
    Place { table: "aid_objection", columns: &[sealed("said")] },
    Place { table: "aid_supplement", columns: &[sealed("asked"), sealed("answer")] },
    Place { table: "aid_ruling", columns: &[sealed("words")] },
    Place { table: "aid_appeal", columns: &[sealed("said"), sealed("reason")] },
    Place { table: "aid_follow_up", columns: &[sealed("findings")] },
    Place { table: "aid_review", columns: &[sealed("why")] },
    Place { table: "aid_clawback", columns: &[sealed("why")] },
    Place { table: "aid_write_off", columns: &[sealed("why")] },
    Place { table: "aid_emergency", columns: &[sealed("why")] },
    Place { table: "aid_account_vouch", columns: &[sealed("reason")] },
    Place { table: "aid_elsewhere", columns: &[sealed("why"), sealed("evidence")] },
    Place { table: "aid_approval_entry", columns: &[sealed("said")] },
    Place { table: "aid_approval_file", columns: &[sealed("name")] },
    Place { table: "aid_approval_task", columns: &[sealed("remark")] },
    Place { table: "person_wish", columns: &[sealed("said")] },
    Place { table: "grievance", columns: &[sealed("said")] },
    Place { table: "grievance_step", columns: &[sealed("words")] },
    Place { table: "outreach_entry", columns: &[sealed("reason")] },
    Place { table: "outreach_visit", columns: &[sealed("said"), sealed("answer")] },
    Place { table: "evidence", columns: &[sealed("file_key")] },
    Place { table: "aid_payment", columns: &[sealed("account")] },
    Place { table: "aid_payee", columns: &[sealed("number"), sealed("vouched")] },
    Place { table: "second_factor", columns: &[sealed("offered"), sealed("secret")] },
];

/// Sealed for days: what a list says is erased when the list is closed, so it is counted and not sealed anew.
pub(super) const PASSING: [(&str, &str); 2] = [("intake_line", "payload"), ("intake_outcome", "before")];

/// Indexes of what stands nowhere: whoever has the code at hand has it indexed anew when he uses it, and nobody else can. A key is needed for
/// as long as one of these was made with it.
pub(super) const UNSEALED: [(&str, &str); 1] = [("grievance", "receipt")];

/// The tables in which something is sealed.
pub fn tables() -> impl Iterator<Item = &'static str> {
    PLACES.iter().map(|place| place.table).chain(PASSING.iter().map(|(table, _)| *table))
}

/// The sealed columns of a table, each with the index beside it.
pub(crate) fn cells(table: &str) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let columns = PLACES.iter().filter(move |place| place.table == table).flat_map(|place| place.columns);
    columns.map(|column| (column.sealed, column.index.map(|(index, _)| index)))
}

/// Is it sealed for days only?
pub(crate) fn is_passing(table: &str, column: &str) -> bool {
    PASSING.contains(&(table, column))
}
