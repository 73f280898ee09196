//! The words of the pages about visits.

use domain::outreach::{EntryState, OutreachError, PlanState, Refusal};
use notify::words::outreach;

use crate::page::{PageError, Tag};

/// An error of the domain as a page.
pub(crate) fn page_error(error: OutreachError) -> PageError {
    match error {
        OutreachError::NotFound => PageError::NotFound,
        OutreachError::Refused(no) => PageError::Refused(outreach::refusal(&no)),
        OutreachError::Db(error) => error.into(),
        OutreachError::Ledger(error) => PageError::Broken(error.into()),
        OutreachError::CannotOpen(error) => PageError::Broken(error.into()),
        OutreachError::CannotSeal(error) => PageError::Broken(error.into()),
    }
}

/// A rule on one line, for beside a field.
pub(super) fn said(no: &Refusal) -> String {
    outreach::refusal(no).replace('\n', "")
}

/// How far a plan is.
pub(super) const fn plan_tag(state: PlanState) -> Tag {
    match state {
        PlanState::Draft => Tag::attention(state.label()),
        PlanState::Proposed | PlanState::Approved => Tag::waiting(state.label()),
        PlanState::Settled => Tag::good(state.label()),
        PlanState::Withdrawn => Tag::quiet(state.label()),
    }
}

/// What became of somebody on a list.
pub(super) const fn entry_tag(state: EntryState, late: bool) -> Tag {
    match state {
        EntryState::Listed if late => Tag::attention("过期没走访"),
        EntryState::Listed => Tag::waiting(state.label()),
        EntryState::Given => Tag::good(state.label()),
        EntryState::Missed => Tag::attention(state.label()),
        EntryState::LeftOut | EntryState::Declined | EntryState::Died => Tag::quiet(state.label()),
    }
}

/// 慰问金500元，慰问品（不超过200元）.
pub(super) fn gift(cash: ledger::Fen, item: Option<&str>, item_value: ledger::Fen) -> String {
    let mut words = Vec::new();
    if cash.is_positive() {
        words.push(format!("慰问金{cash}"));
    }
    if let Some(item) = item {
        words.push(format!("{item}（不超过{item_value}）"));
    }
    if words.is_empty() { "只走访".to_owned() } else { words.join("，") }
}
