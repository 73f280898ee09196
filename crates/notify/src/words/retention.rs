//! What is said about how long things are kept: why a rule, a list or a hold does not go through, by the rule's name.

use domain::retention::RetentionRefusal;

/// Why not.
pub fn refusal(refusal: RetentionRefusal) -> String {
    use RetentionRefusal as No;
    match refusal {
        No::UnknownClass => "没有这一类资料。".to_owned(),
        No::NoRuleThere => "这一类不按期限销毁，不用定期限。".to_owned(),
        No::TooShort { least, document } => {
            format!("太短了，至少要保存{}。\n依据：{document}。", least.label())
        }
        No::NoPeriod => "请写保存多久，1天到100年。".to_owned(),
        No::NoDocument => "请写依据的文件，不超过100个字。".to_owned(),
        No::Begun => "开始的日期要在今天或者以后。".to_owned(),
        No::NotProvince => "销毁的事由全省的管理员来办。".to_owned(),
        No::SamePerson => "第二人规则：提请的人不能自己同意。\n请另一位同志来办。".to_owned(),
        No::NotNow => "已经办到下一步了，这一步不用再办。".to_owned(),
        No::OtherList => "清单和刚才看的不一样了。\n请再看一遍。".to_owned(),
        No::NothingThere => "清单上没有可以销毁的。".to_owned(),
        No::NoReason => "请写原因，不超过200个字。".to_owned(),
        No::NothingToHold => "没有找到，或者不归您管。\n请再看一遍。".to_owned(),
        No::HoldNotNow => "已经有人办过了。".to_owned(),
        No::NotAsked => "还没有人申请解除。".to_owned(),
        No::SameHand => "双人解除规则：申请的人不能自己解除。\n请另一位同志来办。".to_owned(),
    }
}
