//! The rules that every installation starts with.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Cycle, Obligation, ObligationRule, store};
use crate::ids::ObligationRuleId;

const NATIONAL: &str = "《中国共产党支部工作条例（试行）》";
/// Art. 16 asks for lectures "regularly" and leaves the number to the places; once a quarter is what many write down.
const LOCAL: &str = "示例：每季度一次党课，按当地规定调整";

/// A branch of seven full members has a committee; a smaller one has a secretary only (条例 第六章) and owes no
/// committee meeting.
pub const COMMITTEE_FROM: i32 = 7;

struct Line {
    obligation: Obligation,
    cycle: Cycle,
    min_members: i32,
    min_groups: i32,
    document: &'static str,
    article: &'static str,
}

const fn line(obligation: Obligation, cycle: Cycle, article: &'static str) -> Line {
    Line { obligation, cycle, min_members: 0, min_groups: 0, document: NATIONAL, article }
}

const LINES: [Line; 7] = [
    line(Obligation::GeneralMeeting, Cycle::Quarter, "第十一条"),
    Line { min_members: COMMITTEE_FROM, ..line(Obligation::CommitteeMeeting, Cycle::Month, "第十二条") },
    Line { min_groups: 1, ..line(Obligation::GroupMeeting, Cycle::Month, "第十三条") },
    line(Obligation::PartyDay, Cycle::Month, "第十六条"),
    Line { document: LOCAL, ..line(Obligation::PartyLecture, Cycle::Quarter, "第十六条") },
    line(Obligation::OrganisationLife, Cycle::Year, "第十七条"),
    line(Obligation::Appraisal, Cycle::Year, "第十八条"),
];

/// The national rules as rows, each once a period.
pub fn rules(now: DateTime<Utc>) -> Vec<ObligationRule> {
    // In force since it was printed, 2018-10-28.
    let effective_from = NaiveDate::from_ymd_opt(2018, 10, 28).unwrap_or_default();
    let row = |line: &Line| ObligationRule {
        id: ObligationRuleId::new(now),
        rule_set: if line.document == NATIONAL { "national-2018" } else { "local" }.to_owned(),
        obligation: line.obligation,
        cycle: line.cycle,
        times: 1,
        min_members: line.min_members,
        min_groups: line.min_groups,
        effective_from,
        effective_to: None,
        source_document: line.document.to_owned(),
        article: line.article.to_owned(),
    };
    LINES.iter().map(row).collect()
}

/// Writes the rules that are not there yet. Rows that somebody changed stay as they are.
pub async fn ensure(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    store::insert_new(db, rules(now)).await
}
