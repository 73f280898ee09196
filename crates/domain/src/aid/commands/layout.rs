//! A bank's layout is written down by whoever runs the installation, with the day from which the bank wants it and where the bank says so.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, SqlErr};
use serde_json::json;

use crate::{
    Act, By, Context,
    aid::{
        AidError, Refusal,
        payment::layout::{BankLayout, Layout, sample},
        store,
    },
    ids::BankLayoutId,
};

/// What is written down.
#[derive(Clone, Debug)]
pub struct NewLayout {
    /// By which several layouts are one bank's: small letters, digits and hyphens, at most 40.
    pub code: String,
    /// What the bank is called.
    pub bank: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Where the bank says so.
    pub source: String,
    /// What it says.
    pub layout: Layout,
}

/// Writes down a layout.
pub async fn add_layout(
    db: &DatabaseConnection,
    cx: &Context,
    by: By<'_>,
    new: NewLayout,
    now: DateTime<Utc>,
) -> Result<BankLayout, AidError> {
    let named = [&new.bank, &new.source].iter().all(|text| !text.trim().is_empty());
    let code = (1..=40).contains(&new.code.len())
        && new.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !named || !code || new.layout.check().is_err() {
        return Err(Refusal::Layout.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let row = insert(&tx, new, now).await?;
    let act = Act {
        by,
        action: "aid.bank_layout_added",
        subject: format!("bank_layout/{}", row.id),
        detail: json!({ "code": row.code, "from": row.valid_from }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(row)
}

async fn insert(
    tx: &DatabaseTransaction,
    new: NewLayout,
    now: DateTime<Utc>,
) -> Result<BankLayout, AidError> {
    let row = BankLayout {
        id: BankLayoutId::new(now),
        code: new.code,
        bank: new.bank.trim().to_owned(),
        valid_from: new.valid_from,
        source: new.source.trim().to_owned(),
        layout: new.layout,
    };
    store::bank::insert_layout(tx, row).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::LayoutExists.into(),
        _ => AidError::Db(error),
    })
}

/// The bank that there is not, for the demonstration and the tests.
pub(in crate::aid) fn sample_layout(valid_from: NaiveDate, now: DateTime<Utc>) -> BankLayout {
    BankLayout {
        id: BankLayoutId::new(now),
        code: "sample".to_owned(),
        bank: "样例银行".to_owned(),
        valid_from,
        source: "示例：样例银行批量代发文件格式（以开户银行的文件为准）".to_owned(),
        layout: sample(),
    }
}
