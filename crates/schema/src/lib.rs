#![doc = include_str!("../README.md")]

mod append_only;
mod connect;
mod migrator;
mod reword;
#[cfg(feature = "testing")]
pub mod testing;
mod wider_statuses;

mod m20261101_000001_mailbox;
mod m20261101_000002_ledger;
mod m20261101_000003_audit;
mod m20261101_000004_people;
mod m20261101_000005_accounts;
mod m20261101_000006_regions_calendar;
mod m20261101_000007_branches;
mod m20261101_000008_notices;
mod m20261101_000009_aid;
mod m20261101_000014_sending;
mod m20261101_000015_delivery;
mod m20261101_000016_directory;
mod m20261101_000017_reconciliation;
mod m20261126_000001_facts;
mod m20261126_000002_names;
mod m20261126_000003_merges;
mod m20261126_000004_changes;
mod m20261126_000005_treatment;
mod m20261126_000006_intake;
mod m20261127_000001_administrators;
mod m20261127_000002_terms;
mod m20261127_000003_declarations;
mod m20261127_000004_trees;
mod m20261127_000005_leaders;
mod m20261128_000001_trail;
mod m20261128_000002_mandates;
mod m20261128_000003_keys;
mod m20261128_000004_own_data;
mod m20261129_000001_retention;
mod m20261130_000001_tree_changes;
mod m20261201_000001_budget;
mod m20261201_000002_standards;
mod m20261201_000003_queues;
mod m20261202_000001_procedure;
mod m20261202_000002_case_papers;
mod m20261202_000003_council;
mod m20261203_000001_banks;
mod m20261203_000002_new_accounts;
mod m20261203_000003_day_checks;
mod m20261203_000004_stops;
mod m20261203_000005_notice_views;
mod m20261204_000001_evidence;
mod m20261204_000002_entered;
mod m20261205_000001_terms;
mod m20261210_000001_emergency;
mod m20261210_000002_after_payment;
mod m20261210_000003_clawback;
mod m20261211_000001_approval_history;
mod m20261211_000002_approval_days;
mod m20261212_000001_outreach;
mod m20261213_000001_settings;
mod m20261213_000002_payees;
mod m20261214_000001_inbox_lanes;
mod m20261214_000002_missed_events;
mod m20261216_000001_bank_said;
mod m20261218_000001_export_members;
mod m20261219_000001_segments;
mod m20261220_000001_death_undo;
mod m20261220_000002_export_reach;
mod m20261220_000003_votes;
mod m20261221_000001_emergency_words;
mod m20261221_000002_sample_seeds;
mod m20261221_000003_household_cap;
mod m20261222_000001_second_factor;
mod m20261222_000002_grievances;
mod m20261222_000003_write_off;
mod m20261222_000004_categories;
mod m20261222_000005_segment_tally;
mod m20261223_000001_segment_units;

pub use connect::{Options, connect};
pub use migrator::{Migrator, migrate, pending};
/// For [`both!`], which must name it from any crate.
#[doc(hidden)]
pub use sea_orm;

migrator::in_order![
    m20261101_000001_mailbox,
    m20261101_000002_ledger,
    m20261101_000003_audit,
    m20261101_000004_people,
    m20261101_000005_accounts,
    m20261101_000006_regions_calendar,
    m20261101_000007_branches,
    m20261101_000008_notices,
    m20261101_000009_aid,
    m20261101_000014_sending,
    m20261101_000015_delivery,
    m20261101_000016_directory,
    m20261101_000017_reconciliation,
    m20261126_000001_facts,
    m20261126_000002_names,
    m20261126_000003_merges,
    m20261126_000004_changes,
    m20261126_000005_treatment,
    m20261126_000006_intake,
    m20261127_000001_administrators,
    m20261127_000002_terms,
    m20261127_000003_declarations,
    m20261127_000004_trees,
    m20261127_000005_leaders,
    m20261128_000001_trail,
    m20261128_000002_mandates,
    m20261128_000003_keys,
    m20261128_000004_own_data,
    m20261129_000001_retention,
    m20261130_000001_tree_changes,
    m20261201_000001_budget,
    m20261201_000002_standards,
    m20261201_000003_queues,
    m20261202_000001_procedure,
    m20261202_000002_case_papers,
    m20261202_000003_council,
    m20261203_000001_banks,
    m20261203_000002_new_accounts,
    m20261203_000003_day_checks,
    m20261203_000004_stops,
    m20261203_000005_notice_views,
    m20261204_000001_evidence,
    m20261204_000002_entered,
    m20261205_000001_terms,
    m20261210_000001_emergency,
    m20261210_000002_after_payment,
    m20261210_000003_clawback,
    m20261211_000001_approval_history,
    m20261211_000002_approval_days,
    m20261212_000001_outreach,
    m20261213_000001_settings,
    m20261213_000002_payees,
    m20261214_000001_inbox_lanes,
    m20261214_000002_missed_events,
    m20261216_000001_bank_said,
    m20261218_000001_export_members,
    m20261219_000001_segments,
    m20261220_000001_death_undo,
    m20261220_000002_export_reach,
    m20261220_000003_votes,
    m20261221_000001_emergency_words,
    m20261221_000002_sample_seeds,
    m20261221_000003_household_cap,
    m20261222_000001_second_factor,
    m20261222_000002_grievances,
    m20261222_000003_write_off,
    m20261222_000004_categories,
    m20261222_000005_segment_tally,
    m20261223_000001_segment_units,
];
