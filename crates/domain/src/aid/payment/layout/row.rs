//! Row: `bank_layout`. Written once: a bank that changes its files gets another row from a later day.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::shape::{
    Amounts, Back, Column as OutColumn, Dates, Encoding, Field, Layout, LineEnd, Out, Part, Separator,
};
use crate::ids::BankLayoutId;

/// 银行文件格式.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_layout")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BankLayoutId,
    /// By which several rows are one bank's: small letters, digits and hyphens.
    pub code: String,
    /// What the bank is called.
    pub bank: String,
    /// First day. Of a code, the latest row that has begun counts.
    pub valid_from: NaiveDate,
    /// Where the bank says so. What begins with 示例 is invented.
    pub source: String,
    /// What it says.
    pub layout: Layout,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The layout of a batch that names none: a line of titles, tabs, UTF-8.
pub fn plain() -> Layout {
    let column = |title: &str, field| OutColumn { title: title.to_owned(), field };
    Layout {
        separator: Separator::Tab,
        encoding: Encoding::Utf8,
        line_end: LineEnd::Crlf,
        amounts: Amounts::Yuan,
        dates: Dates::Dashed,
        extension: "txt".to_owned(),
        out: Out {
            head: Vec::new(),
            titles: true,
            columns: vec![
                column("序号", Field::Serial),
                column("户名", Field::Payee),
                column("账号", Field::Account),
                column("开户行", Field::Bank),
                column("金额", Field::Amount),
                column("附言", Field::Case),
            ],
            foot: Vec::new(),
        },
        back: Back {
            head: Vec::new(),
            titles: true,
            columns: vec![Part::Serial, Part::Payee, Part::Account, Part::Amount, Part::Result, Part::Reason],
            foot: Vec::new(),
            paid: vec!["已付".to_owned()],
            returned: vec!["退汇".to_owned()],
            waiting: vec!["等待".to_owned()],
            reasons: reasons(),
        },
    }
}

/// 样例银行, which there is not: totals in front and after all, bars, GB18030, whole fen.
pub fn sample() -> Layout {
    use super::shape::Control::{Any, Batch, Count, Date, Text, Total};
    let column = |field| OutColumn { title: String::new(), field };
    Layout {
        separator: Separator::Bar,
        encoding: Encoding::Gb18030,
        line_end: LineEnd::Crlf,
        amounts: Amounts::Fen,
        dates: Dates::Compact,
        extension: "txt".to_owned(),
        out: Out {
            head: vec![Text("H".to_owned()), Batch, Date, Count, Total],
            titles: false,
            columns: vec![
                column(Field::Serial),
                column(Field::Account),
                column(Field::Payee),
                column(Field::Amount),
                column(Field::Bank),
                column(Field::Case),
            ],
            foot: vec![Text("T".to_owned()), Count, Total],
        },
        back: Back {
            head: vec![Text("R".to_owned()), Batch, Date, Any],
            titles: false,
            columns: vec![
                Part::Serial,
                Part::Account,
                Part::Payee,
                Part::Amount,
                Part::Ignored,
                Part::Case,
                Part::Result,
                Part::Reason,
            ],
            foot: vec![Text("T".to_owned()), Count, Total],
            paid: vec!["0000".to_owned()],
            returned: vec!["0001".to_owned(), "0002".to_owned()],
            waiting: vec!["9999".to_owned()],
            reasons: reasons(),
        },
    }
}

fn reasons() -> std::collections::BTreeMap<crate::aid::payment::ReturnReason, Vec<String>> {
    use crate::aid::payment::ReturnReason::{AccountBlocked, NameDiffers, NoSuchAccount};
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    [
        (NameDiffers, words(&["户名"])),
        (NoSuchAccount, words(&["销户", "注销", "不存在"])),
        (AccountBlocked, words(&["冻结", "止付", "异常"])),
    ]
    .into()
}
