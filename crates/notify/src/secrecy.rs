//! 保密: no message says the name of a provincial leader, whoever wrote it: a title of a meeting, a place, an answer of the bot.

use domain::person::leader;
use sea_orm::{DatabaseConnection, DbErr};

use crate::message::Message;

/// What stands where a name would.
const SOMEBODY: &str = "某同志";

/// A name of one character is in every other word.
const SHORTEST: usize = 2;

/// The message without the names of provincial leaders, former ones included. The count of what was replaced is a figure, the words are not.
pub(crate) async fn guarded(db: &DatabaseConnection, message: Message) -> Result<Message, DbErr> {
    let names = leader::store::names(db).await?;
    Ok(without(message, &names))
}

/// The pure part.
fn without(message: Message, names: &[String]) -> Message {
    let mut names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    names.retain(|name| name.chars().count() >= SHORTEST);
    // The longest first: 欧阳某某 before 欧阳某.
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    let clean = |text: &str| names.iter().fold(text.to_owned(), |text, name| text.replace(name, SOMEBODY));
    let (title, text) = (clean(&message.title), clean(&message.text));
    if (&title, &text) != (&message.title, &message.text) {
        metrics::counter!("protected_names_replaced").increment(1);
    }
    Message { title, text, ..message }
}

#[cfg(test)]
mod tests {
    use super::{Message, without};

    #[test]
    fn a_protected_name_is_said_nowhere() {
        let names = ["欧阳秀".to_owned(), "欧阳秀英".to_owned(), " ".to_owned(), "王".to_owned()];
        let message = Message::plain("听欧阳秀英讲党课", "欧阳秀英、王小明主讲。\n请欧阳秀也来。")
            .button("看活动", "/");
        let said = without(message, &names);
        assert_eq!(said.title, "听某同志讲党课");
        assert_eq!(said.text, "某同志、王小明主讲。\n请某同志也来。");
        assert_eq!(said.buttons.len(), 1);
    }

    #[test]
    fn what_names_nobody_stays_as_it_is() {
        let message = Message::plain("明天有活动", "上午9点，活动室。");
        assert_eq!(without(message.clone(), &["欧阳秀".to_owned()]), message);
    }
}
