// @alicloud/dingtalk, unchanged.

import assert from 'node:assert/strict';
import card from '@alicloud/dingtalk/card_1_0.js';
import contact from '@alicloud/dingtalk/contact_1_0.js';
import oauth2 from '@alicloud/dingtalk/oauth2_1_0.js';
import robot from '@alicloud/dingtalk/robot_1_0.js';
import todo from '@alicloud/dingtalk/todo_1_0.js';
import workflow from '@alicloud/dingtalk/workflow_1_0.js';
import { Config } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { SIM, passed, sim } from './sim.mjs';

const runtime = new RuntimeOptions({});

function client({ default: Client }) {
  return new Client(new Config({ protocol: 'http', regionId: 'central', endpoint: SIM.replace('http://', '') }));
}

export async function calls(app) {
  const tokens = client(oauth2);
  const { body: { accessToken, expireIn } } = await tokens.getAccessToken(
    new oauth2.GetAccessTokenRequest({ appKey: app.clientId, appSecret: app.clientSecret }),
  );
  assert.equal(expireIn, 7200);
  passed('token');
  const own = await tokens.getUserToken(new oauth2.GetUserTokenRequest({
    clientId: app.clientId, clientSecret: app.clientSecret, code: 'sdk-oauth-code', grantType: 'authorization_code',
  }));
  passed('user by code');
  const asMe = new contact.GetUserHeaders({ xAcsDingtalkAccessToken: own.body.accessToken });
  const me = await client(contact).getUserWithOptions('me', asMe, runtime);
  assert.deepEqual([me.body.nick, me.body.unionId], ['王秀英', 'sdkUnionWang']);
  passed('user get');

  const as = (Headers) => new Headers({ xAcsDingtalkAccessToken: accessToken });
  const sent = await client(robot).batchSendOTOWithOptions(new robot.BatchSendOTORequest({
    robotCode: app.robotCode, userIds: ['lgb0001', 'nobody'], msgKey: 'sampleText', msgParam: '{"content":"明天有学习"}',
  }), as(robot.BatchSendOTOHeaders), runtime);
  assert.deepEqual(sent.body.invalidStaffIdList, ['nobody']);
  assert.match((await sim('chat/lgb0001')).text, /明天有学习/);
  passed('robot send');

  const cards = client(card);
  const made = await cards.createAndDeliverWithOptions(new card.CreateAndDeliverRequest({
    cardTemplateId: 'sdk.schema',
    outTrackId: 'sdk-node',
    callbackType: 'STREAM',
    cardData: new card.CreateAndDeliverRequestCardData({ cardParamMap: { status: '待受理' } }),
    openSpaceId: 'dtv1.card//IM_ROBOT.gz0001',
    imRobotOpenSpaceModel: new card.CreateAndDeliverRequestImRobotOpenSpaceModel({ supportForward: false }),
    imRobotOpenDeliverModel: new card.CreateAndDeliverRequestImRobotOpenDeliverModel({ spaceType: 'IM_ROBOT', robotCode: app.robotCode }),
    userIdType: 1,
  }), as(card.CreateAndDeliverHeaders), runtime);
  assert.equal(made.body.result.deliverResults[0].success, true);
  const changed = await cards.updateCardWithOptions(new card.UpdateCardRequest({
    outTrackId: 'sdk-node',
    cardData: new card.UpdateCardRequestCardData({ cardParamMap: { status: '受理中' } }),
    cardUpdateOptions: new card.UpdateCardRequestCardUpdateOptions({ updateCardDataByKey: true }),
  }), as(card.UpdateCardHeaders), runtime);
  assert.equal(changed.body.success, true);
  assert.match((await sim('chat/gz0001')).text, /受理中/);
  passed('card create and update');

  const task = await client(todo).createTodoTaskWithOptions('sdkUnionZhou', new todo.CreateTodoTaskRequest({
    subject: '走访王秀英',
    creatorId: 'sdkUnionZhou',
    executorIds: ['sdkUnionZhou'],
    sourceId: 'sdk-node',
    operatorId: 'sdkUnionZhou',
    detailUrl: new todo.CreateTodoTaskRequestDetailUrl({ appUrl: 'http://127.0.0.1/1', pcUrl: 'http://127.0.0.1/1' }),
    notifyConfigs: new todo.CreateTodoTaskRequestNotifyConfigs({ dingNotify: '1' }),
    priority: 20,
    isOnlyShowExecutor: true,
  }), as(todo.CreateTodoTaskHeaders), runtime);
  assert.equal(task.body.subject, '走访王秀英');
  passed('to-do');

  const approvals = client(workflow);
  const begun = await approvals.startProcessInstanceWithOptions(new workflow.StartProcessInstanceRequest({
    processCode: 'PROC-SDK',
    originatorUserId: 'gz0001',
    deptId: 910001,
    microappAgentId: app.agentId,
    formComponentValues: [new workflow.StartProcessInstanceRequestFormComponentValues({ name: '申请人', value: '王秀英' })],
  }), as(workflow.StartProcessInstanceHeaders), runtime);
  const shown = await approvals.getProcessInstanceWithOptions(
    new workflow.GetProcessInstanceRequest({ processInstanceId: begun.body.instanceId }),
    as(workflow.GetProcessInstanceHeaders), runtime,
  );
  assert.equal(shown.body.result.status, 'RUNNING');
  assert.equal(shown.body.result.tasks[0].userId, 'sp0001');
  passed('approval create and get');
}
