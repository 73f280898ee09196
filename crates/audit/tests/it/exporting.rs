//! A file that is checked without a database.

use audit::{Checked, Key, NotAnExport, Search, Seq, check, export};
use chrono::TimeDelta;
use sea_orm::DatabaseConnection;

use crate::{at, chain, key};

async fn exported(db: &DatabaseConnection, search: &Search) -> String {
    let mut out = Vec::new();
    let sign = |digest: &str| (format!("signed {digest}"), "ours".to_owned());
    export(db, search, &mut out, sign, at(9_999)).await.unwrap();
    String::from_utf8(out).unwrap()
}

fn checked(text: &str, key: Option<&Key>) -> Result<Checked, NotAnExport> {
    let signed =
        |digest: &str, signature: &str, key: &str| signature == format!("signed {digest}") && key == "ours";
    check(text.as_bytes(), key, signed)
}

fn of_case(case: i64) -> Search {
    Search { subjects: vec![format!("case/{case}")], ..Search::default() }
}

schema::both! {
    async fn an_export_proves_itself(db) {
        chain(db, 1_205).await;
        let all = exported(db, &Search::default()).await;
        assert_eq!(checked(&all, Some(&key())).unwrap().rows, 1_205);
        let one = exported(db, &of_case(5)).await;
        let found = checked(&one, Some(&key())).unwrap();
        assert_eq!((found.rows, found.head.seq), (121, Seq(1_205)));
        assert!(checked(&one, None).is_ok(), "without the chain's key the signature must do");
        assert!(matches!(checked(&one, Some(&Key::from_bytes(&[1; 32]).unwrap())), Err(NotAnExport::Row(Seq(5)))));
        let month = Search {
            actor: Some("account/3".to_owned()),
            from: Some(at(100)),
            to: Some(at(100) + TimeDelta::milliseconds(70)),
            ..Search::default()
        };
        let some = exported(db, &month).await;
        assert_eq!(checked(&some, Some(&key())).unwrap().rows, 10);
        let found = audit::search(db, &month, None, 4).await.unwrap();
        assert_eq!(found.iter().map(|row| row.seq.0).collect::<Vec<_>>(), [164, 157, 150, 143]);
        let older = audit::search(db, &month, Some(Seq(143)), 100).await.unwrap();
        assert_eq!(older.iter().map(|row| row.seq.0).collect::<Vec<_>>(), [136, 129, 122, 115, 108, 101]);
    }

    async fn a_forged_export_is_found(db) {
        chain(db, 60).await;
        let good = exported(db, &of_case(5)).await;
        let lines: Vec<&str> = good.lines().collect();
        assert_eq!(lines.len(), 8);
        let without = [&lines[..3], &lines[4..]].concat().join("\n");
        assert!(matches!(checked(&without, None), Err(NotAnExport::Digest)), "a row less");
        let swapped = good.replacen(lines[2], "@", 1).replacen(lines[3], lines[2], 1).replacen('@', lines[3], 1);
        assert!(matches!(checked(&swapped, None), Err(NotAnExport::Row(_))));
        let other = good.replacen("\"actor\":\"account/1\"", "\"actor\":\"account/2\"", 1);
        assert!(matches!(checked(&other, None), Err(NotAnExport::Digest)));
        assert!(matches!(checked(&other, Some(&key())), Err(NotAnExport::Row(Seq(15)))));
        let asked = good.replacen("[\"case/5\"]", "[\"case/6\"]", 1);
        assert!(matches!(checked(&asked, None), Err(NotAnExport::Row(Seq(5)))));
        let signed = good.replacen("ours", "theirs", 1);
        assert!(matches!(checked(&signed, None), Err(NotAnExport::Signature)));
        let cut: String = lines[..5].join("\n");
        assert!(matches!(checked(&cut, None), Err(NotAnExport::Line(6))));
        assert!(matches!(checked("", None), Err(NotAnExport::Line(1))));
        assert!(matches!(checked("{}\n", None), Err(NotAnExport::Line(1))));
    }
}
