//! Every class, and those that go by a rule. The others are in `kept`.

use super::{
    class::{Blank, Class, Fate, Floor, How, Nothing, Ruled},
    kept::KEPT,
    period::{Counted, Period},
};

const ARCHIVE: &str = "《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第8号）";
const ACCOUNTS: &str = "《会计档案管理办法》（财政部、国家档案局令第79号）第十四条";
const SHORTEST: &str = "《个人信息保护法》第十九条、第四十七条：达到目的以后就删除";
const RECORDS: &str = "《个人信息保护法》第五十六条：处理情况记录至少保存三年";
const LOGS: &str = "《网络安全法》第二十一条：网络日志不少于六个月";
const CLAIMS: &str = "《民法典》第一百八十八条：诉讼时效三年";

/// Every class.
pub fn all() -> impl Iterator<Item = &'static Class> {
    RULED.iter().chain(KEPT)
}

/// The classes that go by a rule, in the order of lists.
pub fn ruled() -> impl Iterator<Item = (&'static Class, &'static Ruled)> {
    RULED.iter().filter_map(|class| match &class.fate {
        Fate::Ruled(ruled) => Some((class, ruled)),
        _ => None,
    })
}

/// A class that goes by a rule.
pub fn find(code: &str) -> Option<(&'static Class, &'static Ruled)> {
    ruled().find(|(class, _)| class.code == code)
}

const fn floor(least: Period, usual: Period, counted: Counted, document: &'static str) -> Floor {
    Floor { least, usual, counted, document }
}

const fn blank(table: &'static str, by: &'static str, column: &'static str, with: Nothing) -> Blank {
    Blank { table, by, column, with }
}

const RULED: &[Class] = &[
    Class {
        code: "aid_case",
        label: "帮扶案卷",
        tables: &["aid_case", "aid_event", "aid_visit", "aid_objection", "aid_public_notice", "aid_approval"],
        fate: Fate::Ruled(Ruled {
            from: "aid_case r",
            which: "r.status IN ('paid', 'refused', 'withdrawn', 'terminated')",
            day: "LOCAL(r.status_at)",
            since: "个案办结",
            people: Some("SELECT person_id FROM aid_case WHERE id = :id"),
            unit: Some("SELECT unit_id FROM aid_case WHERE id = :id"),
            case: Some("SELECT id FROM aid_case WHERE id = :id"),
            goes: "申请内容、家访记录、异议和公示文字清空，编号、类别、金额、日期和经办人留下",
            how: How::Strip(&[
                blank("aid_case", "id", "answers", Nothing::Sealed),
                blank("aid_visit", "case_id", "findings", Nothing::Sealed),
                blank("aid_objection", "case_id", "said", Nothing::Sealed),
                blank("aid_public_notice", "case_id", "text", Nothing::Empty),
            ]),
            floor: floor(Period::years(10), Period::years(30), Counted::YearEnd, ARCHIVE),
        }),
    },
    Class {
        code: "aid_payment",
        label: "发放记录",
        tables: &["aid_payment", "aid_batch"],
        fate: Fate::Ruled(Ruled {
            from: "aid_payment r",
            which: "r.state <> 'waiting' AND r.settled_at IS NOT NULL",
            day: "LOCAL(r.settled_at)",
            since: "银行办结",
            people: Some("SELECT person_id FROM aid_payment WHERE id = :id"),
            unit: None,
            case: Some("SELECT case_id FROM aid_payment WHERE id = :id"),
            goes: "收款人和账号清空，金额、日期、批次留下；总账一行也不动",
            how: How::Strip(&[
                blank("aid_payment", "id", "account", Nothing::Sealed),
                blank("aid_payment", "id", "account_tail", Nothing::Empty),
                blank("aid_payment", "id", "payee", Nothing::Empty),
            ]),
            floor: floor(Period::years(30), Period::years(30), Counted::YearEnd, ACCOUNTS),
        }),
    },
    Class {
        code: "person",
        label: "去世同志的电话和账户",
        tables: &["person"],
        fate: Fate::Ruled(Ruled {
            from: "person r",
            which: "r.died_on IS NOT NULL AND (r.phone IS NOT NULL OR r.payout IS NOT NULL)",
            day: "r.died_on",
            since: "本人去世",
            people: Some("SELECT id FROM person WHERE id = :id"),
            unit: None,
            case: None,
            goes: "电话和银行账户清空，干部档案长期保存",
            how: How::Strip(&[
                blank("person", "id", "phone", Nothing::Null),
                blank("person", "id", "phone_index", Nothing::Null),
                blank("person", "id", "payout", Nothing::Null),
                blank("person", "id", "payout_tail", Nothing::Null),
                blank("person", "id", "payout_bank", Nothing::Null),
            ]),
            floor: floor(Period::years(3), Period::years(5), Counted::Day, CLAIMS),
        }),
    },
    Class {
        code: "person_contact",
        label: "停用的联系方式",
        tables: &["person_contact"],
        fate: Fate::Ruled(Ruled {
            from: "person_contact r JOIN person p ON p.id = r.person_id",
            which: "(r.ended_at IS NOT NULL OR p.died_on IS NOT NULL)",
            day: "COALESCE(LOCAL(r.ended_at), p.died_on)",
            since: "停用，或本人去世",
            people: Some("SELECT person_id FROM person_contact WHERE id = :id"),
            unit: None,
            case: None,
            goes: "整条删除",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::days(1), Period::years(3), Counted::Day, SHORTEST),
        }),
    },
    Class {
        code: "person_change",
        label: "变更申请",
        tables: &["person_change"],
        fate: Fate::Ruled(Ruled {
            from: "person_change r",
            which: "r.decided_at IS NOT NULL",
            day: "LOCAL(r.decided_at)",
            since: "办结",
            people: Some("SELECT person_id FROM person_change WHERE id = :id"),
            unit: None,
            case: None,
            goes: "整条删除，改成的结果留在档案里",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::years(10), Period::years(30), Counted::YearEnd, ARCHIVE),
        }),
    },
    Class {
        code: "death_task",
        label: "身后事项",
        tables: &["death_task"],
        fate: Fate::Ruled(Ruled {
            from: "death_task r",
            which: "r.done_at IS NOT NULL",
            day: "LOCAL(r.done_at)",
            since: "办结",
            people: Some("SELECT person_id FROM death_task WHERE id = :id"),
            unit: None,
            case: Some(
                "SELECT case_id FROM aid_payment WHERE id = (SELECT payment_id FROM death_task WHERE id = :id)",
            ),
            goes: "整条删除",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::years(10), Period::years(30), Counted::YearEnd, ARCHIVE),
        }),
    },
    Class {
        code: "notice",
        label: "通知和电话记录",
        tables: &["notice", "call_task"],
        fate: Fate::Ruled(Ruled {
            from: "notice r",
            which: "r.status NOT IN ('queued', 'sending', 'flow_controlled') AND r.climb_at IS NULL AND NOT EXISTS \
                    (SELECT 1 FROM call_task c WHERE c.notice_id = r.id AND c.closed_at IS NULL)",
            day: "LOCAL(r.updated_at)",
            since: "发出，或电话打完",
            people: Some("SELECT person_id FROM notice WHERE id = :id AND person_id IS NOT NULL"),
            unit: None,
            case: None,
            goes: "整条删除",
            how: How::Erase { parts: &[("call_task", "notice_id")], unlink: &[] },
            floor: floor(Period::months(6), Period::years(3), Counted::Day, LOGS),
        }),
    },
    Class {
        code: "account_link",
        label: "结束的代办委托",
        tables: &["account_link", "proxy_act"],
        fate: Fate::Ruled(Ruled {
            from: "(SELECT * FROM account_link WHERE kind = 'proxy') r",
            which: "r.valid_to IS NOT NULL",
            day: "LOCAL(r.valid_to)",
            since: "委托结束",
            people: Some("SELECT person_id FROM account_link WHERE id = :id"),
            unit: None,
            case: None,
            goes: "委托和代办的记录删除；本人账号的关联留下",
            how: How::Erase { parts: &[("proxy_act", "link_id"), ("mandate_ask", "link_id")], unlink: &[] },
            floor: floor(Period::years(3), Period::years(5), Counted::Day, CLAIMS),
        }),
    },
    Class {
        code: "mandate_ask",
        label: "没有同意的代办申请",
        tables: &["mandate_ask"],
        fate: Fate::Ruled(Ruled {
            from: "(SELECT * FROM mandate_ask WHERE state IN ('refused', 'lapsed')) r",
            which: "TRUE",
            day: "LOCAL(r.decided_at)",
            since: "答复",
            people: Some("SELECT person_id FROM mandate_ask WHERE id = :id"),
            unit: None,
            case: None,
            goes: "整条删除",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::days(1), Period::years(1), Counted::Day, SHORTEST),
        }),
    },
    Class {
        code: "consent",
        label: "同意和不同意的记录",
        tables: &["consent"],
        fate: Fate::Ruled(Ruled {
            from: "consent r JOIN person p ON p.id = r.person_id",
            which: "p.died_on IS NOT NULL",
            day: "p.died_on",
            since: "本人去世",
            people: Some("SELECT person_id FROM consent WHERE id = :id"),
            unit: None,
            case: None,
            goes: "整条删除",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::years(3), Period::years(3), Counted::Day, RECORDS),
        }),
    },
    Class {
        code: "person_wish",
        label: "改正和删除的要求",
        tables: &["person_wish"],
        fate: Fate::Ruled(Ruled {
            from: "person_wish r",
            which: "r.answered_at IS NOT NULL",
            day: "LOCAL(r.answered_at)",
            since: "答复",
            people: Some("SELECT person_id FROM person_wish WHERE id = :id"),
            unit: None,
            case: None,
            goes: "整条删除",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::years(3), Period::years(3), Counted::Day, RECORDS),
        }),
    },
    Class {
        code: "declared_relation",
        label: "结束的回避申报",
        tables: &["declared_relation"],
        fate: Fate::Ruled(Ruled {
            from: "declared_relation r",
            which: "r.to_on IS NOT NULL",
            day: "r.to_on",
            since: "关系结束",
            people: Some("SELECT person_id FROM declared_relation WHERE id = :id"),
            unit: None,
            case: None,
            goes: "整条删除",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::years(10), Period::years(10), Counted::YearEnd, ARCHIVE),
        }),
    },
    Class {
        code: "intake",
        label: "导入的名册",
        tables: &["intake", "intake_line", "intake_outcome"],
        fate: Fate::Ruled(Ruled {
            from: "intake r",
            which: "r.status IN ('done', 'undone', 'cancelled')",
            day: "LOCAL(r.finished_at)",
            since: "导入办结",
            people: Some(
                "SELECT person_id FROM intake_outcome WHERE intake_id = :id AND person_id IS NOT NULL",
            ),
            unit: Some("SELECT unit_id FROM intake WHERE id = :id AND unit_id IS NOT NULL"),
            case: None,
            goes: "导入的记录删除，写进档案的留下；表里的内容30天就清空",
            how: How::Erase {
                parts: &[("intake_outcome", "intake_id"), ("intake_line", "intake_id")],
                unlink: &[("person_change", "intake_id")],
            },
            floor: floor(Period::years(3), Period::years(3), Counted::Day, RECORDS),
        }),
    },
    Class {
        code: "person_export",
        label: "导出名册的记录",
        tables: &["person_export"],
        fate: Fate::Ruled(Ruled {
            from: "person_export r",
            which: "r.status <> 'waiting'",
            day: "LOCAL(r.updated_at)",
            since: "最后一次取走",
            people: None,
            unit: Some("SELECT unit_id FROM person_export WHERE id = :id AND unit_id IS NOT NULL"),
            case: None,
            goes: "整条删除；导出的表不存在系统里",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::years(3), Period::years(3), Counted::Day, RECORDS),
        }),
    },
    Class {
        code: "directory_run",
        label: "通讯录核对",
        tables: &["directory_run", "directory_change"],
        fate: Fate::Ruled(Ruled {
            from: "directory_run r",
            which: "r.state IN ('failed', 'refused', 'superseded', 'applied')",
            day: "LOCAL(r.touched_at)",
            since: "核对办结",
            people: None,
            unit: None,
            case: None,
            goes: "整条删除",
            how: How::Erase { parts: &[("directory_change", "run_id")], unlink: &[] },
            floor: floor(Period::months(6), Period::years(3), Counted::Day, LOGS),
        }),
    },
    Class {
        code: "approval_finding",
        label: "审批对账",
        tables: &["approval_finding"],
        fate: Fate::Ruled(Ruled {
            from: "approval_finding r",
            which: "r.closed_at IS NOT NULL",
            day: "LOCAL(r.closed_at)",
            since: "说明以后",
            people: Some(
                "SELECT c.person_id FROM aid_case c JOIN approval_finding f ON f.case_id = c.id WHERE f.id = :id",
            ),
            unit: None,
            case: Some("SELECT case_id FROM approval_finding WHERE id = :id"),
            goes: "整条删除",
            how: How::Erase { parts: &[], unlink: &[] },
            floor: floor(Period::years(10), Period::years(10), Counted::YearEnd, ARCHIVE),
        }),
    },
];
