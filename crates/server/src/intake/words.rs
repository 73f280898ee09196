//! What is wrong with a file or a row, and what to do about it. Plain sentences, no blame.

use domain::intake::{Problem, commands::Refusal as Rule};
use workbook::{CannotWrite, Refusal};

use crate::page::PageError;

/// Why a file is not read.
pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooLarge(_) => "文件超过10兆。请分成几个文件，或去掉图片。".to_owned(),
        Refusal::TooLargeUnpacked(_) | Refusal::TooMuch => {
            "文件里的内容太多。请另存一份，只留名单这一张表。".to_owned()
        }
        Refusal::TooManyParts(_) => "文件里的表或图片太多。请另存一份，只留名单这一张表。".to_owned(),
        Refusal::OldOrLocked => "这是旧格式，或者加了密码。请去掉密码，另存为“.xlsx”再上传。".to_owned(),
        Refusal::NotAWorkbook => "这不是Excel文件。请在表格软件里另存为“.xlsx”再上传。".to_owned(),
        Refusal::Damaged(_) => "文件打不开，可能没有传完整。请在表格软件里打开，另存一份再上传。".to_owned(),
        Refusal::Macros => "文件里有宏，不能上传。请另存为不带宏的“.xlsx”。".to_owned(),
        Refusal::ExternalLinks => "文件里引用了别的文件。请复制成数值，再上传。".to_owned(),
        Refusal::DocumentType => "文件里有不该有的内容，不能上传。请重新下载模板来填。".to_owned(),
        Refusal::TooManyRows(most) => format!("名单超过{most}行。请分成几个文件上传。"),
        Refusal::TooManyColumns(most) => format!("表格超过{most}列。请删掉右边多余的列。"),
        Refusal::TooMuchText(row) => format!("第{row}行的字太多。请写短一些再上传。"),
        Refusal::NoHeader => "没有找到表头。表头要有“姓名”“管理单位”“离退休类别”。".to_owned(),
        Refusal::MissingColumns(names) => format!("表头少了：{}。请补上再上传。", names.join("、")),
        Refusal::ColumnTwice(name) => format!("表头里“{name}”出现了两次。请留一列再上传。"),
    }
}

/// What is wrong with a row.
pub(super) fn problem(problem: Problem) -> String {
    let words = match problem {
        Problem::Missing => "没有填，请补上",
        Problem::DigitsLost => "号码被表格软件改坏了，后几位已经丢失。请把这一列设成文本，重新填写",
        Problem::NotDigits => "只能填数字，请检查",
        Problem::Failed => "公式出错了，请填写数值",
        Problem::NotADate => "看不出是哪一天，请写成1948-03-02",
        Problem::NoSuchDay => "没有这一天，请检查",
        Problem::WhichCentury => "年份请写四位，如1949",
        Problem::JanuaryOrOctober => "分不清是1月还是10月，请写成1949年10月",
        Problem::MonthNeeded => "至少要写到月份",
        Problem::IdentityLength => "身份证号要有18位（旧的15位也可以）",
        Problem::IdentityCharacters => "身份证号里的地区或生日不对，请对照证件检查",
        Problem::IdentityCheck => "身份证号最后一位对不上，多半有一位写错了",
        Problem::NotAPhone => "电话不对，请填手机号，或带区号的座机",
        Problem::NotAnAccount => "账号不对，请只填数字",
        Problem::NotAChoice => "请从下拉列表里选一个",
        Problem::TooLong => "太长了，请写短一些",
        Problem::UnknownUnit => "系统里没有这个单位，或不归您管。请检查名称",
        Problem::WhichUnit => "有几个同名单位，请加填“单位所在区划”",
        Problem::UnitClosed => "这个单位已经撤销，请填现在的管理单位",
        Problem::UnknownRegion => "没有这个区划，请填代码或完整名称",
        Problem::UnknownBranch => "系统里没有这个党支部，或不归您管。请检查名称",
        Problem::WhichBranch => "有几个同名党支部，请联系管理员",
        Problem::BranchNotYet => "那一天还没有这个党支部，请检查日期",
        Problem::AffiliatedElsewhere => "组织关系还在别的支部，请先办理转出",
        Problem::BankMissing => "填了账号，还要填开户银行",
        Problem::GenderDisagrees => "和身份证号里的性别不一样，请核对",
        Problem::BornInFuture => "出生日期还没有到，请检查",
        Problem::NoVeteran => "离休要在1949年9月30日以前参加工作，请核对",
        Problem::Elsewhere => "这个身份证号已经登记在别处，请联系管理员",
        Problem::OtherNumber => "同单位有同名同生日的人，身份证号不一样。请核对是不是同一个人",
        Problem::WhichPerson => "系统里有几个同名同生日的人，请补上身份证号",
        Problem::Died => "名册上这个人已经去世，请核对",
        Problem::Protected => "和名册不一样。这一项不能用表格改，请走变更申请，或清空这一格",
        Problem::Overlaps => "和名册里后来的记录冲突，请先看这个人的变动情况",
        Problem::TooLate => "日期太远了，请检查",
        Problem::Waiting => "这一项已有变更申请在等审核，请先审核",
        Problem::NotTaken => "名册不收这一项，请联系管理员",
        Problem::Asked => "和名册不一样，导入以后变成变更申请，要另外审核",
        Problem::Repeated { row } => return format!("和第{row}行是同一个人，已跳过"),
    };
    words.to_owned()
}

/// A rule of imports.
pub(super) fn rule(rule: Rule) -> String {
    match rule {
        Rule::NotNow => "已经办到下一步了。请刷新再看。",
        Rule::SomeAreWrong => "还有错误的行。请改好再传，或选只导入正确的行。",
        Rule::NothingToWrite => "没有需要写入的内容。",
        Rule::SamePerson => "自己提交的导入，不能自己复核。请另一位同志来办。",
        Rule::TooLate => "已经过了7天，不能再撤销。",
    }
    .to_owned()
}

/// A file of ours that could not be written.
pub(crate) fn unwritten(error: CannotWrite) -> PageError {
    PageError::Broken(error.into())
}

#[cfg(test)]
mod tests {
    use workbook::Refusal;

    #[test]
    fn every_refusal_says_what_to_do() {
        for refusal in [
            Refusal::TooLarge(1),
            Refusal::TooLargeUnpacked(1),
            Refusal::TooManyParts(1),
            Refusal::OldOrLocked,
            Refusal::NotAWorkbook,
            Refusal::Damaged("x"),
            Refusal::Macros,
            Refusal::ExternalLinks,
            Refusal::DocumentType,
            Refusal::TooManyRows(50_000),
            Refusal::TooManyColumns(60),
            Refusal::TooMuchText(7),
            Refusal::TooMuch,
            Refusal::NoHeader,
            Refusal::MissingColumns(vec!["姓名"]),
            Refusal::ColumnTwice("姓名"),
        ] {
            let words = super::refusal(&refusal);
            assert!(words.ends_with('。'), "{words}");
            for sentence in words.split('。') {
                assert!(sentence.chars().count() <= 26, "{sentence}");
            }
        }
    }
}
