//! What an installation must say itself, because no default could be right.

use secrecy::ExposeSecret;

use super::{Incoming, Loaded};

/// The keys that are still missing, each with what belongs there.
pub fn missing(loaded: &Loaded) -> Vec<String> {
    let (config, platform) = (&loaded.config, &loaded.config.dingtalk);
    // Pushes are sealed with them; what comes on a connection of our own is not.
    let pushed = platform.incoming == Incoming::Http;
    let is_default = |key: &str| loaded.origins.get(key).is_none_or(|origin| origin == "default");
    let unset = [
        ("dingtalk.corp_id", platform.corp_id.is_empty(), "corpId, from the developer console"),
        ("dingtalk.client_id", platform.client_id.is_empty(), "Client ID (AppKey)"),
        ("dingtalk.agent_id", platform.agent_id == 0, "AgentId"),
        (
            "dingtalk.client_secret",
            platform.client_secret.expose_secret().is_empty(),
            "Client Secret, or its _file",
        ),
        (
            "dingtalk.callback_token",
            pushed && platform.callback_token.expose_secret().is_empty(),
            "of the event subscription, or its _file; not needed with dingtalk.incoming = \"stream\"",
        ),
        (
            "dingtalk.callback_aes_key",
            pushed && platform.callback_aes_key.expose_secret().is_empty(),
            "of the event subscription, or its _file; not needed with dingtalk.incoming = \"stream\"",
        ),
        (
            "dingtalk.aid_process_code",
            platform.aid_process_code.is_empty(),
            "processCode of the approval form",
        ),
        (
            "dingtalk.card_secret",
            pushed
                && !platform.approval_card_template.is_empty()
                && platform.card_secret.expose_secret().is_empty(),
            "signs presses on cards, or its _file; not needed without dingtalk.approval_card_template",
        ),
        ("keys.audit_file", config.keys.audit_file.is_empty(), "`yinling keys FOLDER` makes it"),
        ("keys.seal_file", config.keys.seal_file.is_empty(), "`yinling keys FOLDER` makes it"),
        ("keys.index_file", config.keys.index_file.is_empty(), "`yinling keys FOLDER` makes it"),
        ("keys.signing_file", config.keys.signing_file.is_empty(), "`yinling keys FOLDER` makes it"),
        ("web.public_url", is_default("web.public_url"), "how phones reach this server"),
        ("help.name", is_default("help.name"), "whom every page names"),
        ("help.phone", is_default("help.phone"), "the number of every page's telephone button"),
    ];
    unset
        .iter()
        .filter(|(_, unset, _)| *unset)
        .map(|(key, _, what)| format!("{key} is not set: {what}"))
        .collect()
}
