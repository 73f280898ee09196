//! Why something is not done, and what to do instead: one short text for each rule, shared by pages and chats. Short sentences, no
//! blame, no name of anybody.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use domain::{
    aid::{self, payment::layout::Unreadable},
    branch::Refusal,
    budget,
    calendar::{local_date, say},
};

/// A branch's rule in words.
pub fn branch(refusal: Refusal, now: DateTime<Utc>) -> String {
    match refusal {
        Refusal::NotYourBranch => "这是别的支部的活动。请看看自己支部的活动。".to_owned(),
        Refusal::NotYet { opens_at } => {
            format!("还没到签到的时间。\n{}起可以签到。", say::moment(opens_at, now))
        }
        Refusal::Over { .. } => "时间已经过了。\n请告诉支部书记，由书记登记。".to_owned(),
        Refusal::Cancelled => "这次活动取消了，不用去。\n请看看下一次活动。".to_owned(),
        Refusal::Dead => "名册上已经不能登记。\n请打电话和我们核对。".to_owned(),
        Refusal::RolledCall => "书记已经替您登记过了。\n要改的话，请告诉书记。".to_owned(),
        Refusal::BadTime => "结束要比开始晚，不超过一天。\n请改一下时间。".to_owned(),
        Refusal::TooLongAgo => "时间太久了，这里不再补记。\n请打电话给我们。".to_owned(),
        Refusal::NoTitle => "还没有写名称。\n请写几个字。".to_owned(),
        Refusal::AlreadyHeld => "活动已经开过了，不能再取消。\n记错了，请打电话给我们。".to_owned(),
        Refusal::NotBegun => "活动还没有开始。\n请开始以后再记。".to_owned(),
        Refusal::NoSuchBranch => "那一天还没有这个支部。\n请改一下日期。".to_owned(),
        Refusal::BadPartyDay => "请在1号到28号里选一天。".to_owned(),
        Refusal::AlreadyMember { since } => {
            format!("已经在这个支部了。\n从{}开始。", say::date(since, local_date(now)))
        }
        Refusal::AffiliatedElsewhere { .. } => "组织关系还在别的支部。\n请先请那边办理转出。".to_owned(),
        Refusal::Stale => "刚才有人改过了。\n请返回上一页，再看一次。".to_owned(),
    }
}

/// A rule of hardship aid in words. Sums are said without the reader's own: they are the rule's.
#[expect(clippy::too_many_lines, reason = "one sentence for each rule, and the match leaves none out")]
pub fn aid(refusal: &aid::Refusal) -> String {
    use aid::Refusal as No;
    match refusal {
        No::Erased => "保管期限到了，内容已经按规定销毁。\n编号和金额还在。".to_owned(),
        No::NotNow { .. } => "已经办到下一步了，这一步不用再办。".to_owned(),
        No::Answer { .. } => "有一个问题要改一下。\n请返回上一页，再看一次。".to_owned(),
        No::NotAnswered(_) => "还有问题没有填。\n请返回上一页，接着填。".to_owned(),
        No::LiveCaseExists { number } => {
            format!("这样的申请已经在办了。\n编号{number}，不用再提交。")
        }
        No::HelpedThisYear { number } => {
            format!("这样的帮扶今年已经有过。\n编号{number}，明年还可以申请。")
        }
        No::Dead => "名册上已经不能办理。\n请打电话和我们核对。".to_owned(),
        No::Separation(rule) if rule.did == aid::separation::Part::Relative => {
            format!("您和这位同志关系亲近，不能办{}。\n请换一位同志来办。", rule.wants.label())
        }
        No::Separation(rule) if rule.did == aid::separation::Part::Applicant => {
            format!("您是申请人这一边的，不能办{}。\n请换一位同志来办。", rule.wants.label())
        }
        No::Separation(rule) if rule.did == aid::separation::Part::Recused => {
            format!("您已经回避，不能再办{}。\n请换一位同志来办。", rule.wants.label())
        }
        No::Separation(rule) => {
            format!("您办过{}，不能再办{}。\n请换一位同志来办。", rule.did.label(), rule.wants.label())
        }
        No::ReceivedDate => "收到的日期不对。\n要在最近60天里。".to_owned(),
        No::NoSuchForm => "没有这个编号的申请表。\n请看一下表上的编号。".to_owned(),
        No::FormUsed => "这张申请表已经登记过了。\n请查这位同志的申请。".to_owned(),
        No::OneVisitor => "家访要两个人一起去。\n请再选一位同志。".to_owned(),
        No::NotAVisitor => "选的同志不是这里的工作人员。\n请换一位。".to_owned(),
        No::RecorderNotThere => "家访由去过的人来记。\n请去过的同志来记。".to_owned(),
        No::VisitDate => "家访的日期不对。\n要在申请以后，今天以前。".to_owned(),
        No::Findings => "请写下家访看到的情况。\n不要太长。".to_owned(),
        No::Amount { least, most } => {
            format!("金额要在{least}和{most}之间。\n请改一下。")
        }
        No::BelowLeast { amount, least } => {
            format!("按自付算，只有{amount}。\n不到最低的{least}，不能帮。")
        }
        No::SelfPaid => "这类帮扶按自付算。\n请写票据上自付了多少。".to_owned(),
        No::WorkedOut { amount } => format!("按自付算，是{amount}。\n建议金额请照这个写。"),
        No::StillHelped { number, until } => {
            format!("上一次帮扶还管着。\n编号{number}。\n{}以后可以再申请。", say::full_date(*until))
        }
        No::Contradicts { field, limit, source, .. } => {
            format!("上级定的{}是{limit}。\n下级不能更宽。\n依据：{source}。", field.label())
        }
        No::Standard => "有一个数不对。\n请看金额、天数、月数和文件。".to_owned(),
        No::StandardInThePast => "标准从今天或者以后起。\n请改一下日期。".to_owned(),
        No::StandardExists => "同一天起的标准已经有了。\n请改一下日期。".to_owned(),
        No::StandardDecided => "这条标准已经有人办过了。\n请再看一次。".to_owned(),
        No::OwnStandard => "自己写的，不能自己审核。\n请另一位同志来办。".to_owned(),
        No::Category(no) => category(no),
        No::NoRule => "这一类帮扶还没有定标准。\n请先请管理员定标准。".to_owned(),
        No::BudgetShort { available, missing } => {
            format!("批准要同时预占经费。\n{}\n经费到了以后，再办这一步。", short_of(available, missing))
        }
        No::NoSuchRound => "这一轮审批已经结束了。\n请再看一次。".to_owned(),
        No::Leaks(_) => "公示里写得太多了，不能张贴。\n请和管理员一起看看。".to_owned(),
        No::Objection => "请写几句话，说说哪里不对。\n不要太长。".to_owned(),
        No::NoticeStillOpen => "公示还没有满期。\n满期以后再办。".to_owned(),
        No::NothingToPay => "现在没有可以发放的。".to_owned(),
        No::BatchNotNow => "这一批已经办到下一步了。\n请再看一次。".to_owned(),
        No::OwnBatch => "自己做的批次，不能自己复核。\n请另一位同志来办。".to_owned(),
        No::EmergencyCap { most } => format!("先发的钱要有数，最多{most}。\n请改一下金额。"),
        No::EmergencyAsked => "先救后补已经有人提了。\n请等两位同志表态。".to_owned(),
        No::SecondWord => "两次表态要两个人。\n请另一位同志来办。".to_owned(),
        No::NoPapers => "还没有收到材料。\n请先把材料传上来。".to_owned(),
        No::BelowAhead { paid } => {
            format!("已经先发了{paid}。\n送审不能少于这个数。\n不该这么多的，办不通过，再追回。")
        }
        No::FollowUpDate => "回访的日期不对。\n要在发放以后，今天以前。".to_owned(),
        No::Clawback(aid::NoClaim::Open) => "这件事已经提过追回了。\n请先办完那一件。".to_owned(),
        No::Clawback(aid::NoClaim::Appeal { until }) => {
            format!("本人还可以申诉。\n{}以后再提。", say::full_date(*until))
        }
        No::Clawback(aid::NoClaim::Cause) => "记录里没有这个原因。\n请另选一个。".to_owned(),
        No::Clawback(aid::NoClaim::Amount { most }) => format!("最多{most}。\n请改一下金额。"),
        No::Clawback(aid::NoClaim::Date) => "收款的日期不对。\n要在决定以后，今天以前。".to_owned(),
        No::Clawback(aid::NoClaim::CameBack) => {
            "钱已经由银行退回，没有要收的。\n请审批人员撤销追回。".to_owned()
        }
        No::Clawback(aid::NoClaim::Loss) => "登记的情况和这个原因不符。\n请另选一个。".to_owned(),
        No::Clawback(aid::NoClaim::Paper) => {
            "还没有收不回的证明，或者已经作废。\n请先把材料传上来。".to_owned()
        }
        No::Clawback(aid::NoClaim::WrittenOff { written_off }) => {
            format!("这笔钱里有{written_off}已经核销。\n银行退回来的，请在追回里记收款。")
        }
        No::Clawback(aid::NoClaim::Document) => "请写依据的文件号。\n不要太长。".to_owned(),
        No::Clawback(aid::NoClaim::WriteOffOpen) => "已经有人提了核销。\n请等审批人员决定。".to_owned(),
        No::Clawback(aid::NoClaim::Unsettled) => {
            "这笔钱还在追回，不能再发。\n请审批人员先定下来。".to_owned()
        }
        No::Clawback(aid::NoClaim::PaidBack { recovered }) => {
            format!("本人已经退了{recovered}。\n和退汇对不上，请先问银行。")
        }
        No::Words => "请写几句话，说说原因。\n最多500个字。".to_owned(),
        No::Ground => "这个原因现在不能用。\n请另选一个。".to_owned(),
        No::StillTime { until } => {
            format!("还没有到补材料的最后一天。\n最后一天是{}。", say::full_date(*until))
        }
        No::AppealTooLate { until } => {
            format!("申诉的时间已经过了。\n最后一天是{}。\n请打电话给我们。", say::full_date(*until))
        }
        No::OwnAppeal => "自己记下的申诉，不能自己处理。\n请另一位同志来办。".to_owned(),
        No::CouncilFirst { above } => format!("超过{above}的，先要集体研究。\n请先记下集体研究的结果。"),
        No::CouncilDate => "开会的日期不对。\n要在家访以后，不晚于今天。".to_owned(),
        No::NotAMember => "参加的同志不是这里的，或者写了两次。\n请改一下。".to_owned(),
        No::Quorum { needed, there } => {
            format!("参加表决的人不够。\n至少{needed}人，除了回避的有{there}人。")
        }
        No::MustRecuse(rule) => {
            format!("有一位同志是{}，要回避。\n请把他的表决改成回避。", rule.did.label())
        }
        No::NoProcedure(limit) => format!("{}还没有定期限。\n请先请管理员定期限。", limit.label()),
        No::Procedure => "请写一个大小合适的数。\n还要写文件。".to_owned(),
        No::ProcedureContradicts { limit, value, source, .. } => {
            let no = if limit.more_is_stricter() { "少" } else { "多" };
            format!("上级定的{}是{}。\n下级不能更{no}。\n依据：{source}。", limit.label(), limit.says(value))
        }
        No::Setting => "内容或者文件号还不对。\n请改一下。".to_owned(),
        No::SettingContradicts { above, source, .. } => {
            format!("上级定的金额是{above}。\n下级不能更高。\n依据：{source}。")
        }
        No::PaperFirst { paper } => format!("送审以前还缺材料。\n一定要有：{paper}。"),
        No::AssessmentFirst => "还没有填家访评估。\n请去过的同志先填。".to_owned(),
        No::Assessment => "有问题没有答，或者答得不对。\n请改一下。".to_owned(),
        No::SameNeed { number, category, until } => format!(
            "同一件事已经帮过，类别是{}。\n编号{number}。\n{}以后可以再申请。",
            category,
            say::full_date(*until)
        ),
        No::HelpedBesides { number } => {
            format!("同一段时间还有别的帮扶。\n编号{number}。\n请先核实，写下说明和看到的材料。")
        }
        No::Payee(aid::NoPayee::Terms) => "开户行或者期限不对。\n最多一年，不超过委托的期限。".to_owned(),
        No::Payee(aid::NoPayee::Exists) => "已经有代收人了。\n要换人，请先停止。".to_owned(),
        No::Payee(aid::NoPayee::NotNow) => "这一步已经办过了，不用再办。".to_owned(),
        No::Payee(aid::NoPayee::Own) => "您已经办过代收人的一步。\n请另一位同志来办。".to_owned(),
        No::Payee(aid::NoPayee::Mandate) => "没有有效的帮扶代办委托。\n请先办委托。".to_owned(),
        No::Payee(aid::NoPayee::Paper) => "还没有委托书。\n请先把委托书传上去。".to_owned(),
        No::Payee(aid::NoPayee::OfOffice) => "工作人员和办过这件事的人不能代收。\n请换一位。".to_owned(),
        No::BatchChanged => "这一批有变化，有人已经移出。\n请重新看一遍再复核。".to_owned(),
        No::NoSuchLayout => "没有这样的银行文件格式。\n请再选一次。".to_owned(),
        No::LayoutExists => "同一天起的文件格式已经有了。\n请改一下日期。".to_owned(),
        No::Layout => "这个文件格式不能用。\n请对照说明改一下。".to_owned(),
        No::BankFile(why) => bank_file(*why),
        No::NotCheckedToday => "今天还没有做在世核对。\n核对以后再送银行。".to_owned(),
        No::AccountIsOld => "账户最近没有变，不用确认。".to_owned(),
        No::OwnAccountChange => "这个账户是您经手改的。\n请换一位同志来确认。".to_owned(),
        No::HelpedElsewhere => "申请里说别处也帮扶过。\n请先核实，写下说明和看到的材料。".to_owned(),
        No::Elsewhere => "说明和材料都要写。\n不要太长。".to_owned(),
        No::NothingElsewhere => "没有别的帮扶。\n不用说明。".to_owned(),
        No::HouseholdCap { most, used, source } => {
            format!("一家一年最多{most}。\n已经定了{used}。\n依据：{source}。\n请改一下金额。")
        }
        No::Vouch => "请写几个字，说是怎么确认的。\n不要太长。".to_owned(),
        No::NotHighEnough(level) => {
            format!("这个金额要{}审批。\n请转给{}的同志。", level.label(), level.label())
        }
        No::Stale => "刚才有人改过了。\n请返回上一页，再看一次。".to_owned(),
    }
}

/// Why a category is not written down, or not asked for.
fn category(no: &aid::NoCategory) -> String {
    use aid::NoCategory as No;
    match no {
        No::Row => "类别要有名称、文件和排第几。\n请再看一次。".to_owned(),
        No::Name => "名称最多12个字，不写数字。\n请改一下名称。".to_owned(),
        No::InNotices => "这个名称公示里本来就有。\n请换一个名称。".to_owned(),
        No::NameTaken => "别的类别已经叫这个名称。\n请换一个名称。".to_owned(),
        No::OfAbove => "新的类别由上级来加。\n请和上级联系。".to_owned(),
        No::Taken => "这个代号别处用过了。\n请换一个代号。".to_owned(),
        No::Group { group, source } => {
            format!("公示里说的是{}。\n定了就不能改。\n依据：{source}。", group.label())
        }
        No::Later { from } => {
            format!("上级从{}起才有这一类。\n请改一下日期。", say::full_date(*from))
        }
        No::Stopped { source, .. } => {
            format!("上级不办这一类。\n下级不能办。\n依据：{source}。")
        }
        No::Unknown => "没有这个类别。\n请先把类别加上。".to_owned(),
        No::NotOffered => "这一类现在不能申请。\n请另选一类，或者打电话问我们。".to_owned(),
    }
}

/// Why a file of a bank is not taken.
fn bank_file(why: Unreadable) -> String {
    match why {
        Unreadable::Encoding => "文件的编码不对。\n请把银行给的文件原样传上来。".to_owned(),
        Unreadable::Empty => "文件里没有一笔。\n请看看是不是选错了。".to_owned(),
        Unreadable::TooLong => "文件太长了。\n请看看是不是选错了。".to_owned(),
        Unreadable::Control { line } => {
            format!("第{line}行的批号、笔数或者金额对不上。\n请看看是不是选错了。")
        }
    }
}

/// A rule of budgets in words.
pub fn budget(refusal: &budget::Refusal) -> String {
    use budget::Refusal as No;
    match refusal {
        No::NoSource => "经费要有文件。\n请写文件号。".to_owned(),
        No::Amount => "请写一个金额。\n例如3000或者3000.50。".to_owned(),
        No::Year => "只能办去年、今年、明年的经费。\n请改一下年度。".to_owned(),
        No::NotBelow => "下拨只到下面的市和县。\n请改一下地方。".to_owned(),
        No::NotAbove => "上缴只到上面的省和市。\n请改一下地方。".to_owned(),
        No::NoWeights => "还没有写分给谁。\n请至少写一个地方的份数。".to_owned(),
        No::Twice => "有一个地方写了两次。\n请改一下。".to_owned(),
        No::Short { available, missing } => {
            format!("不能用超过可用的钱。\n{}", short_of(available, missing))
        }
        No::Frozen { year } => format!("{year}年的经费已经冻结。\n冻结以后不再记账。"),
        No::NotOver { year } => format!("{year}年还没有过完。\n12月31日起才能冻结。"),
        No::SamePerson => "自己写的，不能自己审核。\n请另一位同志来办。".to_owned(),
        No::NotNow => "这件事已经有人办过了。\n请再看一次。".to_owned(),
    }
}

/// What is there and what is missing.
fn short_of(available: impl Display, missing: impl Display) -> String {
    format!("可用{available}。\n还差{missing}。")
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone, Utc};
    use domain::{
        aid::{
            self, Status, Step,
            draft::{FieldError, Question},
            payment::layout::Unreadable,
            public_notice::Leak,
            separation::{Part, Rule},
        },
        branch::Refusal,
        budget,
        ids::{BranchId, RegionCode},
    };

    fn sum<T: std::str::FromStr<Err: std::fmt::Debug>>(yuan: &str) -> T {
        yuan.parse().unwrap()
    }

    /// Every sentence can be read in one breath, and the text ends like one.
    fn short(text: &str) {
        assert!(text.ends_with('。'), "{text}");
        for sentence in text.split(['。', '\n']) {
            assert!(sentence.chars().count() <= 25, "{sentence}");
        }
    }

    #[test]
    fn every_rule_of_a_branch_is_said_shortly() {
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let since = NaiveDate::from_ymd_opt(2019, 12, 30).unwrap();
        for refusal in [
            Refusal::NotYourBranch,
            Refusal::NotYet { opens_at: now },
            Refusal::Over { ended_at: now },
            Refusal::Cancelled,
            Refusal::Dead,
            Refusal::RolledCall,
            Refusal::BadTime,
            Refusal::TooLongAgo,
            Refusal::NoTitle,
            Refusal::AlreadyHeld,
            Refusal::NotBegun,
            Refusal::NoSuchBranch,
            Refusal::BadPartyDay,
            Refusal::AlreadyMember { since },
            Refusal::AffiliatedElsewhere { branch: BranchId::new(now) },
            Refusal::Stale,
        ] {
            short(&super::branch(refusal, now));
        }
    }

    #[test]
    fn every_rule_of_aid_is_said_shortly() {
        use aid::Refusal as No;
        let number = || "西湖帮扶2026-0017".to_owned();
        for refusal in [
            No::NotNow { status: Status::Paid, step: Step::Withdraw },
            No::Answer { question: Question::WhereToPay, error: FieldError::ChooseOne },
            No::NotAnswered(Question::WhereToPay),
            No::LiveCaseExists { number: number() },
            No::HelpedThisYear { number: number() },
            No::StillHelped { number: number(), until: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap() },
            No::SelfPaid,
            No::WorkedOut { amount: sum("12345678.91") },
            No::BelowLeast { amount: sum("999.00"), least: sum("1000.00") },
            No::Dead,
            No::Separation(Rule { did: Part::Applicant, wants: Part::AccountChecker }),
            No::OneVisitor,
            No::NotAVisitor,
            No::RecorderNotThere,
            No::VisitDate,
            No::Findings,
            No::Contradicts {
                field: aid::standard::Field::NoticeDays,
                limit: "¥10,000.00".to_owned(),
                region: RegionCode::parse("33").unwrap(),
                since: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
                source: "示例〔2026〕1号".to_owned(),
            },
            No::Standard,
            No::StandardInThePast,
            No::StandardExists,
            No::StandardDecided,
            No::OwnStandard,
            No::NoRule,
            No::BudgetShort { available: sum("12345678.91"), missing: sum("98765432.19") },
            No::NoSuchRound,
            No::Leaks(Leak::Illness),
            No::Objection,
            No::NoticeStillOpen,
            No::NothingToPay,
            No::BatchNotNow,
            No::OwnBatch,
            No::BatchChanged,
            No::EmergencyCap { most: sum("12345678.91") },
            No::EmergencyAsked,
            No::SecondWord,
            No::NoPapers,
            No::BelowAhead { paid: sum("12345678.91") },
            No::FollowUpDate,
            No::Clawback(aid::NoClaim::Open),
            No::Clawback(aid::NoClaim::Appeal { until: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap() }),
            No::Clawback(aid::NoClaim::Cause),
            No::Clawback(aid::NoClaim::Amount { most: sum("12345678.91") }),
            No::Clawback(aid::NoClaim::Date),
            No::Clawback(aid::NoClaim::CameBack),
            No::Clawback(aid::NoClaim::Loss),
            No::Clawback(aid::NoClaim::Document),
            No::Clawback(aid::NoClaim::Paper),
            No::Clawback(aid::NoClaim::WriteOffOpen),
            No::Clawback(aid::NoClaim::WrittenOff { written_off: sum("12345678.91") }),
            No::Clawback(aid::NoClaim::Unsettled),
            No::Clawback(aid::NoClaim::PaidBack { recovered: sum("12345678.91") }),
        ] {
            short(&super::aid(&refusal));
        }
    }

    #[test]
    fn so_is_every_rule_of_decisions_banks_and_settings() {
        use aid::Refusal as No;
        let number = || "西湖帮扶2026-0017".to_owned();
        for refusal in [
            No::Words,
            No::Ground,
            No::StillTime { until: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap() },
            No::AppealTooLate { until: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap() },
            No::OwnAppeal,
            No::CouncilFirst { above: sum("12345678.91") },
            No::CouncilDate,
            No::NotAMember,
            No::Quorum { needed: 12, there: 11 },
            No::MustRecuse(Rule { did: Part::Relative, wants: Part::Member }),
            No::NoProcedure(aid::procedure::Limit::JudgeAppeal),
            No::Procedure,
            No::ProcedureContradicts {
                limit: aid::procedure::Limit::Account,
                value: 15,
                region: RegionCode::parse("33").unwrap(),
                source: "示例〔2026〕1号".to_owned(),
            },
            No::NoSuchLayout,
            No::LayoutExists,
            No::Layout,
            No::BankFile(Unreadable::Encoding),
            No::BankFile(Unreadable::Empty),
            No::BankFile(Unreadable::TooLong),
            No::BankFile(Unreadable::Control { line: 5003 }),
            No::NotCheckedToday,
            No::AccountIsOld,
            No::OwnAccountChange,
            No::Vouch,
            No::HelpedElsewhere,
            No::Elsewhere,
            No::NothingElsewhere,
            No::HouseholdCap {
                most: sum("12345678.91"),
                used: sum("98765432.19"),
                source: "示例〔2026〕7号".to_owned(),
            },
            No::Setting,
            No::SettingContradicts {
                above: sum("10000.00"),
                region: RegionCode::parse("33").unwrap(),
                source: "示例〔2026〕1号".to_owned(),
            },
            No::Category(aid::NoCategory::Row),
            No::Category(aid::NoCategory::Name),
            No::Category(aid::NoCategory::InNotices),
            No::Category(aid::NoCategory::NameTaken),
            No::Category(aid::NoCategory::OfAbove),
            No::Category(aid::NoCategory::Taken),
            No::Category(aid::NoCategory::Group {
                group: aid::Group::Family,
                source: "示例〔2026〕1号".to_owned(),
            }),
            No::Category(aid::NoCategory::Later { from: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap() }),
            No::Category(aid::NoCategory::Stopped {
                region: RegionCode::parse("33").unwrap(),
                source: "示例〔2026〕1号".to_owned(),
            }),
            No::Category(aid::NoCategory::Unknown),
            No::Category(aid::NoCategory::NotOffered),
            No::PaperFirst { paper: "诊断证明、病历".to_owned() },
            No::AssessmentFirst,
            No::Assessment,
            No::SameNeed {
                number: number(),
                category: "高额自负医疗费".to_owned(),
                until: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
            },
            No::HelpedBesides { number: number() },
            No::Payee(aid::NoPayee::Terms),
            No::Payee(aid::NoPayee::Exists),
            No::Payee(aid::NoPayee::NotNow),
            No::Payee(aid::NoPayee::Own),
            No::Payee(aid::NoPayee::Mandate),
            No::Payee(aid::NoPayee::Paper),
            No::Payee(aid::NoPayee::OfOffice),
            No::NotHighEnough(aid::standard::Level::Province),
            No::Stale,
        ] {
            short(&super::aid(&refusal));
        }
    }

    #[test]
    fn every_rule_of_budgets_is_said_shortly() {
        use budget::Refusal as No;
        for refusal in [
            No::NoSource,
            No::Amount,
            No::Year,
            No::NotBelow,
            No::NotAbove,
            No::NoWeights,
            No::Twice,
            No::Short { available: sum("12345678.91"), missing: sum("98765432.19") },
            No::Frozen { year: 2026 },
            No::NotOver { year: 2026 },
            No::SamePerson,
            No::NotNow,
        ] {
            short(&super::budget(&refusal));
        }
    }
}
