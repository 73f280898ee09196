//! What a change means, in words: for whom how many people come and go.

use domain::{
    region::Regions,
    tree::{Effects, Hanging},
};

use crate::{
    app::App,
    authority::words::{called, place},
    page::PageError,
};

/// The effects of a change as a page shows them.
pub(super) struct Meant {
    /// Of all, in a sentence.
    pub(super) sum: String,
    pub(super) lines: Vec<Line>,
    /// An administrator's grant is among them: a second person is asked.
    pub(super) by_two: bool,
    /// What the form sends back, so that what was shown is what is done.
    pub(super) seal: String,
}

/// One grant.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) who: String,
    pub(super) role: &'static str,
    pub(super) place: String,
    pub(super) comes: String,
    pub(super) goes: String,
}

pub(super) async fn meant(app: &App, effects: &Effects) -> Result<Meant, PageError> {
    let regions = Regions::load(&app.db).await?;
    let amount = |people: u64, places: usize| match places {
        0 => "没有".to_owned(),
        _ => format!("{people}人（{places}处）"),
    };
    let mut lines = Vec::new();
    for shift in &effects.shifts {
        lines.push(Line {
            href: format!("/console/grants/{}", shift.grant.id),
            who: called(app, &shift.grant.account_id).await?,
            role: shift.grant.role.label(),
            place: place(app, &regions, &shift.grant.scope).await?,
            comes: amount(shift.people.0, shift.places.0),
            goes: amount(shift.people.1, shift.places.1),
        });
    }
    let admins = effects.shifts.iter().filter(|shift| shift.grant.role.is_admin()).count();
    let sum = match (lines.len(), admins) {
        (0, _) => "没有人的管理范围会变。".to_owned(),
        (all, 0) => format!("{all}项授权的范围会变。"),
        (all, admins) => format!("{all}项授权的范围会变，其中管理员的{admins}项。"),
    };
    Ok(Meant { sum, lines, by_two: effects.by_two(), seal: effects.seal() })
}

/// Lines that are listed; of more the count is said.
const SHOWN: usize = 20;

/// What is in the way of an end, each with what to do about it.
pub(super) async fn in_the_way(app: &App, hanging: &Hanging) -> Result<Vec<String>, PageError> {
    let mut lines = Vec::new();
    if !hanging.below.is_empty() {
        let names = hanging.below.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("、");
        lines.push(format!("下面还有{}个：{names}。先把它们移走或撤销。", hanging.below.len()));
    }
    for (name, people) in hanging.places.iter().take(SHOWN) {
        lines.push(format!("{name}还在这里，有{people}人。先换到别处。"));
    }
    if hanging.places.len() > SHOWN {
        lines.push(format!("这样的一共有{}个。", hanging.places.len()));
    }
    if hanging.residents > 0 {
        lines.push(format!("还有{}人住在这里。先改居住地，或者换代码。", hanging.residents));
    }
    if hanging.cases > 0 {
        lines.push(format!("还有{}件帮扶没有办完。先办完。", hanging.cases));
    }
    if hanging.visits > 0 {
        lines.push(format!("还有{}份慰问计划没有结清。先结清。", hanging.visits));
    }
    for grant in hanging.grants.iter().take(SHOWN) {
        let who = called(app, &grant.account_id).await?;
        lines.push(format!("{who}在这里是{}。先收回，需要的再授权。", grant.role.label()));
    }
    if hanging.grants.len() > SHOWN {
        lines.push(format!("这样的授权一共有{}项。", hanging.grants.len()));
    }
    Ok(lines)
}
