//! Measures an import of people: `intake make ROWS FILE` writes a list of ROWS rows and 35 columns; `intake run URL FILE` sends it to a
//! fresh database as the pages do, looks at it, writes it, takes it back, and says how long each took and how much memory at most.
//!
//! `intake update URL ROWS PERCENT` first fills a fresh database with that share of a list, and then measures a list of ROWS rows in which
//! those people have other telephones and live elsewhere, and the rest is new.

use std::{path::Path, time::Instant};

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use domain::{
    By, Context,
    account::news::{self, News, Profile},
    authority::{Role, Scope, Worker, commands as granting},
    ids::{AccountId, IntakeId, RegionCode},
    intake::{
        COLUMNS, Intake, Layout, Mode, Repeated, Status, commands, job,
        receive::{Received, Upload, receive},
        store,
    },
    person::{UnitKind, units},
    privacy::Sealer,
};
use sea_orm::DatabaseConnection;
use workbook::{Limits, Look, Row, Workbook, Writer};

const UNITS: [&str; 5] = ["区水利局", "区教育局", "区财政局", "区第一中学", "区人民医院"];
const KNOWN: [&str; 15] = [
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "离退休类别",
    "管理单位",
    "参加工作时间",
    "入党时间",
    "联系电话",
    "居住地",
    "是否独居",
    "生日历法",
    "过生日的日子",
    "发放账号",
    "开户银行",
];
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

type Any = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Any> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", rows, file] => Ok(std::fs::write(file, made(rows.parse()?, &FIRST)?)?),
        ["run", url, file] => run(url, Path::new(file)).await,
        ["update", url, rows, percent] => update(url, rows.parse()?, percent.parse()?).await,
        _ => {
            Err("usage: intake make ROWS FILE | intake run URL FILE | intake update URL ROWS PERCENT".into())
        }
    }
}

/// The identity number of a woman or man of an invented place of birth.
fn number(row: u32, born: &str) -> String {
    let body = format!("3301{:02}{born}{:03}", row / 1000 % 90 + 1, row % 1000);
    let sum: u32 = body.chars().filter_map(|c| c.to_digit(10)).zip(WEIGHTS).map(|(d, w)| d * w).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap_or('0');
    format!("{body}{check}")
}

/// What differs from one list of the same people to the next.
struct Edition {
    phones: &'static str,
    residence: &'static str,
}

const FIRST: Edition = Edition { phones: "138", residence: "330106" };
const NEXT: Edition = Edition { phones: "139", residence: "330105" };

fn made(rows: u32, edition: &Edition) -> Result<Vec<u8>, Any> {
    let mut writer = Writer::new();
    let mut sheet = writer.sheet("名册", &[14; 35], true)?;
    let names: Vec<String> =
        KNOWN.iter().map(|name| (*name).to_owned()).chain((1..=20).map(|at| format!("备注{at}"))).collect();
    sheet.row(names.iter().map(|name| (name.as_str(), Look::Head)))?;
    for row in 0..rows {
        let (year, month, day) = (1935 + row / 90_000, row / 28 % 12 + 1, row % 28 + 1);
        let mut cells = vec![
            format!("某某{row}"),
            if row % 2 == 1 { "男" } else { "女" }.to_owned(),
            format!("{year}.{month}.{day}"),
            number(row, &format!("{year}{month:02}{day:02}")),
            "退休".to_owned(),
            UNITS.get(row as usize % UNITS.len()).copied().unwrap_or_default().to_owned(),
            "1962年9月".to_owned(),
            "1966.7.1".to_owned(),
            format!("{}{row:08}", edition.phones),
            edition.residence.to_owned(),
            "否".to_owned(),
            "农历".to_owned(),
            "2月11日".to_owned(),
            format!("6222{row:012}"),
            "示例银行".to_owned(),
        ];
        cells.extend((1..=20).map(|at| format!("备注{row}-{at}")));
        sheet.row(cells.iter().map(|text| (text.as_str(), Look::Plain)))?;
    }
    Ok(writer.finish()?)
}

async fn worker(db: &DatabaseConnection, cx: &Context, id: &str, now: DateTime<Utc>) -> Result<Worker, Any> {
    let account = AccountId::parse(id).ok_or("a login")?;
    let region = RegionCode::parse("330106").ok_or("a region")?;
    let tx = mailbox::transaction::write(db).await?;
    let news = News { key: format!("join/{id}"), account: account.clone(), happened_at: now };
    news::joined_in(&tx, cx, &news, &Profile { name: id.to_owned(), unionid: None }, now).await?;
    let scope = Scope::Region(region.clone());
    let new = granting::NewGrant {
        account: account.clone(),
        role: Role::Worker,
        scope,
        from: now,
        to: None,
        reason: None,
    };
    granting::grant_in(&tx, cx, By::INSTALLER, None, new, now).await?;
    tx.commit().await?;
    Ok(Worker::prove(db, &account, &region, now).await?.ok_or("a proof")?)
}

/// A fresh database with units, and two who work there.
struct Office {
    db: DatabaseConnection,
    cx: Context,
    first: Worker,
    second: Worker,
    now: DateTime<Utc>,
}

async fn office(url: &str) -> Result<Office, Any> {
    let db = schema::connect(url, &schema::Options::default()).await?;
    schema::migrate(&db).await?;
    domain::region::reference::load(&db).await?;
    let seal = Sealer::new(&[("bench", &[7; 32])], &[8; 32])?;
    let cx = Context { audit: audit::Key::from_bytes(&[9; 32])?, seal };
    let now = Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).single().ok_or("a time")?;
    let (first, second) = (worker(&db, &cx, "first", now).await?, worker(&db, &cx, "second", now).await?);
    let tx = mailbox::transaction::write(&db).await?;
    for name in UNITS {
        let region = RegionCode::parse("330106").ok_or("a region")?;
        let new = units::NewUnit { name: name.to_owned(), kind: UnitKind::Agency, region, parent: None };
        units::found_in(&tx, &cx, By::INSTALLER, new, now).await?;
    }
    tx.commit().await?;
    Ok(Office { db, cx, first, second, now })
}

async fn run(url: &str, file: &Path) -> Result<(), Any> {
    let office = office(url).await?;
    let id = checked(&office, std::fs::read(file)?, ("bench", Repeated::Skip)).await?;
    let counts = store::find(&office.db, id).await?.ok_or("the import")?;
    if counts.counts.new.cast_signed() != counts.rows {
        return Err(format!("not all are new: {:?}", counts.counts).into());
    }
    written(&office, id).await?;
    taken_back(&office, id).await
}

async fn update(url: &str, rows: u32, percent: u32) -> Result<(), Any> {
    let office = office(url).await?;
    let known = rows * percent.min(100) / 100;
    tell("the register before");
    let id = checked(&office, made(known, &FIRST)?, ("before", Repeated::Skip)).await?;
    written(&office, id).await?;
    tell("the list that changes it");
    // Who moves within a day of being registered contradicts himself.
    let office = Office { now: office.now + TimeDelta::days(30), ..office };
    let id = checked(&office, made(rows, &NEXT)?, ("after", Repeated::Overwrite)).await?;
    let counts = store::find(&office.db, id).await?.ok_or("the import")?.counts;
    if (counts.update, counts.new) != (known, rows - known) {
        return Err(format!("not so many are known: {counts:?}").into());
    }
    written(&office, id).await?;
    taken_back(&office, id).await
}

/// Sends a list and looks at it.
async fn checked(office: &Office, bytes: Vec<u8>, how: (&str, Repeated)) -> Result<IntakeId, Any> {
    let Office { db, cx, first, now, .. } = office;
    let begun = Instant::now();
    let id = send(db, cx, first, (bytes, how), *now).await?;
    say("read and keep", begun);
    let begun = Instant::now();
    until(db, cx, id, Status::Checked, *now).await?;
    say("dry run", begun);
    Ok(id)
}

/// Has it written.
async fn written(office: &Office, id: IntakeId) -> Result<(), Any> {
    let Office { db, cx, first, second, now } = office;
    commands::submit(db, cx, first, (id, Mode::All), *now).await?;
    commands::approve(db, cx, second, id, *now).await?;
    let begun = Instant::now();
    until(db, cx, id, Status::Done, *now).await?;
    say("commit", begun);
    Ok(())
}

/// Takes all of it back.
async fn taken_back(office: &Office, id: IntakeId) -> Result<(), Any> {
    let Office { db, cx, first, now, .. } = office;
    commands::undo(db, cx, first, id, *now).await?;
    let begun = Instant::now();
    let undone = until(db, cx, id, Status::Undone, *now).await?;
    say("undo", begun);
    if undone.counts.undone.cast_signed() == undone.rows {
        Ok(())
    } else {
        Err(format!("not all are undone: {:?}", undone.counts).into())
    }
}

/// As the page of the upload does, without its thread.
async fn send(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (bytes, (hash, repeated)): (Vec<u8>, (&str, Repeated)),
    now: DateTime<Utc>,
) -> Result<IntakeId, Any> {
    let mut book = Workbook::open(bytes, Limits::default())?;
    let (sheet, header) = book.header(&COLUMNS)?;
    let mut rows = book.rows(sheet)?;
    let layout = Layout { header: header.row, known: header.known, unknown: header.unknown, template: None };
    let upload = Upload { name: "名册.xlsx".to_owned(), hash: hash.to_owned(), repeated, layout, at: None };
    let next = async || {
        let mut some: Vec<Row> = Vec::new();
        while some.len() < 400
            && let Some(row) = rows.next()?
        {
            some.push(row);
        }
        Ok::<_, workbook::Refusal>(Some(some).filter(|some| !some.is_empty()))
    };
    match receive(db, cx, worker, upload, next, now).await {
        Ok(Received::New(id)) => Ok(id),
        Ok(Received::Known(_)) => Err("the database is not fresh".into()),
        Err(error) => Err(error.to_string().into()),
    }
}

async fn until(
    db: &DatabaseConnection,
    cx: &Context,
    id: IntakeId,
    status: Status,
    now: DateTime<Utc>,
) -> Result<Intake, Any> {
    loop {
        let handled = job::round(db, cx, "bench", now).await?;
        let intake = store::find(db, id).await?.ok_or("the import")?;
        if intake.status == status {
            return Ok(intake);
        }
        if handled == 0 {
            return Err(format!("stuck: {:?} {:?}", intake.status, intake.counts).into());
        }
    }
}

#[expect(clippy::print_stdout, reason = "the result of a measurement")]
fn tell(what: &str) {
    println!("{what}");
}

#[expect(clippy::print_stdout, reason = "the result of a measurement")]
fn say(what: &str, begun: Instant) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    println!("{what}\t{:.1} s\tpeak {}", begun.elapsed().as_secs_f64(), peak.trim());
}
