// dingtalk-stream, unchanged. It knows one gateway only, so its HTTP library is told where that is.

import assert from 'node:assert/strict';
import axios from 'axios';
import { DWClient, EventAck, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream';
import { SIM, passed, sim, until } from './sim.mjs';

axios.interceptors.request.use((request) => {
  request.url = request.url.replace(/^https:\/\/o?api\.dingtalk\.com/, SIM);
  return request;
});

export async function stream(app) {
  const events = [];
  const presses = [];
  const listening = new DWClient({ clientId: app.clientId, clientSecret: app.clientSecret, keepAlive: true });
  listening.registerAllEventListener((event) => {
    events.push(event);
    return { status: EventAck.SUCCESS };
  });
  listening.registerCallbackListener(TOPIC_ROBOT, async ({ headers, data }) => {
    const message = JSON.parse(data);
    const body = { msgtype: 'text', text: { content: `${message.senderNick}说了${message.text.content.trim()}` } };
    const answer = await axios({ url: message.sessionWebhook, method: 'POST', data: body, responseType: 'json' });
    listening.socketCallBackResponse(headers.messageId, answer.data);
  });
  listening.registerCallbackListener(TOPIC_CARD, ({ headers, data }) => {
    presses.push(JSON.parse(data));
    listening.socketCallBackResponse(headers.messageId, {
      cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap: { status: '已受理' } },
    });
  });
  await listening.connect();
  const connections = async () => (await sim('stream')).connections;
  await until('a connection', async () => (await connections()).length === 1);
  const [{ id: first }] = await connections();
  passed('stream connect');

  assert.deepEqual(await sim('stream/ping', {}), { echoes: 1 });
  passed('stream ping');
  await sim('people', { userid: 'lgb0009', name: '吴桂芳', departments: [910001] });
  await until('an event', () => events.length > 0);
  assert.equal(events[0].headers.eventType, 'user_add_org');
  assert.deepEqual(JSON.parse(events[0].data).userId, ['lgb0009']);
  await until('its answer', async () => (await sim('pushes')).waiting.length === 0);
  passed('stream event');
  await sim('say', { userid: 'lgb0001', text: '签到' });
  await until('a reply', async () => (await sim('chat/lgb0001')).text.includes('王秀英说了签到'));
  passed('stream robot message, answered at its webhook');
  await sim('cards/press', { userid: 'gz0001', card: 'sdk-node', button: 'accept' });
  assert.deepEqual(JSON.parse(presses[0].content).cardPrivateData.actionIds, ['accept']);
  assert.match((await sim('chat/gz0001')).text, /已受理/);
  passed('stream card press');
  await sim('stream/disconnect', { connection: first });
  await until('another connection', async () => (await connections()).some(({ id }) => id !== first));
  passed('stream disconnect, connected again');
  for (const complaint of (await sim('stream')).complaints) console.log(`note node    ${complaint}`);
  listening.disconnect();
}
