//! Calendars (日程), the new host's `/v1.0/calendar`. People are named by their union id; the person in the address is the organiser, or
//! whose calendar is read. Permission `Calendar.Event.Write`, to read `Calendar.Event.Read`; counted.
//!
//! Pages: [创建日程][create], [查询单个日程详情][get], [查询日程列表][list], [修改日程][update], [删除日程][delete], [添加日程参与者][add],
//! [删除日程参与者][remove], [设置日程响应邀请状态][respond], [获取日程参与者][attendees], [签到][sign], [查看签到详情][signed], [获取签到链接][link].
//!
//! [create]: https://open.dingtalk.com/document/development/create-schedule
//! [get]: https://open.dingtalk.com/document/development/query-details-about-an-event
//! [list]: https://open.dingtalk.com/document/development/query-an-event-list
//! [update]: https://open.dingtalk.com/document/development/modify-event
//! [delete]: https://open.dingtalk.com/document/development/delete-event
//! [add]: https://open.dingtalk.com/document/development/add-schedule-participant
//! [remove]: https://open.dingtalk.com/document/development/delete-schedule-participant
//! [respond]: https://open.dingtalk.com/document/development/configure-response-status
//! [attendees]: https://open.dingtalk.com/document/development/get-the-participants-of-a-schedule
//! [sign]: https://open.dingtalk.com/document/development/sign-in-single-schedule-news
//! [signed]: https://open.dingtalk.com/document/development/view-the-check-in-details-of-a-single-schedule
//! [link]: https://open.dingtalk.com/document/development/api-getsigninlink

mod attendee;
mod call;
mod event;
mod new;
mod recurrence;
mod sign_in;

pub use attendee::{AddAttendees, Attendee, AttendeesPage, Invited, RemoveAttendees, Respond, Response, Who};
pub use call::{Calendar, ClientToken, EventsPage};
pub use event::{CalendarEvent, Location, Moment, Reminder};
pub use new::{EventChange, MOST_ATTENDEES, NewEvent, OnlineMeeting, RichText, UiConfig};
pub use recurrence::{Pattern, Recurrence, RecurrenceRange};
pub use sign_in::{SignInAnswer, SignInLink, SignInPage, SignInState, SignedInUser};
