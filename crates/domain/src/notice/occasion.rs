//! What a notice is about. Nobody is told twice about one occasion.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use sea_orm::DeriveValueType;

use uuid::Uuid;

use super::{PlanKind, Policy, Told, Topic};
use crate::account::mandate::MandateNews;
use crate::ids::{BranchId, GrantId, MeetingId, NotAnId};
use crate::second_factor::letters::News;

/// 事由. In rows `meeting.eve/<meeting>`, `branch.digest/<branch>/<day>`, `aid.approved/<case>`, `account.welcome/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub enum Occasion {
    /// The evening before a meeting.
    MeetingEve(MeetingId),
    /// The morning's digest of a branch.
    BranchDigest(BranchId, NaiveDate),
    /// News of one's own request: of a case, or of a payment.
    Told(Told, Uuid),
    /// The first message to a new login.
    Welcome,
    /// Something about acting for somebody: a mandate, a request for one, an act.
    Mandate(MandateNews, Uuid),
    /// A term at the desk ends soon.
    TermEnds(GrantId),
    /// The end of the audit chain on a day.
    Anchor(NaiveDate),
    /// Whom a worker has to see, on the morning of a day.
    OutreachToday(NaiveDate),
    /// How many somebody has to answer soon, on the morning of a day.
    GrievanceDue(NaiveDate),
    /// News of what one has said; which step it is.
    GrievanceNews(Uuid),
    /// Somebody has opened too many numbers; which alarm it is.
    Unmasked(Uuid),
    /// The own second factor.
    SecondFactor(News, Uuid),
}

impl Occasion {
    /// Whose quiet hours hold: as in [`PlanKind::policy`](super::PlanKind::policy).
    pub const fn policy(self) -> Policy {
        match self {
            Self::MeetingEve(_) => PlanKind::MeetingEve.policy(),
            Self::BranchDigest(..) => PlanKind::SecretaryDigest.policy(),
            Self::Told(..)
            | Self::Welcome
            | Self::Mandate(..)
            | Self::TermEnds(_)
            | Self::Anchor(_)
            | Self::OutreachToday(_)
            | Self::GrievanceDue(_)
            | Self::GrievanceNews(_)
            | Self::Unmasked(_)
            | Self::SecondFactor(..) => Policy::Retiree,
        }
    }

    /// Does it wait for the end of the quiet hours? A receipt answers what somebody has done this minute, who is helped in an emergency
    /// hears of it at once, and an alarm is about what is going on now.
    pub const fn waits_for_morning(self) -> bool {
        !matches!(
            self,
            Self::Told(Told::Received | Told::Appealed | Told::Withdrawn | Told::Granted, _)
                | Self::Unmasked(_)
                | Self::SecondFactor(..)
        )
    }

    /// By which word one can stop it. `None`: it must be told, because it is the result of one's own request.
    pub const fn topic(self) -> Option<Topic> {
        match self {
            Self::MeetingEve(_) => Some(Topic::Meeting),
            Self::BranchDigest(..) => Some(Topic::Digest),
            Self::Welcome => Some(Topic::Greeting),
            Self::Told(..)
            | Self::Mandate(..)
            | Self::TermEnds(_)
            | Self::Anchor(_)
            | Self::OutreachToday(_)
            | Self::GrievanceDue(_)
            | Self::GrievanceNews(_)
            | Self::Unmasked(_)
            | Self::SecondFactor(..) => None,
        }
    }

    /// Is it worth asking the platform whether it was read, and trying another way if not? What the reader must act on.
    pub const fn needs_proof(self) -> bool {
        matches!(self, Self::Told(told, _) if !matches!(
            told,
            Told::Received
                | Told::Accepted
                | Told::Appealed
                | Told::Withdrawn
                | Told::Paid
                | Told::Granted
                | Told::Confirmed
        ))
    }

    /// After an outcome that nobody knows: does it go again? Missing one's own result is worse than reading it twice; for a
    /// reminder it is the other way round.
    pub const fn goes_again(self) -> bool {
        matches!(
            self,
            Self::Told(..)
                | Self::Mandate(..)
                | Self::Anchor(_)
                | Self::GrievanceNews(_)
                | Self::Unmasked(_)
                | Self::SecondFactor(..)
        )
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MeetingEve(_) => "支部活动提醒",
            Self::BranchDigest(..) => "支部工作提醒",
            Self::Told(told, _) => told.label(),
            Self::Welcome => "第一次问候",
            Self::Mandate(news, _) => news.label(),
            Self::TermEnds(_) => "任期将满提醒",
            Self::Anchor(_) => "审计锚点",
            Self::OutreachToday(_) => "今天要走访",
            Self::GrievanceDue(_) => "反映的问题要答复",
            Self::GrievanceNews(_) => "反映的问题有消息",
            Self::Unmasked(_) => "看完整号码太多",
            Self::SecondFactor(news, _) => news.label(),
        }
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MeetingEve(meeting) => write!(f, "meeting.eve/{meeting}"),
            Self::BranchDigest(branch, on) => write!(f, "branch.digest/{branch}/{on}"),
            Self::Told(told, of) => write!(f, "{}/{}", told.code(), of.simple()),
            Self::Welcome => f.write_str("account.welcome/"),
            Self::Mandate(news, of) => write!(f, "{}/{}", news.code(), of.simple()),
            Self::TermEnds(grant) => write!(f, "authority.term/{grant}"),
            Self::Anchor(on) => write!(f, "audit.anchor/{on}"),
            Self::OutreachToday(on) => write!(f, "outreach.today/{on}"),
            Self::GrievanceDue(on) => write!(f, "grievance.due/{on}"),
            Self::GrievanceNews(step) => write!(f, "grievance.news/{}", step.simple()),
            Self::Unmasked(alarm) => write!(f, "trail.unmasked/{}", alarm.simple()),
            Self::SecondFactor(news, of) => write!(f, "{}/{}", news.code(), of.simple()),
        }
    }
}

impl FromStr for Occasion {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text.split_once('/') {
            Some(("meeting.eve", meeting)) => meeting.parse().map(Self::MeetingEve),
            Some(("branch.digest", rest)) => {
                let (branch, on) = rest.split_once('/').ok_or(NotAnId)?;
                let on = on.parse().or(Err(NotAnId))?;
                Ok(Self::BranchDigest(branch.parse()?, on))
            }
            Some(("account.welcome", "")) => Ok(Self::Welcome),
            Some(("authority.term", grant)) => grant.parse().map(Self::TermEnds),
            Some(("audit.anchor", on)) => on.parse().map(Self::Anchor).or(Err(NotAnId)),
            Some(("outreach.today", on)) => on.parse().map(Self::OutreachToday).or(Err(NotAnId)),
            Some(("grievance.due", on)) => on.parse().map(Self::GrievanceDue).or(Err(NotAnId)),
            Some(("grievance.news", step)) => Uuid::parse_str(step).map(Self::GrievanceNews).or(Err(NotAnId)),
            Some(("trail.unmasked", alarm)) => Uuid::parse_str(alarm).map(Self::Unmasked).or(Err(NotAnId)),
            Some((code, of)) => {
                if let Some(news) = MandateNews::ALL.into_iter().find(|news| news.code() == code) {
                    return Ok(Self::Mandate(news, Uuid::parse_str(of).or(Err(NotAnId))?));
                }
                if let Some(news) = News::ALL.into_iter().find(|news| news.code() == code) {
                    return Ok(Self::SecondFactor(news, Uuid::parse_str(of).or(Err(NotAnId))?));
                }
                let told = Told::ALL.into_iter().find(|told| told.code() == code).ok_or(NotAnId)?;
                Ok(Self::Told(told, Uuid::parse_str(of).or(Err(NotAnId))?))
            }
            None => Err(NotAnId),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::{BranchId, GrantId, MandateNews, MeetingId, News, Occasion, Told};

    #[test]
    fn an_occasion_reads_back_what_it_writes() {
        let id = Uuid::from_u128(7);
        let on = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        for occasion in [
            Occasion::MeetingEve(MeetingId::from_uuid(id)),
            Occasion::BranchDigest(BranchId::from_uuid(id), on),
            Occasion::Welcome,
            Occasion::TermEnds(GrantId::from_uuid(id)),
            Occasion::Anchor(on),
            Occasion::OutreachToday(on),
            Occasion::GrievanceDue(on),
            Occasion::GrievanceNews(id),
            Occasion::Unmasked(id),
        ]
        .into_iter()
        .chain(Told::ALL.map(|told| Occasion::Told(told, id)))
        .chain(MandateNews::ALL.map(|news| Occasion::Mandate(news, id)))
        .chain(News::ALL.map(|news| Occasion::SecondFactor(news, id)))
        {
            assert_eq!(occasion.to_string().parse(), Ok(occasion));
        }
        assert!("aid.lost/7".parse::<Occasion>().is_err());
        assert!("branch.digest/7".parse::<Occasion>().is_err());
    }
}
