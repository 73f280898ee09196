//! What must be so when the killing is over.

use std::collections::{BTreeMap, BTreeSet};

use dingtalk_sim::Speaker;
use domain::{
    aid::{Status, store},
    ids::CaseId,
};
use mailbox::{inbox, outbox};
use sea_orm::{ConnectionTrait, Statement};
use server::app::App;

use super::{Model, Scene, forger, patient::Patient, until};
use crate::{console::pot, harness::title};

/// In the first message, which goes by day only.
const WELCOME: &str = "我是银龄小助手";

pub(super) async fn rows(scene: &Scene, sql: &str) -> Vec<(String, i64)> {
    let db = &scene.app.db;
    let found = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    found.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

/// The letters whose time has come, without those behind one for the same reader that waits for the end of his quiet hours: people are
/// told things in their order.
pub(crate) async fn may_go_now(app: &App) -> i64 {
    let db = &app.db;
    let sql = "SELECT COUNT(*) FROM outbox AS letter WHERE letter.state = 0 AND letter.run_at <= $1 AND NOT EXISTS (SELECT 1 \
               FROM outbox AS before WHERE before.addressee = letter.addressee AND before.lane = letter.lane \
               AND before.state = 0 AND before.run_at > $1)";
    let now = [app.clock.now().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, now);
    db.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Everything that was pushed has been worked off, each event once: whoever is in the tenant is active here, whoever left is not, and
/// each leaving is written down once.
pub(super) async fn everybody_is_where_he_is(scene: &Scene) {
    let db = &scene.app.db;
    until(async || {
        scene.site.tenant.pushes().deliver_now().await;
        let depth = inbox::depth(db).await.unwrap();
        let leased = outbox::depth(db).await.unwrap().leased;
        scene.site.tenant.pushes().pending() == 0
            && scene.site.tenant.pushes().failed().is_empty()
            && depth.waiting + depth.leased + leased == 0
            && may_go_now(&scene.app).await == 0
    })
    .await;
    assert_eq!(inbox::depth(db).await.unwrap().dead, 0);
    // A sending that was cut off may have arrived: it is not made again, and a person is told to look. Who has left is not written to.
    let given_up = "SELECT last_error, COUNT(*) FROM outbox WHERE state = 3 GROUP BY last_error";
    for (why, times) in rows(scene, given_up).await {
        // Up to twenty readers share a call.
        let most = if why == "outcome unknown" { scene.scale.kills * 20 } else { scene.scale.go };
        assert!(["outcome unknown", "unknown login"].contains(&why.as_str()), "{why}: {times}");
        assert!(usize::try_from(times).unwrap() <= most, "{why}: {times}");
    }

    everybody_was_greeted_as_the_ledger_says(scene).await;
    whoever_was_heard_is_answered(scene).await;
    let Model { here, gone } = &scene.model.take();
    let known = |active: &str| {
        format!("SELECT id, CAST(1 AS BIGINT) FROM account WHERE id LIKE 'c____' AND active = {active}")
    };
    let names = |rows: Vec<(String, i64)>| rows.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>();
    assert_eq!(&names(rows(scene, &known("TRUE")).await), here, "whoever is there is good");
    assert_eq!(&names(rows(scene, &known("FALSE")).await), gone, "whoever has gone is not");

    let heard = |kind: &str| {
        format!(
            "SELECT account_id, COUNT(*) FROM account_event WHERE account_id LIKE 'c____' AND kind = '{kind}' GROUP BY account_id"
        )
    };
    let left: BTreeMap<String, i64> = rows(scene, &heard("left")).await.into_iter().collect();
    let joined: BTreeMap<String, i64> = rows(scene, &heard("joined")).await.into_iter().collect();
    assert_eq!(left.keys().collect::<BTreeSet<_>>(), gone.iter().collect(), "each leaving arrived");
    // Who has left again before we asked is not to be found any more.
    assert!(here.iter().all(|who| joined.contains_key(who)), "each joining arrived");
    assert!(
        left.values().chain(joined.values()).all(|times| *times == 1),
        "and counts once: {left:?} {joined:?}"
    );
    forger::nobody_believed(scene).await;
}

/// Once where the ledger says that the platform has it, never where it was not wanted any more, and where nobody knows at most once.
async fn everybody_was_greeted_as_the_ledger_says(scene: &Scene) {
    let mut greeted: BTreeMap<String, i64> = BTreeMap::new();
    for (userid, line) in scene.site.tenant.sent() {
        if line.by == Speaker::Robot && title(&line.message).contains(WELCOME) {
            *greeted.entry(userid).or_default() += 1;
        }
    }
    let known = "SELECT account_id || ' ' || status, CAST(1 AS BIGINT) FROM notice WHERE occasion = 'account.welcome/'";
    for (row, _) in rows(scene, known).await {
        let (who, status) = row.split_once(' ').unwrap();
        let times = greeted.get(who).copied().unwrap_or_default();
        let right = match status {
            "accepted" => times == 1,
            "unknown" => times <= 1,
            // Not any more, or not yet: it may be quiet.
            "suppressed" | "invalid" | "queued" => times == 0,
            _ => false,
        };
        assert!(right, "{who} was greeted {times} times, and the ledger says {status}");
    }
}

/// How many messages to the robot were taken.
pub(super) async fn taken(scene: &Scene) -> i64 {
    rows(scene, "SELECT 'taken', COUNT(*) FROM inbox WHERE source = 'dingtalk.robot'").await[0].1
}

/// What was taken has one answer each; whose answer is done with has it in the chat, unless they have left.
async fn whoever_was_heard_is_answered(scene: &Scene) {
    let taken = taken(scene).await;
    let answers = rows(scene, "SELECT 'answers', COUNT(*) FROM outbox WHERE kind = 'bot.reply'").await[0].1;
    assert!(taken > 0);
    assert_eq!(answers, taken);
    let answered: BTreeSet<String> = scene
        .site
        .tenant
        .sent()
        .into_iter()
        .filter(|(_, line)| line.by == Speaker::Robot && !title(&line.message).contains(WELCOME))
        .map(|(userid, _)| userid)
        .collect();
    let done =
        "SELECT addressee, COUNT(*) FROM outbox WHERE kind = 'bot.reply' AND state = 2 GROUP BY addressee";
    let gone = scene.model.borrow().gone.clone();
    for (who, _) in rows(scene, done).await {
        assert!(answered.contains(&who) || gone.contains(&who), "{who} waits");
    }
}

/// One request, one visit, one instance, one reservation.
pub(super) async fn the_case_went_its_way_once(scene: &Scene, case: CaseId) {
    let db = &scene.app.db;
    assert_eq!(rows(scene, "SELECT 'cases', COUNT(*) FROM aid_case").await[0].1, 1);
    assert_eq!(rows(scene, "SELECT 'visits', COUNT(*) FROM aid_visit").await[0].1, 1);
    assert_eq!(scene.site.tenant.approvals().all().len(), 1, "one instance");
    let log = store::case::log(db, case).await.unwrap();
    let steps: Vec<String> = log.iter().map(|event| format!("{:?}", event.what)).collect();
    assert_eq!(steps.iter().collect::<BTreeSet<_>>().len(), steps.len(), "no step twice: {steps:?}");
    let held = ledger::balance(db, &pot()).await.unwrap();
    assert_eq!([held.available, held.reserved].map(|fen| fen.fen() / 100), [147_000, 3_000]);

    // Letters to one person go again after an unknown outcome (ADR 4): at most one for each kill, because they are sent one by one.
    let mut told: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (userid, line) in scene.site.tenant.sent() {
        if line.by == Speaker::Robot {
            *told.entry((userid, title(&line.message).to_owned())).or_default() += 1;
        }
    }
    let again: usize = told.values().map(|times| times - 1).sum();
    assert!(again <= scene.scale.kills, "said again: {again}");
}

/// The rest of the way: batch, confirmation, bank, and what the bank says.
pub(super) async fn the_money_comes(scene: &Scene, case: CaseId) {
    let (wumin, xuke) = (Patient::new(scene, "wumin"), Patient::new(scene, "xuke"));
    let batch = wumin.gets_through("/console/batches", &[]).await.header("location").to_owned();
    for act in ["confirm", "send"] {
        let version = xuke.looks(&batch).await.value("version");
        xuke.gets_through(&format!("{batch}/act"), &[("act", act), ("version", &version)]).await;
    }
    let page = xuke.looks(&batch).await;
    let line = format!("/console/payments/{}", page.between("action=\"/console/payments/", "\""));
    xuke.gets_through(&line, &[("result", "paid")]).await;
    assert_eq!(scene.status(case).await, Status::Paid);
}

pub(super) async fn the_books_are_right(scene: &Scene) {
    let db = &scene.app.db;
    assert_eq!(ledger::check(db).await.unwrap(), []);
    let held = ledger::balance(db, &pot()).await.unwrap();
    let held = [held.available, held.reserved, held.committed, held.paid].map(|fen| fen.fen() / 100);
    assert_eq!(held, [147_000, 0, 0, 3_000]);
    let verdict = audit::verify(db, &scene.app.cx.audit).await.unwrap();
    assert!(matches!(verdict, audit::Verdict::Whole { .. }), "{verdict:?}");
}
