//! What each target does with its bytes. The fuzzer calls these functions, and so does an ordinary test with the kept corpus. Whatever was
//! sent is kept or refused, and what is kept can be looked at again.

use attachment::{Area, Limits, examine, redact};

/// Small, so that the fuzzer comes to the limits and each try is short.
const LIMITS: Limits =
    Limits { bytes: 64 << 10, points: 1_000_000, pages: 20, unpacked: 256 << 10, objects: 2_000 };

/// A target by its name.
pub(crate) fn run(target: &str, bytes: &[u8]) {
    match target {
        "picture" => picture(bytes),
        "paper" => paper(bytes),
        other => panic!("no target {other}"),
    }
}

/// What is kept of a picture is a picture: it is kept again as it is, and a part of it can be made black.
fn picture(bytes: &[u8]) {
    let Ok(kept) = examine("p", bytes, &LIMITS) else { return };
    if let Ok(again) = examine("p", &kept.bytes, &LIMITS) {
        assert_eq!(again.bytes, kept.bytes, "nothing is left to be stripped");
        assert!(again.taken.is_none(), "when it was taken is kept beside it");
    }
    let corner = Area::new(0, 0, 300, 300).into_iter().collect::<Vec<_>>();
    let _ = redact(kept.kind, &kept.bytes, &corner, LIMITS.points);
}

fn paper(bytes: &[u8]) {
    // Most of what is tried would be refused for its first bytes alone.
    let whole = [b"%PDF-1.5\n", bytes].concat();
    if let Ok(kept) = examine("p", &whole, &LIMITS) {
        assert!(kept.bytes == whole && kept.pages.is_some_and(|pages| pages <= LIMITS.pages));
    }
}
