use super::office::desk;
use crate::harness::House;

#[actix_web::test]
async fn what_is_late_is_named_by_county_and_step() {
    let house = House::open().await;
    let case = house.accepted().await;
    house.turn_to("2026-12-10 09:00");
    let page = house.reads("chenjing", "/console/clocks", 200).await;
    page.says("西湖区").says("家访").says("最晚应是12月1日（星期二）").says("西湖帮扶2026-0001");
    house.reads("chenjing", &desk(&case), 200).await.says("家访：第12天，最晚12月1日（星期二），超期");
    // The auditor and the others who come by cases see it too, and whoever runs the system does not.
    for who in ["shenlan", "wumin", "hemiao", "zhengzhe"] {
        house.reads(who, "/console/clocks", 200).await.says("西湖帮扶2026-0001");
    }
    house.reads("qianwei", "/console/clocks", 404).await;
}

#[actix_web::test]
async fn a_limit_is_written_by_one_and_agreed_to_by_another() {
    let house = House::open().await;
    let page = house.reads("chenjing", "/console/procedure", 200).await;
    page.says("申请人补正").says("15个工作日").says("示例：离退休干部特殊困难帮扶办理期限");
    let empty = house.sends("chenjing", "/console/procedure", &[], 422).await;
    empty.says("请选哪一步").says("请写一个数").says("请写文件号");
    let row = |days: &'static str| {
        [("limit", "accept"), ("days", days), ("from", "2026-12-01"), ("source", "示例〔2026〕7号")]
    };
    let wide = house.sends("chenjing", "/console/procedure", &row("6"), 422).await;
    wide.says("上级定的受理是5个工作日。下级不能更多。");
    let at = house.sends("chenjing", "/console/procedure", &row("3"), 303).await;
    let at = at.header("location").to_owned();
    house.reads("chenjing", &at, 200).await.says("等另一位同志审核。").says("3个工作日");
    house.sends("chenjing", &at, &[("act", "agree")], 422).await.says("自己写的，不能自己审核。");
    house.sends("zhouming", &at, &[("act", "agree")], 303).await;
    house.reads("zhouming", &at, 200).await.says("已生效");
    house.turn_to("2026-12-01 09:00");
    house.reads("chenjing", "/console/procedure", 200).await.says("3个工作日").says("西湖区");
}

#[actix_web::test]
async fn what_a_household_gets_at_most_is_such_a_value_with_its_layer_and_document() {
    let house = House::open().await;
    let page = house.reads("chenjing", "/console/procedure", 200).await;
    page.says("一家一年最多帮多少").says("10000元");
    let row = |yuan: &'static str| {
        [("limit", "household_cap"), ("days", yuan), ("from", "2026-12-01"), ("source", "示例〔2026〕9号")]
    };
    let wide = house.sends("chenjing", "/console/procedure", &row("10001"), 422).await;
    wide.says("上级定的一家一年最多帮多少是10000元。下级不能更多。");
    let at = house.sends("chenjing", "/console/procedure", &row("8000"), 303).await;
    let at = at.header("location").to_owned();
    house.reads("chenjing", &at, 200).await.says("等另一位同志审核。").says("8000元");
    house.sends("chenjing", &at, &[("act", "agree")], 422).await.says("自己写的，不能自己审核。");
    house.reads("chenjing", "/console/procedure", 200).await.says("10000元");
    house.sends("zhouming", &at, &[("act", "agree")], 303).await;
    house.turn_to("2026-12-01 09:00");
    let page = house.reads("chenjing", "/console/procedure", 200).await;
    page.says("8000元").says("西湖区").says("示例〔2026〕9号");
}
