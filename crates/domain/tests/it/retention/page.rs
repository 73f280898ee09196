//! The page of what is kept how long, held against the classes. `YINLING_WRITE_PAGES=1` writes it anew.

use std::{fmt::Write, fs, path::Path};

use domain::retention::{Fate, all};

#[test]
fn the_page_says_what_the_rules_say() {
    let mut text = String::from(
        "# What is kept how long\n\n\
         Made from `domain/src/retention/of_cases.rs`, `of_people.rs`, `of_office.rs` and `kept.rs`; a test compares it (`YINLING_WRITE_PAGES=1 cargo test -p domain --test it \
         retention::page` writes it anew). These are the rules that an installation starts with; its own are at 保管期限 on the desk, and are never \
         shorter than the fourth column. What is not in a table of this page is in no table of the database.\n\n\
         ## 按期限保存的\n\n\
         | 哪一类 | 从什么时候 | 保存多久 | 最短 | 到期以后 | 依据 | 表 |\n|---|---|---|---|---|---|---|\n",
    );
    for class in all() {
        if let Fate::Ruled(ruled) = &class.fate {
            let floor = &ruled.floor;
            writeln!(
                text,
                "| {} | {}，{} | {} | {} | {} | {} | {} |",
                class.label,
                ruled.since,
                floor.counted.label(),
                floor.usual.label(),
                floor.least.label(),
                ruled.goes,
                floor.document,
                tables(class.tables),
            )
            .unwrap();
        }
    }
    text.push_str("\n## 不按期限的\n\n| 哪一类 | 怎么办 | 表 |\n|---|---|---|\n");
    for class in all() {
        let what = match &class.fate {
            Fate::Ruled(_) => continue,
            Fate::Permanent { why } => (*why).to_owned(),
            Fate::Swept { by, after } => format!("{after}，由任务 {by} 清除"),
            Fate::Machine { what } => (*what).to_owned(),
        };
        writeln!(text, "| {} | {what} | {} |", class.label, tables(class.tables)).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/retention.md");
    if std::env::var_os("YINLING_WRITE_PAGES").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text);
}

fn tables(tables: &[&str]) -> String {
    tables.iter().map(|table| format!("`{table}`")).collect::<Vec<_>>().join(" ")
}
