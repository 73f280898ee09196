//! A world file that is wrong says where.

use dingtalk_sim::{Limits, World};

const EXAMPLE: &str = include_str!("../../world.example.toml");

fn complaint(from: &str, to: &str) -> String {
    assert!(EXAMPLE.contains(from), "{from}");
    World::parse(&EXAMPLE.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn the_example_is_a_world() {
    let world = World::parse(EXAMPLE).unwrap();
    assert_eq!(world.phones.len(), 3);
    assert_eq!(world.stories.len(), 3);
    assert_eq!(world.limits, Limits::standard(), "whoever begins with it meets the platform's own limits");
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    let complaint = complaint("seed = 7", "sead = 7");
    assert!(complaint.contains("unknown field `sead`"), "{complaint}");
    assert!(complaint.contains("line 2"), "{complaint}");
}

#[test]
fn each_contradiction_names_its_entry() {
    let head = "the world file contradicts itself: ";
    let table = [
        ("userid = \"lgb0002\"", "userid = \"lgb0001\"", "person lgb0001: the userid is already taken"),
        ("departments = [910001]", "departments = [9]", "person lgb0001: there is no department 9"),
        ("id = 910002", "id = 910001", "department 老干部局机关: id 910001 is already taken"),
        (
            "approvers = [\"sp0001\"]",
            "approvers = [\"sp9\"]",
            "template PROC-AID-APPROVAL, node 县局审批: there is no person sp9",
        ),
        (
            "user = \"zs0001\"\npeople",
            "user = \"zs9\"\npeople",
            "phone 支部书记的手机: there is no person zs9",
        ),
        (
            "phone = 2, tab = \"app\", user",
            "phone = 3, tab = \"app\", user",
            "story 审批人在钉钉里决定, step 1: there is no phone 3",
        ),
        (
            "members = [\"lgb0001\", \"lgb0002\", \"gz0001\"]",
            "members = [\"lgb9\"]",
            "group 第一党支部群: there is no person lgb9",
        ),
        (
            "title = \"第一党支部群\"",
            "title = \"第一党支部群第一党支部群第一党支部群第一党支部群\"",
            "group 第一党支部群第一党支部群第一党支部群第一党支部群: a title has 1 to 20 characters",
        ),
        ("aes_key = \"4g", "aes_key = \"", "events.aes_key: an EncodingAESKey has 43 characters of base64"),
    ];
    for (from, to, expected) in table {
        assert_eq!(complaint(from, to), format!("{head}{expected}"));
    }
}
