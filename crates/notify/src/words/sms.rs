//! What a text message says: less than the chat, because it lies open on any telephone.

use domain::notice::Occasion;

/// One's own result, by its number. At most 70 characters.
pub fn told(occasion: Occasion, number: &str, help_desk: &str) -> String {
    format!("【银龄】{}（{number}）。详情请在钉钉里看，或打电话给{help_desk}。", occasion.label())
}
