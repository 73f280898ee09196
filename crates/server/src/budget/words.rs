//! The words of the pages about money.

use chrono::NaiveDate;
use domain::{
    aid::store::category,
    budget::{BudgetError, Purpose, Refusal},
    ids::RegionCode,
};
use ledger::{Fen, Figure};
use notify::words::refusal;

use crate::{aid, app::App, outreach, page::PageError};

/// The figures with their word in addresses and on screens.
const FIGURES: [(Figure, &str, &str); 11] = [
    (Figure::Given, "given", "拨入"),
    (Figure::MovedIn, "moved-in", "调入"),
    (Figure::MovedOut, "moved-out", "调出"),
    (Figure::CarriedIn, "carried-in", "上年结转转入"),
    (Figure::CarriedOut, "carried-out", "结转转出"),
    (Figure::Reserved, "reserved", "预占"),
    (Figure::Committed, "committed", "发放中"),
    (Figure::Paid, "paid", "已付"),
    (Figure::Returned, "returned", "退回"),
    (Figure::WrittenOff, "written-off", "核销"),
    (Figure::Available, "available", "可用"),
];

/// A figure's word in addresses, and on screens.
pub(super) fn figure(figure: Figure) -> (&'static str, &'static str) {
    FIGURES.iter().find(|(one, ..)| *one == figure).map_or(("", ""), |(_, code, label)| (*code, *label))
}

/// From its word in addresses.
pub(super) fn figure_of(code: &str) -> Option<Figure> {
    FIGURES.iter().find(|(_, one, _)| *one == code).map(|(figure, ..)| *figure)
}

/// A step of the ledger.
pub(super) fn step(kind: &str) -> &'static str {
    match kind {
        "appropriate" => "拨款",
        "take_back" => "收回拨款",
        "transfer" => "调拨",
        "reserve" => "预占",
        "release" => "解除预占",
        "commit" => "列入发放",
        "uncommit" => "退出发放",
        "pay" => "发放",
        "give_back" => "退汇",
        "claw_back" => "追回",
        "carry" => "结转",
        "bring_back" => "上年发放的退汇",
        "recover" => "上年发放的追回",
        "write_off" => "核销",
        "write_off_late" => "上年发放的核销",
        "recover_lost" => "核销后收回",
        "recover_lost_late" => "上年核销后收回",
        _ => "其他",
    }
}

/// One minus another.
pub(super) fn less(one: Fen, other: Fen) -> Fen {
    one.checked_sub(other).unwrap_or_default()
}

/// A rule beside the field that it is about.
pub(super) fn mistake(no: &Refusal) -> (&'static str, String) {
    let field = match no {
        Refusal::NoSource => "source",
        Refusal::Amount | Refusal::Short { .. } => "amount",
        Refusal::Year | Refusal::Frozen { .. } | Refusal::NotOver { .. } => "year",
        Refusal::NotBelow | Refusal::NotAbove | Refusal::NoWeights | Refusal::Twice => "to",
        Refusal::SamePerson | Refusal::NotNow => "kind",
    };
    (field, refusal::budget(no).replace('\n', ""))
}

/// What money may be for: codes, and the words of a place on a day.
pub(super) async fn purposes(
    app: &App,
    region: &RegionCode,
    day: NaiveDate,
) -> Result<Vec<(String, String)>, PageError> {
    let categories = category::load(&app.db).await?;
    let each = Purpose::all(&categories);
    Ok(each.map(|it| (it.to_string(), it.label(&categories, region, day))).collect())
}

/// One of those.
pub(super) fn purpose(code: &str, of: &[(String, String)]) -> Result<Purpose, &'static str> {
    let known = of.iter().any(|(known, _)| known == code);
    Purpose::parse(code).filter(|_| known).ok_or("请选类别")
}

/// An error of the domain as a page.
pub(super) fn page_error(error: BudgetError) -> PageError {
    match error {
        BudgetError::NotFound => PageError::NotFound,
        BudgetError::Refused(no) => PageError::Refused(refusal::budget(&no)),
        BudgetError::Case(error) => aid::page_error(error),
        BudgetError::Plan(error) => outreach::page_error(error),
        BudgetError::Db(error) => error.into(),
        BudgetError::Ledger(error) => PageError::Broken(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use ledger::Figure;

    use super::{figure, figure_of};

    #[test]
    fn every_figure_has_its_words() {
        for one in Figure::ALL {
            let (code, label) = figure(one);
            assert!(!label.is_empty());
            assert_eq!(figure_of(code), Some(one));
        }
        assert_eq!(figure_of("gold"), None);
    }
}
