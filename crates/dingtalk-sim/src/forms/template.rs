//! `msgKey` and `msgParam`: what the robot API sends.

use serde_json::Value;

use crate::forms::Strict;
use crate::forms::digits::digits;
use crate::world::{Button, Message, Refusal};

pub(crate) fn read(key: &str, param: &str) -> Result<Message, Refusal> {
    let value: Value = serde_json::from_str(param).map_err(|error| {
        let why = format!("msgParam is not JSON text: {error}");
        Refusal::coded("invalidParameter.msgParam.invalid", why)
    })?;
    let mut param = Strict::new("msgParam", value)?;
    let message = match key {
        "sampleText" => Message::Text { text: param.text("content")? },
        "sampleMarkdown" => Message::Markdown { title: param.text("title")?, text: param.text("text")? },
        "sampleLink" => Message::Link {
            title: param.text("title")?,
            text: param.text("text")?,
            picture: Some(param.text("picUrl")?),
            url: param.text("messageUrl")?,
        },
        "sampleImageMsg" => Message::Image { picture: param.text("photoURL")? },
        "sampleAudio" => {
            let media = param.text("mediaId")?;
            Message::Voice { media, seconds: digits(&mut param, "duration")?.div_ceil(1000) }
        }
        "sampleFile" => file(&mut param)?,
        "sampleVideo" => {
            let (media, cover) = (param.text("videoMediaId")?, param.text("picMediaId")?);
            let seconds = digits(&mut param, "duration")?;
            if param.text("videoType")? != "mp4" {
                return Err(param.complaint("videoType", "must be mp4"));
            }
            param.ignore_any(&["height", "width"]);
            Message::Video { media, cover, seconds }
        }
        "sampleActionCard" => card(&mut param, &[("singleTitle".to_owned(), "singleURL".to_owned())])?,
        "sampleActionCard6" => {
            let pairs = [1, 2].map(|n| (format!("buttonTitle{n}"), format!("buttonUrl{n}")));
            card(&mut param, &pairs)?
        }
        "sampleActionCard2" => numbered(&mut param, 2)?,
        "sampleActionCard3" => numbered(&mut param, 3)?,
        "sampleActionCard4" => numbered(&mut param, 4)?,
        "sampleActionCard5" => numbered(&mut param, 5)?,
        other => {
            let why = format!("msgKey {other} is no template");
            return Err(Refusal::coded("invalidParameter.msgKey.invalid", why));
        }
    };
    param.done()?;
    message.check()
}

fn file(param: &mut Strict) -> Result<Message, Refusal> {
    let (media, name, ending) = (param.text("mediaId")?, param.text("fileName")?, param.text("fileType")?);
    if dingtalk::robot::FileKind::of_ending(&ending).is_none() {
        return Err(param.complaint("fileType", "must be xlsx, pdf, zip, rar, doc or docx"));
    }
    Ok(Message::File { media, name })
}

fn numbered(param: &mut Strict, buttons: usize) -> Result<Message, Refusal> {
    let pairs: Vec<_> = (1..=buttons).map(|n| (format!("actionTitle{n}"), format!("actionURL{n}"))).collect();
    card(param, &pairs)
}

fn card(param: &mut Strict, pairs: &[(String, String)]) -> Result<Message, Refusal> {
    let (title, text) = (param.text("title")?, param.text("text")?);
    let buttons = pairs
        .iter()
        .map(|(title, url)| Ok(Button { title: param.text(title)?, url: param.text(url)? }))
        .collect::<Result<_, Refusal>>()?;
    Ok(Message::Card { title, text, buttons })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_has_exactly_the_buttons_its_key_says() {
        let two = r#"{"title":"t","text":"x","actionTitle1":"a","actionURL1":"/a","actionTitle2":"b","actionURL2":"/b"}"#;
        assert_eq!(read("sampleActionCard2", two).unwrap().buttons().len(), 2);
        let complaint = |key| read(key, two).unwrap_err().to_string();
        assert_eq!(
            complaint("sampleActionCard3"),
            "parameter not accepted: msgParam.actionTitle3 is required"
        );
        assert_eq!(complaint("sampleCard"), "msgKey sampleCard is no template");
    }
}
