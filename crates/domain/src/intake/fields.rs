//! The one table of columns: what each is called, how it is read, and which field of [`Record`] it becomes. A new column is a variant, a
//! line of [`COLUMNS`], a line of `read`; what it does to a person's row is in `apply.rs`, how it is shown again in `export/columns.rs`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use workbook::{Cell, Column, Known, Precision, digits, tidy, when};

use super::{Problem, Record};
use crate::{
    person::{Calendar, Gender, Retirement},
    privacy::{IdentityNumber, PayoutNumber, Phone},
};

/// The template's version. Older ones are read too: columns are told by name.
pub const TEMPLATE: &str = "people/1";

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the column of COLUMNS that has it as its key")]
pub enum Field {
    Number,
    Name,
    Gender,
    Born,
    Identity,
    Retirement,
    Unit,
    UnitRegion,
    JoinedWork,
    PartyJoined,
    Phone,
    Residence,
    LivingAlone,
    BirthdayCalendar,
    Birthday,
    Payout,
    Bank,
    Branch,
    BranchFrom,
    Reason,
}

const fn column(
    key: Field,
    name: &'static str,
    synonyms: &'static [&'static str],
    (note, sample): (&'static str, &'static str),
) -> Column<Field> {
    Column { key, name, synonyms, required: false, choices: &[], note, sample }
}

const fn needed(column: Column<Field>) -> Column<Field> {
    Column { required: true, ..column }
}

const fn chosen(column: Column<Field>, choices: &'static [&'static str]) -> Column<Field> {
    Column { choices, ..column }
}

const DAY: &str = "写成1948-03-02、1948.3.2、1948年3月2日都可以；只知道月份，写1948年3月";

/// Every column, in the order of the template.
pub const COLUMNS: [Column<Field>; 20] = [
    column(Field::Number, "序号", &["编号"], ("可以不填", "示例")),
    needed(column(Field::Name, "姓名", &["名字", "老干部姓名"], ("写全名", "王小明"))),
    chosen(column(Field::Gender, "性别", &[], ("不填时按身份证号", "男")), &["男", "女"]),
    column(Field::Born, "出生日期", &["出生年月", "出生年月日", "生日"], (DAY, "1948年3月2日")),
    column(
        Field::Identity,
        "身份证号",
        &["身份证号码", "公民身份号码", "身份证", "证件号码"],
        ("18位，先把这一列设成文本再填", ""),
    ),
    chosen(
        needed(column(
            Field::Retirement,
            "离退休类别",
            &["离休退休", "离退休", "人员类别", "类别"],
            ("从列表里选", "退休"),
        )),
        &["离休", "退休"],
    ),
    needed(column(
        Field::Unit,
        "管理单位",
        &["单位", "单位名称", "所在单位", "原工作单位", "原单位"],
        ("要和系统里的单位名称一致", "示例市水利局"),
    )),
    column(
        Field::UnitRegion,
        "单位所在区划",
        &["单位区划", "区划代码"],
        ("有同名单位时才填：区划代码或名称", ""),
    ),
    column(
        Field::JoinedWork,
        "参加工作时间",
        &["参加革命工作时间", "参加革命时间", "参加工作年月", "工作时间"],
        (DAY, "1966.7"),
    ),
    column(Field::PartyJoined, "入党时间", &["入党日期", "入党年月"], ("至少写到月份", "1970.7.1")),
    column(
        Field::Phone,
        "联系电话",
        &["电话", "手机", "手机号", "手机号码", "电话号码", "联系方式"],
        ("手机号，或带区号的座机", "13800001234"),
    ),
    column(
        Field::Residence,
        "居住地",
        &["居住地区划", "现居住地", "住址区划"],
        ("区划代码，或省市县名称", "330106"),
    ),
    chosen(column(Field::LivingAlone, "是否独居", &["独居"], ("从列表里选", "否")), &["是", "否"]),
    chosen(
        column(Field::BirthdayCalendar, "生日历法", &["过生日按"], ("家里按哪种历法过生日", "农历")),
        &["公历", "农历"],
    ),
    column(
        Field::Birthday,
        "过生日的日子",
        &["生日月日"],
        ("月和日，如2月11日；和生日历法一起填", "2月11日"),
    ),
    column(
        Field::Payout,
        "发放账号",
        &["银行账号", "银行卡号", "工资卡号", "卡号"],
        ("先把这一列设成文本再填", ""),
    ),
    column(Field::Bank, "开户银行", &["开户行", "银行"], ("有发放账号时要填", "")),
    column(
        Field::Branch,
        "所在党支部",
        &["党支部", "支部", "支部名称", "所属党支部"],
        ("党员才填，要和系统里的支部名称一致", ""),
    ),
    column(Field::BranchFrom, "转入支部日期", &["转入日期"], ("不填按导入当天", "")),
    column(Field::Reason, "错误原因", &["导入结果"], ("系统填写，改好以后不用删", "")),
];

/// The column's name, for messages.
pub fn name(field: Field) -> &'static str {
    COLUMNS.iter().find(|column| column.key == field).map_or("", |column| column.name)
}

/// The longest text that a name may be.
const LONGEST: usize = 60;

/// Reads a cell that holds something into the record.
pub(super) fn read(field: Field, cell: &Cell, today: NaiveDate, into: &mut Record) -> Result<(), Problem> {
    if matches!(cell, Cell::Failed(_)) && !matches!(field, Field::Number | Field::Reason) {
        return Err(Problem::Failed);
    }
    match field {
        Field::Number | Field::Reason => {}
        Field::Name => into.name = Some(words(cell)?),
        Field::Gender => into.gender = Some(choice(cell, &[("男", Gender::Male), ("女", Gender::Female)])?),
        Field::Born => into.born = when(cell, today)?,
        Field::Identity => {
            let text = unmasked(digits(cell)?);
            into.identity = text.map(|text| IdentityNumber::parse(&text)).transpose()?;
        }
        Field::Retirement => {
            let words = [
                ("离休", Retirement::Veteran),
                ("退休", Retirement::Retired),
                ("离休干部", Retirement::Veteran),
                ("退休干部", Retirement::Retired),
            ];
            into.retirement = Some(choice(cell, &words)?);
        }
        Field::Unit => into.unit = Some(words(cell)?),
        Field::UnitRegion => into.unit_region = Some(words(cell)?),
        Field::JoinedWork => into.joined_work = when(cell, today)?,
        Field::PartyJoined => into.party_joined = to_the_month(when(cell, today)?)?,
        Field::Phone => {
            let text = unmasked(digits(cell)?);
            into.phone = text.map(|text| Phone::parse(&text)).transpose().or(Err(Problem::NotAPhone))?;
        }
        Field::Residence => into.residence = Some(words(cell)?),
        Field::LivingAlone => into.living_alone = Some(choice(cell, &[("是", true), ("否", false)])?),
        Field::BirthdayCalendar => {
            into.calendar = Some(choice(cell, &[("公历", Calendar::Solar), ("农历", Calendar::Lunar)])?);
        }
        Field::Birthday => into.birthday = Some(month_and_day(cell).ok_or(Problem::NotADate)?),
        Field::Payout => {
            let text = unmasked(digits(cell)?);
            let number = text.map(|text| PayoutNumber::parse(&text)).transpose();
            into.payout = number.or(Err(Problem::NotAnAccount))?;
        }
        Field::Bank => into.bank = Some(words(cell)?),
        Field::Branch => into.branch = Some(words(cell)?),
        Field::BranchFrom => into.branch_from = to_the_month(when(cell, today)?)?,
    }
    Ok(())
}

fn words(cell: &Cell) -> Result<String, Problem> {
    let text = cell.shown();
    if text.chars().count() > LONGEST { Err(Problem::TooLong) } else { Ok(text) }
}

fn choice<T: Copy>(cell: &Cell, words: &[(&str, T)]) -> Result<T, Problem> {
    let text = cell.shown();
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or(Problem::NotAChoice)
}

/// An export shows numbers masked to most people. A mask is nothing new.
fn unmasked(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.contains("**"))
}

/// A date of which only the year is known is none here: the row has no place to say so.
fn to_the_month(known: Option<Known>) -> Result<Option<NaiveDate>, Problem> {
    match known {
        Some(known) if known.precision == Precision::Year => Err(Problem::MonthNeeded),
        known => Ok(known.map(|known| known.on)),
    }
}

/// `2月11日`, `2.11`, `2-11`. A lunar month may have thirty days, whatever its number.
fn month_and_day(cell: &Cell) -> Option<(i16, i16)> {
    let text = match cell {
        Cell::Text(text) => tidy(text),
        _ => return None,
    };
    let (month, day) = text.trim_end_matches(['日', '号']).split_once(['月', '.', '-', '/'])?;
    let (month, day): (i16, i16) = (month.trim().parse().ok()?, day.trim().parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}
