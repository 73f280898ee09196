//! Roles and which of them exclude each other.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// What a login may be trusted with.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 离退休干部工作者: keeps the registers, receives, visits, verifies.
    Worker,
    /// 审批人: decides on aid.
    Approver,
    /// 出纳: makes payment batches and confirms what the bank did.
    Payer,
    /// 公示发布人: releases public notices.
    Publisher,
    /// 审计管理员: reads who did what, and nothing else.
    AuditAdmin,
    /// 系统管理员: runs and configures, sees no people and no audit.
    SystemAdmin,
    /// 安全管理员: grants and revokes.
    SecurityAdmin,
}

impl Role {
    /// The word in the row, in audit rows and in logs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Approver => "approver",
            Self::Payer => "payer",
            Self::Publisher => "publisher",
            Self::AuditAdmin => "audit_admin",
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
        }
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as sea_orm::Iterable>::iter()
    }

    /// Reads [`Role::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|role| role.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Worker => "离退休干部工作者",
            Self::Approver => "审批人",
            Self::Payer => "出纳",
            Self::Publisher => "公示发布人",
            Self::AuditAdmin => "审计管理员",
            Self::SystemAdmin => "系统管理员",
            Self::SecurityAdmin => "安全管理员",
        }
    }

    /// One of the three administrators (三员).
    pub const fn is_admin(self) -> bool {
        matches!(self, Self::AuditAdmin | Self::SystemAdmin | Self::SecurityAdmin)
    }

    /// Does it come by people's matters at all? Who runs the system or grants sees none of them.
    pub const fn sees_matters(self) -> bool {
        !matches!(self, Self::SystemAdmin | Self::SecurityAdmin)
    }

    /// Does whoever holds it show a second factor before an act of high risk? The three administrators, and whoever approves, pays, takes
    /// people out as a file or opens numbers (GB/T 22239-2019, 8.1.4.1 d: two kinds of identification, one of them cryptographic; ASVS 5.0,
    /// 7.5.3). A publisher does none of this: what he releases gives nobody away.
    pub const fn needs_second_factor(self) -> bool {
        match self {
            Self::Worker
            | Self::Approver
            | Self::Payer
            | Self::AuditAdmin
            | Self::SystemAdmin
            | Self::SecurityAdmin => true,
            Self::Publisher => false,
        }
    }

    /// May no login hold both? 三员分立 (GB/T 22239-2019, 8.1.5): no administrator is another administrator,
    /// and none of them does the business that the administrators watch over.
    pub fn excludes(self, other: Self) -> bool {
        self != other && (self.is_admin() || other.is_admin())
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::Role;

    #[test]
    fn an_administrator_is_nothing_else() {
        for one in Role::iter() {
            for other in Role::iter() {
                assert_eq!(one.excludes(other), other.excludes(one));
                assert_eq!(one.excludes(other), one != other && (one.is_admin() || other.is_admin()));
            }
        }
        assert!(!Role::Worker.excludes(Role::Approver), "a small county has few people; cases separate them");
    }

    #[test]
    fn the_row_holds_the_code() {
        for role in Role::iter() {
            assert_eq!(role.to_value(), role.code());
            assert_eq!(Role::parse(role.code()), Some(role));
        }
    }
}
