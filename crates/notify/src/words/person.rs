//! Why a record does not begin or change, and what to do instead: short sentences, no blame, nobody's name.

use domain::{
    calendar::say,
    person::{
        PersonRefusal, change::ChangeRefusal, death_undo::UndoRefusal, fact::FactRefusal, merge::MergeRefusal,
    },
    privacy::identity_number::NotAnIdentityNumber,
};

/// What is wrong with an identity number, so that somebody can put it right.
pub const fn identity_number(why: NotAnIdentityNumber) -> &'static str {
    match why {
        NotAnIdentityNumber::Empty => "还没有写身份证号。",
        NotAnIdentityNumber::Scientific => {
            "表格把号码变成了数字，后几位丢了。\n请把那一列改成文本，重新填写。"
        }
        NotAnIdentityNumber::Length => "身份证号应是18位，老号码15位。\n请再数一数。",
        NotAnIdentityNumber::Characters => "身份证号里只有数字，最后可以是X。\n请再看一遍。",
        NotAnIdentityNumber::Province => "身份证号的前两位不对。\n请再看一遍。",
        NotAnIdentityNumber::Date => "身份证号里没有这样的出生日期。\n请再看一遍。",
        NotAnIdentityNumber::Check => "身份证号对不上，多半错了一位。\n请照证件再核对。",
    }
}

/// A rule of a person's record in words. That somebody exists is said by the page, which knows what the reader may know.
pub fn person(refusal: PersonRefusal) -> String {
    match refusal {
        PersonRefusal::Exists(_) | PersonRefusal::ExistsNow => "这个身份证号已经建过档。".to_owned(),
        PersonRefusal::NoName => "请写姓名。".to_owned(),
        PersonRefusal::BornInFuture | PersonRefusal::BirthDate => "出生日期不对。\n请再看一遍。".to_owned(),
        PersonRefusal::NoVeteran => "离休要在1949年9月底以前参加工作。\n请核对档案。".to_owned(),
        PersonRefusal::UnitClosed => "这个单位已经撤销。\n请选现在的管理单位。".to_owned(),
        PersonRefusal::Died => "已经登记去世，不能再改。".to_owned(),
        PersonRefusal::DeathDate => "去世日期不对。\n要在出生以后，今天以前。".to_owned(),
        PersonRefusal::DiedOnAnotherDay => "已经登记过去世，日期不一样。\n请先核对。".to_owned(),
        PersonRefusal::ByRequest => "这一项要提交变更申请。".to_owned(),
        PersonRefusal::NoPurpose => "请写为什么要看。\n不要太长。".to_owned(),
        PersonRefusal::Fact(refusal) => fact(refusal),
    }
}

/// A rule of dated facts in words.
pub fn fact(refusal: FactRefusal) -> String {
    match refusal {
        FactRefusal::Value => "内容和这一项对不上。\n请再看一遍。".to_owned(),
        FactRefusal::Overlaps { earliest } => {
            format!("和以前登记的时间重了。\n最早可以从{}开始。", say::full_date(earliest))
        }
        FactRefusal::EndsBeforeItBegins => "结束不能早于开始。\n请改一下日期。".to_owned(),
        FactRefusal::NothingCurrent => "现在没有这一项，不用结束。".to_owned(),
        FactRefusal::AlwaysOne => "管理单位只能转，不能空着。".to_owned(),
        FactRefusal::ByRequest => "这一项要提交变更申请。".to_owned(),
        FactRefusal::Died => "已经登记去世，不能再改。".to_owned(),
        FactRefusal::NoBasis => "请写依据，比如文件号。".to_owned(),
        FactRefusal::UnitClosed => "这个单位已经撤销。\n请选现在的管理单位。".to_owned(),
        FactRefusal::TooLate => "日期太靠后了。\n请改一下日期。".to_owned(),
        FactRefusal::UnderWay => "这个人还有帮扶在办。\n请先办完，再登记。".to_owned(),
        FactRefusal::NoVeteran => "离休要在1949年9月底以前参加工作。\n请核对档案。".to_owned(),
    }
}

/// A rule of requests in words.
pub fn change(refusal: ChangeRefusal) -> &'static str {
    match refusal {
        ChangeRefusal::Value => "新的内容和这一项对不上。\n请再看一遍。",
        ChangeRefusal::NoChange => "和现在登记的一样，不用改。",
        ChangeRefusal::NoEvidence => "请写依据的材料。",
        ChangeRefusal::EffectiveDate => "生效日期不对。\n不能早于现在这一段的开始。",
        ChangeRefusal::Waiting => "这一项已经有申请在等审核。",
        ChangeRefusal::Died => "已经登记去世，不能再改。",
        ChangeRefusal::NoVeteran => "离休要在1949年9月底以前参加工作。\n请核对档案。",
        ChangeRefusal::SamePerson => "自己提的申请，不能自己审核。\n请另一位同志来办。",
        ChangeRefusal::NotNow => "这件申请已经办完了。",
        ChangeRefusal::NotYours => "只有提申请的人可以撤回。",
        ChangeRefusal::Stale => "这一项刚才有变化。\n请重新提申请。",
        ChangeRefusal::NoReason => "不同意请写原因。",
        ChangeRefusal::IdentityTaken(_) | ChangeRefusal::IdentityTakenNow => {
            "这个号码登记在另一份档案里。\n是同一个人，请先把两份档案合并。\n不是同一个人，请先核对那一份。"
        }
        ChangeRefusal::IdentityMerged => {
            "这个号码在合并进来的那份档案里。\n请撤回合并，改为保留号码对的那份。"
        }
    }
}

/// A rule of taking a death back in words.
pub const fn death_undo(refusal: UndoRefusal) -> &'static str {
    match refusal {
        UndoRefusal::Alive => "没有登记去世，不用更正。",
        UndoRefusal::NoReason => "请写怎么登记错的。",
        UndoRefusal::NoEvidence => "请写依据的材料。",
        UndoRefusal::Waiting => "已经有更正申请在等审核。",
        UndoRefusal::SamePerson => "自己提的更正，不能自己审核。\n请另一位同志来办。",
        UndoRefusal::NotNow => "这件申请已经办完了。",
        UndoRefusal::NotYours => "只有提申请的人可以撤回。",
        UndoRefusal::NoAnswer => "不同意请写原因。",
        UndoRefusal::Stale => "档案刚才有变化。\n请再看一次。",
        UndoRefusal::Merged => "合并进来的档案也登记了去世。\n请先撤销合并，再分别更正。",
    }
}

/// A rule of merging in words.
pub fn merge(refusal: MergeRefusal) -> &'static str {
    match refusal {
        MergeRefusal::SamePerson => "自己提的合并，不能自己确认。\n请另一位同志来办。",
        MergeRefusal::NotNow => "这件事已经办过了。\n请再看一次。",
        MergeRefusal::Itself => "这是同一份档案。",
        MergeRefusal::DeathDiffers => "两份档案的去世登记不一样。\n请先补登记。",
        MergeRefusal::BothAffiliated => "两份档案都有组织关系。\n请先办理转出。",
        MergeRefusal::Relatives => "这两个人是亲属，不是同一个人。",
        MergeRefusal::Collides => "两份档案有重复的登录或申请。\n请先结束其中一个。",
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::{
        person::{
            PersonRefusal, change::ChangeRefusal, death_undo::UndoRefusal, fact::FactRefusal,
            merge::MergeRefusal,
        },
        privacy::identity_number::NotAnIdentityNumber as Not,
    };

    fn short(text: &str) {
        assert!(text.ends_with('。'), "{text}");
        for sentence in text.split(['。', '\n']) {
            assert!(sentence.chars().count() <= 25, "{sentence}");
        }
    }

    #[test]
    fn every_rule_is_said_shortly() {
        for why in
            [Not::Empty, Not::Scientific, Not::Length, Not::Characters, Not::Province, Not::Date, Not::Check]
        {
            short(super::identity_number(why));
        }
        let earliest = NaiveDate::from_ymd_opt(2019, 12, 30).unwrap();
        for refusal in [
            FactRefusal::Value,
            FactRefusal::Overlaps { earliest },
            FactRefusal::EndsBeforeItBegins,
            FactRefusal::NothingCurrent,
            FactRefusal::AlwaysOne,
            FactRefusal::ByRequest,
            FactRefusal::Died,
            FactRefusal::NoBasis,
            FactRefusal::UnitClosed,
            FactRefusal::TooLate,
            FactRefusal::NoVeteran,
        ] {
            short(&super::person(PersonRefusal::Fact(refusal)));
        }
        for refusal in [
            PersonRefusal::ExistsNow,
            PersonRefusal::NoName,
            PersonRefusal::BirthDate,
            PersonRefusal::NoVeteran,
            PersonRefusal::UnitClosed,
            PersonRefusal::Died,
            PersonRefusal::DeathDate,
            PersonRefusal::DiedOnAnotherDay,
            PersonRefusal::ByRequest,
        ] {
            short(&super::person(refusal));
        }
        for refusal in [
            ChangeRefusal::Value,
            ChangeRefusal::NoChange,
            ChangeRefusal::NoEvidence,
            ChangeRefusal::EffectiveDate,
            ChangeRefusal::Waiting,
            ChangeRefusal::Died,
            ChangeRefusal::NoVeteran,
            ChangeRefusal::SamePerson,
            ChangeRefusal::NotNow,
            ChangeRefusal::NotYours,
            ChangeRefusal::Stale,
            ChangeRefusal::NoReason,
            ChangeRefusal::IdentityTakenNow,
            ChangeRefusal::IdentityMerged,
        ] {
            short(super::change(refusal));
        }
        for refusal in [
            UndoRefusal::Alive,
            UndoRefusal::NoReason,
            UndoRefusal::NoEvidence,
            UndoRefusal::Waiting,
            UndoRefusal::SamePerson,
            UndoRefusal::NotNow,
            UndoRefusal::NotYours,
            UndoRefusal::NoAnswer,
            UndoRefusal::Stale,
            UndoRefusal::Merged,
        ] {
            short(super::death_undo(refusal));
        }
        for refusal in [
            MergeRefusal::SamePerson,
            MergeRefusal::NotNow,
            MergeRefusal::Itself,
            MergeRefusal::DeathDiffers,
            MergeRefusal::BothAffiliated,
            MergeRefusal::Relatives,
            MergeRefusal::Collides,
        ] {
            short(super::merge(refusal));
        }
    }
}
