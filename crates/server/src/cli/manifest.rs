//! `manifest`: the tenant compared with `dingtalk-manifest/`, in words that say what to click where.

use std::process::ExitCode;

use crate::{
    app,
    clock::Clock,
    config::{Config, Incoming},
    finding::{Finding, code, tell, worst},
    manifest::{Applied, Depth, Manifest, apply, by_hand, delivery, permissions, register_cards, template},
    terminal::say,
};

/// 0: nothing that can be seen is missing; 1: something is.
pub(super) async fn check(config: &Config, json: bool) -> anyhow::Result<ExitCode> {
    let (clock, rows) = (Clock::System, app::rows(config).await);
    let (manifest, client) = (Manifest::of(config)?, app::client(config, &clock, rows.as_ref())?);
    let mut findings = Vec::new();
    match client.probe().await {
        Ok(()) => {
            findings.push(Finding::well("token", "令牌：钉钉认得这个应用"));
            findings.extend(permissions(&manifest, config, &client, &clock, Depth::Full).await);
            findings.push(template(config, &client).await);
        }
        Err(error) => findings.push(
            Finding::fault("token", format!("令牌：钉钉不认得这个应用（{}）", error.code()))
                .todo("开发者后台 → 应用 → 凭证与基础信息，核对 client_id 与 client_secret"),
        ),
    }
    if config.dingtalk.incoming == Incoming::Http {
        findings.extend(delivery(config, &clock).await);
    }
    findings.extend(by_hand(&manifest, config));
    tell(&findings, json)?;
    Ok(code(worst(&findings), 0))
}

/// Makes what an API can make. A second time it changes nothing. 1: something is left that only a person can put right.
pub(super) async fn make(config: &Config) -> anyhow::Result<ExitCode> {
    let rows = app::rows(config).await;
    let client = app::client(config, &Clock::System, rows.as_ref())?;
    let configured = |code: &str| format!("写进配置：[dingtalk] aid_process_code = \"{code}\"");
    let mut code = ExitCode::SUCCESS;
    match apply(config, &client).await? {
        Applied::There => say("审批表单已经有了，没有改动"),
        Applied::Found(found) => {
            say(format!("已有同名的审批表单，没有改动。{}", configured(found.as_str())));
        }
        Applied::Made(made) => {
            say(format!("审批表单建好了。{}", configured(made.as_str())));
            say("然后在 OA审批 → 表单管理 → 困难帮扶审批 → 流程设计 里指定审批人：");
            for branch in Manifest::of(config)?.approval.iter().flat_map(|form| &form.branches) {
                say(branch);
            }
        }
        Applied::PutRight { mended, left } => {
            let how: Vec<String> = mended.iter().map(ToString::to_string).collect();
            if how.is_empty() {
                say("审批表单没有改动");
            } else {
                say(format!("审批表单改回来了：{}。别的控件没有动", how.join("；")));
            }
            for (what, click) in &left {
                say(format!("审批表单还要人改：{what}"));
                say(format!("       → {click}"));
                code = ExitCode::FAILURE;
            }
        }
    }
    if register_cards(config, &client).await? {
        say("卡片的回调地址登记好了");
    }
    Ok(code)
}
