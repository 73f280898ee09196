//! The small words of an import.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    /// The file is being read.
    Receiving,
    /// Every row is looked at.
    Checking,
    /// Looked at; the worker says what shall be done.
    Checked,
    /// A second person must agree.
    Waiting,
    /// Rows are written.
    Running,
    /// Written.
    Done,
    /// What was written is taken back.
    Undoing,
    /// Taken back.
    Undone,
    /// Given up before anything was written.
    Cancelled,
}

impl Status {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Receiving => "正在读取",
            Self::Checking => "正在预检",
            Self::Checked => "预检完成",
            Self::Waiting => "等待复核",
            Self::Running => "正在写入",
            Self::Done => "已完成",
            Self::Undoing => "正在撤销",
            Self::Undone => "已撤销",
            Self::Cancelled => "已放弃",
        }
    }

    /// Does a job work on it?
    pub const fn is_worked_on(self) -> bool {
        matches!(self, Self::Receiving | Self::Checking | Self::Running | Self::Undoing)
    }

    /// Does nothing more happen to it (but that it may be taken back)?
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Undone | Self::Cancelled)
    }
}

/// What to do with people who are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Repeated {
    /// 跳过.
    Skip,
    /// 更新空白: fields of which nothing is known.
    Fill,
    /// 覆盖: fields that the file says otherwise. Blank cells change nothing.
    Overwrite,
}

impl Repeated {
    /// Reads the word of the form.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "skip" => Some(Self::Skip),
            "fill" => Some(Self::Fill),
            "overwrite" => Some(Self::Overwrite),
            _ => None,
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Skip => "跳过",
            Self::Fill => "只补空白",
            Self::Overwrite => "按表格覆盖",
        }
    }
}

/// What to do when a row cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Mode {
    /// All rows or none.
    All,
    /// 只导入正确的行.
    Right,
}

/// What a row of the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum LineKind {
    /// Above the header.
    Title,
    /// The columns' names.
    Header,
    /// The template's sample.
    Sample,
    /// A person.
    Data,
}

/// What would become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Verdict {
    /// A person who is not there yet.
    New,
    /// A person of whom something will be known that was not.
    Update,
    /// A person of whom everything is known already.
    Unchanged,
    /// There already, in the register or further up in the file, and left as it is.
    Duplicate,
    /// Something is wrong with it.
    Error,
}

impl Verdict {
    /// Would something be written?
    pub const fn writes(self) -> bool {
        matches!(self, Self::New | Self::Update)
    }
}

/// What did become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Effect {
    /// Nothing yet, or nothing at all.
    None,
    /// Written.
    Written,
    /// Should have been written, and no longer fitted when its turn came.
    Skipped,
    /// Taken back.
    Undone,
    /// Should have been taken back, and somebody had changed it since.
    Kept,
}
