//! Tokens of the app, and the code of a person who signs in.

use dingtalk::TokenAnswer;
use dingtalk::auth::SignedIn;
use serde_json::{Value, json};

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::Refusal;

pub(super) fn access_token(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (key, secret) = (call.body.text("appKey")?, call.body.text("appSecret")?);
    call.read_whole()?;
    let access_token = issue(&mut call, &key, &secret)?;
    wire(TokenAnswer { access_token, expire_in: 7200 })
}

pub(super) fn get_token(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (key, secret) = (call.query.text("appkey")?, call.query.text("appsecret")?);
    call.read_whole()?;
    let token = issue(&mut call, &key, &secret)?;
    Ok(json!({"access_token": token, "expires_in": 7200}))
}

fn issue(call: &mut Call<'_>, key: &str, secret: &str) -> Result<String, Refusal> {
    if key != call.world.app.client_id || secret != call.world.app.client_secret {
        return Err(Refusal::BadCredentials);
    }
    Ok(call.state.tenancy.issue_token(call.now).value)
}

pub(super) fn user_of_code(mut call: Call<'_>) -> Result<Value, Refusal> {
    let code = call.body.text("code")?;
    call.read_whole()?;
    let person = call.state.tenancy.redeem_code(&code, call.now)?;
    let device_id = format!("sim-{}", person.userid);
    let result = wire(SignedIn {
        userid: id(person.userid)?,
        unionid: Some(id(person.unionid)?),
        name: person.name,
        device_id,
        sys: false,
        sys_level: 0,
    })?;
    Ok(json!({ "result": result }))
}
