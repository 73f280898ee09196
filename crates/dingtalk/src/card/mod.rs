//! Interactive cards (互动卡片), the new host's `/v1.0/card`. Permission `Card.Instance.Write`; counted.
//!
//! A card's look is built and published at the card platform; an app sends its data, all of it texts. When somebody presses a
//! button, the platform posts to the registered address or sends a frame, and what comes back within two seconds is shown.
//!
//! Pages: [创建并投放卡片][both], [创建卡片][create], [投放卡片][deliver], [更新卡片][update], [场域][spaces], [注册卡片回调地址][register],
//! [事件回调][callback], [AI卡片流式更新][streaming].
//!
//! [both]: https://open.dingtalk.com/document/development/create-and-deliver-cards
//! [create]: https://open.dingtalk.com/document/development/interface-for-creating-a-card-instance
//! [deliver]: https://open.dingtalk.com/document/development/delivery-card-interface
//! [update]: https://open.dingtalk.com/document/development/interactive-card-update-interface
//! [spaces]: https://open.dingtalk.com/document/development/add-field-interface
//! [register]: https://open.dingtalk.com/document/development/register-card-callback-address
//! [callback]: https://open.dingtalk.com/document/development/event-callback-card
//! [streaming]: https://open.dingtalk.com/document/development/api-streamingupdate

mod answer;
mod call;
mod data;
mod deliver;
mod new;
mod space;
mod streaming;
mod update;

pub use answer::CallbackAnswer;
pub use call::{Cards, RegisterAnswer, RegisterRequest, Route};
pub use data::{CardData, LARGEST_CARD, LONGEST_KEY, LONGEST_VALUE, PrivateData, UserIdType};
pub use deliver::{
    Created, CreatedAnswer, Deliver, DeliverAnswer, DeliverResult, Delivered, GroupDelivery, RobotDelivery,
    SingleDelivery, TopDelivery,
};
pub use new::{CallbackType, NewCard};
pub use space::{ImSpace, Notification, SearchSupport, SpaceId, Spaces, SpacesRequest, TopSpace};
pub use streaming::StreamingUpdate;
pub use update::{CardUpdate, UpdateOptions, YesAnswer};
