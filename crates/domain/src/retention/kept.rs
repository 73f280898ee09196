//! The classes that go by no rule: what stays for good, what a job of its own takes away, and how the machine stands.

use super::class::{Class, Fate};

const fn permanent(
    code: &'static str,
    label: &'static str,
    why: &'static str,
    tables: &'static [&'static str],
) -> Class {
    Class { code, label, tables, fate: Fate::Permanent { why } }
}

const fn swept(
    code: &'static str,
    label: &'static str,
    (by, after): (&'static str, &'static str),
    tables: &'static [&'static str],
) -> Class {
    Class { code, label, tables, fate: Fate::Swept { by, after } }
}

pub(super) const KEPT: &[Class] = &[
    permanent(
        "cadre",
        "干部档案",
        "《干部人事档案工作条例》：长期保管",
        &[
            "person_event",
            "person_fact",
            "person_birth",
            "person_name",
            "person_gram",
            "person_kin",
            "person_double",
            "person_merge",
            "person_merge_move",
            "leader",
            "leader_read",
            "treatment_floor",
            "treatment_raise",
        ],
    ),
    permanent(
        "party",
        "党支部组织生活",
        "《中国共产党支部工作条例（试行）》和归档规定：永久",
        &[
            "branch",
            "branch_membership",
            "branch_post",
            "meeting",
            "meeting_claim",
            "attendance",
            "obligation_rule",
        ],
    ),
    permanent(
        "ledger",
        "经费总账",
        "《会计档案管理办法》：账簿不删行，没有人的姓名",
        &[
            "ledger_entry",
            "ledger_line",
            "ledger_balance",
            "ledger_year",
            "ledger_freeze",
            "budget_order",
            "budget_order_line",
            "outreach_plan",
            "outreach_item",
            "outreach_purchase",
            "outreach_movement",
        ],
    ),
    permanent(
        "audit",
        "审计记录",
        "《网络安全法》第二十一条，GB/T 22239-2019：删一行，链就断了；里面只有编号",
        &["audit_row", "audit_head", "audit_check"],
    ),
    permanent(
        "retention",
        "保管期限、清单、冻结和销毁登记",
        "《档案法实施条例》：销毁登记永久保存",
        &["retention_rule", "retention_list", "retention_item", "retention_hold", "retention_tombstone"],
    ),
    permanent(
        "office",
        "谁办的、凭什么办的",
        "GB/T 22239-2019 8.1.5：授权和登录账号要能查到头",
        &[
            "account",
            "account_event",
            "role_grant",
            "substitution",
            "declaration",
            "declaration_campaign",
            "aid_rule",
            "aid_rule_proposal",
            "aid_procedure",
            "aid_setting",
            "aid_counter",
            "bank_layout",
            "aid_sample_seed",
            "outreach_standard",
        ],
    ),
    permanent("approval_day", "审批对账的日结", "归档规定：永久，只有件数，没有个人信息", &["approval_day"]),
    permanent("statistics", "统计年报", "归档规定：永久", &["statistics_snapshot"]),
    permanent(
        "places",
        "机构和区划沿革",
        "归档规定：永久，没有个人信息",
        &[
            "unit",
            "region",
            "tree_node",
            "tree_name",
            "tree_edge",
            "tree_join",
            "tree_change",
            "outreach_point",
        ],
    ),
    swept("inbox", "收到的消息和要发的消息", ("retention", "办完180天"), &["inbox", "outbox"]),
    swept("web_session", "登录会话", ("retention", "过期180天"), &["web_session"]),
    swept("aid_draft", "没有交的申请草稿", ("retention", "最后一次写以后30天"), &["aid_draft"]),
    swept("evidence_coming", "正在上传的材料", ("evidence", "没有传完的1天"), &["evidence_coming"]),
    Class {
        code: "machine",
        label: "系统现在的状态",
        tables: &[
            "calendar_day",
            "reminder_plan",
            "reminder_occurrence",
            "notice_choice",
            "platform_usage",
            "platform_state",
            "send_token",
            "call_pace",
            "directory_department",
            "directory_member",
            "directory_watch",
            "approval_check",
            "approval_beat",
            "approval_sweep",
            "missed_poll",
            "key_rotation",
            "seaql_migrations",
        ],
        fate: Fate::Machine { what: "只有最新的一份，没有历史" },
    },
];
