//! How the platform says no. Each refusal has the code of both API generations and a text that names our mistake.

/// What is refused. Codes are those of the documentation; the texts are ours, for whoever reads a failing test.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("缺少access_token")]
    TokenMissing,
    #[error("不合法的access_token")]
    TokenInvalid,
    #[error("client id or client secret is wrong")]
    BadCredentials,
    #[error("不存在的临时授权码: unknown, expired or already used")]
    BadCode,
    #[error("无效的方法: {0}")]
    UnknownMethod(String),
    #[error("Content-Type must be {0}")]
    ContentType(&'static str),
    #[error("parameter not accepted: {0}")]
    Parameter(String),
    #[error("too many userIds: {given}, at most {most}")]
    TooMany { given: usize, most: usize },
    #[error("找不到该用户: {0}")]
    NoSuchUser(String),
    #[error("部门不存在: {0}")]
    NoSuchDepartment(i64),
    #[error("robotCode {0} does not belong to this app")]
    RobotCode(String),
    #[error("agent_id {0} does not belong to this app")]
    AgentId(i64),
    #[error("the session webhook is unknown or expired")]
    SessionExpired,
    #[error("there is no process with code {0}")]
    NoSuchProcess(String),
    #[error("originator, department or approver: {0}")]
    InstanceParameter(String),
    #[error("form control {control}: {why}")]
    FormControl { control: String, why: String },
    #[error("there is no approval instance {0}")]
    NoSuchInstance(String),
    #[error("the instance does not allow it: {0}")]
    InstanceStatus(String),
    #[error("this month's quota of API calls is used up")]
    QuotaUsedUp,
    #[error("too many calls of this app to this API in a second")]
    TooFast,
    #[error("没有调用该接口的权限: this edition of the organisation does not have DING by API")]
    DingNotBought,
    #[error("system error")]
    System,
    /// A code that only some calls have.
    #[error("{why}")]
    Said { errcode: i64, code: &'static str, why: String },
}

impl Refusal {
    /// What the page of a single call documents; whichever code the other generation would have is made up.
    pub(crate) fn said(errcode: i64, code: &'static str, why: &str) -> Self {
        Self::Said { errcode, code, why: why.to_owned() }
    }

    /// `errcode` on oapi.
    pub(crate) fn errcode(&self) -> i64 {
        match self {
            Self::TokenMissing => 41001,
            Self::TokenInvalid => 40014,
            Self::BadCredentials => 40089,
            Self::BadCode => 40078,
            Self::UnknownMethod(_) => 22,
            Self::ContentType(_) => 43008,
            Self::Parameter(_)
            | Self::TooMany { .. }
            | Self::InstanceParameter(_)
            | Self::FormControl { .. } => 400_002,
            Self::NoSuchUser(_) => 60121,
            Self::NoSuchDepartment(_) => 60003,
            Self::RobotCode(_) | Self::AgentId(_) => 70003,
            Self::SessionExpired => 300_001,
            Self::NoSuchProcess(_) | Self::NoSuchInstance(_) | Self::InstanceStatus(_) => 40035,
            Self::QuotaUsedUp => 90020,
            Self::TooFast => 90018,
            Self::DingNotBought => 60011,
            Self::System => -1,
            Self::Said { errcode, .. } => *errcode,
        }
    }

    /// `code` on api.dingtalk.com.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::TokenMissing | Self::TokenInvalid => "InvalidAuthentication",
            Self::BadCredentials => "invalidClientIdOrSecret",
            Self::BadCode => "invalidCode",
            Self::UnknownMethod(_) => "InvalidAction.NotFound",
            Self::ContentType(_) | Self::Parameter(_) | Self::NoSuchDepartment(_) | Self::AgentId(_) => {
                "invalidParameter"
            }
            Self::TooMany { .. } => "invalidParameter.userIds.overMax",
            Self::NoSuchUser(_) => "userNotExist",
            Self::RobotCode(_) => "invalidParameter.robotCode.auth",
            Self::SessionExpired => "invalidParameter.session",
            Self::NoSuchProcess(_) => "processCodeError",
            Self::InstanceParameter(_) => "processInstanceInvalidParameter",
            Self::FormControl { .. } => "formConverterError",
            Self::NoSuchInstance(_) => "aflowProcessInstNotExist",
            Self::InstanceStatus(_) => "aflowProcessInstStatusException",
            Self::QuotaUsedUp => "Forbidden.AccessDenied.ApiCountLimitForOrg",
            Self::TooFast => "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
            Self::DingNotBought => "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            Self::System => "systemError",
            Self::Said { code, .. } => code,
        }
    }

    /// HTTP status on api.dingtalk.com; oapi always answers 200.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::QuotaUsedUp | Self::TooFast | Self::DingNotBought => 403,
            Self::UnknownMethod(_) => 404,
            Self::System => 500,
            _ => 400,
        }
    }
}
