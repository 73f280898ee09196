//! What may be chosen.

use serde::{Deserialize, Serialize};

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $variant,)+ }

        impl $name {
            /// In the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in forms.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The word on screens.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// From [`Self::code`].
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.code() == code)
            }
        }
    };
}

choices! {
    /// Since when.
    Since {
        /// 最近一个月.
        LastMonth = "last_month", "最近一个月";
        /// 三个月以内.
        LastQuarter = "last_quarter", "三个月以内";
        /// 更早.
        Earlier = "earlier", "更早以前";
        /// 不清楚.
        NotSure = "not_sure", "不清楚";
    }
}

choices! {
    /// Who else has helped: what is declared here is asked about again before money goes (domain rule on double payment).
    Elsewhere {
        /// 没有.
        Nobody = "nobody", "没有";
        /// 原单位.
        Unit = "unit", "原单位";
        /// 工会.
        Union = "union", "工会";
        /// 民政临时救助.
        CivilAffairs = "civil_affairs", "民政救助";
        /// 医疗救助.
        MedicalAid = "medical_aid", "医疗救助";
        /// 不清楚.
        NotSure = "not_sure", "不清楚";
    }
}

impl Elsewhere {
    /// 没有 and 不清楚 stand alone.
    pub const fn stands_alone(self) -> bool {
        matches!(self, Self::Nobody | Self::NotSure)
    }
}
