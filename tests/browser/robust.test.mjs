// What goes wrong on old phones and weak nets: killed pages, double taps, lost sessions, no script, no bridge, no answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { layoutComplaints } from './elder.mjs';
import { House, until } from './house.mjs';
import { answer } from './walk.mjs';

let house;
before(async () => { house = await House.open(); });
after(() => house?.close());

const retiree = (more) => house.page(house.links.retiree, more);

test('E18: a page that is killed loses at most one answer', async () => {
  const before = await retiree();
  await before.visit('/aid/apply/what');
  await before.check('input[value=illness]');
  await before.press('button.primary');
  await before.fill('textarea', '写到一半');
  await before.context().close();

  const after = await retiree();
  await after.visit('/home');
  await after.press('main a[href^="/aid/apply"]');
  await after.press('.primary');
  assert.equal(after.path(), '/aid/apply/words');
  await after.visit('/aid/apply/what');
  assert.ok(await after.isChecked('input[value=illness]'));
  await after.context().close();
});

test('E18: two taps are one request', async () => {
  const page = await retiree();
  await page.visit('/home');
  await answer(page, 'illness');
  const [one, other] = await page.evaluate(() => {
    const form = document.querySelector('form[action$="/send"]');
    const send = () => fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).then((answer) => answer.url);
    return Promise.all([send(), send()]);
  });
  assert.match(one, /\/aid\/cases\/[^/]+\/received$/);
  assert.equal(one, other);
  await page.visit('/aid/cases');
  assert.equal((await page.$$('main a.row')).length, 1);
  await page.context().close();
});

test('E19: a session that ends under a form loses nothing', async () => {
  const page = await retiree();
  await page.visit('/aid/apply/words');
  await page.fill('textarea', '会话断了，这句话还在。');
  await page.evaluate(() => {
    const csrf = document.querySelector('input[name=csrf]').value;
    return fetch('/sign-out', { method: 'POST', body: new URLSearchParams({ csrf }) });
  });
  await page.click('button.primary');
  await page.waitForURL((url) => url.pathname === '/aid/apply/since');
  await page.visit('/aid/apply/words');
  assert.equal(await page.inputValue('textarea'), '会话断了，这句话还在。');
  await page.context().close();
});

test('E20: without script every page is read and every form is sent', async () => {
  const signedIn = await retiree();
  await signedIn.visit('/home');
  await signedIn.context().close();
  const page = await retiree({ javaScriptEnabled: false });
  for (const path of ['/home', '/me', '/text-size', '/branch/meetings', '/aid/apply', '/aid/cases', '/notices']) {
    await page.visit(path);
    assert.equal(page.path(), path);
    assert.ok((await page.innerText('main')).length > 10, path);
  }
  await page.visit('/branch/meetings');
  await page.press('a.primary');
  await page.press('form[action$="sign-in"] button');
  assert.match(await page.heading(), /签到/);
  await page.press('form[action$="undo"] button');
  await page.context().close();
});

test('E13, E29: where the container gives no code, the page says what to do and whom to call', async () => {
  await house.hand(0, 'zhaodefu');
  const page = await retiree();
  await page.route('**/static/dingtalk.js*', (route) => route.abort());
  await page.goto(`${house.links.retiree}/aid/cases`);
  await page.waitForSelector('#enter-failed:not([hidden])');
  // Nobody knows yet who reads: the middle size.
  assert.match(await page.innerText('main'), /请用手机打开钉钉/);
  assert.deepEqual(await layoutComplaints(page, { textSize: 'large' }), []);
  await page.context().close();
});

test('E16, E29: when DingTalk fails, the error page is a page like the others', async () => {
  await house.hand(0, 'liguoqiang');
  await house.control('/faults', { calls: [{ api: '/topapi/v2/user/getuserinfo', times: 9, answer: 'system_error' }] });
  const page = await retiree();
  const answers = [];
  page.on('response', (response) => { if (new URL(response.url()).pathname === '/session') answers.push(response.status()); });
  await page.goto(`${house.links.retiree}/home`);
  await until('the error page', () => answers.length > 0);
  await page.waitForLoadState('load');
  assert.equal(answers[0], 503);
  assert.ok((await page.innerText('main')).length > 10);
  assert.deepEqual(await layoutComplaints(page, { textSize: 'large' }), []);
  await house.control('/faults', { clear: true });
  await house.hand(0, 'wangxiuying');
  await page.context().close();
});

test('E30: the button answers at once, and offers another try after ten seconds', async () => {
  const page = await retiree();
  await page.visit('/aid/apply/what');
  await page.check('input[value=disaster]');
  // An answer that leads nowhere: the page stays as if none had come.
  await page.route('**/aid/apply/what', (route) => route.fulfill({ status: 204 }));
  await page.click('button.primary', { noWaitAfter: true });
  const button = () => page.evaluate(() => { const it = document.querySelector('button.primary'); return [it.textContent, it.disabled]; });
  await until('the button', async () => (await button())[1], 1_000);
  assert.deepEqual(await button(), ['正在提交…', true]);
  await until('another try', async () => !(await button())[1], 12_000);
  assert.deepEqual(await button(), ['网络有点慢，再点一次', false]);
  await page.unroute('**/aid/apply/what');
  await page.press('button.primary');
  assert.equal(page.path(), '/aid/apply/words');
  await page.context().close();
});
