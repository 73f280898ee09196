"""The official Python SDKs, unchanged: alibabacloud_dingtalk for calls, dingtalk_stream for what comes in."""

import asyncio
import json
import logging
import os
import threading
import time
import tomllib
import urllib.request
from pathlib import Path

import dingtalk_stream
from alibabacloud_dingtalk.card_1_0 import models as card_models
from alibabacloud_dingtalk.card_1_0.client import Client as CardClient
from alibabacloud_dingtalk.contact_1_0 import models as contact_models
from alibabacloud_dingtalk.contact_1_0.client import Client as ContactClient
from alibabacloud_dingtalk.oauth2_1_0 import models as oauth2_models
from alibabacloud_dingtalk.oauth2_1_0.client import Client as Oauth2Client
from alibabacloud_dingtalk.robot_1_0 import models as robot_models
from alibabacloud_dingtalk.robot_1_0.client import Client as RobotClient
from alibabacloud_dingtalk.todo_1_0 import models as todo_models
from alibabacloud_dingtalk.todo_1_0.client import Client as TodoClient
from alibabacloud_dingtalk.workflow_1_0 import models as workflow_models
from alibabacloud_dingtalk.workflow_1_0.client import Client as WorkflowClient
from alibabacloud_tea_openapi import models as open_api_models
from alibabacloud_tea_util import models as util_models

SIM = os.environ["SIM"]
WORLD = tomllib.loads(Path(__file__).with_name("..").joinpath("world.toml").read_text("utf-8"))
APP = WORLD["app"]
ROBOT = APP["robot_code"]


def passed(what):
    print(f"ok   python  {what}", flush=True)


def sim(path, body=None):
    """The control API: what people do."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{SIM}/_sim/{path}", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def until(what, happened):
    for _ in range(300):
        if happened():
            return
        time.sleep(0.1)
    raise SystemExit(f"python: {what} did not happen")


def client(kind):
    config = open_api_models.Config(protocol="http", region_id="central", endpoint=SIM.removeprefix("http://"))
    return kind(config)


RUNTIME = util_models.RuntimeOptions()


def calls():
    oauth2 = client(Oauth2Client)
    answer = oauth2.get_access_token(
        oauth2_models.GetAccessTokenRequest(app_key=APP["client_id"], app_secret=APP["client_secret"])
    ).body
    assert answer.expire_in == 7200
    token = answer.access_token
    passed("token")

    answer = oauth2.get_user_token(
        oauth2_models.GetUserTokenRequest(
            client_id=APP["client_id"],
            client_secret=APP["client_secret"],
            code="sdk-oauth-code",
            grant_type="authorization_code",
        )
    ).body
    passed("user by code")
    headers = contact_models.GetUserHeaders(x_acs_dingtalk_access_token=answer.access_token)
    me = client(ContactClient).get_user_with_options("me", headers, RUNTIME).body
    assert (me.nick, me.union_id) == ("王秀英", "sdkUnionWang"), me
    passed("user get")

    headers = robot_models.BatchSendOTOHeaders(x_acs_dingtalk_access_token=token)
    request = robot_models.BatchSendOTORequest(
        robot_code=ROBOT,
        user_ids=["lgb0001", "nobody"],
        msg_key="sampleText",
        msg_param=json.dumps({"content": "明天有学习"}),
    )
    sent = client(RobotClient).batch_send_otowith_options(request, headers, RUNTIME).body
    assert sent.invalid_staff_id_list == ["nobody"] and sent.process_query_key
    assert "明天有学习" in sim("chat/lgb0001")["text"]
    passed("robot send")

    cards = client(CardClient)
    headers = card_models.CreateAndDeliverHeaders(x_acs_dingtalk_access_token=token)
    request = card_models.CreateAndDeliverRequest(
        card_template_id="sdk.schema",
        out_track_id="sdk-python",
        callback_type="STREAM",
        card_data=card_models.CreateAndDeliverRequestCardData(card_param_map={"status": "待受理"}),
        open_space_id="dtv1.card//IM_ROBOT.gz0001",
        im_robot_open_space_model=card_models.CreateAndDeliverRequestImRobotOpenSpaceModel(support_forward=False),
        im_robot_open_deliver_model=card_models.CreateAndDeliverRequestImRobotOpenDeliverModel(
            space_type="IM_ROBOT", robot_code=ROBOT
        ),
        user_id_type=1,
    )
    made = cards.create_and_deliver_with_options(request, headers, RUNTIME).body
    assert made.success and made.result.deliver_results[0].success
    headers = card_models.UpdateCardHeaders(x_acs_dingtalk_access_token=token)
    request = card_models.UpdateCardRequest(
        out_track_id="sdk-python",
        card_data=card_models.UpdateCardRequestCardData(card_param_map={"status": "受理中"}),
        card_update_options=card_models.UpdateCardRequestCardUpdateOptions(update_card_data_by_key=True),
    )
    assert cards.update_card_with_options(request, headers, RUNTIME).body.success
    assert "受理中" in sim("chat/gz0001")["text"]
    passed("card create and update")

    headers = todo_models.CreateTodoTaskHeaders(x_acs_dingtalk_access_token=token)
    request = todo_models.CreateTodoTaskRequest(
        subject="走访王秀英",
        creator_id="sdkUnionZhou",
        executor_ids=["sdkUnionZhou"],
        source_id="sdk-python",
        operator_id="sdkUnionZhou",
        detail_url=todo_models.CreateTodoTaskRequestDetailUrl(app_url="http://127.0.0.1/1", pc_url="http://127.0.0.1/1"),
        notify_configs=todo_models.CreateTodoTaskRequestNotifyConfigs(ding_notify="1"),
        priority=20,
        is_only_show_executor=True,
    )
    todo = client(TodoClient).create_todo_task_with_options("sdkUnionZhou", request, headers, RUNTIME).body
    assert todo.subject == "走访王秀英" and todo.id
    passed("to-do")

    workflow = client(WorkflowClient)
    headers = workflow_models.StartProcessInstanceHeaders(x_acs_dingtalk_access_token=token)
    value = workflow_models.StartProcessInstanceRequestFormComponentValues(name="申请人", value="王秀英")
    request = workflow_models.StartProcessInstanceRequest(
        process_code="PROC-SDK",
        originator_user_id="gz0001",
        dept_id=910001,
        microapp_agent_id=APP["agent_id"],
        form_component_values=[value],
    )
    instance = workflow.start_process_instance_with_options(request, headers, RUNTIME).body.instance_id
    headers = workflow_models.GetProcessInstanceHeaders(x_acs_dingtalk_access_token=token)
    request = workflow_models.GetProcessInstanceRequest(process_instance_id=instance)
    shown = workflow.get_process_instance_with_options(request, headers, RUNTIME).body.result
    assert shown.status == "RUNNING" and shown.tasks[0].user_id == "sp0001", shown
    assert shown.form_component_values[0].value == "王秀英"
    passed("approval create and get")


class Events(dingtalk_stream.EventHandler):
    heard = []

    async def process(self, event):
        self.heard.append((event.headers.event_type, event.data))
        return dingtalk_stream.AckMessage.STATUS_OK, "OK"


class Robot(dingtalk_stream.ChatbotHandler):
    async def process(self, callback):
        message = dingtalk_stream.ChatbotMessage.from_dict(callback.data)
        words = message.text.content.strip()
        self.reply_text(f"{message.sender_nick}说了{words}", message)
        return dingtalk_stream.AckMessage.STATUS_OK, "OK"


class Cards(dingtalk_stream.CallbackHandler):
    pressed = []

    async def process(self, callback):
        press = dingtalk_stream.CardCallbackMessage.from_dict(callback.data)
        self.pressed.append(press)
        shown = {"cardUpdateOptions": {"updateCardDataByKey": True}, "cardData": {"cardParamMap": {"status": "已受理"}}}
        return dingtalk_stream.AckMessage.STATUS_OK, shown


def stream():
    logging.disable(logging.INFO)
    credential = dingtalk_stream.Credential(APP["client_id"], APP["client_secret"])
    listening = dingtalk_stream.DingTalkStreamClient(credential)
    listening.register_all_event_handler(Events())
    listening.register_callback_handler(dingtalk_stream.ChatbotMessage.TOPIC, Robot())
    listening.register_callback_handler(dingtalk_stream.CallbackHandler.TOPIC_CARD_CALLBACK, Cards())
    threading.Thread(target=lambda: asyncio.run(listening.start()), daemon=True).start()
    connections = lambda: sim("stream")["connections"]
    until("a connection", lambda: len(connections()) == 1)
    first = connections()[0]["id"]
    passed("stream connect")

    assert sim("stream/ping", {})["echoes"] == 1
    passed("stream ping")
    sim("people", {"userid": "lgb0009", "name": "吴桂芳", "departments": [910001]})
    until("an event", lambda: Events.heard)
    kind, data = Events.heard[0]
    assert kind == "user_add_org" and data["userId"] == ["lgb0009"], data
    until("its answer", lambda: not sim("pushes")["waiting"])
    passed("stream event")
    sim("say", {"userid": "lgb0001", "text": "签到"})
    until("a reply", lambda: "王秀英说了签到" in sim("chat/lgb0001")["text"])
    passed("stream robot message, answered at its webhook")
    sim("groups/say", {"group": WORLD["groups"][0]["id"], "userid": "lgb0001", "text": "@银龄小助手 大家好"})
    until("a reply in the group", lambda: "王秀英说了大家好" in sim("groups")[0]["lines"][-1]["message"]["text"])
    passed("stream robot message in a group")
    sim("cards/press", {"userid": "gz0001", "card": "sdk-python", "button": "accept"})
    assert Cards.pressed[0].content["cardPrivateData"]["actionIds"] == ["accept"]
    assert "已受理" in sim("chat/gz0001")["text"]
    passed("stream card press")
    sim("stream/disconnect", {"connection": first})
    until("another connection", lambda: [one["id"] for one in connections() if one["id"] != first])
    passed("stream disconnect, connected again")
    complaints = sim("stream")["complaints"]
    for complaint in complaints:
        print(f"note python  {complaint}")


calls()
stream()
