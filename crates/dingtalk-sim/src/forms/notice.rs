//! The message of a work notice.

use serde_json::Value;

use crate::forms::Strict;
use crate::forms::digits::digits;
use crate::world::{Button, Form, Message, Refusal};

/// Bytes of the whole message.
pub(crate) const LARGEST: usize = 2048;

/// Seconds of a recording must be below this; characters of all buttons together.
const LONGEST_VOICE: u32 = 60;
const LONGEST_LIST: usize = 1000;

pub(crate) fn read(mut msg: Strict) -> Result<Message, Refusal> {
    let kind = msg.text("msgtype")?;
    let message = match kind.as_str() {
        "text" => {
            let mut text = msg.object("text")?;
            let message = Message::Text { text: text.text("content")? };
            text.done()?;
            message
        }
        "markdown" => {
            let mut markdown = msg.object("markdown")?;
            let message = Message::Markdown { title: markdown.text("title")?, text: markdown.text("text")? };
            markdown.done()?;
            message
        }
        "link" => {
            let mut link = msg.object("link")?;
            let message = Message::Link {
                title: link.text("title")?,
                text: link.text("text")?,
                url: link.text("messageUrl")?,
                picture: Some(link.text("picUrl")?),
            };
            link.done()?;
            message
        }
        "image" => {
            let mut image = msg.object("image")?;
            let message = Message::Image { picture: image.text("media_id")? };
            image.done()?;
            message
        }
        "file" => {
            let mut file = msg.object("file")?;
            let media = file.text("media_id")?;
            file.done()?;
            Message::File { name: String::new(), media }
        }
        "voice" => {
            let mut voice = msg.object("voice")?;
            let (media, seconds) = (voice.text("media_id")?, digits(&mut voice, "duration")?);
            if seconds >= LONGEST_VOICE {
                return Err(voice.complaint("duration", "must be below 60"));
            }
            voice.done()?;
            Message::Voice { media, seconds }
        }
        "oa" => form(msg.object("oa")?)?,
        "action_card" => action_card(msg.object("action_card")?)?,
        other => return Err(Refusal::Parameter(format!("msgtype {other} is not known to the simulator"))),
    };
    msg.done()?;
    message.check()
}

/// One shape or the other, never both.
fn action_card(mut card: Strict) -> Result<Message, Refusal> {
    let (title, text) = (card.text("title")?, card.text("markdown")?);
    let single = card.optional_text("single_title")?;
    let list = card.list("btn_json_list")?;
    let buttons = match (single, list.is_empty()) {
        (Some(title), true) => vec![Button { title, url: card.text("single_url")? }],
        (None, false) => {
            if !matches!(card.text("btn_orientation")?.as_str(), "0" | "1") {
                return Err(card.complaint("btn_orientation", "must be 0 or 1"));
            }
            if serde_json::to_string(&list).map_or(0, |text| text.chars().count()) > LONGEST_LIST {
                return Err(card.complaint("btn_json_list", "has at most 1000 characters"));
            }
            list.into_iter().map(button).collect::<Result<_, _>>()?
        }
        _ => return Err(card.complaint("single_title", "or btn_json_list, one of them, is required")),
    };
    card.done()?;
    Ok(Message::Card { title, text, buttons })
}

fn button(value: Value) -> Result<Button, Refusal> {
    let mut button = Strict::loose("msg.action_card.btn_json_list", value)?;
    let read = Button { title: button.text("title")?, url: button.text("action_url")? };
    button.done()?;
    Ok(read)
}

fn form(mut oa: Strict) -> Result<Message, Refusal> {
    let mut form = Form { url: oa.text("message_url")?, ..Form::default() };
    oa.ignore(&["pc_message_url"])?;
    let mut head = oa.object("head")?;
    form.colour = head.text("bgcolor")?;
    if form.colour.len() != 8 || !form.colour.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(head.complaint("bgcolor", "must have eight hexadecimal digits"));
    }
    head.text("text")?;
    head.done()?;
    if let Some(mut bar) = oa.optional_object("status_bar")? {
        form.status = bar.optional_text("status_value")?;
        form.status_ground = bar.optional_text("status_bg")?;
        bar.done()?;
    }
    let mut body = oa.object("body")?;
    form.title = body.optional_text("title")?.unwrap_or_default();
    for mut field in body.objects("form")? {
        form.fields.push((field.text("key")?, field.text("value")?));
        field.done()?;
    }
    if let Some(mut rich) = body.optional_object("rich")? {
        form.rich = Some((rich.text("num")?, rich.text("unit")?));
        rich.done()?;
    }
    form.text = body.optional_text("content")?.unwrap_or_default();
    form.picture = body.optional_text("image")?;
    form.files = body.optional_text("file_count")?;
    form.author = body.optional_text("author")?;
    body.done()?;
    oa.done()?;
    Ok(Message::Form(form))
}
