//! How a name sounds, without tones. Characters with several readings give several sounds; surnames have readings of their own.

use pinyin::{ToPinyin, ToPinyinMulti};

/// How many readings of one name are kept. The usual one is the first.
const MOST: usize = 6;

/// Surnames that sound otherwise than the character usually does.
const SURNAMES: [(&str, &[&str]); 29] = [
    ("万俟", &["mo", "qi"]),
    ("尉迟", &["yu", "chi"]),
    ("单于", &["chan", "yu"]),
    ("长孙", &["zhang", "sun"]),
    ("澹台", &["tan", "tai"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("仇", &["qiu"]),
    ("区", &["ou"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("盖", &["ge"]),
    ("任", &["ren"]),
    ("乐", &["yue"]),
    ("朴", &["piao"]),
    ("华", &["hua"]),
    ("纪", &["ji"]),
    ("缪", &["miao"]),
    ("翟", &["zhai"]),
    ("秘", &["bi"]),
    ("冼", &["xian"]),
    ("宓", &["fu"]),
    ("召", &["shao"]),
    ("种", &["chong"]),
    ("晟", &["cheng"]),
    ("折", &["she"]),
    ("覃", &["qin"]),
    ("员", &["yun"]),
    ("应", &["ying"]),
];

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sound {
    /// `lv bu`
    pub spaced: String,
    /// `lubu`
    pub joined: String,
    /// `lb`
    pub initials: String,
}

/// The readings of a name, the usual one first. Letters stand for themselves, other signs for nothing; a name of which nothing can be
/// read sounds empty.
pub fn readings(name: &str) -> Vec<Sound> {
    let name = name.trim();
    let surname = SURNAMES.iter().find(|(surname, _)| name.starts_with(surname));
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for (at, character) in name.chars().enumerate() {
        let mut syllables = syllables(character);
        let usual = surname.and_then(|(_, sounds)| sounds.get(at));
        if let Some(usual) = usual {
            syllables.retain(|one| one != usual);
            syllables.insert(0, (*usual).to_owned());
        }
        if syllables.is_empty() {
            continue;
        }
        // The usual way stays first: every way goes on with the usual syllable before any goes on with another.
        let mut next: Vec<Vec<String>> = Vec::with_capacity(MOST);
        for syllable in &syllables {
            for way in &ways {
                if next.len() < MOST {
                    next.push(way.iter().cloned().chain([syllable.clone()]).collect());
                }
            }
        }
        ways = next;
    }
    ways.iter().map(|way| sound(way)).collect()
}

fn sound(syllables: &[String]) -> Sound {
    Sound {
        spaced: syllables.join(" "),
        joined: fold(&syllables.concat()),
        initials: fold(&syllables.iter().filter_map(|one| one.chars().next()).collect::<String>()),
    }
}

fn syllables(character: char) -> Vec<String> {
    if character.is_ascii_alphanumeric() {
        return vec![character.to_ascii_lowercase().to_string()];
    }
    let Some(usual) = character.to_pinyin() else { return Vec::new() };
    let mut all = vec![plain(usual.plain())];
    for other in character.to_pinyin_multi().into_iter().flatten() {
        let other = plain(other.plain());
        if !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

fn plain(syllable: &str) -> String {
    syllable.replace('ü', "v").replace('ê', "e")
}

/// People type ü as v or as u.
fn fold(text: &str) -> String {
    text.replace('v', "u")
}

/// What was typed in letters: lower case, tones and spaces gone.
pub fn typed(text: &str) -> String {
    let letters = text.chars().filter_map(|c| match c {
        'ā' | 'á' | 'ǎ' | 'à' => Some('a'),
        'ē' | 'é' | 'ě' | 'è' => Some('e'),
        'ī' | 'í' | 'ǐ' | 'ì' => Some('i'),
        'ō' | 'ó' | 'ǒ' | 'ò' => Some('o'),
        'ū' | 'ú' | 'ǔ' | 'ù' | 'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => Some('u'),
        c if c.is_ascii_alphabetic() => Some(c.to_ascii_lowercase()),
        _ => None,
    });
    fold(&letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{MOST, readings, typed};

    fn usual(name: &str) -> String {
        readings(name).remove(0).spaced
    }

    #[test]
    fn names_sound_as_they_are_called() {
        for (name, sound) in [
            ("王𬭎", "wang hong"),
            ("王宏", "wang hong"),
            ("单国强", "shan guo qiang"),
            ("曾玉珍", "zeng yu zhen"),
            ("尉迟恭", "yu chi gong"),
            ("欧阳娜娜", "ou yang na na"),
            ("㚏明", "gao ming"),
            ("吕洞宾", "lv dong bin"),
            ("买买提·吐尔逊", "mai mai ti tu er xun"),
        ] {
            assert_eq!(usual(name), sound, "{name}");
        }
        assert_eq!(readings("吕布")[0].joined, "lubu");
        assert_eq!(readings("王国强")[0].initials, "wgq");
        assert_eq!(usual("·"), "");
    }

    #[test]
    fn other_readings_are_kept_and_bounded() {
        let all: Vec<String> = readings("曾乐").into_iter().map(|sound| sound.spaced).collect();
        assert!(all.contains(&"zeng le".to_owned()) && all.contains(&"ceng yue".to_owned()), "{all:?}");
        assert!(readings("乐乐乐乐乐乐").len() <= MOST);
    }

    #[test]
    fn what_is_typed_is_read_with_and_without_tones_and_spaces() {
        for text in ["wanghong", "Wang Hong", "wáng hóng", "WANG  HONG"] {
            assert_eq!(typed(text), "wanghong", "{text}");
        }
        assert_eq!((typed("lv bu"), typed("lü bù")), ("lubu".to_owned(), "lubu".to_owned()));
    }
}
