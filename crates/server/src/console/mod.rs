//! The desk of those who handle cases: what waits for them, a case with the actions of their roles, payments. Each action is the
//! domain's command; a button that is not allowed is refused there, in words.

mod account;
mod act;
mod after;
mod answer;
mod appeal;
mod approval_days;
mod approvals;
mod assessment;
mod batch;
mod calls;
mod case;
mod categories;
mod claiming;
mod clawback;
mod clawbacks;
mod clocks;
mod council;
mod decision;
mod directory;
mod earlier;
mod elsewhere;
mod emergencies;
mod emergency;
mod excused;
mod file;
mod give_up;
mod history;
mod near;
mod new_standard;
mod next;
mod notice;
mod objection;
mod papers;
mod pay;
mod payee;
mod procedure;
mod proposal;
mod rulings;
mod saying;
mod sending;
mod settings;
mod standards;
mod steps;
mod supplement;
mod task;
mod terms;
mod today;
mod told;
mod visit;
mod visits;

mod words;
mod write_off;

pub(crate) use case::covered;
pub(crate) use excused::{EXCUSED, of as excused_of};

use crate::{
    desk,
    page::Icon,
    routes::{Access, Route},
};

/// Addresses.
pub fn routes() -> Vec<Route> {
    let mut all = desk();
    all.extend(of_a_case());
    all
}

/// Of the desk as a whole.
fn desk() -> Vec<Route> {
    vec![
        Route::get("/console", Access::Role, today::page),
        Route::get("/console/approvals", Access::Role, approvals::page).to(desk::works),
        Route::post("/console/approvals/{finding}", Access::Role, approvals::explain),
        Route::get("/console/approvals/days/{day}", Access::Role, approval_days::page),
        Route::get("/console/tasks/{task}", Access::Role, task::page),
        Route::post("/console/tasks/{task}", Access::Role, task::submit),
        Route::get("/console/directory", Access::Role, directory::newest).to(desk::runs),
        Route::get("/console/directory/{run}", Access::Role, directory::page),
        Route::post("/console/directory/{run}", Access::Role, directory::answer).risky(),
        Route::get("/console/visits/offline", Access::Role, visits::offline),
        Route::get("/console/visits/requests", Access::Role, visits::requests),
        Route::get("/console/visits/worker.js", Access::Public, visits::worker_script),
        Route::get("/console/visits/state", Access::Role, visits::state),
        Route::post("/console/visits/key", Access::Role, visits::key),
        Route::post("/console/visits/send", Access::Role, visits::send),
        Route::post("/console/visits/photo", Access::Role, visits::photo),
        Route::get("/console/clawbacks", Access::Role, clawbacks::list).to(desk::decides_pays_or_audits),
        Route::get("/console/clawbacks/{clawback}", Access::Role, clawback::page),
        Route::post("/console/clawbacks/{clawback}", Access::Role, clawback::act),
        Route::post("/console/clawbacks/{clawback}/write-off", Access::Role, write_off::act),
        Route::get("/console/follow-ups", Access::Role, after::follow_ups).to(desk::works_for_a_region),
        Route::get("/console/follow-ups/{sample}", Access::Role, after::sample),
        Route::get("/console/reviews", Access::Role, after::reviews).to(desk::works_or_audits),
        Route::get("/console/emergencies", Access::Role, emergencies::list).to(desk::decides_or_audits),
        Route::get("/console/sending", Access::Role, sending::page).to(desk::works),
        Route::get("/console/plans/{plan}", Access::Role, sending::plan),
        Route::post("/console/plans/{plan}", Access::Role, sending::switch),
        Route::get("/console/told/people/{person}", Access::Role, told::person),
        Route::get("/console/told/matters/{notice}", Access::Role, told::matter),
        Route::get("/console/calls/{call}", Access::Role, calls::page),
        Route::post("/console/calls/{call}", Access::Role, calls::close),
        Route::get("/console/standards", Access::Role, standards::page)
            .entry((80, Icon::Decide, "帮扶标准"), desk::works_for_a_region),
        Route::get("/console/standards/new", Access::Role, new_standard::form),
        Route::post("/console/standards/new", Access::Role, new_standard::submit),
        Route::get("/console/standards/rows/{rule}", Access::Role, new_standard::shown),
        Route::post("/console/standards/rows/{rule}", Access::Role, new_standard::act).risky(),
        Route::get("/console/standards/{category}", Access::Role, standards::one),
        Route::get("/console/settings", Access::Role, settings::page).to(desk::works_for_a_region),
        Route::get("/console/settings/new/{kind}", Access::Role, settings::form),
        Route::post("/console/settings/new/{kind}", Access::Role, settings::submit),
        Route::get("/console/settings/rows/{setting}", Access::Role, settings::shown),
        Route::post("/console/settings/rows/{setting}", Access::Role, settings::act).risky(),
        Route::get("/console/settings/{category}", Access::Role, settings::one),
        Route::get("/console/categories", Access::Role, categories::page).to(desk::works_for_a_region),
        Route::get("/console/categories/new", Access::Role, categories::form),
        Route::post("/console/categories/new", Access::Role, categories::submit),
        Route::get("/console/categories/rows/{row}", Access::Role, categories::shown),
        Route::post("/console/categories/rows/{row}", Access::Role, categories::act).risky(),
        Route::get("/console/categories/{category}", Access::Role, categories::one),
        Route::get("/console/clocks", Access::Role, clocks::page)
            .entry((90, Icon::Waiting, "办理时限"), desk::sees_matters),
        Route::get("/console/procedure", Access::Role, procedure::page),
        Route::post("/console/procedure", Access::Role, procedure::submit),
        Route::get("/console/procedure/{procedure}", Access::Role, procedure::shown),
        Route::post("/console/procedure/{procedure}", Access::Role, procedure::act).risky(),
        Route::get("/console/near-misses", Access::Role, near::page).to(desk::works_or_audits),
        Route::get("/console/batches/{batch}", Access::Role, batch::page),
        Route::post("/console/batches/{batch}/answers", Access::Role, answer::send),
        Route::get("/console/answers/{answer}", Access::Role, answer::page),
        Route::post("/console/answers/{answer}", Access::Role, answer::accept),
        Route::post("/console/batches", Access::Role, pay::open),
        Route::post("/console/batches/{batch}/act", Access::Role, pay::act).risky(),
        Route::post("/console/batches/{batch}/file", Access::Role, pay::file).risky(),
        Route::post("/console/payments/{payment}", Access::Role, pay::settle),
    ]
}

/// Below a case.
fn of_a_case() -> Vec<Route> {
    vec![
        Route::get("/console/aid/{case}", Access::Role, case::page),
        Route::get("/console/aid/{case}/visit", Access::Role, visit::form),
        Route::post("/console/aid/{case}/visit", Access::Role, visit::submit),
        Route::get("/console/aid/{case}/assessment", Access::Role, assessment::form),
        Route::post("/console/aid/{case}/assessment", Access::Role, assessment::submit),
        Route::get("/console/aid/{case}/assessments/{assessment}", Access::Role, assessment::sheet),
        Route::get("/console/aid/{case}/visit/blank", Access::Role, visits::blank),
        Route::get("/console/aid/{case}/file", Access::Role, file::page),
        Route::get("/console/aid/{case}/history", Access::Role, history::page),
        Route::get("/console/aid/{case}/history/{file}", Access::Role, history::file),
        Route::get("/console/aid/{case}/papers", Access::Role, papers::list),
        Route::post("/console/aid/{case}/papers", Access::Role, papers::add),
        Route::get("/console/aid/{case}/papers/{paper}", Access::Role, papers::page),
        Route::post("/console/aid/{case}/papers/{paper}", Access::Role, papers::act),
        Route::get("/console/aid/{case}/papers/{paper}/{part}", Access::Role, papers::bytes),
        Route::get("/console/aid/{case}/objection", Access::Role, objection::form),
        Route::post("/console/aid/{case}/objection", Access::Role, objection::submit),
        Route::get("/console/aid/{case}/objections/{objection}", Access::Role, objection::page),
        Route::post("/console/aid/{case}/objections/{objection}", Access::Role, objection::judge),
        Route::get("/console/aid/{case}/supplement", Access::Role, supplement::form),
        Route::post("/console/aid/{case}/supplement", Access::Role, supplement::submit),
        Route::get("/console/aid/{case}/decision", Access::Role, decision::form),
        Route::post("/console/aid/{case}/decision", Access::Role, decision::submit),
        Route::get("/console/aid/{case}/appeal", Access::Role, appeal::form),
        Route::post("/console/aid/{case}/appeal", Access::Role, appeal::submit),
        Route::get("/console/aid/{case}/appeals/{appeal}", Access::Role, appeal::page),
        Route::post("/console/aid/{case}/appeals/{appeal}", Access::Role, appeal::judge),
        Route::get("/console/aid/{case}/clawback", Access::Role, claiming::form),
        Route::post("/console/aid/{case}/clawback", Access::Role, claiming::submit),
        Route::get("/console/aid/{case}/give-up", Access::Role, give_up::form),
        Route::post("/console/aid/{case}/give-up", Access::Role, give_up::submit),
        Route::get("/console/aid/{case}/receipt", Access::Role, after::receipt_form),
        Route::post("/console/aid/{case}/receipt", Access::Role, after::receipt_submit),
        Route::get("/console/aid/{case}/follow-ups/{follow_up}", Access::Role, after::follow_up_form),
        Route::post("/console/aid/{case}/follow-ups/{follow_up}", Access::Role, after::follow_up_submit),
        Route::get("/console/aid/{case}/review", Access::Role, after::review_form),
        Route::post("/console/aid/{case}/review", Access::Role, after::review_submit),
        Route::get("/console/aid/{case}/close", Access::Role, after::closing_form),
        Route::post("/console/aid/{case}/close", Access::Role, after::closing_submit),
        Route::get("/console/aid/{case}/after", Access::Role, after::read),
        Route::get("/console/aid/{case}/emergency", Access::Role, emergency::form),
        Route::post("/console/aid/{case}/emergency", Access::Role, emergency::submit),
        Route::get("/console/aid/{case}/emergencies/{emergency}", Access::Role, emergency::page),
        Route::post("/console/aid/{case}/emergencies/{emergency}", Access::Role, emergency::speak).risky(),
        Route::get("/console/aid/{case}/council", Access::Role, council::form),
        Route::post("/console/aid/{case}/council", Access::Role, council::submit),
        Route::get("/console/aid/{case}/council/{council}", Access::Role, council::sheet),
        Route::get("/console/aid/{case}/rulings", Access::Role, rulings::page),
        Route::post("/console/aid/{case}/act", Access::Role, act::submit),
        Route::post("/console/aid/{case}/bundle", Access::Role, act::bundle),
        Route::get("/console/aid/{case}/notice", Access::Role, notice::page),
        Route::get("/console/aid/{case}/elsewhere", Access::Role, elsewhere::form),
        Route::post("/console/aid/{case}/elsewhere", Access::Role, elsewhere::submit),
        Route::get("/console/aid/{case}/account", Access::Role, account::form),
        Route::post("/console/aid/{case}/account", Access::Role, account::submit),
        Route::get("/console/aid/{case}/payee", Access::Role, payee::form),
        Route::post("/console/aid/{case}/payee", Access::Role, payee::submit),
    ]
}
