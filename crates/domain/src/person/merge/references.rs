//! Every column that points to a person, and whether it goes along when two records become one. A test holds the two lists against the
//! foreign keys of the database, so that a new table cannot be forgotten.

/// A column that goes along.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What stays although it points there, because the kept record has the same already; an SQL condition on `kept` (`?`).
    pub unless: Option<&'static str>,
}

const fn all(table: &'static str, column: &'static str) -> Reference {
    Reference { table, column, unless: None }
}

/// What goes along.
pub const MOVED: [Reference; 25] = [
    all("account", "person_id"),
    all("account_link", "person_id"),
    all("mandate_ask", "person_id"),
    all("proxy_act", "person_id"),
    all("person_wish", "person_id"),
    all("branch_membership", "person_id"),
    all("branch_post", "person_id"),
    Reference {
        table: "attendance",
        column: "person_id",
        unless: Some("meeting_id IN (SELECT meeting_id FROM attendance WHERE person_id = ?)"),
    },
    Reference {
        table: "aid_draft",
        column: "person_id",
        unless: Some("account_id IN (SELECT account_id FROM aid_draft WHERE person_id = ?)"),
    },
    all("aid_case", "person_id"),
    all("aid_form", "person_id"),
    all("aid_payment", "person_id"),
    all("grievance", "person_id"),
    Reference {
        table: "notice",
        column: "person_id",
        unless: Some("occasion IN (SELECT occasion FROM notice WHERE person_id = ?)"),
    },
    all("call_task", "person_id"),
    all("declared_relation", "person_id"),
    all("retention_hold", "person_id"),
    all("person_contact", "person_id"),
    all("person_kin", "person_id"),
    all("person_kin", "relative_id"),
    Reference {
        table: "death_task",
        column: "person_id",
        unless: Some(
            "kind IN (SELECT kind FROM death_task WHERE person_id = ? AND payment_id IS NULL AND undone_at IS NULL)",
        ),
    },
    Reference {
        table: "outreach_entry",
        column: "person_id",
        // Nobody twice on one occasion.
        unless: Some(
            "state NOT IN ('left_out', 'missed') AND round IN (SELECT round FROM outreach_entry \
             WHERE person_id = ? AND state NOT IN ('left_out', 'missed'))",
        ),
    },
    Reference {
        table: "outreach_stay",
        column: "person_id",
        // Nobody is in hospital twice.
        unless: Some(
            "to_on IS NULL AND EXISTS (SELECT 1 FROM outreach_stay AS s WHERE s.person_id = ? AND s.to_on IS NULL)",
        ),
    },
    Reference {
        table: "segment_member",
        column: "person_id",
        // Nobody twice in one segment; what stays is ended by the next computation.
        unless: Some(
            "until_on IS NULL AND segment_id IN (SELECT segment_id FROM segment_member \
             WHERE person_id = ? AND until_on IS NULL)",
        ),
    },
    // Whoever was merged into the merged one before.
    all("person", "merged_into"),
];

/// What is the record's own, and stays with it.
pub const STAYS: [(&str, &str); 17] = [
    ("person_event", "person_id"),
    ("death_undo", "person_id"),
    ("death_stop", "person_id"),
    ("person_fact", "person_id"),
    // A yes is of whoever said it, and a line is never changed.
    ("consent", "person_id"),
    ("person_birth", "person_id"),
    ("person_name", "person_id"),
    ("person_gram", "person_id"),
    ("person_change", "person_id"),
    ("person_double", "one_id"),
    ("person_double", "other_id"),
    ("person_merge", "kept_id"),
    ("person_merge", "merged_id"),
    ("treatment_raise", "person_id"),
    ("intake_outcome", "person_id"),
    ("leader", "person_id"),
    ("leader_read", "person_id"),
];
