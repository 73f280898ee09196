//! What is protected, and what it may become.

use chrono::NaiveDate;

use crate::{
    person::{
        Gender, Payout, Precision,
        fact::{FactKind, Level},
        period::{Known, Period},
    },
    privacy::{IdentityNumber, PayoutNumber, mask},
};

/// A protected field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 出生日期.
    Birth,
    /// 参加革命工作时间.
    JoinedWork,
    /// 革命时期, of a date that lies in two.
    Period,
    /// 银行账户.
    Payout,
    /// 身份证号.
    Identity,
    /// 性别.
    Gender,
    /// A dimension of treatment.
    Treatment(FactKind),
}

impl Field {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let treatment = FactKind::all().filter(|kind| kind.is_treatment()).map(Self::Treatment);
        [Self::Birth, Self::Identity, Self::Gender, Self::JoinedWork, Self::Period, Self::Payout]
            .into_iter()
            .chain(treatment)
    }

    /// Is it put right of the dead, too? What their file says of who they were.
    pub const fn outlives(self) -> bool {
        matches!(self, Self::Identity | Self::Gender)
    }

    /// The word in rows and forms.
    pub fn code(self) -> String {
        match self {
            Self::Birth => "birth".to_owned(),
            Self::JoinedWork => "joined_work".to_owned(),
            Self::Period => "period".to_owned(),
            Self::Payout => "payout".to_owned(),
            Self::Identity => "identity".to_owned(),
            Self::Gender => "gender".to_owned(),
            Self::Treatment(kind) => kind.code(),
        }
    }

    /// Reads [`Field::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|field| field.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Birth => "出生日期",
            Self::JoinedWork => "参加革命工作时间",
            Self::Period => "革命时期认定",
            Self::Payout => "银行账户",
            Self::Identity => "身份证号",
            Self::Gender => "性别",
            Self::Treatment(kind) => kind.label(),
        }
    }
}

/// A value of a field. No `Debug`: it may be a bank account or an identity number.
#[derive(Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A date as far as it is known.
    Date(Known),
    /// A period.
    Period(Period),
    /// A bank account.
    Payout(Payout),
    /// An identity number.
    Identity(IdentityNumber),
    /// A gender.
    Gender(Gender),
    /// A level.
    Level(Level),
}

impl Wanted {
    /// Reads what somebody typed or chose; of a bank account the number, a space, the bank.
    pub fn read(field: Field, text: &str) -> Option<Self> {
        match field {
            Field::Birth => Known::read(text).filter(|known| known.on > NaiveDate::MIN).map(Self::Date),
            Field::JoinedWork => Known::read(text).map(Self::Date),
            Field::Period => Period::parse(text).map(Self::Period),
            Field::Treatment(_) => Level::parse(text).map(Self::Level),
            Field::Identity => IdentityNumber::parse(text).ok().map(Self::Identity),
            Field::Gender => Gender::parse(text).map(Self::Gender),
            Field::Payout => {
                let (number, bank) = text.trim().rsplit_once(char::is_whitespace)?;
                let number = PayoutNumber::parse(number).ok()?;
                Some(Self::Payout(Payout { number, bank: bank.to_owned() }))
            }
        }
    }

    /// What is sealed in the row.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Date(known) => known.to_string(),
            Self::Period(period) => period.code().to_owned(),
            Self::Payout(payout) => format!("{} {}", payout.number.as_str(), payout.bank),
            Self::Identity(number) => as_written(number),
            Self::Gender(gender) => gender.code().to_owned(),
            Self::Level(level) => level.code(),
        }
    }

    /// Reads [`Wanted::text`].
    pub(super) fn of_text(field: Field, text: &str) -> Option<Self> {
        match field {
            Field::Birth | Field::JoinedWork => text.parse().ok().map(Self::Date),
            _ => Self::read(field, text),
        }
    }

    /// As a second person sees it: of an account the last four digits, of an identity number both ends.
    pub fn say(&self) -> String {
        match self {
            Self::Date(known) => known.say(),
            Self::Period(period) => period.label().to_owned(),
            Self::Payout(payout) => format!("{} {}", payout.bank, mask::account(payout.number.as_str())),
            Self::Identity(number) => mask::identity_number(number.as_str()),
            Self::Gender(gender) => gender.label().to_owned(),
            Self::Level(level) => level.label().to_owned(),
        }
    }

    /// Is it one of this field's, and does it make sense?
    pub(super) fn fits(&self, field: Field) -> bool {
        match (field, self) {
            (Field::Birth, Self::Date(known)) => known.precision != Precision::Year,
            (Field::JoinedWork, Self::Date(_))
            | (Field::Period, Self::Period(_))
            | (Field::Payout, Self::Payout(_))
            | (Field::Identity, Self::Identity(_))
            | (Field::Gender, Self::Gender(_))
            | (Field::Treatment(_), Self::Level(_)) => true,
            _ => false,
        }
    }
}

/// An old number of fifteen characters is kept as one, so that it is still known to be converted.
pub(super) fn as_written(number: &IdentityNumber) -> String {
    let text = number.as_str();
    match (number.is_derived(), text.get(..6), text.get(8..17)) {
        (true, Some(place), Some(rest)) => format!("{place}{rest}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Wanted};

    #[test]
    fn a_value_reads_back_what_it_writes() {
        for (field, typed, said) in [
            ("birth", "1944-03-15", "1944年3月15日"),
            ("joined_work", "1945年9月", "1945年9月"),
            ("period", "J", "解放战争时期"),
            ("payout", "6222 0212 0204 1234 567 某银行", "某银行 ****4567"),
            ("medical", "deputy_bureau", "副厅局级"),
            ("gender", "female", "女"),
            ("identity", "１１０１０５１９４９１２３１００２x", "110***********002X"),
            ("identity", "330102491001001", "330***********0017"),
        ] {
            let field = Field::parse(field).unwrap();
            let wanted = Wanted::read(field, typed).unwrap();
            assert!(Wanted::of_text(field, &wanted.text()).as_ref() == Some(&wanted), "{typed}");
            assert_eq!(wanted.say(), said);
            assert!(wanted.fits(field));
        }
        assert!(Wanted::read(Field::Payout, "6222021202041234567").is_none(), "a bank has a name");
        assert!(Field::parse("name").is_none());
    }
}
