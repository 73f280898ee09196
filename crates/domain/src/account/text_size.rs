//! How large somebody reads.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// Text mode, kept with the login so that the first byte of a page is already right.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// 标准.
    #[default]
    Standard,
    /// 大.
    Large,
    /// 特大.
    ExtraLarge,
}

impl TextSize {
    /// In the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Large, Self::ExtraLarge];

    /// The word in rows, forms and style sheets.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
            Self::ExtraLarge => "extra_large",
        }
    }

    /// The word on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Standard => "标准",
            Self::Large => "大",
            Self::ExtraLarge => "特大",
        }
    }

    /// Reads what a form sends.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::TextSize;

    #[test]
    fn rows_and_forms_use_the_same_word() {
        for size in TextSize::ALL {
            assert_eq!(size.to_value(), size.code());
            assert_eq!(TextSize::from_code(size.code()), Some(size));
        }
        assert_eq!(TextSize::from_code("huge"), None);
    }
}
