//! 保密: no message says the name of a provincial leader, whoever wrote it: a title of a meeting, a place, an answer of the bot.

use domain::person::leader::Discretion;
use sea_orm::{DatabaseConnection, DbErr};

use crate::message::Message;

/// The message without the names of provincial leaders, former ones included. The count of what was replaced is a figure, the words are not.
pub(crate) async fn guarded(db: &DatabaseConnection, message: Message) -> Result<Message, DbErr> {
    Ok(without(message, &Discretion::towards_all(db).await?))
}

/// The pure part.
fn without(message: Message, discretion: &Discretion) -> Message {
    let (title, text) = (discretion.says(&message.title), discretion.says(&message.text));
    if (&title, &text) != (&message.title, &message.text) {
        metrics::counter!("protected_names_replaced").increment(1);
    }
    Message { title, text, ..message }
}

#[cfg(test)]
mod tests {
    use super::{Discretion, Message, without};

    #[test]
    fn what_names_nobody_stays_as_it_is() {
        let message = Message::plain("明天有活动", "上午9点，活动室。").button("看活动", "/");
        assert_eq!(without(message.clone(), &Discretion::default()), message);
    }
}
