//! Imports, on both databases: what a check finds, what is written once, what is taken back.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    By, Context,
    authority::{
        Grants, Role, Scope, Worker,
        substitution::commands::{NewSubstitution, arrange},
    },
    branch::{self, commands::NewBranch},
    export::{
        Filter, Purpose, Seen,
        commands::{ExportError, NewExport, Refusal as No, decide, people, ready, request, taken},
    },
    ids::{IntakeId, PersonId, RegionCode},
    intake::{
        COLUMNS, Effect, Field, Intake, Layout, Mode, Problem, Repeated, Status, Verdict,
        commands::{IntakeError, Refusal, approve, cancel, submit, undo},
        job,
        receive::{ReceiveError, Received, Upload, receive},
        store,
    },
    person::{
        self, Gender, NewPerson, UnitKind,
        change::{self, ChangeState},
        commands::{Contact, change_contact},
        contact::{NewContact, Owner},
        fact::{self, FactKind, NewFact, Value},
        kin::{NewKin, Relationship},
        merge,
        name::search::{Asked, Search, find},
        units::{NewUnit, found_in},
    },
    privacy::{IdentityNumber, Phone},
    rotation::{Step, step, usage},
    statistics::{self, Check},
    tree::{
        NodeKind, Target,
        commands::{self as trees, NewNode},
    },
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use workbook::{Cell, Header, Row};

use crate::{
    cast::{
        audited, context, date, everything_but, granted, joined, managed, now, region, registered, someone,
        unit, worker, write,
    },
    rotation::with,
};

/// An export of a place asks for it alone.
fn seen() -> Seen {
    Seen::nobody(date(2026, 11, 2))
}

/// Files have the first eight, or all.
const HEADER: [&str; 16] = [
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "离退休类别",
    "管理单位",
    "手机",
    "所在党支部",
    "入党时间",
    "居住地",
    "参加工作时间",
    "生日历法",
    "过生日的日子",
    "是否独居",
    "发放账号",
    "开户银行",
];
const UNIT: &str = "某县农业局";

/// Rows below two titles and the header.
fn rows<const N: usize>(people: &[[&str; N]]) -> Vec<Row> {
    let row = |number: usize, texts: &[&str]| Row {
        number: u32::try_from(number).unwrap(),
        cells: (0..)
            .zip(texts)
            .filter(|(_, text)| !text.is_empty())
            .map(|(at, text)| (at, Cell::Text((*text).to_owned())))
            .collect(),
    };
    let mut all = vec![row(1, &["名册"]), row(3, &HEADER[..N])];
    all.extend(people.iter().enumerate().map(|(at, person)| row(at + 4, person)));
    all
}

async fn sent<const N: usize>(
    db: &DatabaseConnection,
    by: &Worker,
    (hash, repeated): (&str, Repeated),
    people: &[[&str; N]],
) -> Received {
    sent_to(db, (by, None), (hash, repeated), people).await.unwrap()
}

/// Into a place that is named.
async fn sent_to<const N: usize>(
    db: &DatabaseConnection,
    (by, at): (&Worker, Option<Scope>),
    (hash, repeated): (&str, Repeated),
    people: &[[&str; N]],
) -> Result<Received, ReceiveError<()>> {
    let rows = rows(people);
    let header = Header::read(&rows[1], &COLUMNS).unwrap().unwrap();
    let layout = Layout { header: header.row, known: header.known, unknown: header.unknown, template: None };
    let upload = Upload { name: "名册.xlsx".to_owned(), hash: hash.to_owned(), repeated, layout, at };
    let mut chunks: Vec<Vec<Row>> = rows.chunks(2).rev().map(<[Row]>::to_vec).collect();
    let next = async || Ok::<_, ()>(chunks.pop());
    receive(db, &context(), by, upload, next, now()).await
}

pub(crate) async fn new<const N: usize>(
    db: &DatabaseConnection,
    by: &Worker,
    how: (&str, Repeated),
    people: &[[&str; N]],
) -> IntakeId {
    let Received::New(id) = sent(db, by, how, people).await else { panic!("known") };
    worked(db, now()).await;
    id
}

/// The job, until there is nothing to do.
pub(crate) async fn worked(db: &DatabaseConnection, at: DateTime<Utc>) {
    worked_with(db, &context(), at).await;
}

/// The same, of a server with these keys.
async fn worked_with(db: &DatabaseConnection, cx: &Context, at: DateTime<Utc>) {
    while job::round(db, cx, "one", at).await.unwrap() > 0 {}
}

async fn found(db: &DatabaseConnection, id: IntakeId) -> Intake {
    store::find(db, id).await.unwrap().unwrap()
}

pub(crate) async fn count(db: &DatabaseConnection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

struct Town {
    first: Worker,
    second: Worker,
    cx: Context,
}

async fn town(db: &DatabaseConnection) -> Town {
    let place = unit(db, "330106").await;
    assert_eq!(place.name, UNIT);
    let tx = write(db).await;
    let branch = NewBranch {
        name: "第一党支部".to_owned(),
        region: region("330106"),
        unit: None,
        party_day: 10,
        party_groups: 0,
        founded_on: date(2010, 7, 1),
    };
    branch::commands::found_in(&tx, &context(), By::INSTALLER, branch, now()).await.unwrap();
    tx.commit().await.unwrap();
    let (first, second) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
    Town { first, second, cx: context() }
}

const WANG: [&str; 8] =
    ["王秀英", "女", "1928.3.15", "330106192803150029", "退休", UNIT, "138 0000 1234", "第一党支部"];
const LI: [&str; 8] = ["李国强", "男", "1948年3月", "", "退休", UNIT, "", ""];
/// Everything that is known of her.
const RICH: [&str; 16] = [
    "王秀英",
    "女",
    "1928.3.15",
    "330106192803150029",
    "退休",
    UNIT,
    "138 0000 1234",
    "第一党支部",
    "1950.7.1",
    "330106",
    "1952年3月",
    "农历",
    "2月24日",
    "是",
    "6222021202041234567",
    "某银行",
];
const BAD: [&str; 8] =
    ["赵德福", "男", "1948.2.30", "3.30102E+17", "在职", "没有的单位", "123", "没有的支部"];

/// Where the first worker works.
fn here() -> [Scope; 1] {
    [Scope::Region(region("330106"))]
}

/// How many are found by a name.
async fn called(db: &DatabaseConnection, town: &Town, typed: &str) -> usize {
    let search = Search { scopes: &here(), asked: &Asked::read(typed), unit: "", limit: 5 };
    find(db, &town.cx.seal, &search).await.unwrap().len()
}

/// A row of eight in a file of all.
fn wide(row: [&str; 8]) -> [&str; 16] {
    let mut all = [""; 16];
    all[..8].copy_from_slice(&row);
    all
}

fn problems(row: &domain::intake::Outcome) -> Vec<(Option<Field>, Problem)> {
    row.mistakes.0.iter().map(|wrong| (wrong.field, wrong.problem)).collect()
}

async fn approved(db: &DatabaseConnection, town: &Town, id: IntakeId, mode: Mode) {
    submit(db, &town.cx, &town.first, (id, mode), now()).await.unwrap();
    approve(db, &town.cx, &town.second, id, now()).await.unwrap();
    worked(db, now()).await;
}

schema::both! {
    async fn a_check_counts_and_writes_nobody(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG, LI, BAD, LI, ["", "", "", "", "", "", "", ""]]).await;
        let intake = found(db, id).await;
        let counts = intake.counts;
        assert_eq!((intake.status, intake.rows, intake.done), (Status::Checked, 4, 4));
        assert_eq!((counts.new, counts.duplicate, counts.error), (2, 1, 1));
        assert_eq!(count(db, "person").await, 0);
        let wrong = store::judged(db, id, Verdict::Error, 10).await.unwrap();
        assert_eq!(problems(&wrong[0]), [
            (Some(Field::Born), Problem::NoSuchDay),
            (Some(Field::Identity), Problem::DigitsLost),
            (Some(Field::Retirement), Problem::NotAChoice),
            (Some(Field::Phone), Problem::NotAPhone),
            (Some(Field::Unit), Problem::UnknownUnit),
            (Some(Field::Branch), Problem::UnknownBranch),
        ]);
        let again = store::judged(db, id, Verdict::Duplicate, 10).await.unwrap();
        assert_eq!(problems(&again[0]), [(None, Problem::Repeated { row: 5 })]);
        // What the file says is sealed.
        let sql = "SELECT count(*) AS n FROM intake_line WHERE payload LIKE '%王秀英%' OR payload NOT LIKE 'v1|%'";
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        assert_eq!(row.try_get::<i64>("", "n").unwrap(), 0);
    }

    async fn only_a_second_person_has_it_written_and_only_once(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG, LI]).await;
        let early = approve(db, &town.cx, &town.second, id, now()).await;
        assert!(matches!(early, Err(IntakeError::Refused(Refusal::NotNow))));
        submit(db, &town.cx, &town.first, (id, Mode::All), now()).await.unwrap();
        let own = approve(db, &town.cx, &town.first, id, now()).await;
        assert!(matches!(own, Err(IntakeError::Refused(Refusal::SamePerson))));
        let stranger = worker(db, "w3", "330105").await;
        assert!(matches!(approve(db, &town.cx, &stranger, id, now()).await, Err(IntakeError::NotFound)));
        let before = audited(db).await;
        approve(db, &town.cx, &town.second, id, now()).await.unwrap();
        worked(db, now()).await;
        approve(db, &town.cx, &town.second, id, now()).await.unwrap();
        worked(db, now()).await;
        let intake = found(db, id).await;
        assert_eq!((intake.status, intake.counts.written), (Status::Done, 2));
        assert_eq!(audited(db).await, before + 2, "the agreement, and one chunk");
        let number = IdentityNumber::parse(WANG[3]).unwrap();
        let wang = person::store::by_identity(db, &town.cx.seal, &number).await.unwrap().unwrap();
        assert_eq!((wang.born_on, wang.name.as_str()), (date(1928, 3, 15), "王秀英"));
        assert_eq!(branch::store::memberships_of(db, wang.id).await.unwrap().len(), 1);
        assert_eq!(person::store::by_phone(db, &town.cx.seal, &Phone::parse("13800001234").unwrap()).await.unwrap().len(), 1);
    }

    async fn who_stands_in_for_the_first_person_is_no_second_one(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG]).await;
        submit(db, &town.cx, &town.first, (id, Mode::All), now()).await.unwrap();
        approved(db, &town, new(db, &town.first, ("b", Repeated::Skip), &[LI]).await, Mode::All).await;
        let asked = NewExport { purpose: Purpose::Visit, filter: Filter::default(), complete: true };
        let export = request(db, &town.cx, &town.first, (asked, &seen()), now()).await.unwrap();
        let grants = Grants::of(db, town.first.account(), now()).await.unwrap();
        let stands_in = NewSubstitution {
            grant: grants.all()[0].grant, substitute: town.second.account().clone(), from: now(),
            to: now() + TimeDelta::days(7), reason: "休假".to_owned(),
        };
        arrange(db, &town.cx, &grants, stands_in, now()).await.unwrap();
        let own = approve(db, &town.cx, &town.second, id, now()).await;
        assert!(matches!(own, Err(IntakeError::Refused(Refusal::SamePerson))), "{own:?}");
        let own = decide(db, &town.cx, &town.second, (export.id, true), now()).await;
        assert!(matches!(own, Err(ExportError::Refused(No::SamePerson))), "{own:?}");
        let third = worker(db, "w3", "330106").await;
        approve(db, &town.cx, &third, id, now()).await.unwrap();
        decide(db, &town.cx, &third, (export.id, true), now()).await.unwrap();
    }

    async fn a_row_about_a_merged_record_is_about_the_kept_one(db) {
        let town = town(db).await;
        let unit = person::store::units_in(db, &here(), date(2026, 11, 2)).await.unwrap().remove(0);
        let number = IdentityNumber::parse(WANG[3]).unwrap();
        let kept = registered(db, NewPerson { born_on: date(1928, 3, 16), ..someone(unit.id, "王琇英") }).await;
        let gone = NewPerson { identity: Some(number), born_on: date(1928, 3, 15), ..someone(unit.id, "王秀英") };
        let man = || NewPerson { born_on: date(1948, 3, 1), gender: Gender::Male, ..someone(unit.id, "李国强") };
        let pairs = [(kept.id, registered(db, gone).await.id), (registered(db, man()).await.id, registered(db, man()).await.id)];
        for pair in pairs {
            let merge = merge::commands::propose(db, &town.cx, &town.first, pair, now()).await.unwrap();
            merge::commands::decide(db, &town.cx, &town.second, (merge.id, true), now()).await.unwrap();
        }
        let (mut wang, mut li) = (WANG, LI);
        (wang[7], li[6]) = ("", "13900005678");
        let id = new(db, &town.first, ("a", Repeated::Fill), &[wang, li]).await;
        assert_eq!((found(db, id).await.counts.update, found(db, id).await.counts.error), (2, 0));
        approved(db, &town, id, Mode::All).await;
        for (number, (kept, gone)) in ["13800001234", "13900005678"].into_iter().zip(pairs) {
            let phone = Phone::parse(number).unwrap();
            let theirs = person::store::by_phone(db, &town.cx.seal, &phone).await.unwrap();
            assert_eq!(theirs.iter().map(|one| one.id).collect::<Vec<_>>(), [kept]);
            assert!(person::store::find(db, gone).await.unwrap().unwrap().phone.is_none());
        }
        // By the name alone it is the same.
        wang[3] = "";
        let again = new(db, &town.first, ("b", Repeated::Fill), &[wang]).await;
        assert_eq!(found(db, again).await.counts.unchanged, 1);

        let asked = NewExport { purpose: Purpose::Visit, filter: Filter::default(), complete: false };
        let export = request(db, &town.cx, &town.first, (asked, &seen()), now()).await.unwrap();
        let (shown, _) = people(db, &town.cx, (&export, &seen()), None, now()).await.unwrap();
        assert_eq!((export.rows, shown.len()), (2, 2), "nobody is taken out twice");
    }

    async fn the_same_file_again_creates_nothing(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG, LI]).await;
        approved(db, &town, id, Mode::All).await;
        assert_eq!(sent(db, &town.second, ("a", Repeated::Skip), &[WANG, LI]).await, Received::Known(id));
        // Saved again, it has another hash and says the same.
        let again = new(db, &town.first, ("b", Repeated::Overwrite), &[WANG, LI]).await;
        let intake = found(db, again).await;
        assert_eq!((intake.counts.unchanged, intake.counts.writes()), (2, 0));
        let nothing = submit(db, &town.cx, &town.first, (again, Mode::All), now()).await;
        assert!(matches!(nothing, Err(IntakeError::Refused(Refusal::NothingToWrite))));
        assert_eq!(count(db, "person").await, 2);
    }

    async fn one_wrong_row_keeps_all_back_unless_somebody_says_otherwise(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG, BAD]).await;
        let all = submit(db, &town.cx, &town.first, (id, Mode::All), now()).await;
        assert!(matches!(all, Err(IntakeError::Refused(Refusal::SomeAreWrong))));
        approved(db, &town, id, Mode::Right).await;
        assert_eq!(found(db, id).await.counts.written, 1);
        assert_eq!(count(db, "person").await, 1);
    }

    async fn all_or_nothing_takes_back_what_it_had_written(db) {
        let town = town(db).await;
        // So many that the first chunk is written when the last row no longer fits.
        let names: Vec<String> = (0..450).map(|at| format!("某{at:03}")).collect();
        let mut people: Vec<[&str; 8]> =
            names.iter().map(|name| [name.as_str(), "男", "1948.3.2", "", "退休", UNIT, "", ""]).collect();
        people.push(WANG);
        let id = new(db, &town.first, ("a", Repeated::Skip), &people).await;
        submit(db, &town.cx, &town.first, (id, Mode::All), now()).await.unwrap();
        approve(db, &town.cx, &town.second, id, now()).await.unwrap();
        job::round(db, &town.cx, "one", now()).await.unwrap();
        assert_eq!(count(db, "person").await, 400);
        // Meanwhile her unit's neighbours register her number.
        let there = unit(db, "330105").await;
        let number = IdentityNumber::parse(WANG[3]).unwrap();
        let her = person::NewPerson { identity: Some(number), ..crate::cast::someone(there.id, "王秀英") };
        crate::cast::registered(db, her).await;
        worked(db, now()).await;
        let intake = found(db, id).await;
        assert_eq!((intake.status, intake.stopped_at), (Status::Undone, Some(454)));
        assert_eq!(count(db, "person").await, 1, "only she whom the neighbours registered");
    }

    async fn blanks_are_filled_and_known_things_are_overwritten_only_when_asked(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG, LI]).await;
        approved(db, &town, id, Mode::All).await;
        let mut li = LI;
        (li[6], li[7]) = ("13900005678", "第一党支部");
        let mut wang = WANG;
        wang[6] = "13700000000";
        let counts = async |hash: &str, how| found(db, new(db, &town.first, (hash, how), &[wang, li]).await).await.counts;
        let skip = counts("b", Repeated::Skip).await;
        assert_eq!((skip.duplicate, skip.update), (2, 0));
        let fill = counts("c", Repeated::Fill).await;
        assert_eq!((fill.unchanged, fill.update), (1, 1), "what is known of 王秀英 stays");
        let over = new(db, &town.first, ("d", Repeated::Overwrite), &[wang, li]).await;
        assert_eq!(found(db, over).await.counts.update, 2);
        approved(db, &town, over, Mode::All).await;
        let phone = Phone::parse("13700000000").unwrap();
        let her = person::store::by_phone(db, &town.cx.seal, &phone).await.unwrap();
        assert_eq!(her.len(), 1);
        assert_eq!(count(db, "branch_membership").await, 2);

        // And back: her old number, and his membership is gone.
        undo(db, &town.cx, &town.first, over, now()).await.unwrap();
        worked(db, now()).await;
        let intake = found(db, over).await;
        assert_eq!((intake.status, intake.counts.undone, intake.counts.kept), (Status::Undone, 2, 0));
        assert!(person::store::by_phone(db, &town.cx.seal, &phone).await.unwrap().is_empty());
        let old = Phone::parse("13800001234").unwrap();
        assert_eq!(person::store::by_phone(db, &town.cx.seal, &old).await.unwrap()[0].id, her[0].id);
        assert_eq!(count(db, "branch_membership").await, 1);
    }

    async fn whoever_is_new_is_known_as_the_register_knows_people(db) {
        let town = town(db).await;
        domain::region::reference::load(db).await.unwrap();
        let unit = person::store::units_in(db, &here(), date(2026, 11, 2)).await.unwrap().remove(0);
        let known = registered(db, NewPerson { born_on: date(1948, 3, 1), gender: Gender::Male, ..someone(unit.id, "李国强") }).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[RICH]).await;
        approved(db, &town, id, Mode::All).await;
        let number = IdentityNumber::parse(RICH[3]).unwrap();
        let her = person::store::by_identity(db, &town.cx.seal, &number).await.unwrap().unwrap();
        let facts = fact::store::history(db, her.id).await.unwrap();
        let kinds: Vec<FactKind> = facts.iter().map(|fact| fact.kind).collect();
        for kind in [FactKind::ManagingUnit, FactKind::Retired, FactKind::PartyMember, FactKind::Residence, FactKind::JoinedWork] {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
        assert!(facts.iter().all(|fact| fact.recorded_by.as_ref() == Some(town.first.account())));
        let births = person::birth::store::of_person(db, her.id).await.unwrap();
        assert_eq!(births.iter().filter(|birth| birth.greeting).map(person::birth::PersonBirth::say).collect::<Vec<_>>(), ["农历1928年2月24日"]);
        assert_eq!(called(db, &town, "wxy").await, 1, "by the initials of her name");

        // Somebody who looks like one who is there is noted, and two of one file too.
        let mut like = LI;
        like[5] = UNIT;
        let mut again = like;
        again[0] = "李国墙";
        let id = new(db, &town.first, ("b", Repeated::Skip), &[again]).await;
        approved(db, &town, id, Mode::All).await;
        let pairs = person::double::store::open_in(db, &here(), 10).await.unwrap();
        assert_eq!(pairs.len(), 1);
        assert!(pairs[0].one_id == known.id || pairs[0].other_id == known.id);
        undo(db, &town.cx, &town.first, id, now()).await.unwrap();
        worked(db, now()).await;
        assert_eq!(count(db, "person_double").await, 0);
    }

    async fn what_is_protected_is_asked_for_and_never_overwritten(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG]).await;
        approved(db, &town, id, Mode::All).await;
        let mut born = WANG;
        born[2] = "1928.3.16";
        let mut number = WANG;
        number[3] = "330106192803150045";
        let id = new(db, &town.first, ("b", Repeated::Overwrite), &[born, number]).await;
        let wrong = store::judged(db, id, Verdict::Error, 10).await.unwrap();
        assert_eq!(problems(&wrong[0]), [(Some(Field::Identity), Problem::OtherNumber)]);
        let asks = store::judged(db, id, Verdict::Update, 10).await.unwrap();
        assert_eq!(problems(&asks[0]), [(Some(Field::Born), Problem::Asked)]);
        assert_eq!(found(db, id).await.counts.requests, 1);
        approved(db, &town, id, Mode::Right).await;
        assert_eq!(found(db, id).await.counts.requests, 1);
        let phone = Phone::parse("13800001234").unwrap();
        let wang = person::store::by_phone(db, &town.cx.seal, &phone).await.unwrap().remove(0);
        assert_eq!((wang.born_on, wang.version), (date(1928, 3, 15), 1), "nothing but a request");
        let change = change::store::of_intake(db, id, 10).await.unwrap().remove(0);
        assert_eq!((change.person_id, change.field.as_str(), change.state), (wang.id, "birth", ChangeState::Asked));
        assert_eq!(&change.asked_by, town.first.account());
        assert!(change.evidence.contains("名册.xlsx") && change.evidence.ends_with("第4行"), "{}", change.evidence);

        // The same once more is nothing new; another day is, and must wait.
        let again = new(db, &town.first, ("c", Repeated::Overwrite), &[born]).await;
        assert_eq!(found(db, again).await.counts.unchanged, 1);
        let mut other = WANG;
        other[2] = "1928.3.17";
        let id = new(db, &town.first, ("d", Repeated::Overwrite), &[other]).await;
        let wrong = store::judged(db, id, Verdict::Error, 10).await.unwrap();
        assert_eq!(problems(&wrong[0]), [(Some(Field::Born), Problem::Waiting)]);
        // Who knows the month only says nothing else.
        other[2] = "1928年3月";
        let id = new(db, &town.first, ("e", Repeated::Overwrite), &[other]).await;
        assert_eq!(found(db, id).await.counts.unchanged, 1);

        // Decided by the second person, it cannot be taken back with the list.
        change::commands::decide(db, &town.cx, &town.second, (change.id, None), now()).await.unwrap();
        let wang = person::store::find(db, wang.id).await.unwrap().unwrap();
        assert_eq!(wang.born_on, date(1928, 3, 16));
        let list = change.intake_id.unwrap();
        undo(db, &town.cx, &town.first, list, now()).await.unwrap();
        worked(db, now()).await;
        let intake = found(db, list).await;
        assert_eq!((intake.status, intake.counts.undone, intake.counts.kept), (Status::Undone, 0, 1));
    }

    async fn an_import_goes_back_to_the_byte(db) {
        let town = town(db).await;
        domain::region::reference::load(db).await.unwrap();
        let tx = write(db).await;
        let other = NewUnit { name: "某县水利局".to_owned(), kind: UnitKind::Agency, region: region("330106"), parent: None };
        found_in(&tx, &context(), By::INSTALLER, other, now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut plain = RICH;
        for blank in [7, 9, 10, 11, 12, 14, 15] {
            plain[blank] = "";
        }
        let id = new(db, &town.first, ("a", Repeated::Skip), &[plain, wide(LI)]).await;
        approved(db, &town, id, Mode::All).await;
        let number = IdentityNumber::parse(RICH[3]).unwrap();
        let her = person::store::by_identity(db, &town.cx.seal, &number).await.unwrap().unwrap();
        person::name::add_former(db, &town.cx, &town.first, (her.id, "王小英"), now()).await.unwrap();
        crate::segments::made(db, &town.first, ("330106", "retired|veteran")).await;
        crate::segments::computes(db, now()).await;
        assert_eq!(count(db, "segment_member").await, 2);

        // The history of a record is never cut; the lists tell themselves what became of them.
        let own = ["intake", "intake_line", "intake_outcome", "person_event"];
        let before = everything_but(db, &own).await;
        let mut all = RICH;
        (all[0], all[2], all[5], all[6], all[8], all[13]) = ("王秀瑛", "1928.3.16", "某县水利局", "13700000000", "1951.7.1", "否");
        let mut li = wide(LI);
        (li[4], li[10]) = ("离休", "1948.5");
        let mut third = wide(LI);
        (third[0], third[7]) = ("钱多多", "第一党支部");
        let over = new(db, &town.first, ("b", Repeated::Overwrite), &[all, li, third]).await;
        assert_eq!(everything_but(db, &own).await, before, "a check writes nothing");
        let counts = found(db, over).await.counts;
        assert_eq!((counts.new, counts.update, counts.error, counts.requests), (1, 2, 0, 1), "{:?}", store::judged(db, over, Verdict::Error, 5).await);
        let later = now() + TimeDelta::days(1);
        submit(db, &town.cx, &town.first, (over, Mode::All), later).await.unwrap();
        approve(db, &town.cx, &town.second, over, later).await.unwrap();
        worked(db, later).await;
        let now_her = person::store::find(db, her.id).await.unwrap().unwrap();
        assert_eq!((now_her.name.as_str(), now_her.living_alone), ("王秀瑛", false));
        assert_ne!(now_her.unit_id, her.unit_id);
        managed(db).await;
        let current = async |kind| fact::store::current(db, her.id, kind).await.unwrap();
        assert_eq!(current(FactKind::ManagingUnit).await.unwrap().unit_id, Some(now_her.unit_id));
        assert_eq!(current(FactKind::PartyMember).await.unwrap().from_on, date(1951, 7, 1));
        assert!(current(FactKind::Residence).await.unwrap().basis.starts_with("导入名册“名册.xlsx”"));
        assert_eq!(count(db, "person_change").await, 1);
        for typed in ["wangxiuying", "王小英", "王秀瑛"] {
            assert_eq!(called(db, &town, typed).await, 1, "{typed}");
        }

        undo(db, &town.cx, &town.first, over, later).await.unwrap();
        worked(db, later + TimeDelta::hours(1)).await;
        let intake = found(db, over).await;
        assert_eq!((intake.status, intake.counts.undone, intake.counts.kept), (Status::Undone, 3, 0));
        let after = everything_but(db, &own).await;
        for (table, rows) in &before {
            assert_eq!(&after[table], rows, "{table}");
        }
        assert_eq!(called(db, &town, "王小英").await, 1);
        // And what was taken back once can be sent again.
        let again = new(db, &town.first, ("b", Repeated::Overwrite), &[all, li, third]).await;
        assert_eq!(found(db, again).await.counts.writes(), 3);
    }

    async fn whoever_something_was_written_about_stays(db) {
        let town = town(db).await;
        let names = ["某一", "某二", "某三", "某四", "某五", "某六"];
        let people: Vec<[&str; 8]> =
            names.iter().map(|name| [name, "男", "1948.3.2", "", "退休", UNIT, "", ""]).collect();
        let id = new(db, &town.first, ("a", Repeated::Skip), &people).await;
        approved(db, &town, id, Mode::All).await;
        let (cx, by) = (&town.cx, &town.first);
        let at = async |row: i32| store::outcomes(db, id, (row, row)).await.unwrap()[&row].person_id.unwrap();
        person::name::add_former(db, cx, by, (at(4).await, "某甲"), now()).await.unwrap();
        let post = NewFact { kind: FactKind::Post, value: Value::Text("科员".to_owned()), from_on: date(1980, 1, 1), basis: "档案".to_owned() };
        fact::commands::record(db, cx, by, (at(5).await, post), now()).await.unwrap();
        let phone = Phone::parse("13800001234").unwrap();
        let contact = NewContact { owner: Owner::Own, label: None, phone, purposes: Vec::new() };
        person::contact::commands::add(db, cx, by, (at(6).await, contact), now()).await.unwrap();
        fact::commands::end(db, cx, by, (at(7).await, FactKind::Retired), (date(2026, 11, 2), now())).await.unwrap();
        let kin = NewKin { name: "小某".to_owned(), relation: Relationship::Child, relative: Some(at(8).await), from_on: None };
        let someone = registered(db, someone(unit(db, "330105").await.id, "王秀英")).await;
        let there = worker(db, "w5", "3301").await;
        person::kin::commands::add(db, cx, &there, (someone.id, kin), now()).await.unwrap();
        undo(db, cx, by, id, now()).await.unwrap();
        worked(db, now()).await;
        let intake = found(db, id).await;
        assert_eq!((intake.counts.kept, intake.counts.undone), (5, 1));
        assert_eq!(count(db, "person").await, 6);
        let outcomes = store::outcomes(db, id, (4, 9)).await.unwrap();
        assert_eq!((outcomes[&9].effect, outcomes[&9].person_id), (Effect::Undone, None));
        assert!((4..=8).all(|row| outcomes[&row].effect == Effect::Kept));
    }

    async fn what_somebody_changed_since_is_not_taken_back(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG, LI]).await;
        approved(db, &town, id, Mode::All).await;
        let phone = Phone::parse("13800001234").unwrap();
        let wang = person::store::by_phone(db, &town.cx.seal, &phone).await.unwrap().remove(0);
        let contact = Contact { version: 1, phone: None, residence: None, living_alone: true };
        change_contact(db, &town.cx, &town.first, wang.id, contact, now()).await.unwrap();
        let late = undo(db, &town.cx, &town.first, id, now() + TimeDelta::days(8)).await;
        assert!(matches!(late, Err(IntakeError::Refused(Refusal::TooLate))));
        undo(db, &town.cx, &town.first, id, now() + TimeDelta::days(6)).await.unwrap();
        worked(db, now() + TimeDelta::days(6)).await;
        let intake = found(db, id).await;
        assert_eq!((intake.status, intake.counts.undone, intake.counts.kept), (Status::Undone, 1, 1));
        let rest: Vec<PersonId> = vec![wang.id];
        assert_eq!(person::store::find_all(db, &rest).await.unwrap().len(), 1);
        assert_eq!(count(db, "person").await, 1);
        assert_eq!(store::count(db, id, Effect::Kept).await.unwrap(), 1);
        // A week later nothing of the file is left.
        job::round(db, &town.cx, "one", now() + TimeDelta::days(14)).await.unwrap();
        assert!(found(db, id).await.erased_at.is_some());
        assert!(store::lines(db, id, 0, None, 10).await.unwrap().iter().all(|line| line.payload.is_none()));
    }

    async fn two_servers_and_a_crash_write_every_row_once(db) {
        let town = town(db).await;
        let names: Vec<String> = (0..900).map(|at| format!("某{at:03}")).collect();
        let people: Vec<[&str; 8]> =
            names.iter().map(|name| [name.as_str(), "男", "1948.3.2", "", "退休", UNIT, "", ""]).collect();
        let id = new(db, &town.first, ("a", Repeated::Skip), &people).await;
        submit(db, &town.cx, &town.first, (id, Mode::All), now()).await.unwrap();
        approve(db, &town.cx, &town.second, id, now()).await.unwrap();
        // A server takes it and dies over it: the chunk's future is dropped in the middle.
        for polls in [3, 9, 20] {
            let mut round = std::pin::pin!(job::round(db, &town.cx, "dying", now()));
            for _ in 0..polls {
                let turn = tokio::time::timeout(std::time::Duration::from_millis(2), round.as_mut()).await;
                if turn.is_ok() {
                    break;
                }
            }
        }
        let later = now() + TimeDelta::minutes(2);
        let one = async || while job::round(db, &town.cx, "one", later).await.unwrap() > 0 {};
        let other = async || while job::round(db, &town.cx, "other", later).await.unwrap() > 0 {};
        tokio::join!(one(), other());
        worked(db, later + TimeDelta::minutes(2)).await;
        let intake = found(db, id).await;
        assert_eq!((intake.status, intake.counts.written, intake.done), (Status::Done, 900, 900));
        assert_eq!(count(db, "person").await, 900);
    }

    async fn a_list_that_waits_is_in_no_rotations_way_and_is_written_after_it(db) {
        let town = town(db).await;
        let first = new(db, &town.first, ("a", Repeated::Skip), &[WANG]).await;
        approved(db, &town, first, Mode::All).await;
        let id = new(db, &town.first, ("b", Repeated::Overwrite), &[WANG, LI]).await;
        let (cx, alone) = (with(Some("k2"), true), with(Some("k2"), false));
        let mut steps = 0;
        while step(db, &cx, now()).await.unwrap() != Step::Finished {
            steps += 1;
            assert!(steps < 99, "it ends though a list waits");
        }
        assert_eq!(usage::left(db, &cx.seal).await.unwrap(), 0);
        let old = async || usage::by_key(db).await.unwrap().into_iter().filter(|((_, key), _)| key != "k2").count();
        assert!(old().await > 0, "what the list says has the old key still, and the status says so");
        assert!(job::round(db, &alone, "one", now()).await.unwrap() == 0, "nothing is to do yet");

        submit(db, &cx, &town.first, (id, Mode::All), now()).await.unwrap();
        approve(db, &cx, &town.second, id, now()).await.unwrap();
        worked_with(db, &cx, now()).await;
        let intake = found(db, id).await;
        assert_eq!((intake.status, intake.counts.written), (Status::Done, 1));
        assert_eq!(count(db, "person").await, 2, "she is known under the new key");
        undo(db, &cx, &town.first, id, now()).await.unwrap();
        worked_with(db, &cx, now()).await;
        assert_eq!((found(db, id).await.status, count(db, "person").await), (Status::Undone, 1));

        // When nobody can take it back any more, what it said is erased, and the old key may go.
        let later = now() + TimeDelta::days(60);
        worked_with(db, &cx, later).await;
        assert_eq!(old().await, 0);
        let number = IdentityNumber::parse(WANG[3]).unwrap();
        assert!(person::store::by_identity(db, &alone.seal, &number).await.unwrap().is_some());
    }

    async fn a_list_that_is_looked_at_while_keys_change_knows_who_is_there(db) {
        let town = town(db).await;
        let first = new(db, &town.first, ("a", Repeated::Skip), &[WANG]).await;
        approved(db, &town, first, Mode::All).await;
        // Two rows a chunk: the first are looked at under the old keys, the others under the new, before any record has its turn.
        let Received::New(id) = sent(db, &town.first, ("b", Repeated::Overwrite), &[WANG, LI, LI, WANG]).await else {
            panic!("known")
        };
        let cx = with(Some("k2"), true);
        job::some(db, &town.cx, "one", (2, now())).await.unwrap();
        assert_eq!(found(db, id).await.done, 2);
        worked_with(db, &cx, now()).await;
        let counts = found(db, id).await.counts;
        assert_eq!((counts.unchanged, counts.new, counts.duplicate, counts.error), (1, 1, 2, 0));
        let Received::New(id) = sent(db, &town.first, ("c", Repeated::Overwrite), &[WANG]).await else {
            panic!("known")
        };
        worked_with(db, &cx, now()).await;
        let counts = found(db, id).await.counts;
        assert_eq!((counts.unchanged, counts.update), (1, 0), "the same telephone under another key is the same");
    }

    async fn a_snapshot_says_that_a_list_was_taken_back_since_and_not_that_somebody_touched_it(db) {
        let town = town(db).await;
        let veteran =
            ["欧阳秀英", "女", "1928年3月15日", "", "离休", UNIT, "", "", "", "", "1945年5月1日"];
        let id = new(db, &town.first, ("a", Repeated::Skip), &[veteran]).await;
        approved(db, &town, id, Mode::All).await;
        let (chief, later) = (worker(db, "chief", "33").await, now() + TimeDelta::hours(1));
        let freeze = async |code| {
            let asked = (&region(code), date(2026, 11, 2));
            statistics::freeze(db, &town.cx, &chief, asked, later).await.unwrap().unwrap()
        };
        let place = found(db, id).await.region;
        let (whole, there, elsewhere) =
            (freeze("33").await, freeze(place.as_str()).await, freeze("330203").await);
        let check = async |snapshot| statistics::check(db, snapshot).await.unwrap();
        assert_eq!((check(&whole).await, check(&there).await), (Check::Same, Check::Same));
        let after = now() + TimeDelta::hours(2);
        undo(db, &town.cx, &town.first, id, after).await.unwrap();
        // It is counted still, while the job takes it back.
        let meanwhile = statistics::freeze(db, &town.cx, &chief, (&region("33"), date(2026, 11, 2)), after).await;
        let meanwhile = meanwhile.unwrap().unwrap();
        worked(db, after).await;
        assert_eq!(found(db, id).await.counts.undone, 1);
        assert_eq!((check(&whole).await, check(&there).await), (Check::Undone, Check::Undone));
        assert_eq!(check(&meanwhile).await, Check::Undone);
        assert_eq!(check(&elsewhere).await, Check::Same);
        let since = statistics::freeze(db, &town.cx, &chief, (&region("33"), date(2026, 11, 2)), after).await;
        assert_eq!(check(&since.unwrap().unwrap()).await, Check::Same);
    }

    async fn who_works_at_several_places_says_into_which_one(db) {
        let town = town(db).await;
        let (here, there) = (region("330106"), region("330105"));
        let account = joined(db, "both").await;
        for code in [&here, &there] {
            granted(db, &account, Role::Worker, Scope::Region(code.clone())).await;
        }
        let grants = Grants::of(db, &account, now()).await.unwrap();
        let both = |code: &RegionCode| Worker::among(&grants, code).unwrap();
        let other = sent_to(db, (&both(&there), Some(Scope::Region(there.clone()))), ("a", Repeated::Skip), &[WANG]).await;
        let Received::New(id) = other.unwrap() else { panic!("known") };
        worked(db, now()).await;
        let intake = found(db, id).await;
        assert_eq!((intake.region.clone(), intake.unit_id, intake.counts.error), (there.clone(), None, 1), "her unit is elsewhere");
        // The same file into the other one is another import; and nobody names a place of others.
        let Received::New(_) = sent_to(db, (&both(&here), Some(Scope::Region(here))), ("a", Repeated::Skip), &[WANG]).await.unwrap() else {
            panic!("known")
        };
        let not = sent_to(db, (&town.first, Some(Scope::Region(there))), ("b", Repeated::Skip), &[WANG]).await;
        assert!(matches!(not, Err(ReceiveError::NotFound)));

        // Who works for a body of the organisation sends the list of one of its units.
        let unit = person::store::units_called(db, UNIT, date(2026, 11, 2)).await.unwrap().remove(0);
        let tx = write(db).await;
        let body = NewNode { kind: NodeKind::Provincial, name: "省直".to_owned(), parent: None, from: date(2020, 1, 1) };
        let body = trees::found_in(&tx, &context(), By::INSTALLER, body, now()).await.unwrap().id;
        trees::join_in(&tx, &context(), By::INSTALLER, (body, Target::Unit(unit.id), date(2020, 1, 1)), now()).await.unwrap();
        tx.commit().await.unwrap();
        let clerk = joined(db, "clerk").await;
        granted(db, &clerk, Role::Worker, Scope::Organ(body)).await;
        let grants = Grants::of(db, &clerk, now()).await.unwrap();
        let clerk = Worker::among(&grants, unit.place()).unwrap();
        let nowhere = sent_to(db, (&clerk, None), ("c", Repeated::Skip), &[WANG]).await;
        assert!(matches!(nowhere, Err(ReceiveError::NotFound)), "a body is many units");
        let own = sent_to(db, (&clerk, Some(Scope::Unit(unit.id))), ("c", Repeated::Skip), &[LI]).await;
        let Received::New(id) = own.unwrap() else { panic!("known") };
        worked(db, now()).await;
        let intake = found(db, id).await;
        assert_eq!((intake.unit_id, intake.counts.new, intake.counts.error), (Some(unit.id), 1, 0));
        let wide = sent_to(db, (&clerk, Some(Scope::Region(unit.region))), ("d", Repeated::Skip), &[WANG]).await;
        assert!(matches!(wide, Err(ReceiveError::NotFound)));
    }

    async fn what_is_given_up_writes_nothing(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG]).await;
        cancel(db, &town.cx, &town.first, id, now()).await.unwrap();
        let late = submit(db, &town.cx, &town.first, (id, Mode::All), now()).await;
        assert!(matches!(late, Err(IntakeError::Refused(Refusal::NotNow))));
        assert!(matches!(sent(db, &town.first, ("a", Repeated::Skip), &[WANG]).await, Received::New(_)));
    }

    async fn an_export_is_masked_counted_and_recorded(db) {
        let town = town(db).await;
        let id = new(db, &town.first, ("a", Repeated::Skip), &[WANG, LI]).await;
        approved(db, &town, id, Mode::All).await;
        let ask = |complete| NewExport { purpose: Purpose::Visit, filter: Filter::default(), complete };
        let export = request(db, &town.cx, &town.first, (ask(false), &seen()), now()).await.unwrap();
        assert!(matches!(ready(db, &town.second, (export.id, &seen()), now()).await, Err(ExportError::NotFound)));
        let export = ready(db, &town.first, (export.id, &seen()), now()).await.unwrap();
        let (shown, _) = people(db, &town.cx, (&export, &seen()), None, now()).await.unwrap();
        let all: Vec<String> = shown.iter().flat_map(domain::export::Shown::cells).collect();
        assert_eq!(shown.len(), 2);
        assert!(all.contains(&"138****1234".to_owned()) && all.contains(&"330***********0029".to_owned()));
        assert!(all.contains(&"1948年3月".to_owned()) && all.contains(&"第一党支部".to_owned()));
        let before = audited(db).await;
        let who: Vec<_> = shown.iter().map(domain::export::Shown::id).collect();
        taken(db, &town.cx, &town.first, (export.id, &who, "00ff"), now()).await.unwrap();
        assert_eq!(audited(db).await, before + 1);

        // In full only with a second person.
        let export = request(db, &town.cx, &town.first, (ask(true), &seen()), now()).await.unwrap();
        assert!(matches!(ready(db, &town.first, (export.id, &seen()), now()).await, Err(ExportError::Refused(No::NotNow))));
        let own = decide(db, &town.cx, &town.first, (export.id, true), now()).await;
        assert!(matches!(own, Err(ExportError::Refused(No::SamePerson))));
        decide(db, &town.cx, &town.second, (export.id, true), now()).await.unwrap();
        let export = ready(db, &town.first, (export.id, &seen()), now()).await.unwrap();
        let (shown, _) = people(db, &town.cx, (&export, &seen()), None, now()).await.unwrap();

        // What was taken out can be sent in again, and says nothing new.
        let header: Vec<&str> = domain::export::Shown::header().collect();
        let mut cells: Vec<Vec<String>> = vec![header.iter().map(|name| (*name).to_owned()).collect()];
        cells.extend(shown.iter().map(domain::export::Shown::cells));
        let rows: Vec<Row> = (1..).zip(&cells).map(|(number, texts)| Row {
            number,
            cells: (0..).zip(texts).filter(|(_, text)| !text.is_empty()).map(|(at, text)| (at, Cell::Text(text.clone()))).collect(),
        }).collect();
        let header = Header::read(&rows[0], &COLUMNS).unwrap().unwrap();
        let layout = Layout { header: 1, known: header.known, unknown: header.unknown, template: None };
        let upload = Upload { name: String::new(), hash: "z".to_owned(), repeated: Repeated::Overwrite, layout, at: None };
        let mut once = Some(rows);
        let received = receive(db, &town.cx, &town.first, upload, async || Ok::<_, ()>(once.take()), now()).await.unwrap();
        worked(db, now()).await;
        let Received::New(again) = received else { panic!("known") };
        assert_eq!(found(db, again).await.counts.unchanged, 2);

        for _ in 0..3 {
            request(db, &town.cx, &town.first, (ask(false), &seen()), now()).await.unwrap();
        }
        let often = request(db, &town.cx, &town.first, (ask(false), &seen()), now()).await;
        assert!(matches!(often, Err(ExportError::Refused(No::TooOften))));
    }
}
