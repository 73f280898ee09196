//! The message of a work notice.

use crate::forms::Strict;
use crate::world::{Button, Message, Refusal};

/// Bytes of the whole message.
pub(crate) const LARGEST: usize = 2048;

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
            let (title, text) = (link.text("title")?, link.text("text")?);
            let buttons = vec![Button { title: "查看".to_owned(), url: link.text("messageUrl")? }];
            link.text("picUrl")?;
            link.done()?;
            Message::Card { title, text, buttons }
        }
        "action_card" => action_card(msg.object("action_card")?)?,
        other => return Err(Refusal::Parameter(format!("msgtype {other} is not known to the simulator"))),
    };
    msg.done()?;
    message.check()
}

fn action_card(mut card: Strict) -> Result<Message, Refusal> {
    let (title, text) = (card.text("title")?, card.text("markdown")?);
    card.ignore(&["btn_orientation"]);
    let mut buttons = Vec::new();
    if let Some(title) = card.optional_text("single_title")? {
        buttons.push(Button { title, url: card.text("single_url")? });
    }
    for value in card.list("btn_json_list")? {
        let mut button = Strict::new("msg.action_card.btn_json_list", value)?;
        buttons.push(Button { title: button.text("title")?, url: button.text("action_url")? });
        button.done()?;
    }
    card.done()?;
    Ok(Message::Card { title, text, buttons })
}
