//! Where everything is.

use std::fmt;

use dingtalk_sim::Tenant;
use serde::Serialize;

/// The addresses of a running demo; `links.json` in its folder has the same.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Links {
    /// The desk with the three phones.
    desk: String,
    /// The retiree's phone.
    retiree: String,
    /// The secretary's phone.
    secretary: String,
    /// The office desk: worker, approver, cashier, auditor.
    office: String,
    /// The server itself.
    server: String,
    /// Health and figures.
    private: String,
}

impl Links {
    pub(super) fn of(tenant: &Tenant, server: &str, private: &str) -> Self {
        Self {
            desk: tenant.base_url().to_owned(),
            retiree: tenant.phone(0).url().to_owned(),
            secretary: tenant.phone(1).url().to_owned(),
            office: tenant.phone(2).url().to_owned(),
            server: server.to_owned(),
            private: private.to_owned(),
        }
    }
}

impl fmt::Display for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n银龄演示已就绪。请先打开小桌子，三部手机都在上面：\n")?;
        writeln!(f, "  小桌子（从这里开始）  {}", self.desk)?;
        writeln!(f, "  老同志的手机          {}/home", self.retiree)?;
        writeln!(f, "  支部书记的手机        {}/home", self.secretary)?;
        writeln!(f, "  办公桌（控制台）      {}/console", self.office)?;
        writeln!(f, "  运行指标              {}/metrics\n", self.private)?;
        write!(f, "Ready. Open the first link; Ctrl-C stops, the state is kept; --fresh starts over.")
    }
}
