//! The limits of a work notice, asked before it is sent: the platform accepts some that it then does not deliver.

use super::{
    message::{NoticeCard, NoticeMessage},
    oa::NoticeOa,
    send::{Audience, MOST_DEPARTMENTS, MOST_RECIPIENTS},
};
use crate::error::Error;

/// The most bytes of a message, as JSON.
pub const MOST_BYTES: usize = 2048;

const MOST_BUTTON_WORDS: usize = 20;
const LONGEST_SINGLE_URL: usize = 500;
const LONGEST_BUTTON_URL: usize = 700;
const LONGEST_BUTTON_LIST: usize = 1000;
const MOST_WITH_STATUS: usize = 5;

pub(super) fn audience(to: &Audience) -> Result<(), Error> {
    let Audience::Listed { people, departments } = to else { return Ok(()) };
    refuse_if(people.is_empty() && departments.is_empty(), "a work notice is addressed to somebody")?;
    refuse_if(people.len() > MOST_RECIPIENTS, "a work notice names at most 100 people")?;
    refuse_if(departments.len() > MOST_DEPARTMENTS, "a work notice names at most 20 departments")
}

pub(super) fn message(message: &NoticeMessage, to: &Audience) -> Result<(), Error> {
    let size = serde_json::to_vec(message).map_or(usize::MAX, |json| json.len());
    refuse_if(size > MOST_BYTES, "a work notice has at most 2048 bytes")?;
    match message {
        NoticeMessage::Text { text } => needs(&[&text.content]),
        NoticeMessage::Image { .. } | NoticeMessage::File { .. } => Ok(()),
        NoticeMessage::Voice { voice } => {
            refuse_if(!(1..=59).contains(&voice.duration), "a recording lasts 1 to 59 seconds")
        }
        NoticeMessage::Link { link } => needs(&[&link.message_url, &link.pic_url, &link.title, &link.text]),
        NoticeMessage::Markdown { markdown } => needs(&[&markdown.title, &markdown.text]),
        NoticeMessage::Oa { oa } => form(oa, to),
        NoticeMessage::ActionCard { action_card } => card(action_card),
    }
}

fn card(card: &NoticeCard) -> Result<(), Error> {
    match card {
        NoticeCard::Single(card) => {
            needs(&[&card.title, &card.markdown])?;
            button(&card.single_title, &card.single_url, LONGEST_SINGLE_URL)
        }
        NoticeCard::Buttons(card) => {
            needs(&[&card.title, &card.markdown])?;
            refuse_if(!matches!(card.btn_orientation.as_str(), "0" | "1"), "an orientation is 0 or 1")?;
            refuse_if(card.btn_json_list.is_empty(), "a card has a button")?;
            for one in &card.btn_json_list {
                button(&one.title, &one.action_url, LONGEST_BUTTON_URL)?;
            }
            let list = serde_json::to_string(&card.btn_json_list).map_or(usize::MAX, |json| letters(&json));
            refuse_if(
                list > LONGEST_BUTTON_LIST,
                "the buttons of a card have at most 1000 characters together",
            )
        }
    }
}

fn button(title: &str, url: &str, longest: usize) -> Result<(), Error> {
    needs(&[title, url])?;
    refuse_if(letters(title) > MOST_BUTTON_WORDS, "a button has at most 20 characters")?;
    refuse_if(letters(url) > longest, "the address of a button is too long")
}

fn form(oa: &NoticeOa, to: &Audience) -> Result<(), Error> {
    needs(&[&oa.message_url, &oa.head.text])?;
    let colour = &oa.head.bgcolor;
    let hexadecimal = colour.len() == 8 && colour.bytes().all(|byte| byte.is_ascii_hexdigit());
    refuse_if(!hexadecimal, "the colour of a head has eight hexadecimal digits")?;
    let few = matches!(to, Audience::Listed { people, departments }
        if departments.is_empty() && people.len() <= MOST_WITH_STATUS);
    refuse_if(oa.status_bar.is_some() && !few, "a notice with a state goes to at most five people")
}

fn needs(texts: &[&str]) -> Result<(), Error> {
    refuse_if(texts.iter().any(|text| text.trim().is_empty()), "a required text of a work notice is empty")
}

fn refuse_if(wrong: bool, why: &'static str) -> Result<(), Error> {
    if wrong { Err(Error::NotSent(why)) } else { Ok(()) }
}

fn letters(text: &str) -> usize {
    text.chars().count()
}
