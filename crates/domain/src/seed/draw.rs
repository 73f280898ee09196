//! Everything that is drawn: one stream of numbers from one seed, so that the same call gives the same county.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::{Builder, Uuid};

use crate::person::Gender;

const SURNAMES: &[(&str, u32)] = &[
    ("王", 71),
    ("李", 72),
    ("张", 68),
    ("刘", 54),
    ("陈", 60),
    ("杨", 31),
    ("赵", 22),
    ("黄", 25),
    ("周", 27),
    ("吴", 26),
    ("徐", 26),
    ("孙", 19),
    ("胡", 16),
    ("朱", 21),
    ("高", 12),
    ("林", 17),
    ("何", 14),
    ("郭", 11),
    ("马", 10),
    ("罗", 9),
    ("沈", 18),
    ("俞", 9),
    ("钱", 8),
    ("章", 8),
    ("金", 10),
    ("楼", 4),
    ("郑", 13),
    ("叶", 11),
    ("汪", 7),
    ("方", 8),
    ("欧阳", 1),
    ("诸葛", 1),
    ("骆", 3),
    ("㚏", 1),
];
const MEN: &[&str] = &[
    "国强", "建国", "志明", "德福", "永康", "文华", "家骏", "洪生", "金水", "阿根", "茂林", "松年", "春生",
    "伯钧", "树森", "玉堂", "明", "伟", "𬭎", "耀祖",
];
const WOMEN: &[&str] = &[
    "秀英", "桂兰", "玉珍", "淑芬", "月娥", "彩凤", "惠芳", "素琴", "杏花", "美娟", "阿香", "佩君", "雅琴",
    "凤英", "梅", "静", "爱珍", "荷花", "婉如", "慧珠",
];

/// Where so many are named, one list would give everybody a hundred namesakes too many: two characters, each from here.
const FIRST: &[char] = &[
    '国', '建', '志', '德', '永', '文', '家', '洪', '金', '阿', '茂', '松', '春', '伯', '树', '玉', '耀',
    '秀', '桂', '淑', '月', '彩', '惠', '素', '杏', '美', '佩', '雅', '凤', '爱', '荷', '婉', '慧', '庆',
    '祥', '仁', '义', '兴', '荣', '福', '宝', '益', '宗', '绍', '鹤', '林', '水', '土', '立', '正', '维',
    '世', '明', '良', '士', '其', '云', '海', '江', '小',
];
const SECOND: &[char] = &[
    '强', '国', '明', '福', '康', '华', '骏', '生', '水', '根', '林', '年', '钧', '森', '堂', '祖', '英',
    '兰', '珍', '芬', '娥', '凤', '芳', '琴', '花', '娟', '香', '君', '云', '仙', '莲', '妹', '娣', '珠',
    '如', '民', '法', '荣', '泉', '元', '昌', '达', '敏', '庆', '宏', '鸿', '弘', '红', '洪', '虎', '龙',
    '彪', '才', '财', '善', '庭', '亭', '涛', '燕', '雁',
];

/// Zhejiang has no city 99.
const NOWHERE: &str = "339900";

/// The stream.
pub(super) struct Draw {
    rng: ChaCha8Rng,
    made: u64,
    identities: HashSet<String>,
    many: bool,
}

impl Draw {
    /// `many`: names are put together of characters.
    pub(super) fn new(seed: u64, many: bool) -> Self {
        Self { rng: ChaCha8Rng::seed_from_u64(seed), made: 0, identities: HashSet::new(), many }
    }

    /// Does it happen, with this many in ten thousand?
    pub(super) fn chance(&mut self, in_ten_thousand: u32) -> bool {
        self.rng.random_range(0..10_000) < in_ten_thousand
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end.max(1))
    }

    /// One of a list.
    pub(super) fn of<T: Copy>(&mut self, list: &[T], otherwise: T) -> T {
        let at = self.below(list.len());
        list.get(at).copied().unwrap_or(otherwise)
    }

    /// An id that sorts by the order of drawing.
    pub(super) fn uuid(&mut self) -> Uuid {
        self.made += 1;
        let mut random = [0; 10];
        self.rng.fill(&mut random);
        // 2020-01-01 and one millisecond for each id: older than anything that the program makes itself.
        Builder::from_unix_timestamp_millis(1_577_836_800_000 + self.made, &random).into_uuid()
    }

    pub(super) fn gender(&mut self) -> Gender {
        if self.chance(4_600) { Gender::Female } else { Gender::Male }
    }

    pub(super) fn name(&mut self, gender: Gender) -> String {
        let total: u32 = SURNAMES.iter().map(|(_, weight)| weight).sum();
        let mut at = self.rng.random_range(0..total);
        let surname = SURNAMES
            .iter()
            .find(|(_, weight)| {
                let hit = at < *weight;
                at = at.saturating_sub(*weight);
                hit
            })
            .map_or("王", |(surname, _)| *surname);
        if self.many && self.chance(9_000) {
            return format!("{surname}{}{}", self.of(FIRST, '国'), self.of(SECOND, '强'));
        }
        let given = match gender {
            Gender::Male => self.of(MEN, "国强"),
            Gender::Female => self.of(WOMEN, "秀英"),
        };
        format!("{surname}{given}")
    }

    /// 60–69 45 %, 70–79 33 %, 80–89 17 %, 90 and more 5 %.
    pub(super) fn born(&mut self, today: NaiveDate) -> NaiveDate {
        let decade = match self.below(100) {
            0..=44 => 60,
            45..=77 => 70,
            78..=94 => 80,
            _ => 90,
        };
        let days = u64::try_from(decade * 365 + decade / 4 + self.below(3_652)).unwrap_or(22_000);
        today.checked_sub_days(Days::new(days)).unwrap_or(today)
    }

    /// Eleven digits that look like a mobile number, of a segment that is not given out.
    pub(super) fn phone(&mut self) -> String {
        format!("160{:08}", self.rng.random_range(0..100_000_000_u64))
    }

    /// A well-formed number with this birth date, and nobody's: its region is not on the map. No two are the same.
    pub(super) fn identity(&mut self, born: NaiveDate, gender: Gender) -> String {
        loop {
            let sequence = self.rng.random_range(0..499_u32) * 2 + u32::from(gender == Gender::Male);
            let body = format!("{NOWHERE}{}{sequence:03}", born.format("%Y%m%d"));
            let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
            let sum: u32 =
                body.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum();
            let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap_or('0');
            let number = format!("{body}{check}");
            if self.identities.insert(number.clone()) {
                return number;
            }
        }
    }

    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.rng.random_range(0..10_u8))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::NaiveDate;

    use super::{Draw, Gender};
    use crate::privacy::{IdentityNumber, Phone};

    /// Well-formed, and nobody's.
    #[test]
    fn numbers_are_nobodys_and_differ() {
        let mut draw = Draw::new(1, false);
        let born = NaiveDate::from_ymd_opt(1944, 5, 6).unwrap();
        let numbers: HashSet<String> = (0..400).map(|_| draw.identity(born, Gender::Female)).collect();
        assert_eq!(numbers.len(), 400, "all on one day, and no two the same");
        for number in numbers {
            assert!(
                number.starts_with("33990019440506") && IdentityNumber::parse(&number).is_ok(),
                "{number}"
            );
        }
        let phone = draw.phone();
        assert!(phone.starts_with("160") && Phone::parse(&phone).is_ok(), "{phone}");
    }
}
