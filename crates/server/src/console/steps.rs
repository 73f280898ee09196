//! How long each step of a case took and may take, for its page.

use domain::{
    aid::{
        Case, CaseEvent,
        clock::{as_kept, clocks},
        store,
    },
    calendar::{Calendar, local_date, say},
};

use crate::{app::App, page::PageError};

/// Each step with its working days, and whether it is or was late.
pub(super) async fn taken(
    app: &App,
    case: &Case,
    log: &[CaseEvent],
) -> Result<Vec<(&'static str, String, bool)>, PageError> {
    let today = local_date(app.clock.now());
    let calendar = Calendar::load(&app.db).await?;
    let limits = store::procedure::limits(&app.db, &case.region).await?;
    let kept = store::clock::of_case(&app.db, case.id).await?;
    let all = as_kept(clocks(log, &calendar, |limit, on| limits.value(limit, on), today), &kept);
    let line = |clock: domain::aid::clock::Clock| {
        let used = match clock.ended_on {
            Some(_) => format!("用了{}天", clock.used),
            None if clock.stands => format!("用了{}天，现在暂停", clock.used),
            None => format!("第{}天", clock.used),
        };
        let paused = (clock.paused > 0).then(|| format!("暂停{}天", clock.paused));
        let due = clock.due_on.map(|due| format!("最晚{}", say::date(due, today)));
        let words: Vec<String> = [Some(used), paused, due].into_iter().flatten().collect();
        (clock.limit.label(), words.join("，"), clock.is_late(today))
    };
    Ok(all.into_iter().map(line).collect())
}
