//! Files for messages.

use dingtalk::media::{MediaKind, Uploaded};
use serde_json::{Value, json};

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::Refusal;

const KINDS: [MediaKind; 4] = [MediaKind::Image, MediaKind::Voice, MediaKind::Video, MediaKind::File];

pub(super) fn upload(mut call: Call<'_>) -> Result<Value, Refusal> {
    let in_query = call.query.optional_text("type")?;
    let in_body = call.body.optional_text("type")?;
    call.read_whole()?;
    let word = in_query.or(in_body).unwrap_or_default();
    let Some(kind) = KINDS.into_iter().find(|kind| kind.word() == word) else {
        return Err(Refusal::old(40004, "不合法的媒体文件类型"));
    };
    let Some(file) = call.file.take() else {
        return Err(Refusal::old(41005, "缺少多媒体文件数据: the part is named media"));
    };
    let ending =
        file.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if !kind.endings().contains(&ending.as_str()) {
        return Err(Refusal::old(40005, format!("不合法的文件类型: .{ending} as {word}")));
    }
    if file.bytes.is_empty() || file.bytes.len() as u64 > kind.most_bytes() {
        let why = format!("不合法的文件大小: {} bytes, at most {}", file.bytes.len(), kind.most_bytes());
        return Err(Refusal::old(40006, why));
    }
    let tenancy = &mut call.state.tenancy;
    let media_id = tenancy.media.keep(&word, &file.name, &file.bytes, &mut tenancy.ids, call.now);
    let mut answer = wire(Uploaded { media_id: id(media_id)?, created_at: call.now.timestamp_millis() })?;
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("type".to_owned(), json!(word));
    }
    Ok(answer)
}
