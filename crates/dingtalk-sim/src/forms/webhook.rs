//! `msgtype` and its body: what a robot answers, on the session webhook or straight in its HTTP answer.

use serde_json::Value;

use crate::forms::Strict;
use crate::world::{Button, FeedItem, Mentions, Message, Refusal};

const MOST_MENTIONED: usize = 50;

/// What a webhook brought.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// `None` is `msgtype: empty`: heard, nothing to say.
    pub(crate) message: Option<Message>,
    pub(crate) mentions: Mentions,
    /// `msgUuid`, the idempotency key of a webhook robot.
    pub(crate) uuid: Option<String>,
}

pub(crate) fn read(body: Value) -> Result<Webhook, Refusal> {
    let mut body = Strict::loose("body", body)?;
    let kind = body.text("msgtype")?;
    let uuid = body.optional_text("msgUuid")?;
    let mut mentions = Mentions::default();
    let message = match kind.as_str() {
        "empty" => None,
        "text" => {
            let mut text = body.object("text")?;
            let message = Message::Text { text: text.text("content")? };
            text.done()?;
            mentions = at(&mut body)?;
            Some(message)
        }
        "markdown" => {
            let mut markdown = body.object("markdown")?;
            let message = Message::Markdown { title: markdown.text("title")?, text: markdown.text("text")? };
            markdown.done()?;
            mentions = at(&mut body)?;
            Some(message)
        }
        "link" => {
            let mut link = body.object("link")?;
            let message = Message::Link {
                title: link.text("title")?,
                text: link.text("text")?,
                url: link.text("messageUrl")?,
                picture: link.optional_text("picUrl")?.filter(|picture| !picture.is_empty()),
            };
            link.done()?;
            Some(message)
        }
        "actionCard" => Some(action_card(body.object("actionCard")?)?),
        "feedCard" => Some(feed_card(body.object("feedCard")?)?),
        other => {
            let why = format!("不支持的消息类型: a webhook takes no {other}");
            return Err(Refusal::old(400_105, why));
        }
    };
    body.done()?;
    Ok(Webhook { message: message.map(Message::check).transpose()?, mentions, uuid })
}

/// Only words and markdown mention anybody.
fn at(body: &mut Strict) -> Result<Mentions, Refusal> {
    let Some(mut at) = body.optional_object("at")? else { return Ok(Mentions::default()) };
    let mentions = Mentions {
        userids: at.texts("atUserIds")?,
        mobiles: at.texts("atMobiles")?,
        all: at.flag("isAtAll")?,
    };
    at.done()?;
    match mentions.userids.len() + mentions.mobiles.len() {
        given if given > MOST_MENTIONED => {
            Err(Refusal::Parameter(format!("body.at: {given} are mentioned, at most {MOST_MENTIONED}")))
        }
        _ => Ok(mentions),
    }
}

fn feed_card(mut card: Strict) -> Result<Message, Refusal> {
    let mut items = Vec::new();
    for mut link in card.objects("links")? {
        items.push(FeedItem {
            title: link.text("title")?,
            url: link.text("messageURL")?,
            picture: link.text("picURL")?,
        });
        link.done()?;
    }
    card.done()?;
    Ok(Message::Feed { items })
}

fn action_card(mut card: Strict) -> Result<Message, Refusal> {
    let (title, text) = (card.text("title")?, card.text("text")?);
    card.ignore(&["hideAvatar", "btnOrientation"])?;
    let mut buttons = Vec::new();
    if let Some(title) = card.optional_text("singleTitle")? {
        buttons.push(Button { title, url: card.text("singleURL")? });
    }
    for mut button in card.objects("btns")? {
        buttons.push(Button { title: button.text("title")?, url: button.text("actionURL")? });
        button.done()?;
    }
    card.done()?;
    Ok(Message::Card { title, text, buttons })
}
