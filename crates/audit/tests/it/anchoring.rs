//! Anchors in a folder.

use std::fs;

use audit::{Anchor, AnchorsError, Kept, Key, Seq, keep, kept};
use chrono::TimeDelta;

use crate::{at, key};

fn anchor(seq: i64, day: i64) -> Kept {
    let anchor = Anchor { seq: Seq(seq), hash: vec![u8::try_from(seq % 256).unwrap(); 32] };
    Kept { at: at(0) + TimeDelta::days(day), anchor }
}

#[test]
fn what_is_kept_is_read_again_month_by_month() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("not/yet/there");
    assert_eq!(kept(&inside, &key()).unwrap(), []);
    let all: Vec<Kept> = (0..70).map(|day| anchor(day * 100 + 1, day)).collect();
    for one in &all {
        keep(&inside, &key(), one).unwrap();
    }
    assert_eq!(kept(&inside, &key()).unwrap(), all);
    assert_eq!(fs::read_dir(&inside).unwrap().count(), 3, "November to January, some days of each");
}

#[test]
fn a_line_that_was_changed_is_no_anchor() {
    let folder = tempfile::tempdir().unwrap();
    for number in 1..4 {
        keep(folder.path(), &key(), &anchor(number, 0)).unwrap();
    }
    let file = folder.path().join("2026-11.anchors");
    let text = fs::read_to_string(&file).unwrap();
    for (what, with) in [(" 2:", " 1:"), ("0202", "0302"), ("2026-11-03T11", "2026-11-03T12")] {
        fs::write(&file, text.replacen(what, with, 2)).unwrap();
        assert!(matches!(kept(folder.path(), &key()), Err(AnchorsError::Forged { .. })), "{what}");
    }
    fs::write(&file, &text).unwrap();
    let stranger = Key::from_bytes(&[9; 32]).unwrap();
    assert!(matches!(kept(folder.path(), &stranger), Err(AnchorsError::Forged { line: 1, .. })));
    assert_eq!(kept(folder.path(), &key()).unwrap().len(), 3);
}

#[test]
fn a_line_that_a_crash_left_is_lost_alone() {
    let folder = tempfile::tempdir().unwrap();
    keep(folder.path(), &key(), &anchor(1, 0)).unwrap();
    let file = folder.path().join("2026-11.anchors");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}{}", text.get(..70).unwrap())).unwrap();
    assert_eq!(kept(folder.path(), &key()).unwrap(), [anchor(1, 0)]);
    keep(folder.path(), &key(), &anchor(2, 1)).unwrap();
    assert_eq!(kept(folder.path(), &key()).unwrap(), [anchor(1, 0), anchor(2, 1)]);
}
