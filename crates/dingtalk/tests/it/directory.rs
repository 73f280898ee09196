use dingtalk::DeptId;
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{body_partial_json, path, query_param},
};

use crate::host::Host;

const LIST: &str = "/topapi/v2/user/list";

#[tokio::test]
async fn a_department_is_read_page_by_page() {
    let host = Host::start().await;
    let pages = [
        (0, json!({"has_more": "true", "next_cursor": "100", "list": [{"userid": "a"}, {"userid": "b"}]})),
        (100, json!({"has_more": false, "list": [{"userid": "c", "active": "true", "dept_id_list": ["7"]}]})),
    ];
    for (cursor, result) in pages {
        Mock::given(path(LIST))
            .and(query_param("access_token", "t-1"))
            .and(body_partial_json(json!({"dept_id": 7, "cursor": cursor, "size": 100})))
            .respond_with(
                ResponseTemplate::new(200)
                    .set_body_json(json!({"errcode": "0", "errmsg": "ok", "result": result})),
            )
            .mount(&host.server)
            .await;
    }
    let users = host.client().contact().users(DeptId(7)).await.unwrap();
    let ids: Vec<_> = users.iter().map(|user| user.userid.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert!(users[2].active && users[2].dept_id_list == [DeptId(7)]);
}

#[tokio::test]
async fn a_cursor_that_stands_still_ends_the_reading() {
    let host = Host::start().await;
    let same = json!({"has_more": true, "next_cursor": 0, "list": [{"userid": "a"}]});
    host.answers(LIST, 200, json!({"errcode": 0, "result": same})).await;
    assert_eq!(host.client().contact().users(DeptId::ROOT).await.unwrap().len(), 1);
}

#[tokio::test]
async fn departments_below_one_are_listed() {
    let host = Host::start().await;
    let result = json!([{"dept_id": 7, "name": "一支部", "parent_id": 1, "auto_add_user": true}]);
    host.answers("/topapi/v2/department/listsub", 200, json!({"errcode": 0, "result": result})).await;
    let found = host.client().contact().departments(DeptId::ROOT).await.unwrap();
    assert_eq!((found[0].dept_id, found[0].parent_id), (DeptId(7), Some(DeptId::ROOT)));
}

#[tokio::test]
async fn a_sign_in_code_becomes_a_user() {
    let host = Host::start().await;
    let result =
        json!({"userid": "lgb0007", "unionid": "u1", "name": "王建国", "sys": "false", "sys_level": "0"});
    host.answers("/topapi/v2/user/getuserinfo", 200, json!({"errcode": 0, "result": result})).await;
    let user = host.client().auth().user_of_code("c-1").await.unwrap();
    assert_eq!((user.userid.as_str(), user.sys), ("lgb0007", false));
}

#[tokio::test]
async fn missed_events_come_as_they_were_kept() {
    let host = Host::start().await;
    let kept = json!({"call_back_tag": "user_add_org", "event_time": 1, "user_add_org": {"userid": ["a"]}});
    let page = json!({"errcode": 0, "errmsg": "ok", "has_more": false, "failed_list": [kept]});
    let at = "/call_back/get_call_back_failed_result";
    host.answers(at, 200, page).await;
    let page = host.client().events().failed().await.unwrap();
    assert_eq!((page.has_more, page.failed_list), (false, vec![kept]));
    assert_eq!(host.asked(at).await[0].method.as_str(), "GET");
    assert!(serde_json::from_slice::<Value>(&host.asked(at).await[0].body).is_err(), "no body");
}
