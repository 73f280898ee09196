//! 密级标志: papers that bear a mark of secrecy do not come by this way (《保守国家秘密法》). A mark is looked for in a file's name
//! and in the text of a paper's first page; what is in a photograph cannot be read.

/// A grade of secrecy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// 绝密.
    TopSecret,
    /// 机密.
    Secret,
    /// 秘密.
    Confidential,
}

impl Mark {
    /// The word in audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TopSecret => "top_secret",
            Self::Secret => "secret",
            Self::Confidential => "confidential",
        }
    }

    /// The word on papers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TopSecret => "绝密",
            Self::Secret => "机密",
            Self::Confidential => "秘密",
        }
    }
}

/// A mark, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marked {
    /// In the name of the file.
    InName(Mark),
    /// On the first page.
    OnFirstPage(Mark),
}

impl Marked {
    /// Which.
    pub const fn mark(self) -> Mark {
        match self {
            Self::InName(mark) | Self::OnFirstPage(mark) => mark,
        }
    }

    /// Where, as the word in audit rows.
    pub const fn place(self) -> &'static str {
        match self {
            Self::InName(_) => "name",
            Self::OnFirstPage(_) => "first_page",
        }
    }
}

/// The words of each mark, in both ways of writing, the gravest first.
const WORDS: [(&str, Mark); 6] = [
    ("绝密", Mark::TopSecret),
    ("絕密", Mark::TopSecret),
    ("机密", Mark::Secret),
    ("機密", Mark::Secret),
    ("秘密", Mark::Confidential),
    ("祕密", Mark::Confidential),
];

/// The mark in a text. Letters are often set apart on a cover (机　密), and programs write blanks between what stands in columns.
pub(crate) fn find(text: &str) -> Option<Mark> {
    let letters: String = text.chars().filter(|letter| !is_between(*letter)).collect();
    WORDS.iter().find(|(word, _)| letters.contains(word)).map(|(_, mark)| *mark)
}

/// What stands between two letters of one word.
fn is_between(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '_' | '-' | '.' | '·' | '\u{200b}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{Mark, find};

    #[test]
    fn a_mark_is_found_however_it_is_set() {
        for (text, mark) in [
            ("绝密★30年.pdf", Mark::TopSecret),
            ("关于某事的通知（机密）", Mark::Secret),
            ("机　密\n★10年", Mark::Secret),
            ("秘_密.jpg", Mark::Confidential),
            ("祕密", Mark::Confidential),
            ("先是秘密，后是绝 密", Mark::TopSecret),
        ] {
            assert_eq!(find(text), Some(mark), "{text}");
        }
    }

    #[test]
    fn what_is_no_mark_is_none() {
        for text in ["", "诊断证明.jpg", "危机，密切观察", "保密协议", "亲密"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
