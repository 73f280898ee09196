use dingtalk::{
    DeptId, Error, RoleId,
    contact::{Extension, ExtensionMode, NewPerson, PersonChange},
};
use futures_util::{StreamExt, TryStreamExt};
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

#[tokio::test]
async fn roles_and_their_people_are_read_to_the_last_page() {
    let host = Host::start().await;
    let list = "/topapi/role/simplelist";
    for (offset, more, userid) in [(0, true, "a"), (100, false, "b")] {
        let result = json!({"hasMore": more, "list": [{"userid": userid, "manageScopes": null}]});
        Mock::given(path(list))
            .and(body_partial_json(json!({"role_id": 771, "offset": offset, "size": 100})))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({"errcode": 0, "result": result})))
            .mount(&host.server)
            .await;
    }
    let client = host.client();
    let people: Vec<_> = client.contact().role_members(RoleId(771)).try_collect().await.unwrap();
    assert_eq!(people.iter().map(|one| one.userid.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[tokio::test]
async fn a_refusal_in_the_middle_ends_the_reading_with_it() {
    let host = Host::start().await;
    let first = json!({"has_more": true, "next_cursor": 100, "list": [{"userid": "a"}]});
    for (cursor, answer) in
        [(0, json!({"errcode": 0, "result": first})), (100, json!({"errcode": 50004, "errmsg": "m"}))]
    {
        Mock::given(path(LIST))
            .and(body_partial_json(json!({"cursor": cursor})))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .mount(&host.server)
            .await;
    }
    let client = host.client();
    let read: Vec<_> = client.contact().people(DeptId(7)).collect().await;
    assert!(read[0].is_ok() && read[1].as_ref().is_err_and(|error| error.code() == "50004"));
    assert_eq!(read.len(), 2);
}

#[tokio::test]
async fn changes_travel_with_commas_and_the_added_fields_as_text() {
    let host = Host::start().await;
    host.answers("/topapi/v2/user/update", 200, json!({"errcode": 0, "request_id": "r"})).await;
    host.answers("/topapi/role/addrolesforemps", 200, json!({"errcode": 0})).await;
    let contact = host.client();
    let contact = contact.contact();
    let extension = Extension([("独居".to_owned(), "是".to_owned())].into());
    let change = PersonChange {
        dept_id_list: Some(vec![DeptId(2), DeptId(3)].into()),
        extension: Some(extension),
        ext_attrs_update_mode: Some(ExtensionMode::Merge),
        ..PersonChange::default()
    };
    let wang = "lgb0007".parse().unwrap();
    contact.update_user(&wang, &change).await.unwrap();
    contact.give_roles(&[RoleId(7), RoleId(8)], &[wang]).await.unwrap();
    let body = |mut asked: Vec<wiremock::Request>| asked.remove(0).body_json::<Value>().unwrap();
    assert_eq!(
        body(host.asked("/topapi/v2/user/update").await),
        json!({"userid": "lgb0007", "dept_id_list": "2,3", "extension": "{\"独居\":\"是\"}", "ext_attrs_update_mode": 1})
    );
    assert_eq!(
        body(host.asked("/topapi/role/addrolesforemps").await),
        json!({"roleIds": "7,8", "userIds": "lgb0007"})
    );
}

#[tokio::test]
async fn what_the_platform_would_refuse_for_its_number_is_not_sent() {
    let host = Host::start().await;
    let client = host.client();
    let contact = client.contact();
    let many: Vec<_> = (0..21).map(|n| format!("u{n}").parse().unwrap()).collect();
    assert!(matches!(contact.give_roles(&[RoleId(7)], &many).await, Err(Error::NotSent(_))));
    assert!(matches!(contact.take_roles(&[], &many[..1]).await, Err(Error::NotSent(_))));
    let nowhere = NewPerson::named("王", "138", Vec::new());
    assert!(matches!(contact.create_user(&nowhere).await, Err(Error::NotSent(_))));
    assert!(host.server.received_requests().await.unwrap().is_empty());
}
