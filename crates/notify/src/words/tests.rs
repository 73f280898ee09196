//! Every word that goes out, held against the manners: one purpose, few characters, one button, nothing that is the same twice.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta, TimeZone, Utc};
use domain::{
    aid::letters::News,
    calendar::say,
    ids::{AppealId, ClawbackId, EmergencyId, PaymentId, RulingId, SupplementId},
    notice::{Occasion, Told, Topic},
    second_factor::letters as about_second_factor,
};
use uuid::Uuid;

use super::{aid, authority, bot, branch, grievance, outreach, second_factor, sms, trail};
use crate::message::Message;

const NUMBER: &str = "西湖帮扶2026-0017";
const LONG: &str = "庆祝中国共产党成立一百零五周年暨学习贯彻全会精神主题党日活动（第三次集中学习）";

/// What is said unasked, with everything that can be long being long.
fn letters() -> Vec<(&'static str, Message)> {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 2, 30, 0).unwrap();
    let payment = PaymentId::from_uuid(Uuid::from_u128(7));
    let appeal = AppealId::from_uuid(Uuid::from_u128(7));
    let news = [
        News::Received,
        News::Supplement { supplement: SupplementId::from_uuid(Uuid::from_u128(7)) },
        News::Declined { ruling: RulingId::from_uuid(Uuid::from_u128(7)) },
        News::Accepted,
        News::Approved,
        News::Refused,
        News::Appealed { appeal },
        News::AppealUpheld { appeal },
        News::AppealDismissed { appeal },
        News::Granted { emergency: None },
        News::TakenBack { emergency: EmergencyId::from_uuid(Uuid::from_u128(7)) },
        News::PaidAhead { payment },
        News::Confirmed,
        News::AskedBack { clawback: ClawbackId::from_uuid(Uuid::from_u128(7)) },
        News::Closed,
        News::Withdrawn,
        News::Paid { payment },
        News::Returned { payment },
    ];
    let mut all: Vec<(&str, Message)> =
        news.into_iter().map(|news| ("aid", aid::told(news, NUMBER, "/aid/cases/7"))).collect();
    let when = say::moment(now + TimeDelta::days(1), now);
    for others in [0, 3] {
        let eve = branch::Eve { title: LONG, when: &when, place: LONG, others };
        all.push(("eve", branch::meeting_eve(&eve, "/branch/meetings/7")));
    }
    let missing = ["支部党员大会1次", "支部委员会1次", "党小组会1次", "主题党日1次"];
    for owed in 0..=missing.len() {
        for unsigned in
            [None, Some(("今天下午2点半".to_owned(), 123, "/branch/meetings/7/roster".to_owned()))]
        {
            let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
            let says = branch::Digest {
                missing: missing.iter().take(owed).map(|one| (*one).to_owned()).collect(),
                unsigned,
                today: say::date(today, today),
            };
            all.push(("digest", branch::digest(&says, "/branch/7/duties")));
        }
    }
    all.push(("welcome", bot::welcome("/home")));
    let anchor = format!("1234567:{}", "9f".repeat(32));
    all.push(("anchor", trail::anchor("2026年12月31日", &anchor, "/console/trail")));
    all.push(("unmasked", trail::unmasked(50, "/console/grants")));
    for news in about_second_factor::News::ALL {
        all.push(("second factor", second_factor::told(news, "/console/second-factor")));
    }
    for late in [0, 2] {
        all.push(("grievance", grievance::due(3, late, "/console/grievances")));
        all.push(("outreach", outreach::today(3, late, "/console/outreach/mine")));
    }
    for later in [true, false] {
        all.push(("grievance news", grievance::news(later, "/grievances/7")));
    }
    all.push(("term", authority::term_ends("离退休干部工作者", "2026年12月31日", "/console/substitutes")));
    all
}

/// What is answered.
fn answers() -> Vec<(&'static str, Message)> {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 2, 30, 0).unwrap();
    let when = say::moment(now + TimeDelta::days(1), now);
    let request = (NUMBER.to_owned(), "已经收到".to_owned());
    let mut all = vec![
        ("help", bot::help("/home")),
        ("signed in", bot::signed_in(LONG, "上午9点12分", "/branch/meetings/7")),
        ("already", bot::already_signed_in(LONG, "上午9点12分", "/branch/meetings/7")),
        ("nothing", bot::nothing_to_sign_in(None, "/branch/meetings")),
        ("later", bot::nothing_to_sign_in(Some((&when, LONG)), "/branch/meetings")),
        ("not registered", bot::not_registered("老干部局服务台（0571 8888 0000）")),
    ];
    for count in 0..5 {
        all.push(("progress", bot::progress(&vec![request.clone(); count], "/aid/cases")));
    }
    for topic in Topic::ALL {
        all.push(("stopped", bot::stopped(topic)));
        all.push(("resumed", bot::resumed(topic)));
    }
    all
}

#[test]
fn every_message_is_short_and_has_one_button() {
    for (what, message) in letters().into_iter().chain(answers()) {
        let (title, text) = (message.title.chars().count(), message.text.chars().count());
        assert!(title <= 30, "{what}: a title of {title}: {}", message.title);
        // An anchor is copied, not read.
        let longest = if what == "anchor" { 90 } else { 60 };
        assert!(text <= longest, "{what}: {text} characters: {}", message.text);
        // The digest has one for each of its two lines.
        let most = if what == "digest" { 2 } else { 1 };
        assert!(message.buttons.len() <= most, "{what}: {:?}", message.buttons);
        for button in &message.buttons {
            assert!(button.label.chars().count() <= 10 && button.path.starts_with('/'), "{button:?}");
        }
    }
    for (what, message) in letters() {
        assert!(!message.buttons.is_empty(), "{what} leads somewhere");
    }
}

#[test]
fn nothing_unasked_says_an_amount_an_illness_or_a_reason() {
    for (what, message) in letters() {
        let said = format!("{}{}", message.title, message.text);
        for word in ["元", "¥", "病", "残", "困难", "死", "去世"] {
            assert!(!said.contains(word), "{what} says {word}: {said}");
        }
    }
}

#[test]
fn two_letters_of_one_day_never_say_the_same() {
    let mut seen = HashSet::new();
    for (what, message) in letters() {
        assert!(
            seen.insert((message.title.clone(), message.text.clone())) || what == "digest",
            "{what} twice"
        );
    }
    // The same matter on another day, or another matter on the same day.
    let days: HashSet<String> = (0..7)
        .map(|day| {
            let now = Utc.with_ymd_and_hms(2026, 11, 24, 2, 30, 0).unwrap();
            let when = say::moment(now + TimeDelta::days(day), now);
            let eve = branch::Eve { title: "党课", when: &when, place: "活动室", others: 0 };
            branch::meeting_eve(&eve, "/").title
        })
        .collect();
    assert_eq!(days.len(), 7);
    let digests: HashSet<String> = (1..8)
        .map(|day| {
            let today = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
            let says = branch::Digest { today: say::date(today, today), ..branch::Digest::default() };
            branch::digest(&says, "/").title
        })
        .collect();
    assert_eq!(digests.len(), 7);
    assert_ne!(
        aid::told(News::Approved, NUMBER, "/").title,
        aid::told(News::Approved, "西湖帮扶2026-0018", "/").title
    );
}

#[test]
fn stopping_says_what_is_told_all_the_same_and_how_to_undo_it() {
    for topic in Topic::ALL {
        let said = bot::stopped(topic).text;
        assert!(said.contains(topic.label()) && said.contains("结果") && said.contains("恢复"), "{said}");
        assert!(bot::resumed(topic).text.contains("退订"));
    }
    let welcome = bot::welcome("/home").text;
    assert!(welcome.contains("一周最多3次") && welcome.contains("退订"));
}

#[test]
fn a_text_message_fits_into_one() {
    for told in Told::ALL {
        let said = sms::told(Occasion::Told(told, Uuid::nil()), NUMBER, "老干部局服务台（0571 8888 0000）");
        assert!(said.chars().count() <= 70, "{}: {said}", said.chars().count());
        assert!(!said.contains('元'));
    }
}
