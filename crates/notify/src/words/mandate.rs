//! What is told about acting for somebody. Who and what stands on the page only: a locked screen is read by everybody.

use domain::account::mandate::MandateNews;

use crate::message::Message;

const PAGE: &str = "/mandates";

/// The words for each piece of news.
pub fn told(news: MandateNews) -> Message {
    let (title, text, button) = match news {
        MandateNews::Asked => ("有人想替您办事", "同意不同意，您说了算。\n点开就能看到是谁。", "看看是谁"),
        MandateNews::Given => {
            ("有人可以替您办事了", "他每办一件事，我们都告诉您。\n您随时可以停掉。", "看看是谁")
        }
        MandateNews::Acted => {
            ("有人替您办了一件事", "点开就能看到是谁、办了什么。\n不对的话，打电话告诉我们。", "看看办了什么")
        }
        MandateNews::Ended => {
            ("不再有人替您办事了", "有一个代办停掉了。\n以后需要，还可以再申请。", "看一看")
        }
        MandateNews::Agreed => ("您可以替家人办事了", "家人同意了。\n每一页上面会写着您在替谁办。", "看一看"),
    };
    Message::plain(title, text).button(button, PAGE)
}
