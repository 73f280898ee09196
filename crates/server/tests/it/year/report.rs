//! What the year was, for whoever had it run.

use std::fmt::Write as _;

use domain::aid::{Case, Category, Status};
use ledger::{Account, Bucket, Fen};
use sea_orm::Iterable;

use super::{Year, books::count};

impl Year {
    /// How many cases stand where, what was tried and refused, and the trial balance of both years.
    pub(super) async fn report(&self, cases: &[Case]) -> String {
        let mut report = String::new();
        for (status, found) in Status::iter().map(|status| (status, count(cases, status))) {
            if found > 0 {
                writeln!(report, "{:<12} {found:>6}", status.label()).unwrap();
            }
        }
        for (what, [yes, no]) in &*self.tried.borrow() {
            writeln!(report, "{what:<16} {yes:>6} done {no:>6} refused or lost").unwrap();
        }
        let sums = ledger::trial_balance(&self.app.db, None).await.unwrap();
        for year in [self.scale.year(), self.scale.year() + 1] {
            report += &balance(&sums, year);
        }
        report
    }
}

/// Each kind of need over all places.
fn balance(sums: &[(Account, Fen)], year: i32) -> String {
    let of = |kind: Option<&Category>, bucket| -> Fen {
        let wanted = sums.iter().filter(|(account, _)| {
            let envelope = &account.envelope;
            account.bucket == bucket
                && envelope.year == year
                && kind.is_none_or(|kind| envelope.category == kind.code())
        });
        wanted.map(|(_, sum)| *sum).sum()
    };
    let buckets =
        [Bucket::Appropriated, Bucket::Available, Bucket::Reserved, Bucket::Committed, Bucket::Paid];
    let mut said = format!("trial balance {year}\n");
    for kind in Category::FIRST.iter().map(Some).chain([None]) {
        let sums = buckets.map(|bucket| format!("{:>18}", of(kind, bucket).to_string()));
        writeln!(said, "{:<16}{}", kind.map_or("everything", Category::code), sums.concat()).unwrap();
    }
    said
}
