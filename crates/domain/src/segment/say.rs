//! Rules and causes in the office's words, and what of the register decided.

use chrono::NaiveDate;

use super::{Cause, Line, Mark, Rule, What, facts::Facts, judge};
use crate::{
    calendar::say,
    ids::RegionCode,
    person::{
        Retirement,
        fact::{FactKind, LONG_AGO, PersonFact},
        period::Known,
    },
    region::Regions,
};

/// What decided about a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// What the register says.
    pub value: String,
    /// Where: since when, by which document.
    pub basis: String,
}

impl Mark {
    /// 90周岁以上, 没有电话号码 …
    pub fn label(&self, regions: &Regions, on: NaiveDate) -> String {
        let named = |code: &RegionCode| {
            regions.find(code, on).map_or_else(|| code.to_string(), |region| region.name.clone())
        };
        let so = self.so;
        let either = |yes: &str, no: &str| if so { yes.to_owned() } else { no.to_owned() };
        match &self.what {
            What::Kind(Retirement::Veteran) => either("离休干部", "不是离休干部"),
            What::Kind(Retirement::Retired) => either("退休干部", "不是退休干部"),
            What::Period(period) => {
                format!("{}{}参加革命工作", either("", "不是"), period.label())
            }
            What::Treatment(kind, level) => {
                let least = either(&format!("{}以上", level.label()), &format!("不到{}", level.label()));
                format!("{}{least}", kind.label())
            }
            What::Age(age) => either(&format!("{age}周岁以上"), &format!("不满{age}周岁")),
            What::Alone => either("独居", "没有登记独居"),
            What::PartyMember => either("党员", "不是党员"),
            What::Volunteer => either("志愿者", "不是志愿者"),
            What::Hardship => either("困难干部", "不是困难干部"),
            What::ManagedIn(region) => format!("管理单位{}在{}", either("", "不"), named(region)),
            What::LivesIn(region) => format!("{}住在{}", either("", "不"), named(region)),
            What::Telephone => either("有电话号码", "没有电话号码"),
            What::Account => either("有本人账号", "没有本人账号"),
            What::Relatives => either("登记了家人", "没有登记家人"),
            What::Visited(days) => {
                either(&format!("{days}天以内有人看望"), &format!("超过{days}天没有人看望"))
            }
        }
    }
}

impl Line {
    /// 独居或没有登记家人.
    pub fn label(&self, regions: &Regions, on: NaiveDate) -> String {
        let marks: Vec<String> = self.0.iter().map(|mark| mark.label(regions, on)).collect();
        marks.join("，或者")
    }
}

impl Rule {
    /// Each line in words.
    pub fn labels(&self, regions: &Regions, on: NaiveDate) -> Vec<String> {
        self.lines().iter().map(|line| line.label(regions, on)).collect()
    }
}

impl Cause {
    /// Why somebody came in, or went out.
    pub fn words(&self, regions: &Regions, on: NaiveDate) -> String {
        match self {
            Self::First => "第一次计算".to_owned(),
            Self::New => "新登记的同志".to_owned(),
            Self::Rule => "条件改了".to_owned(),
            Self::Lines(lines) => Rule(lines.clone()).labels(regions, on).join("；"),
            Self::Record => "档案更正".to_owned(),
            Self::Died => "去世".to_owned(),
            Self::Gone => "档案不在名册里了".to_owned(),
            Self::Ended => "这个分类停用".to_owned(),
        }
    }
}

/// What the register says about a mark.
pub(super) fn ground(mark: &Mark, facts: &Facts, regions: &Regions, on: NaiveDate) -> Ground {
    let place = |code: Option<&RegionCode>| {
        let Some(code) = code else { return "没有登记".to_owned() };
        let name = regions.full_name(code, on);
        if name.is_empty() { code.to_string() } else { name }
    };
    let yes = |so: bool| if so { "已登记" } else { "没有登记" }.to_owned();
    let bare = |kind: FactKind| by(facts.of(kind), |_| "是".to_owned(), "没有登记");
    let plain = |value: String| Ground { value, basis: "名册".to_owned() };
    match &mark.what {
        What::Kind(_) => {
            let kind = [FactKind::Veteran, FactKind::Retired].into_iter().find_map(|kind| facts.of(kind));
            by(kind, |fact| fact.kind.label().to_owned(), "没有登记")
        }
        What::Period(_) => match facts.of(FactKind::Period) {
            Some(fact) => by(Some(fact), |_| "已经认定".to_owned(), ""),
            None => by(facts.of(FactKind::JoinedWork), joined, "没有登记参加革命工作时间"),
        },
        What::Treatment(kind, _) => {
            let level = |fact: &PersonFact| fact.level().map_or_else(String::new, |it| it.label().to_owned());
            by(facts.of(*kind), level, "没有登记")
        }
        What::Age(_) => plain(age(facts, on)),
        What::Alone => plain(if facts.person.living_alone { "独居" } else { "没有登记独居" }.to_owned()),
        What::PartyMember => bare(FactKind::PartyMember),
        What::Volunteer => bare(FactKind::Volunteer),
        What::Hardship => bare(FactKind::Hardship),
        What::ManagedIn(_) => plain(place(facts.managed.as_ref())),
        What::LivesIn(_) => {
            by(facts.of(FactKind::Residence), |fact| place(fact.region.as_ref()), "没有登记居住地")
        }
        What::Telephone => plain(yes(facts.telephone)),
        What::Account => plain(yes(facts.account)),
        What::Relatives => plain(yes(facts.relatives)),
        What::Visited(_) => Ground {
            value: facts.visited.map_or_else(
                || "没有看望的记录".to_owned(),
                |day| format!("上次看望是{}，{}天以前", say::full_date(day), (on - day).num_days()),
            ),
            basis: "走访记录".to_owned(),
        },
    }
}

/// A dated row: what it says, since when, by which document.
fn by(fact: Option<&PersonFact>, value: impl Fn(&PersonFact) -> String, nothing: &str) -> Ground {
    let Some(fact) = fact else {
        return Ground { value: nothing.to_owned(), basis: "名册".to_owned() };
    };
    let since = if fact.from_on > LONG_AGO {
        format!("，{}起", say::full_date(fact.from_on))
    } else {
        String::new()
    };
    Ground { value: format!("{}{since}", value(fact)), basis: fact.basis.clone() }
}

fn joined(fact: &PersonFact) -> String {
    let known = fact.value.as_deref().and_then(|text| text.parse::<Known>().ok());
    known.map_or_else(String::new, |known| format!("{}参加革命工作", known.say()))
}

/// 1936年生，89周岁或90周岁.
fn age(facts: &Facts, on: NaiveDate) -> String {
    let born = Known { on: facts.person.born_on, precision: facts.person.born_precision };
    let (oldest, youngest) = judge::ages(facts, on);
    let years = if oldest == youngest {
        format!("{oldest}周岁")
    } else {
        format!("{youngest}周岁或{oldest}周岁")
    };
    format!("{}生，{years}", born.say())
}
