//! The sentences: which file, what is with it, what to do.

use attachment::Refusal as Not;
use domain::evidence::{EvidenceError, MOST, Refusal};
use notify::words::refusal as said;

use crate::page::PageError;

/// So much of a file's name is said.
const NAME: usize = 12;

/// Why a file is not taken.
pub(crate) fn refusal(name: &str, refusal: &Not) -> String {
    let mut short: String = name.chars().filter(|letter| !letter.is_control()).take(NAME).collect();
    if name.chars().count() > NAME {
        short.push('…');
    }
    let (what, now) = match refusal {
        Not::Empty => ("是空的。", "请重新选一个。"),
        Not::TooLarge(_) => ("太大了，最大10兆。", "请再拍一张，或者选小一点的。"),
        Not::NotTaken => ("不是照片，也不是PDF。", "请拍一张照片。"),
        Not::Heif => ("是HEIC格式，这里打不开。", "请点“拍照”，再拍一张。"),
        Not::Broken(_) => ("打不开，可能没有存完整。", "请再拍一张，或者换一个。"),
        Not::TooManyPoints(_) => ("尺寸太大了。", "请再拍一张普通的照片。"),
        Not::TooManyPages(_) => ("页数太多了，最多60页。", "请分成几份来传。"),
        Not::Locked => ("加了密码，打不开。", "请去掉密码，或者拍照。"),
        Not::Script => ("里面有会自动运行的内容。", "请打印出来，再拍照。"),
        Not::Files => ("里面夹带了别的文件。", "请打印出来，再拍照。"),
        Not::Marked(_) => ("有密级字样，不能在这里传。", "请打电话给我们，当面来办。"),
    };
    format!("“{short}”{what}{now}")
}

/// Why a paper is not kept, if a rule says so.
pub(crate) fn kept(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooMany => format!("已经有{MOST}份了，不能再加。"),
        Refusal::Marked(_) => "有密级字样，不能在这里传。请打电话给我们，当面来办。".to_owned(),
        Refusal::NotHere => "这里不收这种材料。请打电话给我们。".to_owned(),
        Refusal::Over => "这份申请已经办完了，不用再交。".to_owned(),
        Refusal::Gone => "保管期限到了，内容已经按规定销毁。".to_owned(),
        Refusal::NoPicture => "PDF不能在这里涂黑。请涂黑以后再传一份。".to_owned(),
        Refusal::Aid(refusal) => said::aid(refusal),
    }
}

/// An error of the domain as a page.
pub(crate) fn page_error(error: EvidenceError) -> PageError {
    match error {
        EvidenceError::NotFound => PageError::NotFound,
        EvidenceError::TooLate => PageError::Stale,
        EvidenceError::Db(error) => error.into(),
        EvidenceError::Refused(refusal) => PageError::Refused(kept(&refusal)),
        EvidenceError::Files(error) => PageError::Unavailable(error.into()),
        other => PageError::Broken(other.into()),
    }
}
