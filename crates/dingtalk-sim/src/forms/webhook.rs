//! `msgtype` and its body: what a robot answers, on the session webhook or straight in its HTTP answer.

use serde_json::Value;

use crate::forms::Strict;
use crate::world::{Button, Message, Refusal};

/// `None` is `msgtype: empty`: heard, nothing to say.
pub(crate) fn read(body: Value) -> Result<Option<Message>, Refusal> {
    let mut body = Strict::new("body", body)?;
    let kind = body.text("msgtype")?;
    body.ignore(&["at", "msgUuid"]);
    let message = match kind.as_str() {
        "empty" => None,
        "text" => {
            let mut text = body.object("text")?;
            let message = Message::Text { text: text.text("content")? };
            text.done()?;
            Some(message)
        }
        "markdown" => {
            let mut markdown = body.object("markdown")?;
            let message = Message::Markdown { title: markdown.text("title")?, text: markdown.text("text")? };
            markdown.done()?;
            Some(message)
        }
        "link" => {
            let mut link = body.object("link")?;
            let (title, text) = (link.text("title")?, link.text("text")?);
            let buttons = vec![Button { title: "查看".to_owned(), url: link.text("messageUrl")? }];
            link.ignore(&["picUrl"]);
            link.done()?;
            Some(Message::Card { title, text, buttons })
        }
        "actionCard" => Some(action_card(body.object("actionCard")?)?),
        other => return Err(Refusal::Parameter(format!("msgtype {other} is not known to the simulator"))),
    };
    body.done()?;
    message.map(Message::check).transpose()
}

fn action_card(mut card: Strict) -> Result<Message, Refusal> {
    let (title, text) = (card.text("title")?, card.text("text")?);
    card.ignore(&["hideAvatar", "btnOrientation"]);
    let mut buttons = Vec::new();
    if let Some(title) = card.optional_text("singleTitle")? {
        buttons.push(Button { title, url: card.text("singleURL")? });
    }
    for value in card.list("btns")? {
        let mut button = Strict::new("body.actionCard.btns", value)?;
        buttons.push(Button { title: button.text("title")?, url: button.text("actionURL")? });
        button.done()?;
    }
    card.done()?;
    Ok(Message::Card { title, text, buttons })
}
