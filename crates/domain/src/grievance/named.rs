//! Which of these people a text names. Pure.

/// The shortest name that is looked for: one character is in every text.
const SHORTEST: usize = 2;

/// Whether a text names somebody: his whole name, however it is spaced. A name that is somebody else's, too, or a word, bars one more than
/// need be; 小王 and 陈科长 are marked by whoever reads it first.
pub(super) fn names(text: &str, name: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let name = bare(name);
    name.chars().count() >= SHORTEST && bare(text).contains(&name)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_whole_name_is_found_however_it_is_spaced() {
        assert!(names("那天是 陈 静 接的电话", "陈静"));
        assert!(names("陈　静没有登记", "陈静"));
        assert!(!names("小陈接的电话", "陈静"));
        assert!(!names("陈", "陈"), "one character is in every text");
        assert!(!names("什么都没有说", ""));
    }
}
