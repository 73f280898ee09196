//! A message of ours in the platform's form.

use dingtalk::robot::{RobotButton, RobotMessage};

use crate::{message::Message, settings::Settings};

/// Lines become paragraphs; a message with buttons becomes a card.
pub(crate) fn compose(message: &Message, settings: &Settings) -> RobotMessage {
    let paragraphs = message.text.replace('\n', "\n\n");
    let text = format!("### {}\n\n{paragraphs}", message.title);
    let buttons: Vec<RobotButton> = message
        .buttons
        .iter()
        .map(|button| RobotButton { title: button.label.clone(), url: settings.page(&button.path) })
        .collect();
    if buttons.is_empty() {
        RobotMessage::Markdown { title: message.title.clone(), text }
    } else {
        RobotMessage::Card { title: message.title.clone(), text, buttons }
    }
}
