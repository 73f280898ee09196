//! What the registers ask of a worker today: what a death left to do, and what waits for a second person.

use domain::{
    account::mandate::asks,
    authority::{Grants, Role, Scope},
    calendar::{local_date, say},
    export, intake,
    person::{self, after_death, change, death_undo, double, merge, undecided},
    treatment::{self, FloorState},
    wish,
};

use super::words::at;
use crate::{app::App, page::PageError};

/// Lines of a list, and the highest count that is said.
const MOST: u64 = 50;

/// Something to do, with where it is done.
pub(crate) struct Due {
    /// Where.
    pub(crate) href: String,
    /// What.
    pub(crate) what: String,
    /// By when, or how many.
    pub(crate) note: String,
    /// It should have been done.
    pub(crate) late: bool,
}

impl Due {
    fn queue(href: &str, what: &str, count: usize) -> Option<Self> {
        let many = if count as u64 >= MOST { "以上" } else { "" };
        (count > 0).then(|| Self {
            href: href.to_owned(),
            what: what.to_owned(),
            note: format!("{count}件{many}"),
            late: false,
        })
    }
}

/// The queues: what two people decide, what only a human can.
pub(crate) async fn queues(app: &App, grants: &Grants) -> Result<Vec<Due>, PageError> {
    let (db, worked): (_, Vec<Scope>) = (&app.db, grants.scopes(Role::Worker).cloned().collect());
    let scopes = worked.as_slice();
    let intakes = intake::store::waiting(db, scopes, grants.account(), MOST).await?;
    let exports = export::store::waiting(db, grants, MOST).await?;
    let changes = change::store::waiting(db, scopes, MOST).await?.len();
    let doubles = double::store::open_in(db, scopes, MOST).await?.len();
    let merges = merge::store::waiting(db, scopes, MOST).await?.len();
    let undecided = undecided::people(db, scopes, MOST).await?.len();
    let mut floors = 0;
    for scope in scopes {
        if let Scope::Region(region) = scope {
            let all = treatment::store::of_region(db, region).await?;
            floors += all.iter().filter(|floor| floor.state == FloorState::Proposed).count();
        }
    }
    let mandates = asks::waiting(db, scopes, MOST, app.clock.now()).await?.len();
    let wishes = wish::store::waiting(db, scopes, MOST).await?.len();
    let undos = death_undo::store::waiting(db, scopes, MOST).await?.len();
    let unfinished = death_undo::store::unfinished(db, scopes, MOST).await?.len();
    let all = [
        Due::queue("/console/wishes", "本人要求改正或删除", wishes),
        Due::queue("/console/mandates", "代办申请待答复", mandates),
        Due::queue("/console/changes", "变更申请待审核", changes),
        Due::queue("/console/death-undos", "误登去世更正待审核", undos),
        Due::queue("/console/death-undos", "更正去世以后要办的", unfinished),
        Due::queue("/console/intakes", "导入名册待您复核", usize::try_from(intakes).unwrap_or_default()),
        Due::queue("/console/exports", "导出名册待您复核", usize::try_from(exports).unwrap_or_default()),
        Due::queue("/console/doubles", "疑似重复待判断", doubles + merges),
        Due::queue("/console/people/undecided", "革命时期待认定", undecided),
        Due::queue("/console/floors", "待遇底线待审核", floors),
    ];
    Ok(all.into_iter().flatten().collect())
}

/// What deaths left to do and is due soonest.
pub(crate) async fn after_deaths(app: &App, scopes: &[Scope]) -> Result<Vec<Due>, PageError> {
    let today = local_date(app.clock.now());
    let mut all = Vec::new();
    for task in after_death::store::open_in(&app.db, scopes, MOST).await? {
        let person = person::store::find(&app.db, task.person_id).await?;
        let name = person.map(|person| person.name).unwrap_or_default();
        let late = task.due_on < today;
        let by = say::date(task.due_on, today);
        all.push(Due {
            href: at(task.person_id),
            what: format!("{name}：{}", task.kind.label()),
            note: if late { format!("{by}到期，已经晚了") } else { format!("{by}以前办") },
            late,
        });
    }
    Ok(all)
}
