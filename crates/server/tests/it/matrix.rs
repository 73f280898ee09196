//! Route × role × region: every address of the product, against the real application with rows in one county. For each it says who comes
//! to it; for everybody else what is there does not exist. A route without a line fails the test.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use domain::{
    By,
    account::mandate,
    aid::{
        Category, Status,
        clawback::Cause,
        commands::{
            answer::{Received, read_answer},
            clawback::{NewClawback, propose as propose_claim},
            evidence::{NewPaper, add_to_own_case},
            procedure::NewProcedure,
        },
        procedure::Limit,
    },
    authority::{
        Grants, Myself, Payer, Role, Scope, Worker,
        commands::{NewGrant, grant_in},
        substitution::commands::{NewSubstitution, arrange},
    },
    budget,
    calendar::local_date,
    declaration::{RelationKind, commands::declare},
    evidence::{
        Item, Sent, Source,
        mandate::{NewProof, Proves, add as prove},
    },
    export,
    ids::{AccountId, AppealId, ClawbackId, EvidenceId, PersonId, RegionCode},
    person::{
        SealedColumn, change,
        death::record_death,
        death_undo,
        fact::{FactKind, Level, NewFact, Value, commands::record},
        leader, merge,
    },
    privacy::Phone,
    retention,
    seed::cast,
    segment::{Hands, ServiceStandard, Way},
    treatment::NewFloor,
    tree::{
        Became, Change, NodeKind, Target,
        commands::{NewNode, found_in, join_in},
        desk::propose,
        effects,
    },
    wish,
};
use ledger::Fen;
use sea_orm::ConnectionTrait;
use secrecy::ExposeSecret;
use server::routes::{self, Access, Route};

use crate::{
    aid::{answered, applied, applied_for},
    harness::{Browser, House, Page},
    intake::{BAD, GOOD, at_work, list, send},
};

/// Who asks. All but two are of the county in which the rows are.
pub(crate) const READERS: [(char, &str); 11] = [
    // Workers: of the county, and of another one.
    ('w', "chenjing"),
    ('o', "outsider"),
    ('a', "shenlan"),
    ('p', "wumin"),
    ('u', "hemiao"),
    // The three administrators: audit of the county, system, security of the province and of another county.
    ('d', "zhengzhe"),
    ('y', "sysadmin"),
    ('s', "qianwei"),
    ('t', "farsec"),
    // A retiree without any role, and a member of the branch that has the meeting.
    ('n', "wangxiuying"),
    // The secretary of that branch, who has no role at the desk.
    ('l', "liguoqiang"),
];

/// Whoever has any role at the desk.
pub(crate) const DESK: &str = "woapudyst";
/// Everybody in the tenant.
const ALL: &str = "woapudystnl";
/// Workers, wherever they are: lists that show each his own.
const WORKERS: &str = "wo";

/// Lines to which nobody of these comes, only whoever works for the whole province.
const PROVINCE: [(&str, &str); 2] =
    [("GET", "/console/retention/lists/{list}/{class}"), ("POST", "/console/retention/lists")];

/// One line: the address, who comes to it, and what a form needs to be read at all.
type Line = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const NOTHING: &[(&str, &str)] = &[];

/// An id that names nothing.
const NOWHERE: &str = "018f0000-0000-7000-8000-000000000001";

const VISIT: &[(&str, &str)] =
    &[("once", NOWHERE), ("on", "x"), ("second", ""), ("findings", ""), ("yuan", "")];

/// The table. GET before POST, because a form changes something.
const TABLE: &[Line] = &[
    ("GET", "/", ALL, NOTHING),
    ("GET", "/home", ALL, NOTHING),
    ("GET", "/me", "nl", NOTHING),
    ("GET", "/me/looks", "nl", NOTHING),
    ("GET", "/me/wishes", "nl", NOTHING),
    ("GET", "/consents", "nl", NOTHING),
    ("GET", "/consents/{purpose}", "nl", NOTHING),
    ("GET", "/mandates", ALL, NOTHING),
    ("GET", "/mandates/ask", ALL, NOTHING),
    ("GET", "/mandates/asked", ALL, NOTHING),
    ("GET", "/mandates/asks/{ask}", "n", NOTHING),
    ("GET", "/mandates/{given}/end", "n", NOTHING),
    ("GET", "/using", ALL, NOTHING),
    ("GET", "/text-size", ALL, NOTHING),
    ("GET", "/branch/meetings", "nl", NOTHING),
    ("GET", "/branch/meetings/{meeting}", "nl", NOTHING),
    ("GET", "/branch/meetings/{meeting}/signed", "nl", NOTHING),
    ("GET", "/branch/meetings/{meeting}/roster", "l", NOTHING),
    ("GET", "/branch/meetings/{meeting}/roster/{person}", "l", NOTHING),
    ("GET", "/branch/{branch}/duties", "l", NOTHING),
    ("GET", "/aid/apply", "nl", NOTHING),
    ("GET", "/aid/apply/check", "nl", NOTHING),
    ("GET", "/aid/apply/papers", "nl", NOTHING),
    ("GET", "/aid/apply/papers/{item}", "nl", NOTHING),
    ("GET", "/aid/apply/{question}", "nl", NOTHING),
    ("GET", "/aid/papers/{own_paper}", "n", NOTHING),
    ("GET", "/aid/cases/{case}/papers", "n", NOTHING),
    ("GET", "/aid/cases/{case}/papers/{item}", "n", NOTHING),
    ("GET", "/aid/cases", ALL, NOTHING),
    ("GET", "/aid/cases/{case}", "n", NOTHING),
    ("GET", "/aid/cases/{case}/received", "n", NOTHING),
    ("GET", "/aid/cases/{case}/withdraw", "n", NOTHING),
    ("GET", "/aid/cases/{case}/supplement", "n", NOTHING),
    ("GET", "/aid/cases/{case}/reason", "n", NOTHING),
    ("GET", "/aid/cases/{case}/appeal", "n", NOTHING),
    ("GET", "/notices", "nl", NOTHING),
    ("GET", "/notices/{notice}", "nl", NOTHING),
    ("GET", "/console", DESK, NOTHING),
    ("GET", "/console/approvals", WORKERS, NOTHING),
    ("GET", "/console/approvals/days/{approval_day}", WORKERS, NOTHING),
    // Whose task it is, and nobody else.
    ("GET", "/console/tasks/{decides}", "a", NOTHING),
    ("GET", "/console/directory", "y", NOTHING),
    ("GET", "/console/directory/{run}", "y", NOTHING),
    // The auditor sees the case; who runs the system or grants sees none.
    ("GET", "/console/aid/{case}", "wapud", NOTHING),
    ("GET", "/console/aid/{case}/visit", "w", NOTHING),
    ("GET", "/console/aid/{case}/visit/blank", "w", NOTHING),
    ("GET", "/console/visits/offline", WORKERS, NOTHING),
    ("GET", "/console/visits/state", WORKERS, NOTHING),
    ("GET", "/console/visits/requests", WORKERS, NOTHING),
    ("GET", "/console/visits/blanks", WORKERS, NOTHING),
    ("GET", "/console/aid/{case}/file", "w", NOTHING),
    // Those who work on the case, and whoever decides about it; neither those who pay nor those who audit.
    ("GET", "/console/aid/{case}/papers", "wa", NOTHING),
    ("GET", "/console/aid/{case}/history", "wa", NOTHING),
    ("GET", "/console/aid/{objected}/history/{approval_file}", "wa", NOTHING),
    ("GET", "/console/aid/{case}/papers/{paper}", "w", NOTHING),
    ("GET", "/console/aid/{case}/papers/{paper}/{part}", "wa", NOTHING),
    ("GET", "/console/aid/{case}/objection", "w", NOTHING),
    ("GET", "/console/aid/{objected}/objections/{objection}", "w", NOTHING),
    ("GET", "/console/aid/{case}/supplement", "w", NOTHING),
    ("GET", "/console/aid/{case}/decision", "w", NOTHING),
    ("GET", "/console/aid/{case}/appeal", "w", NOTHING),
    ("GET", "/console/aid/{appealed}/appeals/{appeal}", "w", NOTHING),
    ("GET", "/console/aid/{case}/council", "w", NOTHING),
    ("GET", "/console/aid/{case}/payee", "w", NOTHING),
    ("GET", "/console/aid/{objected}/council/{council}", "w", NOTHING),
    ("GET", "/console/aid/{objected}/assessment", "w", NOTHING),
    ("GET", "/console/aid/{objected}/assessments/{assessment}", "wa", NOTHING),
    ("GET", "/console/aid/{case}/rulings", "w", NOTHING),
    ("GET", "/console/aid/{case}/emergency", "w", NOTHING),
    ("GET", "/console/aid/{urgent}/emergencies/{emergency}", "wa", NOTHING),
    ("GET", "/console/emergencies", "woad", NOTHING),
    ("GET", "/console/clawbacks", "woapd", NOTHING),
    ("GET", "/console/clawbacks/{clawback}", "wapd", NOTHING),
    ("GET", "/console/aid/{case}/clawback", "w", NOTHING),
    ("GET", "/console/aid/{case}/receipt", "w", NOTHING),
    ("GET", "/console/aid/{case}/follow-ups/{follow_up}", "w", NOTHING),
    ("GET", "/console/aid/{case}/review", "w", NOTHING),
    ("GET", "/console/aid/{case}/close", "w", NOTHING),
    ("GET", "/console/aid/{case}/give-up", "w", NOTHING),
    ("GET", "/console/aid/{case}/after", "w", NOTHING),
    ("GET", "/console/follow-ups", WORKERS, NOTHING),
    ("GET", "/console/follow-ups/{sample}", "wad", NOTHING),
    ("GET", "/console/reviews", "wod", NOTHING),
    // Whoever comes by cases at all: each sees those of his own places.
    ("GET", "/console/clocks", "woapud", NOTHING),
    ("GET", "/console/procedure", WORKERS, NOTHING),
    ("GET", "/console/procedure/{procedure}", "w", NOTHING),
    ("GET", "/console/sending", WORKERS, NOTHING),
    ("GET", "/console/plans/{plan}", "w", NOTHING),
    ("GET", "/console/told/people/{person}", "w", NOTHING),
    ("GET", "/console/told/matters/{told}", "w", NOTHING),
    ("GET", "/console/calls/{call}", "w", NOTHING),
    ("GET", "/console/batches/{batch}", "p", NOTHING),
    ("GET", "/console/answers/{answer}", "p", NOTHING),
    ("GET", "/console/aid/{case}/account", "w", NOTHING),
    ("GET", "/console/aid/{case}/elsewhere", "w", NOTHING),
    ("GET", "/console/aid/{case}/notice", "wu", NOTHING),
    ("GET", "/console/near-misses", "wod", NOTHING),
    ("GET", "/console/budget", "woapd", NOTHING),
    ("GET", "/console/budget/paid", "woapd", NOTHING),
    ("GET", "/console/budget/paid/rows", "woapd", NOTHING),
    ("GET", "/console/budget/new", "p", NOTHING),
    ("GET", "/console/budget/split", "p", NOTHING),
    ("GET", "/console/budget/orders/{order}", "wapd", NOTHING),
    ("GET", "/console/budget/years/{year}", "woapd", NOTHING),
    ("GET", "/console/budget/{region}/{year}/{category}", "wapd", NOTHING),
    ("GET", "/console/budget/{region}/{year}/{category}/{figure}", "wapd", NOTHING),
    ("GET", "/grievances", "nl", NOTHING),
    ("GET", "/grievances/new", "nl", NOTHING),
    ("GET", "/grievances/words", "nl", NOTHING),
    // Whoever has the code reads the answer, whoever he is.
    ("GET", "/grievances/receipt", ALL, NOTHING),
    ("GET", "/grievances/{grievance}", "n", NOTHING),
    ("GET", "/grievances/{grievance}/withdraw", "n", NOTHING),
    ("GET", "/grievances/{grievance}/again", "n", NOTHING),
    ("GET", "/console/grievances", WORKERS, NOTHING),
    ("GET", "/console/grievances/new", WORKERS, NOTHING),
    ("GET", "/console/grievances/{grievance}", "w", NOTHING),
    ("GET", "/console/people/{person}/grievance", "w", NOTHING),
    ("GET", "/outreach", "nl", NOTHING),
    ("GET", "/console/outreach", "woap", NOTHING),
    ("GET", "/console/outreach/standards", WORKERS, NOTHING),
    ("GET", "/console/outreach/standards/new", WORKERS, NOTHING),
    ("GET", "/console/outreach/standards/{standard}", "w", NOTHING),
    ("GET", "/console/outreach/plans/new", WORKERS, NOTHING),
    // Those who visit, who agrees, and who pays.
    ("GET", "/console/outreach/plans/{outreach}", "wap", NOTHING),
    ("GET", "/console/outreach/plans/{drafted}/difference", "w", NOTHING),
    ("GET", "/console/outreach/plans/{outreach}/add", "w", NOTHING),
    ("GET", "/console/outreach/plans/{outreach}/share", "w", NOTHING),
    ("GET", "/console/outreach/plans/{outreach}/sheet", "w", NOTHING),
    ("GET", "/console/outreach/mine", WORKERS, NOTHING),
    ("GET", "/console/outreach/people/{entry}", "w", NOTHING),
    ("GET", "/console/outreach/people/{entry}/list", "w", NOTHING),
    ("GET", "/console/outreach/people/{entry}/visit", "w", NOTHING),
    ("GET", "/console/outreach/requests", WORKERS, NOTHING),
    ("GET", "/console/outreach/requests/{visit}", "w", NOTHING),
    ("GET", "/console/outreach/stays", WORKERS, NOTHING),
    ("GET", "/console/people/{person}/stay", "w", NOTHING),
    ("GET", "/console/outreach/stock", "woap", NOTHING),
    ("GET", "/console/outreach/stock/{article}", "wap", NOTHING),
    ("GET", "/console/outreach/purchases/{purchase}", "wap", NOTHING),
    ("GET", "/console/outreach/points", WORKERS, NOTHING),
    ("GET", "/console/outreach/figures", "woap", NOTHING),
    ("GET", "/console/people", WORKERS, NOTHING),
    ("GET", "/console/people/new", WORKERS, NOTHING),
    ("GET", "/console/people/all", WORKERS, NOTHING),
    ("GET", "/console/people/quality", WORKERS, NOTHING),
    ("GET", "/console/people/quality/{fault}", WORKERS, NOTHING),
    ("GET", "/console/people/undecided", WORKERS, NOTHING),
    ("GET", "/console/people/{person}", "w", NOTHING),
    ("GET", "/console/people/{person}/aid", "w", NOTHING),
    ("GET", "/console/forms", WORKERS, NOTHING),
    ("GET", "/console/forms/{number}", "w", NOTHING),
    ("GET", "/console/forms/{number}/print", "w", NOTHING),
    ("GET", "/console/people/{person}/day", "w", NOTHING),
    ("GET", "/console/people/{person}/name", "w", NOTHING),
    ("GET", "/console/people/{person}/birth", "w", NOTHING),
    ("GET", "/console/people/{person}/family", "w", NOTHING),
    ("GET", "/console/people/{person}/logins", "w", NOTHING),
    ("GET", "/console/people/{person}/fact", "w", NOTHING),
    ("GET", "/console/people/{person}/contact", "w", NOTHING),
    ("GET", "/console/people/{person}/change", "w", NOTHING),
    ("GET", "/console/people/{person}/death", "w", NOTHING),
    ("GET", "/console/people/{person}/death-undo", "w", NOTHING),
    ("GET", "/console/death-undos", WORKERS, NOTHING),
    ("GET", "/console/death-undos/{undo}", "w", NOTHING),
    // Who watches, and who is on a need-to-know list.
    ("GET", "/console/leaders", "ws", NOTHING),
    ("GET", "/console/leaders/{leader}", "w", NOTHING),
    ("GET", "/console/changes", WORKERS, NOTHING),
    ("GET", "/console/changes/{change}", "w", NOTHING),
    ("GET", "/console/doubles", WORKERS, NOTHING),
    ("GET", "/console/doubles/{double}", "w", NOTHING),
    ("GET", "/console/merges/{merge}", "w", NOTHING),
    ("GET", "/console/floors", WORKERS, NOTHING),
    ("GET", "/console/floors/{floor}", "w", NOTHING),
    ("GET", "/console/categories", WORKERS, NOTHING),
    ("GET", "/console/categories/new", WORKERS, NOTHING),
    ("GET", "/console/categories/rows/{row}", "w", NOTHING),
    ("GET", "/console/categories/{category}", WORKERS, NOTHING),
    ("GET", "/console/settings", WORKERS, NOTHING),
    ("GET", "/console/settings/new/{kind}", WORKERS, NOTHING),
    ("GET", "/console/settings/rows/{setting}", "w", NOTHING),
    ("GET", "/console/settings/{category}", WORKERS, NOTHING),
    ("GET", "/console/standards", WORKERS, NOTHING),
    ("GET", "/console/standards/new", WORKERS, NOTHING),
    ("GET", "/console/standards/rows/{rule}", "w", NOTHING),
    ("GET", "/console/standards/{category}", WORKERS, NOTHING),
    ("GET", "/console/statistics", WORKERS, NOTHING),
    ("GET", "/console/statistics/{snapshot}", "w", NOTHING),
    ("GET", "/console/segments", WORKERS, NOTHING),
    ("GET", "/console/segments/new", WORKERS, NOTHING),
    ("GET", "/console/segments/{segment}", "w", NOTHING),
    ("GET", "/console/segments/{segment}/edit", "w", NOTHING),
    ("GET", "/console/segments/{segment}/members", "w", NOTHING),
    ("GET", "/console/segments/{segment}/changes", "w", NOTHING),
    ("GET", "/console/segments/{segment}/people/{person}", "w", NOTHING),
    ("GET", "/console/people/{person}/segments", "w", NOTHING),
    ("GET", "/console/grants", "st", NOTHING),
    ("GET", "/console/grants/new", "st", NOTHING),
    ("GET", "/console/grants/{grant}", "s", NOTHING),
    ("GET", "/console/logins/{login}", "s", NOTHING),
    ("GET", "/console/logins/{login}/second-factor", "s", NOTHING),
    ("GET", "/console/mandates", WORKERS, NOTHING),
    ("GET", "/console/mandates/{ask}", "w", NOTHING),
    ("GET", "/console/mandates/{ask}/papers", "w", NOTHING),
    ("GET", "/console/mandates/{ask}/papers/{ask_paper}", "w", NOTHING),
    ("GET", "/console/links/{given}/papers", "w", NOTHING),
    ("GET", "/console/links/{given}/papers/{given_paper}", "w", NOTHING),
    ("GET", "/console/wishes", WORKERS, NOTHING),
    ("GET", "/console/wishes/{wish}", "w", NOTHING),
    ("GET", "/console/trail", "d", NOTHING),
    ("GET", "/console/trail/people", "d", NOTHING),
    ("GET", "/console/trail/people/{person}", "d", NOTHING),
    ("GET", "/console/intakes", WORKERS, NOTHING),
    ("GET", "/console/intakes/template", WORKERS, NOTHING),
    ("GET", "/console/intakes/{intake}", "w", NOTHING),
    ("GET", "/console/intakes/{intake}/file", "w", NOTHING),
    ("GET", "/console/exports", WORKERS, NOTHING),
    ("GET", "/console/exports/{export}", "w", NOTHING),
    ("GET", "/console/retention", DESK, NOTHING),
    ("GET", "/console/retention/rules/{class}", DESK, NOTHING),
    // Nobody of these works for the whole province; who agrees for it, and who audits, see counts.
    ("GET", "/console/retention/lists", "ds", NOTHING),
    ("GET", "/console/retention/lists/{list}", "ds", NOTHING),
    ("GET", "/console/retention/lists/{list}/{class}", "", NOTHING),
    ("GET", "/console/retention/holds", WORKERS, NOTHING),
    ("GET", "/console/retention/holds/{hold}", "w", NOTHING),
    ("GET", "/console/retention/tombstones", "ds", NOTHING),
    ("GET", "/console/substitutes", DESK, NOTHING),
    ("GET", "/console/second-factor", DESK, NOTHING),
    ("GET", "/console/trees", "ys", NOTHING),
    ("GET", "/console/trees/{tree}", "ys", NOTHING),
    ("GET", "/console/trees/{tree}/{node}", "ys", NOTHING),
    ("GET", "/console/trees/{tree}/{node}/{act}", "s", NOTHING),
    ("GET", "/console/tree-changes/{tree_change}", "ys", NOTHING),
    ("GET", "/console/relations", DESK, NOTHING),
    ("GET", "/console/declarations", "st", NOTHING),
    ("POST", "/me/whole", "nl", NOTHING),
    ("POST", "/me/wishes", "nl", NOTHING),
    ("POST", "/consents/{purpose}", "nl", &[("answer", "yes")]),
    ("POST", "/mandates/ask", ALL, NOTHING),
    ("POST", "/mandates/asks/{ask}", "n", NOTHING),
    ("POST", "/mandates/{given}/end", "n", NOTHING),
    ("POST", "/using", ALL, NOTHING),
    ("POST", "/text-size", ALL, &[("size", "large")]),
    ("POST", "/branch/meetings/{meeting}/sign-in", "nl", NOTHING),
    ("POST", "/branch/meetings/{meeting}/undo", "nl", NOTHING),
    ("POST", "/branch/meetings/{meeting}/roster/{person}", "l", &[("state", "excused")]),
    ("POST", "/aid/apply/again", "nl", &[("draft", NOWHERE)]),
    ("POST", "/aid/apply/send", "n", &[("version", "1"), ("draft", "{draft}")]),
    // Without a file nobody gets as far as what he may.
    ("POST", "/aid/apply/papers/{item}", ALL, NOTHING),
    ("POST", "/aid/apply/papers/{item}/back", "nl", NOTHING),
    ("POST", "/aid/cases/{case}/papers/{item}", ALL, NOTHING),
    ("POST", "/aid/apply/{question}", "nl", NOTHING),
    ("POST", "/aid/cases/{case}/withdraw", "n", NOTHING),
    ("POST", "/aid/cases/{case}/supplement", "n", NOTHING),
    ("POST", "/aid/cases/{case}/appeal", "n", NOTHING),
    ("POST", "/console/approvals/{finding}", WORKERS, &[("why", "x")]),
    ("POST", "/console/tasks/{decides}", "a", &[("wish", "agree")]),
    ("POST", "/console/directory/{run}", "y", &[("answer", "x")]),
    ("POST", "/console/aid/{case}/visit", "w", VISIT),
    ("POST", "/console/visits/key", WORKERS, NOTHING),
    (
        "POST",
        "/console/visits/send",
        "w",
        &[
            ("once", NOWHERE),
            ("case", "{case}"),
            ("version", "0"),
            ("on", "x"),
            ("second", ""),
            ("findings", ""),
            ("yuan", ""),
        ],
    ),
    ("POST", "/console/visits/photo", ALL, NOTHING),
    ("POST", "/console/visits/request", "w", &[("once", NOWHERE), ("form", "{number}")]),
    ("POST", "/console/aid/{case}/papers", ALL, NOTHING),
    ("POST", "/console/aid/{case}/papers/{paper}", "w", &[("act", "seen")]),
    ("POST", "/console/aid/{case}/objection", "w", &[("once", "x"), ("said", "")]),
    ("POST", "/console/aid/{objected}/objections/{objection}", "w", &[("outcome", "x")]),
    ("POST", "/console/aid/{case}/supplement", "w", &[("once", "x"), ("said", "")]),
    ("POST", "/console/aid/{case}/decision", "w", NOTHING),
    ("POST", "/console/aid/{case}/appeal", "w", &[("once", "x"), ("said", "")]),
    ("POST", "/console/aid/{appealed}/appeals/{appeal}", "w", NOTHING),
    ("POST", "/console/aid/{case}/council", "w", &[("once", NOWHERE)]),
    ("POST", "/aid/cases/{case}/receipt", "n", &[("received", "yes")]),
    ("POST", "/console/aid/{case}/receipt", "w", NOTHING),
    ("POST", "/console/aid/{case}/follow-ups/{follow_up}", "w", NOTHING),
    ("POST", "/console/aid/{case}/review", "w", &[("once", NOWHERE)]),
    ("POST", "/console/aid/{case}/close", "w", NOTHING),
    ("POST", "/console/aid/{case}/give-up", "w", NOTHING),
    ("POST", "/console/aid/{case}/clawback", "w", &[("once", NOWHERE)]),
    ("POST", "/console/clawbacks/{clawback}", "a", &[("act", "agree")]),
    ("POST", "/console/clawbacks/{clawback}/write-off", "w", &[("act", "propose"), ("once", NOWHERE)]),
    ("POST", "/console/aid/{case}/emergency", "w", &[("once", NOWHERE)]),
    ("POST", "/console/aid/{urgent}/emergencies/{emergency}", "a", &[("act", "yes"), ("reached", "phone")]),
    ("POST", "/console/aid/{case}/payee", "w", &[("act", "propose")]),
    ("POST", "/console/aid/{objected}/assessment", "w", &[("once", NOWHERE), ("visit", NOWHERE)]),
    ("POST", "/console/procedure", WORKERS, NOTHING),
    ("POST", "/console/procedure/{procedure}", "w", &[("act", "refuse")]),
    ("POST", "/console/aid/{case}/act", "w", &[("act", "account")]),
    ("POST", "/console/aid/{case}/bundle", "d", NOTHING),
    ("POST", "/console/plans/{plan}", "w", &[("on", "true"), ("version", "0")]),
    ("POST", "/console/calls/{call}", "w", &[("outcome", "told")]),
    ("POST", "/console/batches", "p", NOTHING),
    ("POST", "/console/batches/{batch}/act", "p", &[("act", "confirm"), ("version", "0")]),
    ("POST", "/console/batches/{batch}/file", "p", NOTHING),
    ("POST", "/console/batches/{batch}/answers", ALL, NOTHING),
    ("POST", "/console/answers/{answer}", "p", NOTHING),
    ("POST", "/console/aid/{case}/account", "w", &[("reason", "")]),
    ("POST", "/console/aid/{case}/elsewhere", "w", &[("why", "")]),
    ("POST", "/console/payments/{payment}", "p", &[("result", "other")]),
    ("POST", "/console/budget/paid/file", "wapd", &[("region", "330106"), ("year", "2026")]),
    ("POST", "/console/budget/new", "p", NOTHING),
    ("POST", "/console/budget/split", "p", NOTHING),
    ("POST", "/console/budget/orders/{order}", "p", &[("act", "agree")]),
    ("POST", "/console/budget/years/{year}", "p", &[("act", "freeze")]),
    ("POST", "/grievances/words", "nl", NOTHING),
    ("POST", "/grievances/check", "nl", NOTHING),
    ("POST", "/grievances/send", "nl", NOTHING),
    ("POST", "/grievances/receipt", ALL, NOTHING),
    ("POST", "/grievances/receipt/act", ALL, NOTHING),
    ("POST", "/grievances/{grievance}/again", "n", NOTHING),
    ("POST", "/grievances/{grievance}/withdraw", "n", NOTHING),
    ("POST", "/console/grievances/new", WORKERS, NOTHING),
    ("POST", "/console/grievances/{grievance}", "w", NOTHING),
    ("POST", "/console/people/{person}/grievance", "w", NOTHING),
    ("POST", "/outreach/{visit}", "n", NOTHING),
    ("POST", "/console/outreach/standards/new", WORKERS, NOTHING),
    ("POST", "/console/outreach/standards/{standard}", "w", &[("act", "refuse")]),
    ("POST", "/console/outreach/plans/new", WORKERS, NOTHING),
    ("POST", "/console/outreach/plans/{outreach}", "p", &[("act", "settle")]),
    ("POST", "/console/outreach/plans/{outreach}/add", "w", NOTHING),
    ("POST", "/console/outreach/plans/{outreach}/share", "w", NOTHING),
    ("POST", "/console/outreach/people/{entry}/list", "w", &[("act", "leave_out")]),
    ("POST", "/console/outreach/people/{entry}/visit", "w", &[("once", NOWHERE)]),
    ("POST", "/console/outreach/visits/{visit}/signed", "w", NOTHING),
    ("POST", "/console/outreach/requests/{visit}", "w", NOTHING),
    ("POST", "/console/outreach/stays/{stay}", "w", NOTHING),
    ("POST", "/console/people/{person}/stay", "w", NOTHING),
    ("POST", "/console/outreach/stock", WORKERS, NOTHING),
    ("POST", "/console/outreach/stock/{article}", "w", &[("act", "hand")]),
    ("POST", "/console/outreach/stock/{article}/purchases", "w", NOTHING),
    ("POST", "/console/outreach/purchases/{purchase}", "p", &[("act", "refuse")]),
    ("POST", "/console/outreach/points", WORKERS, NOTHING),
    ("POST", "/console/outreach/figures/file", "woap", NOTHING),
    ("POST", "/console/people", WORKERS, NOTHING),
    ("POST", "/console/people/new", WORKERS, NOTHING),
    ("POST", "/console/people/{person}/aid", "w", NOTHING),
    ("POST", "/console/people/{person}/aid-form", "w", NOTHING),
    ("POST", "/console/forms", "w", &[("unit", "{unit}")]),
    ("POST", "/console/people/{person}/numbers", "w", &[("what", "phones")]),
    ("POST", "/console/people/{person}/name", "w", NOTHING),
    ("POST", "/console/people/{person}/birth", "w", NOTHING),
    ("POST", "/console/people/{person}/family", "w", NOTHING),
    ("POST", "/console/kin/{kin}", "w", &[("why", "died"), ("on", "2020-02-02")]),
    ("POST", "/console/people/{person}/logins", "w", NOTHING),
    ("POST", "/console/links/{link}", "w", NOTHING),
    ("POST", "/console/people/{person}/fact", "w", NOTHING),
    ("POST", "/console/people/{person}/contact", "w", NOTHING),
    ("POST", "/console/contacts/{contact}", "w", &[("act", "verify")]),
    ("POST", "/console/people/{person}/change", "w", NOTHING),
    ("POST", "/console/people/{person}/death", "w", NOTHING),
    ("POST", "/console/death-tasks/{task}", "w", &[("note", "办好了")]),
    ("POST", "/console/people/{person}/death-undo", "w", NOTHING),
    ("POST", "/console/death-undos/{undo}", "w", &[("act", "refuse")]),
    ("POST", "/console/death-undo-left/{left}", "w", &[("note", "办好了")]),
    ("POST", "/console/leaders/{leader}", "w", NOTHING),
    ("POST", "/console/changes/{change}", "w", &[("act", "withdraw")]),
    ("POST", "/console/doubles/{double}", "w", &[("act", "two"), ("keep", "one")]),
    ("POST", "/console/merges/{merge}", "w", &[("act", "refuse")]),
    ("POST", "/console/floors", WORKERS, NOTHING),
    ("POST", "/console/floors/{floor}", "w", &[("act", "agree")]),
    ("POST", "/console/categories/new", WORKERS, NOTHING),
    ("POST", "/console/categories/rows/{row}", "w", &[("act", "refuse")]),
    ("POST", "/console/settings/new/{kind}", WORKERS, NOTHING),
    ("POST", "/console/settings/rows/{setting}", "w", &[("act", "refuse")]),
    ("POST", "/console/standards/new", WORKERS, NOTHING),
    ("POST", "/console/standards/rows/{rule}", "w", &[("act", "refuse")]),
    ("POST", "/console/statistics", WORKERS, &[("on", "x")]),
    ("POST", "/console/segments/new", WORKERS, NOTHING),
    ("POST", "/console/segments/{segment}/edit", "w", NOTHING),
    ("POST", "/console/segments/{segment}", "w", &[("act", "end")]),
    ("POST", "/console/grants", "st", NOTHING),
    ("POST", "/console/grants/new", "st", NOTHING),
    ("POST", "/console/grants/{grant}", "s", &[("act", "revoke")]),
    ("POST", "/console/mandates/{ask}", "w", NOTHING),
    ("POST", "/console/mandates/{ask}/papers", ALL, NOTHING),
    ("POST", "/console/links/{given}/papers", ALL, NOTHING),
    ("POST", "/console/wishes/{wish}", "w", NOTHING),
    ("POST", "/console/trail/people", "d", NOTHING),
    // Without a file nobody gets as far as his role.
    ("POST", "/console/intakes", ALL, NOTHING),
    ("POST", "/console/intakes/{intake}/act", "w", &[("act", "submit")]),
    ("POST", "/console/exports", WORKERS, NOTHING),
    ("POST", "/console/exports/{export}/act", "w", &[("act", "refuse")]),
    ("POST", "/console/exports/{export}/file", "w", NOTHING),
    ("POST", "/console/retention/rules/{class}", "y", NOTHING),
    ("POST", "/console/retention/lists", "", NOTHING),
    ("POST", "/console/retention/lists/{list}", "s", &[("act", "refuse")]),
    ("POST", "/console/retention/holds", WORKERS, NOTHING),
    ("POST", "/console/retention/holds/{hold}", "w", &[("act", "ask")]),
    ("POST", "/console/trees/{tree}/{node}/{act}", "s", NOTHING),
    ("POST", "/console/tree-changes/{tree_change}", "s", &[("act", "refuse")]),
    ("POST", "/console/logins/{login}/second-factor", "s", &[("act", "ask")]),
    ("POST", "/console/second-factor/new", DESK, NOTHING),
    ("POST", "/console/second-factor/confirm", DESK, NOTHING),
    ("POST", "/console/second-factor/step", DESK, NOTHING),
    ("POST", "/console/substitutes", DESK, NOTHING),
    ("POST", "/console/substitutes/{substitution}", "a", NOTHING),
    ("POST", "/console/relations", DESK, NOTHING),
    ("POST", "/console/relations/all", DESK, &[("year", "2026")]),
    ("POST", "/console/relations/{relation}", "w", NOTHING),
    ("POST", "/console/declarations", "st", NOTHING),
    ("POST", "/sign-out", ALL, NOTHING),
];

/// What the placeholders name.
pub(crate) type Ids = BTreeMap<&'static str, String>;

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

/// Somebody whose death was recorded by mistake, put right once and asked about again.
async fn mistaken(house: &House, (chen, zhou): (&Worker, &Worker), ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let today = local_date(now);
    let died = dying(house, chen).await;
    record_death(db, cx, chen, died, today, now).await.unwrap();
    let why = death_undo::commands::Mistake { reason: "同名的人", evidence: "示例" };
    let asked = death_undo::commands::ask(db, cx, zhou, (died, why), now).await.unwrap();
    death_undo::commands::decide(db, cx, chen, (asked.id, None), now).await.unwrap();
    let left = death_undo::store::left_after(db, asked.id).await.unwrap();
    ids.insert("left", left[0].id.to_string());
    record_death(db, cx, chen, died, today, now).await.unwrap();
    let again = death_undo::commands::ask(db, cx, zhou, (died, why), now).await.unwrap();
    ids.insert("undo", again.id.to_string());
}

/// A segment of the county.
async fn sorted(house: &House, chen: &Worker, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let saying = domain::segment::commands::Saying {
        name: "示例".to_owned(),
        rule: "alone".parse().unwrap(),
        service: ServiceStandard { every_days: 30, way: Way::Visit, hands: Hands::Worker },
        source: "示例".to_owned(),
        from_on: local_date(now),
    };
    let new = ("330106".parse().unwrap(), None, saying);
    let segment = domain::segment::commands::make(db, cx, chen, new, now).await.unwrap();
    ids.insert("segment", segment.id.to_string());
}

/// A county with one row of everything: a case that is ready to be paid, in a batch, with a payment; a person with all that is about her.
pub(crate) async fn rows(house: &House) -> Ids {
    let mut ids = Ids::new();
    for (userid, role, region) in [
        ("outsider", Role::Worker, "330205"),
        ("sysadmin", Role::SystemAdmin, "33"),
        ("farsec", Role::SecurityAdmin, "330205"),
    ] {
        house.welcomes(userid).await;
        house.hires_in(userid, role, region).await;
    }
    house.welcomes("watcher").await;
    with_the_bank(house, &mut ids).await;
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let county: RegionCode = "330106".parse().unwrap();
    let worker = |id: &str| {
        let (id, county) = (account(id), county.clone());
        async move { Worker::prove(db, &id, county, now).await.unwrap().unwrap() }
    };
    let (chen, zhou) = (worker("chenjing").await, worker("zhouming").await);
    let wang = cast().wang;
    ids.insert("person", wang.to_string());
    ids.insert("branch", cast().branch.to_string());
    ids.insert("fault", "no-number".to_owned());
    ids.insert("question", "what".to_owned());
    ids.insert("login", "chenjing".to_owned());
    let meeting = house.plans("集中学习", now + chrono::TimeDelta::minutes(10)).await;
    ids.insert("meeting", meeting.to_string());

    let at = format!("/console/people/{wang}");
    let found = async |path: &str, mark: &str| {
        let page = house.reads("chenjing", path, 200).await;
        page.between(mark, "\"").to_owned()
    };
    house
        .sends("chenjing", &format!("{at}/contact"), &[("owner", "child"), ("phone", "138 0000 1234")], 303)
        .await;
    ids.insert("contact", found(&format!("{at}/contact"), "action=\"/console/contacts/").await);
    let kin = [("relation", "spouse"), ("name", "周建国"), ("from", "1966-05-01")];
    house.sends("chenjing", &format!("{at}/family"), &kin, 303).await;
    ids.insert("kin", found(&format!("{at}/family"), "action=\"/console/kin/").await);
    ids.insert("link", found(&format!("{at}/logins"), "action=\"/console/links/").await);
    ids.insert("plan", found("/console/sending", "/console/plans/").await);
    let told = domain::notice::store::of_person(db, wang, 9).await.unwrap();
    ids.insert("told", told.first().unwrap().id.to_string());

    let today = local_date(now);
    let new = change::NewChange {
        field: change::Field::Treatment(FactKind::Medical),
        after: change::Wanted::Level(Level::parse("county").unwrap()),
        effective_on: today,
        evidence: "示例".to_owned(),
    };
    let asked = change::commands::ask(db, cx, &chen, (wang, new), now).await.unwrap();
    ids.insert("change", asked.id.to_string());
    let unit = domain::person::store::find(db, wang).await.unwrap().unwrap().unit_id.to_string();
    for _ in 0..3 {
        let same = [
            ("name", "慕容秀"),
            ("gender", "female"),
            ("born", "1944年3月15日"),
            ("retirement", "retired"),
            ("unit", unit.as_str()),
            ("another", "yes"),
        ];
        house.sends("chenjing", "/console/people/new", &same, 303).await;
    }
    let doubles = domain::person::double::store::open_in(db, &[chen.scope().clone()], 9).await.unwrap();
    ids.insert("double", doubles[0].id.to_string());
    let pair =
        doubles.iter().find(|pair| pair.id != doubles[0].id && pair.one_id != wang && pair.other_id != wang);
    let pair = pair.unwrap();
    let proposed = merge::commands::propose(db, cx, &zhou, (pair.one_id, pair.other_id), now).await.unwrap();
    ids.insert("merge", proposed.id.to_string());
    let floor = NewFloor {
        region: county.clone(),
        period: domain::person::period::Period::J,
        dimension: FactKind::Medical,
        level: Level::parse("county").unwrap(),
        from_on: today,
        basis: "示例".to_owned(),
    };
    let floor = domain::treatment::commands::propose(db, cx, &chen, floor, now).await.unwrap();
    ids.insert("floor", floor.id.to_string());
    let frozen = domain::statistics::freeze(db, cx, &chen, (&county, today), now).await.unwrap().unwrap();
    ids.insert("snapshot", frozen.id.to_string());
    mistaken(house, (&chen, &zhou), &mut ids).await;
    sorted(house, &chen, &mut ids).await;
    let tasks = domain::person::after_death::store::open_in(db, &[chen.scope().clone()], 9).await.unwrap();
    ids.insert("task", tasks[0].id.to_string());

    kept(house, &chen, &mut ids).await;
    about_money(house, &zhou, &mut ids).await;
    asked_for(house, &chen, &mut ids).await;
    appealed(house, &zhou, &mut ids).await;
    objected(house, &mut ids).await;
    urgent(house, &mut ids).await;
    followed_up(house, &mut ids).await;
    sent(house, &mut ids).await;
    trees(house, &mut ids).await;
    about_grants(house, &mut ids).await;
    outreach(house, (&chen, &zhou), &mut ids).await;
    ids
}

/// A case with its papers, and its payment in a batch that is with the bank.
async fn with_the_bank(house: &House, ids: &mut Ids) {
    ids.insert("case", house.ready().await);
    papers(house, ids).await;
    found_at_night(house, ids).await;
    let (batch, payment) = house.with_the_bank().await;
    ids.insert("batch", batch.rsplit('/').next().unwrap().to_owned());
    ids.insert("payment", payment.rsplit('/').next().unwrap().to_owned());
    ids.insert("answer", answered_by_the_bank(house, &batch).await);
}

/// A hold, and a list of what is due.
async fn kept(house: &House, chen: &Worker, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let hold = retention::holds::NewHold {
        over: retention::Over::Person(cast().wang),
        reason: "示例".to_owned(),
        document: "示例".to_owned(),
    };
    ids.insert("hold", retention::holds::place(db, cx, chen, hold, now).await.unwrap().id.to_string());
    ids.insert("class", "aid_case".to_owned());
    let list = async || retention::store::lists(db, 1).await.unwrap().pop();
    house.until("the list of the month", async || list().await.is_some()).await;
    ids.insert("list", list().await.unwrap().id.to_string());
}

/// What the jobs of a night leave: an instance that no case knows, a walk through the directory.
async fn found_at_night(house: &House, ids: &mut Ids) {
    house.fills_in_by_hand().await;
    house.turn_to("2026-12-02 23:31");
    house.reconciled().await;
    let findings = domain::aid::reconcile::store::unexplained(&house.app.db, 9).await.unwrap();
    let orphan = findings.iter().find(|finding| finding.case_id.is_none()).unwrap();
    ids.insert("finding", orphan.id.to_string());
    house.turn_to("2026-12-03 09:00");
    house.reconciled().await;
    ids.insert("approval_day", "2026-12-02".to_owned());
    house.directory().nightly(house.app.clock.now()).await.unwrap();
    let runs = domain::directory::store::runs(&house.app.db, 1).await.unwrap();
    ids.insert("run", runs.first().unwrap().id.to_string());
}

/// The secretary's own case hangs as a public notice, and somebody objects. A draft of hers besides.
async fn objected(house: &House, ids: &mut Ids) {
    let case = applied(&house.signed_in("liguoqiang").await).await;
    house.presses("chenjing", "accept", &case, 303).await;
    house.visits(&case, "3000", 303).await;
    let form = format!("/console/aid/{case}/assessment");
    let page = house.reads("zhouming", &form, 200).await;
    let (once, visit) = (page.value("once"), page.value("visit"));
    house.sends("zhouming", &form, &[("once", &once), ("visit", &visit), ("q0", "0")], 303).await;
    ids.insert("assessment", once);
    ids.insert("council", house.discusses(&case).await);
    house.explains_elsewhere(&case).await;
    house.asked(&case).await;
    // The one that was filled in by hand waits for her, too.
    let rounds = domain::aid::store::approval::of_case(&house.app.db, case.parse().unwrap()).await.unwrap();
    let instance = rounds[0].instance_id.clone().unwrap();
    let tasks = async || domain::aid::deciding::store::of_instance(&house.app.db, &instance).await.unwrap();
    house.until("a task", async || !tasks().await.is_empty()).await;
    house.comments_with_a_file(&instance, "shenlan").await;
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.comes_to(&case, Status::Approved).await;
    let page = format!("/console/aid/{case}/history");
    let file = house.reads("chenjing", &page, 200).await;
    ids.insert("approval_file", file.between(&format!("href=\"{page}/"), "\"").to_owned());
    ids.insert("decides", tasks().await[0].id.to_string());
    house.presses("hemiao", "publish", &case, 303).await;
    let objection = house.objects(&case, "并非本人情况").await;
    ids.insert("objection", objection.rsplit('/').next().unwrap().to_owned());
    let notice = domain::aid::store::notice::of_case(&house.app.db, case.parse().unwrap()).await.unwrap();
    ids.insert("notice", notice.unwrap().id.to_string());
    ids.insert("objected", case);
    let check = answered(&house.signed_in("wangxiuying").await, "").await;
    ids.insert("draft", check.value("draft"));
}

/// 王秀英's second case is not received, and she appeals. A limit that waits for the second person.
async fn appealed(house: &House, zhou: &Worker, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let case = applied_for(&house.signed_in("wangxiuying").await, "living_alone").await;
    let declined = [("choice", "not_this_kind"), ("why", "示例")];
    house.sends("chenjing", &format!("/console/aid/{case}/decision"), &declined, 303).await;
    let once = AppealId::new(now).to_string();
    house
        .sends(
            "wangxiuying",
            &format!("/aid/cases/{case}/appeal"),
            &[("once", &once), ("said", "不同意")],
            303,
        )
        .await;
    ids.insert("appeal", once);
    ids.insert("appealed", case);
    let new = NewProcedure {
        region: "330106".parse().unwrap(),
        limit: Limit::Accept,
        valid_from: local_date(now),
        value: 4,
        source: "示例".to_owned(),
    };
    let row = domain::aid::commands::procedure::propose(db, cx, zhou, new, now).await.unwrap();
    ids.insert("procedure", row.id.to_string());
}

/// 王秀英's third case cannot wait.
async fn urgent(house: &House, ids: &mut Ids) {
    let case = applied_for(&house.signed_in("wangxiuying").await, "low_income").await;
    let word = house.asks_ahead(&case).await;
    ids.insert("emergency", word.rsplit('/').next().unwrap().to_owned());
    ids.insert("urgent", case);
}

/// A draw of the month before, in which the payment of the case was chosen.
async fn followed_up(house: &House, ids: &mut Ids) {
    let (sample, line) = (NOWHERE.replace("000001", "0000da"), NOWHERE.replace("000001", "0000db"));
    let blob = |id: &str| format!("x'{}'", id.replace('-', ""));
    let some = "7".repeat(64);
    for row in [
        format!(
            "INSERT INTO aid_sample (id, region, month, seed, share, above, listed, chosen, drawn_by, drawn_at) VALUES \
             ({}, '330106', '2026-11-01', '{some}', 5, 400000, 1, 1, 'chenjing', '2026-12-01T01:00:00+00:00')",
            blob(&sample)
        ),
        format!(
            "INSERT INTO aid_follow_up (id, sample_id, payment_id, case_id, amount, digest, chosen, due_on) VALUES \
             ({}, {}, {}, {}, 300000, '{some}', 'random', '2026-12-29')",
            blob(&line),
            blob(&sample),
            blob(&ids["payment"]),
            blob(&ids["case"])
        ),
    ] {
        assert_eq!(house.app.db.execute_unprepared(&row).await.unwrap().rows_affected(), 1);
    }
    // Something is asked back of a case as if it had been paid; afterwards it stands where it stood.
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let set = async |columns: &str| {
        let sql = format!("UPDATE aid_case SET {columns} WHERE id = {}", blob(&ids["urgent"]));
        assert_eq!(db.execute_unprepared(&sql).await.unwrap().rows_affected(), 1);
    };
    set("status = 'paid', approved = 200000, paid = 200000, budget_year = 2026").await;
    let id = ClawbackId::new(now);
    let new = NewClawback { id, cause: Cause::Audit, amount: Fen::yuan(100), why: "示例".to_owned() };
    let (lin, county): (AccountId, RegionCode) = (account("linfang"), "330106".parse().unwrap());
    let lin = Worker::prove(db, &lin, county, now).await.unwrap().unwrap();
    propose_claim(db, cx, &lin, (ids["urgent"].parse().unwrap(), new), now).await.unwrap();
    set("status = 'submitted', approved = NULL, paid = 0, budget_year = NULL").await;
    let claim = id.to_string();
    ids.insert("clawback", claim);
    ids.insert("sample", sample);
    ids.insert("follow_up", line);
}

/// A paper of the case, which the person sent herself.
async fn papers(house: &House, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let herself = Myself::of(db, &account("wangxiuying"), now).await.unwrap().unwrap();
    let new =
        NewPaper { id: EvidenceId::new(now), item: Item::Bills, source: Source::Copy, sent: photographed() };
    let case = ids["case"].parse().unwrap();
    let added = add_to_own_case(db, (cx, &house.app.files), &herself, (case, new), now).await.unwrap();
    let county: RegionCode = "330106".parse().unwrap();
    let chen = Worker::prove(db, &account("chenjing"), county, now).await.unwrap().unwrap();
    let form = domain::aid::commands::enter::print(db, cx, &chen, cast().wang, now).await.unwrap();
    ids.insert("unit", form.unit_id.unwrap().to_string());
    ids.insert("number", form.number);
    ids.insert("paper", added.id.to_string());
    ids.insert("own_paper", added.id.to_string());
    ids.insert("item", "bills".to_owned());
    ids.insert("part", "original".to_owned());
}

/// A list of people, a call, and two who would act for her: one may, one asks.
async fn sent(house: &House, ids: &mut Ids) {
    let (db, cx) = (&house.app.db, &house.app.cx);
    let chen = house.signed_in("chenjing").await;
    let token = chen.get("/console/intakes", 200).await.value("csrf");
    let page = send(&chen, &token, &list(&[GOOD, BAD]), 303).await.header("location").to_owned();
    at_work(house, &page, &chen, "预检完成").await;
    ids.insert("intake", page.rsplit('/').next().unwrap().to_owned());

    let call = NOWHERE.replace("000001", "0000ca");
    let told = ids["told"].replace('-', "");
    let row = format!(
        "INSERT INTO call_task (id, notice_id, person_id, region_code, opened_at, version) \
         SELECT x'{}', id, person_id, '330106', created_at, 0 FROM notice WHERE id = x'{told}'",
        call.replace('-', "")
    );
    // In a slow house the ladder has come to a call by itself.
    db.execute_unprepared(&format!("DELETE FROM call_task WHERE notice_id = x'{told}'")).await.unwrap();
    assert_eq!(db.execute_unprepared(&row).await.unwrap().rows_affected(), 1);
    ids.insert("call", call);

    house.may_act("zhaodefu", &["aid"]).await;
    let now = house.app.clock.now();
    let given = domain::account::store::proxies_of(db, cast().wang, now).await.unwrap();
    ids.insert("given", given[0].id.to_string());
    let wang = domain::person::store::find(db, cast().wang).await.unwrap().unwrap();
    let row = wang.id.to_string();
    let phone = cx.seal.open(SealedColumn::Phone.cell(&row), wang.phone.as_ref().unwrap()).unwrap();
    let wanted = mandate::Wanted {
        name: wang.name.clone(),
        phone: Phone::parse(phone.expose_secret()).unwrap(),
        matters: mandate::Matters::of(["aid"]).unwrap(),
        until: now + chrono::TimeDelta::days(30),
    };
    let longest = house.app.config.mandates.longest();
    mandate::commands::ask(db, cx, &account("watcher"), (&wanted, longest), now).await.unwrap();
    let asks = mandate::asks::of_person(db, wang.id, now).await.unwrap();
    ids.insert("ask", asks[0].id.to_string());
    let county: RegionCode = "330106".parse().unwrap();
    let chen = Worker::prove(db, &account("chenjing"), county, now).await.unwrap().unwrap();
    for (name, proves) in
        [("ask_paper", Proves::Ask(asks[0].id)), ("given_paper", Proves::Mandate(given[0].id))]
    {
        let new = NewProof { id: EvidenceId::new(now), source: Source::Copy, sent: photographed() };
        let paper = prove(db, (cx, &house.app.files), &chen, (proves, new), now).await.unwrap();
        ids.insert(name, paper.id.to_string());
    }
}

fn photographed() -> Sent {
    let bytes = crate::papers::photograph();
    let examined = attachment::examine("a.jpg", &bytes, &attachment::Limits::default()).unwrap();
    Sent::of(&bytes, examined)
}

/// A node under which an administrator's grant lies, and a change of it that waits.
async fn trees(house: &House, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let on = local_date(now);
    let tx = mailbox::transaction::write(db).await.unwrap();
    let mut nodes = Vec::new();
    for (kind, name) in [(NodeKind::System, "公安"), (NodeKind::System, "卫健"), (NodeKind::Body, "某局")]
    {
        let new = NewNode { kind, name: name.to_owned(), parent: None, from: on };
        nodes.push(found_in(&tx, cx, By::INSTALLER, new, now).await.unwrap().id);
    }
    let unit = domain::person::store::find(db, cast().wang).await.unwrap().unwrap().unit_id;
    join_in(&tx, cx, By::INSTALLER, (nodes[2], Target::Unit(unit), on), now).await.unwrap();
    let new = NewGrant {
        account: account("watcher"),
        role: Role::AuditAdmin,
        scope: Scope::Organ(nodes[1]),
        from: now,
        to: None,
        reason: None,
    };
    grant_in(&tx, cx, By::INSTALLER, None, new, now).await.unwrap();
    tx.commit().await.unwrap();
    let grants = Grants::of(db, &account("suhui"), now).await.unwrap();
    let admin = domain::authority::SecurityAdmin::somewhere(&grants).unwrap();
    let change = Change::Move { node: nodes[2], parent: nodes[1], on };
    let seen = effects(db, cx, &change, now).await.unwrap().seal();
    let became = propose(db, cx, &admin, (&change, &seen), now).await.unwrap();
    let Became::Waits(id) = became else { panic!("{became:?}") };
    ids.insert("tree_change", id.to_string());
    ids.insert("tree", "organ".to_owned());
    ids.insert("node", nodes[0].to_string());
    ids.insert("act", "rename".to_owned());
}

/// A list that is agreed to and one that is not, somebody who was visited and asked for something, items.
async fn outreach(house: &House, (chen, zhou): (&Worker, &Worker), ids: &mut Ids) {
    use domain::outreach::{self, Occasion, Outcome, commands as does};
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let (county, today): (RegionCode, _) = ("330106".parse().unwrap(), local_date(now));
    let pot = ledger::Envelope::new("330106", 2027, outreach::CATEGORY);
    let tx = mailbox::transaction::write(db).await.unwrap();
    ledger::appropriate(&tx, &pot, ledger::Fen::yuan(1_000_000), "test", "test/outreach", now).await.unwrap();
    tx.commit().await.unwrap();
    let whose = does::plan::Whose::County(county.clone());
    let new = |occasion, year| does::plan::NewPlan { occasion, whose: whose.clone(), year, month: 1 };
    let festival = does::plan::make(db, cx, chen, new(Occasion::SpringFestival, 2027), now).await.unwrap();
    let rows = outreach::store::standard::of_occasion(db, Occasion::SpringFestival).await.unwrap();
    let row = rows.iter().find(|row| row.who.hardship).unwrap().id;
    let what = (festival.id, cast().wang, row);
    let added = does::someone::add(db, cx, chen, what, "示例", now).await;
    assert!(
        added.is_ok() || matches!(added, Err(outreach::OutreachError::Refused(outreach::Refusal::Twice)))
    );
    let entries = outreach::store::entry::of_plan(db, festival.id).await.unwrap();
    let entry = entries.iter().find(|entry| entry.person_id == cast().wang).unwrap().id;
    does::plan::submit(db, cx, chen, festival.id, now).await.unwrap();
    let approver =
        domain::authority::Approver::prove(db, &account("shenlan"), &county, now).await.unwrap().unwrap();
    does::decide::decide(db, cx, &approver, (festival.id, true), now).await.unwrap();
    let visit = does::visit::NewVisit {
        id: domain::ids::OutreachVisitId::new(now),
        on: today,
        outcome: Outcome::Given,
        second: Some(account("zhouming")),
        cash: ledger::Fen::ZERO,
        item: None,
        signed: false,
        said: "示例".to_owned(),
        next_on: None,
    };
    let visit = does::visit::record_visit(db, cx, chen, (entry, visit), now).await.unwrap();
    let drafted = does::plan::make(db, cx, chen, new(Occasion::Winter, 2027), now).await.unwrap();
    let stay = does::stay::note(db, cx, chen, (cast().li, today), now).await.unwrap();
    let item = does::stock::add_item(db, cx, chen, (county.clone(), "大米", ledger::Fen::yuan(98)), now);
    let item = item.await.unwrap();
    let new = does::purchase::NewPurchase {
        item: item.id,
        quantity: 1,
        amount: ledger::Fen::yuan(98),
        source: "示例".to_owned(),
    };
    let purchase = does::purchase::propose(db, cx, chen, new, now).await.unwrap();
    let standard = does::standard::NewStandard {
        region: county,
        occasion: Occasion::Summer,
        who: "age:85".parse().unwrap(),
        valid_from: today,
        valid_to: None,
        terms: outreach::Terms {
            cash: ledger::Fen::yuan(100),
            item: None,
            item_value: ledger::Fen::ZERO,
            visitors: 1,
            days: 20,
            tells: false,
        },
        source: "示例".to_owned(),
    };
    let standard = does::standard::propose(db, cx, zhou, standard, now).await.unwrap();
    ids.insert("outreach", festival.id.to_string());
    ids.insert("entry", entry.to_string());
    ids.insert("visit", visit.id.to_string());
    ids.insert("drafted", drafted.id.to_string());
    ids.insert("stay", stay.id.to_string());
    ids.insert("article", item.id.to_string());
    ids.insert("purchase", purchase.id.to_string());
    ids.insert("standard", standard.id.to_string());
}

/// A file of the bank that says nothing yet.
async fn answered_by_the_bank(house: &House, batch: &str) -> String {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let county: RegionCode = "330106".parse().unwrap();
    let payer = Payer::prove(db, &account("xuke"), county, now).await.unwrap().unwrap();
    let file = "序号\n1\t王秀英\t****4821\t3000.00\t等待\t";
    let batch = batch.rsplit('/').next().unwrap().parse().unwrap();
    match read_answer(db, cx, &payer, (batch, file.as_bytes()), now).await.unwrap() {
        Received::New(id) | Received::Known(id) => id.to_string(),
    }
}

/// An envelope, an order and a standard that wait for the second person.
async fn about_money(house: &House, zhou: &Worker, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let parts = [("region", "330106"), ("year", "2026"), ("category", "illness"), ("figure", "given")];
    ids.extend(parts.map(|(name, value)| (name, value.to_owned())));
    let county: RegionCode = "330106".parse().unwrap();
    let payer = Payer::prove(db, &account("xuke"), county.clone(), now).await.unwrap().unwrap();
    let new = budget::NewOrder {
        region: county.clone(),
        year: 2026,
        wanted: budget::Wanted::Appropriate(Category::ILLNESS.into(), ledger::Fen::yuan(1)),
        source: "示例".to_owned(),
    };
    let order = budget::commands::propose(db, cx, &payer, new, now).await.unwrap();
    ids.insert("order", order.id.to_string());
    let standard = domain::aid::commands::standard::NewStandard {
        category: Category::ILLNESS,
        region: county,
        valid_from: local_date(now),
        terms: domain::aid::standard::Terms {
            notice_days: 7,
            ..domain::aid::standard::Terms::band(ledger::Fen::yuan(2000), ledger::Fen::yuan(3000))
        },
        source: "示例".to_owned(),
    };
    let standard = domain::aid::commands::standard::propose(db, cx, zhou, standard, now).await.unwrap();
    ids.insert("rule", standard.id.to_string());
    ids.insert("kind", "papers".to_owned());
    let from = local_date(now).to_string();
    let questions = [
        ("category", "illness"),
        ("from", from.as_str()),
        ("source", "示例"),
        ("questions", "能走路吗：能=0，不能=5"),
    ];
    let row = async || {
        let done = house.sends("zhouming", "/console/settings/new/assessment", &questions, 303).await;
        done.header("location").to_owned()
    };
    house.sends("chenjing", &row().await, &[("act", "agree")], 303).await;
    ids.insert("setting", row().await.rsplit('/').next().unwrap().to_owned());
    let ends = [
        ("changes", "yes"),
        ("category", "other"),
        ("label", "别的困难"),
        ("position", "12"),
        ("offered", "no"),
        ("from", from.as_str()),
        ("source", "示例"),
    ];
    let done = house.sends("zhouming", "/console/categories/new", &ends, 303).await;
    ids.insert("row", done.header("location").rsplit('/').next().unwrap().to_owned());
}

/// An export, and what the person herself has asked.
async fn asked_for(house: &House, chen: &Worker, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let wanted = export::commands::NewExport {
        purpose: export::Purpose::Statistics,
        filter: export::Filter::default(),
        complete: false,
    };
    let seen = export::Seen::nobody(local_date(now));
    let asked = export::commands::request(db, cx, chen, (wanted, &seen), now).await.unwrap();
    ids.insert("export", asked.id.to_string());
    let herself = Myself::of(db, &account("wangxiuying"), now).await.unwrap().unwrap();
    let saying = domain::grievance::commands::file::Saying {
        kind: domain::grievance::Kind::Delay,
        said: "交了材料，没有人来问",
        case: None,
    };
    let (id, own) = (domain::ids::GrievanceId::new(now), &herself);
    let said = domain::grievance::commands::file::file(db, cx, own, (id, saying), now).await.unwrap();
    ids.insert("grievance", said.id.to_string());
    let wished =
        wish::commands::ask(db, cx, &herself, (wish::Kind::Delete, "以前的地址"), now).await.unwrap();
    ids.insert("wish", wished.id.to_string());
    ids.insert("purpose", "publicity".to_owned());
}

/// Grants, a substitute, a declared relation, a provincial leader.
async fn about_grants(house: &House, ids: &mut Ids) {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let today = local_date(now);
    // Nobody with a case: it would be kept from her.
    let zhao: PersonId = cast().zhao;
    let grants = domain::authority::store::of_account(db, &account("xuke")).await.unwrap();
    ids.insert("grant", grants[0].id.to_string());
    let away = Grants::of(db, &account("shenlan"), now).await.unwrap();
    let new = NewSubstitution {
        grant: away.all()[0].grant,
        substitute: account("xuke"),
        from: now,
        to: now + chrono::TimeDelta::days(3),
        reason: "出差".to_owned(),
    };
    ids.insert("substitution", arrange(db, cx, &away, new, now).await.unwrap().id.to_string());
    let mine = Grants::of(db, &account("chenjing"), now).await.unwrap();
    let close = declare(db, cx, &mine, (zhao, RelationKind::Kin, today), now).await.unwrap();
    ids.insert("relation", close.id.to_string());

    house.welcomes("chief").await;
    house.hires_in("chief", Role::Worker, "33").await;
    let (province, now): (RegionCode, _) = ("33".parse().unwrap(), house.app.clock.now());
    let chief = Worker::prove(db, &account("chief"), province, now).await.unwrap().unwrap();
    let new = NewFact {
        kind: FactKind::ProvincialLeader,
        value: Value::Bare,
        from_on: today,
        basis: "示例".to_owned(),
    };
    record(db, cx, &chief, (cast().zhao, new), now).await.unwrap();
    let one = leader::store::of_person(db, cast().zhao).await.unwrap().unwrap();
    ids.insert("leader", one.id.to_string());
    let entry = NewGrant {
        account: account("chenjing"),
        role: Role::Worker,
        scope: Scope::Person(cast().zhao),
        from: now,
        to: Some(now + chrono::TimeDelta::days(90)),
        reason: None,
    };
    let tx = mailbox::transaction::write(db).await.unwrap();
    grant_in(&tx, cx, By::INSTALLER, None, entry, now).await.unwrap();
    tx.commit().await.unwrap();
    let open = domain::declaration::commands::open_campaign;
    let admin =
        domain::authority::SecurityAdmin::somewhere(&Grants::of(db, &account("suhui"), now).await.unwrap());
    open(db, cx, &admin.unwrap(), (2026, today), now).await.unwrap();
}

/// Somebody of the county who is in none of the stories.
async fn dying(house: &House, worker: &Worker) -> PersonId {
    let it = domain::person::roster::Roster {
        scopes: &[worker.scope().clone()],
        unit: "",
        after: None,
        limit: 200,
    };
    let page = domain::person::roster::page(&house.app.db, &it).await.unwrap();
    let cast = cast();
    let others = page
        .people
        .into_iter()
        .filter(|one| one.died_on.is_none() && ![cast.wang, cast.li, cast.zhao, cast.sun].contains(&one.id));
    others.into_iter().next_back().unwrap().id
}

/// The address of a line, with what is there.
fn address(path: &str, ids: &Ids) -> String {
    let part = |part: &str| match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some(name) => ids.get(name).unwrap_or_else(|| panic!("{path}: nothing is called {name}")).clone(),
        None => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

async fn asks(browser: &Browser, line: &Line, at: &str, (token, ids): (&str, &Ids)) -> Page {
    let (method, _, _, fields) = *line;
    if method == "GET" {
        return browser.try_send(browser.request(reqwest::Method::GET, at)).await.unwrap();
    }
    let mut form = vec![("csrf", token)];
    for (name, value) in fields {
        // What is there, as in the address.
        let named = value.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        form.push((*name, named.map_or(*value, |name| ids[name].as_str())));
    }
    browser.try_send(browser.form(at, &form)).await.unwrap()
}

/// The path of a route as the table writes it: here two features call different things by one name, there the thing is another one.
fn listed(route: &Route) -> String {
    let path = route.path.replace("/console/told/matters/{notice}", "/console/told/matters/{told}");
    path.replace("/mandates/{link}", "/mandates/{given}")
        .replace("/links/{link}/papers/{paper}", "/links/{given}/papers/{given_paper}")
        .replace("/links/{link}/papers", "/links/{given}/papers")
        .replace("{ask}/papers/{paper}", "{ask}/papers/{ask_paper}")
        .replace("{outreach}/difference", "{drafted}/difference")
        .replace("{case}/objections", "{objected}/objections")
        .replace("{case}/appeals", "{appealed}/appeals")
        .replace("{case}/emergencies", "{urgent}/emergencies")
        .replace("{case}/council/{council}", "{objected}/council/{council}")
        .replace("{case}/assessment", "{objected}/assessment")
        .replace("/aid/papers/{paper}", "/aid/papers/{own_paper}")
        .replace("{case}/history/{file}", "{objected}/history/{approval_file}")
        .replace("/approvals/days/{day}", "/approvals/days/{approval_day}")
        .replace("/console/tasks/{task}", "/console/tasks/{decides}")
}

#[test]
fn every_route_has_its_line_and_every_line_its_route() {
    let lines: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(lines.len(), TABLE.len(), "a line twice");
    // A line that nobody comes to would be fulfilled by rows that are not there.
    for (method, path, may, _) in TABLE {
        let somebody = !may.is_empty() || PROVINCE.contains(&(*method, *path));
        assert!(somebody, "{method} {path} says nothing: there is nothing behind it for anybody");
    }
    let personal = routes::all()
        .into_iter()
        .filter(|route| matches!(route.access, Access::SignedIn | Access::Role) || route.path == "/");
    let routes: BTreeSet<(String, String)> =
        personal.map(|route| (route.method.to_string(), listed(&route))).collect();
    let missing: Vec<_> = routes.difference(&lines).collect();
    assert!(missing.is_empty(), "no line says who comes to {missing:?}");
    let gone: Vec<_> = lines.difference(&routes).collect();
    assert!(gone.is_empty(), "there is no such route: {gone:?}");
}

/// Otherwise somebody would do it without a code, for lack of a role that asks for one.
#[test]
fn who_comes_to_an_act_of_high_risk_holds_a_role_that_asks_for_a_code() {
    let risky: BTreeSet<String> = routes::all().iter().filter(|route| route.risky).map(listed).collect();
    for (method, path, may, _) in
        TABLE.iter().filter(|(method, path, ..)| *method == "POST" && risky.contains(*path))
    {
        // Whoever holds any role may lend it; a publisher's asks for none.
        let lends = *path == "/console/substitutes";
        assert!(lends || !may.contains(['u', 'n', 'l']), "{method} {path}: {may}");
    }
}

#[actix_web::test]
async fn everybody_comes_where_the_table_says_and_nowhere_else() {
    let house = House::open().await;
    let ids = rows(&house).await;
    let mut readers = Vec::new();
    for (sign, userid) in READERS {
        let browser = house.signed_in(userid).await;
        let token = browser.get("/text-size", 200).await.value("csrf");
        readers.push((sign, browser, token));
    }
    let chief = house.signed_in("chief").await;
    let token = chief.get("/text-size", 200).await.value("csrf");
    let mut wrong = Vec::new();
    for line in TABLE {
        let (method, path, may, _) = *line;
        let at = address(path, &ids);
        // Who may not goes first: he finds nothing, and changes nothing.
        let mut order: Vec<_> = readers.iter().collect();
        order.sort_by_key(|(sign, ..)| may.contains(*sign));
        for (sign, browser, token) in order {
            let page = asks(browser, line, &at, (token, &ids)).await;
            let comes = matches!(page.status, 200 | 303 | 409 | 422);
            let nothing = page.status == 404;
            if (may.contains(*sign) && !comes) || (!may.contains(*sign) && !nothing) {
                wrong.push(format!("{method} {path} by {sign}: {}", page.status));
            }
        }
        if PROVINCE.contains(&(method, path)) {
            let page = asks(&chief, line, &at, (&token, &ids)).await;
            if !matches!(page.status, 200 | 303 | 409 | 422) {
                wrong.push(format!("{method} {path} by the province: {}", page.status));
            }
        }
        // Somebody without a session gets nowhere.
        if path != "/" {
            let stranger = asks(&house.browser(), line, &at, ("x", &ids)).await;
            let turned_away = match method {
                "GET" => stranger.status == 303 && stranger.header("location").starts_with("/enter"),
                _ => stranger.status == 401,
            };
            if !turned_away {
                wrong.push(format!("{method} {path} by nobody: {}", stranger.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let posts = routes::all().iter().filter(|route| route.method == Method::POST).count();
    assert!(posts > 40, "{posts}");
    house.audited().await;
}
