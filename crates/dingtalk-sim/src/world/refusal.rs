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
    #[error("鉴权失败: client id or client secret is wrong")]
    GatewayAuth,
    #[error("the body is missing")]
    MissingBody,
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
    #[error("too many calls of this app to this API in a minute")]
    TooOften,
    #[error("访问ip不在白名单之中, request ip={0}")]
    Address(String),
    #[error("请求的员工userid不在授权范围内: {0}")]
    PersonOutOfScope(String),
    #[error("请求的部门id不在授权范围内: {0}")]
    DepartmentOutOfScope(i64),
    #[error("无效的roleId: {0}")]
    NoSuchRole(i64),
    #[error("不允许编辑系统标签: {0}")]
    BuiltInRole(i64),
    #[error("用户accessToken过期")]
    PersonTokenEnded,
    #[error("无效的token")]
    SsoToken,
    #[error("应用尚未开通所需的权限：[{0}]")]
    Permission(&'static str),
    #[error("没有调用该接口的权限: this edition of the organisation does not have DING by API")]
    DingNotBought,
    /// A code of few pages only; the generation that does not have it says that a parameter is wrong.
    #[error("{why}")]
    Said { errcode: i64, code: &'static str, status: u16, why: String },
    #[error("system error")]
    System,
}

impl Refusal {
    /// What a page of oapi names.
    pub(crate) fn old(errcode: i64, why: impl Into<String>) -> Self {
        Self::Said { errcode, code: "invalidParameter", status: 400, why: why.into() }
    }

    /// What a page of the new API names.
    pub(crate) fn coded(code: &'static str, why: impl Into<String>) -> Self {
        Self::coded_with(400, code, why)
    }

    /// The same where the status is not 400.
    pub(crate) fn coded_with(status: u16, code: &'static str, why: impl Into<String>) -> Self {
        Self::Said { errcode: 400_002, code, status, why: why.into() }
    }

    /// `errcode` on oapi.
    pub(crate) fn errcode(&self) -> i64 {
        match self {
            Self::TokenMissing => 41001,
            Self::TokenInvalid | Self::SsoToken => 40014,
            Self::BadCredentials | Self::GatewayAuth => 40089,
            Self::BadCode => 40078,
            Self::UnknownMethod(_) => 22,
            Self::ContentType(_) => 43008,
            Self::Parameter(_)
            | Self::MissingBody
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
            Self::Permission(_) | Self::DingNotBought => 60011,
            Self::TooOften => 90005,
            Self::Address(_) => 60020,
            Self::PersonOutOfScope(_) => 50002,
            Self::DepartmentOutOfScope(_) => 50004,
            Self::NoSuchRole(_) => 33011,
            Self::BuiltInRole(_) => 23004,
            Self::PersonTokenEnded => 42001,
            Self::Said { errcode, .. } => *errcode,
            Self::System => -1,
        }
    }

    /// `code` on api.dingtalk.com.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::TokenMissing | Self::TokenInvalid => "InvalidAuthentication",
            Self::BadCredentials => "invalidClientIdOrSecret",
            Self::GatewayAuth => "authFailed",
            Self::MissingBody => "Missingbody",
            Self::BadCode => "invalidCode",
            Self::UnknownMethod(_) => "InvalidAction.NotFound",
            Self::ContentType(_)
            | Self::Parameter(_)
            | Self::NoSuchDepartment(_)
            | Self::AgentId(_)
            | Self::NoSuchRole(_)
            | Self::BuiltInRole(_) => "invalidParameter",
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
            Self::Permission(_) | Self::DingNotBought => "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            Self::TooOften => "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi",
            Self::Address(_) => "Forbidden.AccessDenied.IpNotInWhiteList",
            Self::PersonOutOfScope(_) | Self::DepartmentOutOfScope(_) => "parameter.error",
            Self::PersonTokenEnded => "accesstoken.expired",
            Self::SsoToken => "invalidToken",
            Self::Said { code, .. } => code,
            Self::System => "systemError",
        }
    }

    /// HTTP status on api.dingtalk.com; oapi always answers 200.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::GatewayAuth => 401,
            Self::QuotaUsedUp
            | Self::TooFast
            | Self::TooOften
            | Self::Permission(_)
            | Self::DingNotBought
            | Self::Address(_) => 403,
            Self::UnknownMethod(_) => 404,
            Self::Said { status, .. } => *status,
            Self::System => 500,
            _ => 400,
        }
    }

    /// Refusals of the gateway in front of oapi come inside its own code 88.
    pub(crate) fn is_wrapped(&self) -> bool {
        matches!(self, Self::Permission(_) | Self::Address(_))
    }

    /// The permission point that is missing.
    pub(crate) fn required_scope(&self) -> Option<&'static str> {
        match self {
            Self::Permission(point) => Some(point),
            Self::DingNotBought => Some("Premium.Ding.Write"),
            _ => None,
        }
    }
}
