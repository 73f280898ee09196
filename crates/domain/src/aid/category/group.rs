//! What the public is told instead of the category.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};

/// 公示的大类: never an illness (public notices name the group only). There are no others, whatever categories there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Group {
    /// 医疗类困难.
    Medical,
    /// 家庭变故类困难.
    Family,
    /// 生活照料类困难.
    Living,
    /// 其他困难.
    Other,
}

impl Group {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Medical => "medical",
            Self::Family => "family",
            Self::Living => "living",
            Self::Other => "other",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|group| group.code() == code)
    }

    /// The words in a public notice.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Medical => "医疗类困难",
            Self::Family => "家庭变故类困难",
            Self::Living => "生活照料类困难",
            Self::Other => "其他困难",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::Group;

    #[test]
    fn the_row_holds_the_code() {
        for group in Group::all() {
            assert_eq!(group.to_value(), group.code());
            assert_eq!(Group::parse(group.code()), Some(group));
        }
    }
}
