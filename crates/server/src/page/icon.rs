//! The icons, each a drawing of one open set. An icon never stands alone: the word beside it is what is read out.

use std::fmt;

macro_rules! icons {
    ($($name:ident = $file:literal),+ $(,)?) => {
        /// A drawing, put into the page itself: no request, no font. In a template: `{{ crate::page::Icon::Phone }}`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {$(
            #[doc = concat!("`", $file, "`")]
            $name,
        )+}

        impl Icon {
            /// All of them, for the page of samples.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            const fn drawing(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../static/icons/", $file, ".svg")),)+
                }
            }
        }
    };
}

icons! {
    Alert = "circle-alert",
    Back = "arrow-left",
    Bank = "landmark",
    Calendar = "calendar-check",
    Check = "circle-check",
    Clock = "clock",
    Cross = "circle-x",
    Decide = "gavel",
    Edit = "pencil",
    File = "file-text",
    FileCheck = "file-check",
    Heart = "hand-heart",
    Help = "heart-handshake",
    House = "house",
    Info = "info",
    Leave = "log-out",
    Letters = "a-large-small",
    List = "list-checks",
    Megaphone = "megaphone",
    Microphone = "mic",
    Money = "banknote",
    Next = "chevron-right",
    People = "users",
    Person = "user",
    Phone = "phone",
    Print = "printer",
    Scan = "scan-qr-code",
    Settings = "settings",
    Shield = "shield-check",
    Triangle = "triangle-alert",
    Undo = "undo-2",
    Waiting = "hourglass",
    Wallet = "wallet",
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.drawing())
    }
}

/// The drawings are ours, so they are not escaped.
impl askama::filters::HtmlSafe for Icon {}
