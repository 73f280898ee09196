//! How the platform says no. Each refusal has the code of both API generations and a text that names our mistake.

/// What is refused. Codes are those of the documentation; the texts are ours, for whoever reads a failing test.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no token where this host wants it.
    #[error("缺少access_token")]
    TokenMissing,
    /// The token is unknown, or has ended.
    #[error("不合法的access_token")]
    TokenInvalid,
    /// The app is not known by these.
    #[error("client id or client secret is wrong")]
    BadCredentials,
    /// The same, where a connection in Stream mode is asked for.
    #[error("鉴权失败: client id or client secret is wrong")]
    GatewayAuth,
    /// The same call came without anything.
    #[error("the body is missing")]
    MissingBody,
    /// The sign-in code is unknown, used up, over, or meant for another call.
    #[error("不存在的临时授权码: unknown, expired or already used")]
    BadCode,
    /// There is no such call.
    #[error("无效的方法: {0}")]
    UnknownMethod(String),
    /// The body is of a kind that this host does not read.
    #[error("Content-Type must be {0}")]
    ContentType(&'static str),
    /// A field is missing, unknown, of a wrong kind, or has no sense.
    #[error("parameter not accepted: {0}")]
    Parameter(String),
    /// More recipients than a call takes.
    #[error("too many userIds: {given}, at most {most}")]
    TooMany {
        /// So many came.
        given: usize,
        /// So many may come.
        most: usize,
    },
    /// Nobody has this userid.
    #[error("找不到该用户: {0}")]
    NoSuchUser(String),
    /// No department has this id.
    #[error("部门不存在: {0}")]
    NoSuchDepartment(i64),
    /// The robot is another app's.
    #[error("robotCode {0} does not belong to this app")]
    RobotCode(String),
    /// The agent is another app's.
    #[error("agent_id {0} does not belong to this app")]
    AgentId(i64),
    /// The address of this conversation has ended.
    #[error("the session webhook is unknown or expired")]
    SessionExpired,
    /// No approval form has this code.
    #[error("there is no process with code {0}")]
    NoSuchProcess(String),
    /// Somebody in the approval does not fit.
    #[error("originator, department or approver: {0}")]
    InstanceParameter(String),
    /// What was filled in does not fit the control.
    #[error("form control {control}: {why}")]
    FormControl {
        /// The label of the control.
        control: String,
        /// What does not fit.
        why: String,
    },
    /// No approval has this id.
    #[error("there is no approval instance {0}")]
    NoSuchInstance(String),
    /// The approval is not in a state for this.
    #[error("the instance does not allow it: {0}")]
    InstanceStatus(String),
    /// The calls of the month are used up.
    #[error("this month's quota of API calls is used up")]
    QuotaUsedUp,
    /// Too many calls to one API in a second.
    #[error("too many calls of this app to this API in a second")]
    TooFast,
    /// Too many calls to one API in a minute.
    #[error("too many calls of this app to this API in a minute")]
    TooOften,
    /// The address of the caller is not one of the app's.
    #[error("访问ip不在白名单之中, request ip={0}")]
    Address(String),
    /// The person is outside what the app may see of the directory.
    #[error("请求的员工userid不在授权范围内: {0}")]
    PersonOutOfScope(String),
    /// The department is outside of it.
    #[error("请求的部门id不在授权范围内: {0}")]
    DepartmentOutOfScope(i64),
    /// No role has this id.
    #[error("无效的roleId: {0}")]
    NoSuchRole(i64),
    /// A role of the platform's own cannot be changed.
    #[error("不允许编辑系统标签: {0}")]
    BuiltInRole(i64),
    /// A person's token has ended.
    #[error("用户accessToken过期")]
    PersonTokenEnded,
    /// The back office's token is wrong.
    #[error("无效的token")]
    SsoToken,
    /// The console has not granted the app this point.
    #[error("应用尚未开通所需的权限：[{0}]")]
    Permission(&'static str),
    /// The edition of the organisation has no DING by API.
    #[error("没有调用该接口的权限: this edition of the organisation does not have DING by API")]
    DingNotBought,
    /// A code of few pages only; the generation that does not have it says that a parameter is wrong.
    #[error("{why}")]
    Said {
        /// On oapi.
        errcode: i64,
        /// On the new host.
        code: &'static str,
        /// HTTP status on the new host.
        status: u16,
        /// What is said.
        why: String,
    },
    /// The platform has failed.
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
