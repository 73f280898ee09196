//! What is said about visits: the morning's digest of whoever goes, and why something is not done. Short sentences, no blame, nobody's name.

use domain::outreach::Refusal;

use crate::message::Message;

/// In the morning: how many wait, and how many of them are late.
pub fn today(open: usize, late: usize, page: &str) -> Message {
    let late = if late > 0 { format!("\n有{late}位已经过了期限。") } else { String::new() };
    Message::plain("今天要走访", format!("还有{open}位同志等您去看望。{late}")).button("看我要走访的", page)
}

/// A rule in words.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Standard => "标准没有写全。\n请写给谁、给多少、几个人去和文件号。".to_owned(),
        Refusal::InThePast => "标准不能从以前开始。\n请写今天或者以后。".to_owned(),
        Refusal::Exists => "这一天起已经有这样的标准。\n请改一下日期。".to_owned(),
        Refusal::Contradicts { source, .. } => {
            format!("上级的标准不允许。\n上级的文件是：{source}。\n请不要比它宽。")
        }
        Refusal::NotNow => "这件事已经有人办过了。\n请再看一次。".to_owned(),
        Refusal::SamePerson => "自己经办的，不能自己审核。\n请另一位同志来办。".to_owned(),
        Refusal::NoDay => "没有这样的日子，或者太远了。\n请改一下年份和月份。".to_owned(),
        Refusal::TooWide => "请选一个县，或者一个单位。\n市和省按单位拟计划。".to_owned(),
        Refusal::Nobody => "名单上还没有人。\n请先列入要走访的同志。".to_owned(),
        Refusal::NoReason => "请写原因，最多200个字。".to_owned(),
        Refusal::Dead => "名册上已经不能办理。\n请和家属核对。".to_owned(),
        Refusal::Twice => "这次慰问已经列入过这位同志。\n也可能列在别的单位。".to_owned(),
        Refusal::Short { available, missing } => {
            format!("走访慰问的经费不够。\n可用{available}。\n还差{missing}。")
        }
        Refusal::Frozen { year } => format!("{year}年的经费已经冻结。\n冻结以后不再记账。"),
        Refusal::Second => "标准要求两个人去。\n请选一同走访的同志。".to_owned(),
        Refusal::TooMuch => "不能超过名单上的标准。\n请改一下。".to_owned(),
        Refusal::NoPieces { there } => format!("没有这么多，现在有{there}份。\n请改一下数量。"),
        Refusal::HadPart => "您办过这个计划，不能来结清。\n请另一位出纳来办。".to_owned(),
        Refusal::WasThere => "走访过的同志不能来结清。\n请另一位出纳来办。".to_owned(),
        Refusal::NoReceipt { count } => {
            format!("还有{count}位没有签收。\n请收齐签收单，或请本人确认。")
        }
        Refusal::StillDue { count } => format!("还有{count}位没有到期限。\n请走访完再结清。"),
        Refusal::Day => "日期不对。\n请写计划同意以后到今天的日子。".to_owned(),
        Refusal::Words => "请写几句话，最多500个字。".to_owned(),
        Refusal::Item => "请写品名和单价。\n品名最多40个字。".to_owned(),
        Refusal::Purchase => "请写数量、金额和发票号。".to_owned(),
        Refusal::Stay => "住院的日期对不上。\n请看看是不是登记过。".to_owned(),
        Refusal::NoWorkers => "请选当地的老干部工作者。".to_owned(),
        Refusal::Point => "经度和纬度不对。\n请再看一遍。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{ids::RegionCode, outreach::Refusal};

    use super::refusal;

    #[test]
    fn sentences_are_short_and_blame_nobody() {
        let region = RegionCode::parse("33").unwrap();
        for no in [
            Refusal::Standard,
            Refusal::Contradicts { region, source: "浙老干〔2026〕1号".to_owned() },
            Refusal::NoReceipt { count: 3 },
            Refusal::StillDue { count: 3 },
            Refusal::NoPieces { there: 3 },
            Refusal::Twice,
            Refusal::Stay,
        ] {
            let said = refusal(&no);
            for sentence in said.split(['。', '\n']) {
                assert!(sentence.chars().count() <= 25, "{sentence}");
            }
            assert!(!said.contains("失败") && !said.contains("错误"), "{said}");
        }
    }
}
