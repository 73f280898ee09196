// The three stories of the README, clicked through on the desk and the phones as somebody does who has read nothing else.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { House, until } from './house.mjs';
import { DAY, Office } from './office.mjs';
import { answer, chooseTextSize } from './walk.mjs';

const SCREENSHOTS = process.env.YINLING_SCREENSHOTS;
let house, request;

before(async () => {
  house = await House.open();
  if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
});
after(() => house?.close());

const picture = async (page, name) => { if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` }); };

// The button of the last message that somebody got, as an address within the phone.
async function button(user, title) {
  const { lines } = await house.control(`/chat/${user}`);
  const buttons = lines.flatMap((line) => line.message.buttons ?? []).filter((one) => one.title.includes(title));
  assert.ok(buttons.length > 0, `no button “${title}” for ${user}`);
  const url = new URL(buttons.at(-1).url);
  return url.pathname + url.search;
}

test('a retiree signs in to a meeting with three taps and no typing, and asks for help', async () => {
  await house.control('/say', { userid: 'wangxiuying', text: '帮助' });
  await until('the answer', async () => (await house.chat('wangxiuying')).includes('打开银龄'));
  const page = await house.page(house.links.retiree);
  await page.visit('/home');
  await chooseTextSize(page, 'extra-large');

  await page.visit(await button('wangxiuying', '打开银龄'));
  let taps = 1;
  const tap = async (selector) => { taps += 1; await page.press(selector); };
  await picture(page, 'home');
  await tap('a.primary');
  await picture(page, 'meeting');
  await tap('form[action$="sign-in"] button');
  assert.match(await page.heading(), /签到好了/);
  assert.equal(taps, 3);

  await answer(page, 'illness');
  await picture(page, 'aid-check');
  await page.press('button.primary');
  const [, id] = page.path().match(/cases\/([^/]+)\/received/);
  request = id;
  assert.match(await page.innerText('main'), /西湖帮扶\d{4}-\d{4}/);
  await until('the message', async () => (await house.chat('wangxiuying')).includes('收到'));
  assert.match(await button('wangxiuying', '进度'), /\/aid\/cases\//);
  await page.context().close();
});

test('a cadre is reminded: members in the evening, the secretary in the morning, nobody twice', async () => {
  await house.control('/clock', { next_time: '19:00' });
  await until('the reminder', async () => (await house.chat('wangxiuying')).includes('支部活动提醒'));
  assert.match(await button('wangxiuying', '签到'), /\/branch\/meetings\//);
  await house.control('/clock', { next_time: '08:30' });
  await until('the digest', async () => (await house.chat('liguoqiang')).includes('支部工作提醒'));
  const reminders = (await house.control('/chat/zhaodefu')).lines.filter((line) => /支部活动提醒/.test(line.message.title));
  assert.equal(reminders.length, 1);
  assert.doesNotMatch(await house.chat('sunguilan'), /提醒/, 'never to the dead');

  const page = await house.page(house.links.secretary);
  await page.visit(await button('liguoqiang', '还差什么'));
  assert.match(page.path(), /\/duties$/);
  for (const [said, answered] of [['签到', /签到/], ['进度', /申请/], ['你好', /我能帮您做这些/]]) {
    const before = (await house.control('/chat/liguoqiang')).lines.length;
    await house.control('/say', { userid: 'liguoqiang', text: said });
    await until(`the answer to ${said}`, async () => {
      const { lines } = await house.control('/chat/liguoqiang');
      return lines.slice(before + 1).some((line) => answered.test(line.message.text));
    });
  }
  await page.context().close();
});

test('an approver decides in DingTalk, and money comes', async () => {
  const office = await Office.open(house);
  await office.accept(request);
  await office.visit(request);
  await office.ask(request);

  // 沈岚 opens 审批 on the desk, reads, and agrees there.
  const desk = await house.page(house.links.desk, { width: 1440, height: 900 });
  await house.hand(2, 'shenlan');
  await desk.goto(house.links.desk);
  await desk.click('#tab-2-approvals');
  await desk.click('#pane-2-approvals button.agree');
  await until('the decision', async () => (await house.control('/approvals?userid=shenlan'))[0].status !== 'RUNNING');
  await picture(desk, 'desk');

  await office.publish(request);
  await house.later(9 * DAY);
  const { page } = office;
  await until('the end of the notice', async () => {
    await office.as('wumin', '/console', 'console-pay');
    return (await page.innerText('main')).includes('待制单');
  });
  await page.press('text=制作发放批次');
  const batch = page.path();
  await office.as('xuke', batch, 'console-batch');
  await page.press('button.primary');
  await page.press('button.primary');
  await page.press('button:text-is("登记")');
  await until('the message', async () => (await house.chat('wangxiuying')).includes('发放'));
  const said = await house.chat('wangxiuying');
  assert.doesNotMatch(said, /3,?000|医疗|元/, 'no amount and no illness in a chat');

  await office.as('zhengzhe', `/console/aid/${request}`, 'console-audit');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('form[action$="/bundle"] button')]);
  const bundle = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.ok(bundle.seal && bundle.sections.ledger.length > 0);
  await page.context().close();
  await desk.context().close();
});
