//! What no call can see: said with the values, so that they can be compared in the console.

use super::{Manifest, read::Subscription};
use crate::{
    config::{Config, Incoming},
    finding::Finding,
};

/// Each thing that somebody has to compare by eye.
pub fn by_hand(manifest: &Manifest, config: &Config) -> Vec<Finding> {
    let app = format!("开发者后台 → 应用开发 → 银龄（{}）", config.dingtalk.client_id);
    let Manifest { app: page, security, events, robot, contact_scope, approval, cards, .. } = manifest;
    let look =
        |key: &str, said: String, place: &str| Finding::look(key, said).todo(format!("{app} → {place}"));
    let stream = config.dingtalk.incoming == Incoming::Stream;
    let to =
        |url: &str, name: &str| if stream { "Stream 模式".to_owned() } else { format!("{name} {url}") };
    let words: Vec<&str> = robot.command.iter().map(|command| command.word.as_str()).collect();
    let mut all = vec![
        trusted_domain(manifest, config),
        look(
            "home",
            format!("首页：手机 {}；电脑 {}；管理后台 {}", page.mobile_home, page.pc_home, page.admin_home),
            "网页应用",
        ),
        look("visible", format!("可使用范围：{}", page.visible_to), "版本管理与发布"),
        look("egress", format!("服务端出口IP：{}", security.egress_addresses), "安全设置"),
        look(
            "contact_scope",
            format!("通讯录权限范围：{}。{}", contact_scope.departments, contact_scope.reason),
            "权限管理",
        ),
        look(
            "events",
            format!(
                "接收方式：{}，订阅：{}；可以不订阅：{}",
                to(&events.url, "HTTP 推送到"),
                named(&events.subscribe),
                named(&events.optional)
            ),
            "事件订阅",
        ),
        look(
            "robot",
            format!(
                "机器人“{}”：简介“{}”，消息接收方式：{}，快捷入口：{}",
                robot.name,
                robot.brief,
                to(&robot.url, "HTTP，地址"),
                words.join("、")
            ),
            "机器人",
        ),
    ];
    all.extend(approval.iter().map(|form| {
        let said = format!("{}。{}", form.flow, form.branches.join("；"));
        Finding::look("approval.flow", said).todo("OA审批 → 表单管理 → 困难帮扶审批 → 流程设计")
    }));
    if !config.dingtalk.approval_card_template.is_empty() {
        all.extend(cards.templates.iter().map(|card| {
            let buttons: Vec<String> =
                card.buttons.iter().map(|one| format!("{}（{}，{}）", one.title, one.id, one.does)).collect();
            let said = format!(
                "卡片“{}”：变量 {}；按钮 {}",
                card.name,
                card.variables.join("、"),
                buttons.join("、")
            );
            Finding::look("card", said).todo("卡片平台 → 模板，核对以后发布")
        }));
    }
    all
}

fn named(events: &[Subscription]) -> String {
    let named = events.iter().map(|event| match &event.filter {
        None => format!("{}（{}）", event.name, event.kind),
        Some(filter) => format!("{}（{}，规则 {filter}）", event.name, event.kind),
    });
    named.collect::<Vec<_>>().join("、")
}

/// Whose pages are the organisation's own; and the one thing about it that can be seen from here.
pub fn trusted_domain(manifest: &Manifest, config: &Config) -> Finding {
    let (url, security) = (&config.web.public_url, &manifest.security);
    let place = "开发者后台 → 应用开发 → 银龄 → 安全设置 → 端内免登地址、JSAPI安全域名";
    if url.scheme() != "https" {
        return Finding::look("domain.trusted", format!("公开地址 {url} 不是 https，钉钉会警告使用者"))
            .todo("给 web.public_url 配上证书");
    }
    let said = format!("可信域名：{}，端内免登地址：{}", security.trusted_domain, security.sign_in_origin);
    Finding::look("domain.trusted", said).todo(place)
}
