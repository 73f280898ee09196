// Home visits without a network: taken along, written in the dark, sent three days later; a case that somebody else has visited meanwhile; one
// that is not taken and is mended; and answers that are none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { House, until } from './house.mjs';
import { DAY, Office, askedByZhao } from './office.mjs';
import { axeComplaints, focusComplaints } from './elder.mjs';
import { PICTURE } from './walk.mjs';

const PICTURES = process.env.YINLING_PICTURES;
const OFFLINE = '/console/visits/offline';
let house;
before(async () => { house = await House.open(); });
after(() => house?.close());

const queue = (page) => page.innerText('#queue');

// Of his newest request, which stands last.
async function write(page, findings, yuan) {
  await page.click('#cases li:last-child button');
  await page.waitForSelector('#visit:not([hidden])');
  await page.selectOption('#second', 'chenjing');
  await page.fill('#findings', findings);
  await page.fill('#yuan', yuan);
}

// With his newest request in the bag.
async function packed(category) {
  const request = await askedByZhao(house, category);
  const office = await Office.open(house);
  await office.accept(request);
  await office.as('zhouming', OFFLINE, 'visits');
  await office.page.waitForSelector('#can:not([hidden])');
  await office.page.click('#fetch');
  await office.page.waitForSelector('#cases button');
  return { request, page: office.page };
}

const sends = async (page, words) => {
  await page.click('#send');
  await until(words, async () => (await queue(page)).includes(words));
};

const photosOn = (page) => page.evaluate(() => new Promise((done) => {
  indexedDB.open('yinling-visits').onsuccess = (event) => {
    event.target.result.transaction('photos').objectStore('photos').count().onsuccess = (got) => done(got.target.result);
  };
}));

async function looked(page, name) {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  const found = [...await axeComplaints(page, { tags: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }), ...await focusComplaints(page)];
  await page.setViewportSize({ width: 360, height: 740 });
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-phone.png`, fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} scrolls sideways by ${wide}px`);
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.deepEqual(found, [], name);
}

test('a visit is written without a network, lies there sealed, and is sent after three days', async () => {
  const request = await askedByZhao(house, 'living_alone');
  const office = await Office.open(house);
  await office.accept(request);
  await office.as('zhouming', OFFLINE, 'visits');
  let { page } = office;
  const context = page.context();
  await page.waitForSelector('#can:not([hidden])');
  await looked(page, 'visits-empty');
  await page.click('#fetch');
  await page.waitForSelector('#cases button');
  await page.evaluate(() => navigator.serviceWorker.ready);

  await context.setOffline(true);
  await page.goto(new URL(OFFLINE, page.url()).href);
  await page.waitForSelector('#cases button');
  await page.click('#cases button');
  await page.click('#visit button[type=submit]');
  assert.match(await page.innerText('#lacking'), /情况/);
  await write(page, '独居，屋里很冷', '1500');
  await page.setInputFiles('#photo', PICTURE);
  await looked(page, 'visits-writing');
  await page.click('#visit button[type=submit]');
  await page.waitForFunction(() => document.getElementById('queue').innerText.includes('等网络'));
  // In the phone's database nothing can be read.
  const rows = await page.evaluate(() => new Promise((done) => {
    indexedDB.open('yinling-visits').onsuccess = (event) => {
      const work = event.target.result.transaction(['visits', 'cases', 'photos', 'keys']), found = {};
      ['visits', 'cases', 'photos', 'keys'].forEach((name) => { work.objectStore(name).getAll().onsuccess = (got) => { found[name] = got.target.result; }; });
      work.oncomplete = () => done({
        text: ['visits', 'cases', 'photos'].map((name) => found[name].map((row) => new TextDecoder('latin1').decode(row.sealed) + JSON.stringify(row)).join()).join(),
        extractable: found.keys.map((row) => row.key.extractable), photos: found.photos.length,
      });
    };
  }));
  assert.ok(!/独居|赵德福|1500/.test(rows.text) && rows.photos === 1 && rows.extractable.every((may) => !may));

  // The phone is put away; three days go by.
  await page.close();
  await house.later(3 * DAY);
  page = office.page = house.dressed(await context.newPage(), house.links.office);
  await page.goto(new URL(OFFLINE, house.links.office).href);
  await page.waitForFunction(() => document.getElementById('queue').innerText.includes('等网络'));
  await context.setOffline(false);
  // The session has ended meanwhile; what was written has not.
  await page.click('#send');
  await page.waitForFunction(() => /登录|发送完了/.test(document.getElementById('net').innerText));
  await office.as('zhouming', '/console', 'again');
  await page.visit(OFFLINE);
  await page.waitForSelector('#can:not([hidden])');
  await page.click('#send');
  await until('sent', async () => (await queue(page)).includes('已经发送'));
  await looked(page, 'visits-sent');
  await page.visit(`/console/aid/${request}/file`);
  assert.match(await page.innerText('main'), /独居，屋里很冷/);
  await page.visit(`/console/aid/${request}/papers`);
  assert.match(await page.innerText('main'), /家访照片/);
});

test('of a case that has moved both are shown beside each other, and nothing is overwritten', async () => {
  const request = await askedByZhao(house, 'disability');
  const office = await Office.open(house);
  await office.accept(request);
  const { page } = office;
  await office.as('zhouming', OFFLINE, 'visits');
  await page.waitForSelector('#can:not([hidden])');
  await page.click('#fetch');
  await page.waitForSelector('#cases button');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.goto(new URL(OFFLINE, page.url()).href);
  await page.waitForSelector('#cases button');
  await write(page, '我看到的情况', '2500');
  await page.click('#visit button[type=submit]');
  await page.waitForFunction(() => document.getElementById('queue').innerText.includes('等网络'));
  // Meanwhile 林芳 was there, and wrote it down at once.
  const other = await Office.open(house);
  await other.as('linfang', `/console/aid/${request}/visit`, 'other');
  await other.page.selectOption('#second', 'chenjing');
  await other.page.fill('#findings', '别人看到的情况');
  await other.page.fill('#yuan', '2000');
  await other.page.press('button.primary');
  await other.page.context().close();
  await house.hand(2, 'zhouming');
  await page.context().setOffline(false);
  await page.click('#send');
  await until('moved', async () => (await queue(page)).includes('个案有变化'));
  for (const words of ['我看到的情况', '别人看到的情况', '林芳']) assert.ok((await queue(page)).includes(words), words);
  await looked(page, 'visits-moved');
  await page.click('button:has-text("作为另一次家访")');
  await until('sent', async () => (await queue(page)).includes('已经发送'));
  await page.visit(`/console/aid/${request}/file`);
  const file = await page.innerText('main');
  assert.ok(file.includes('我看到的情况') && file.includes('别人看到的情况'));
  // Signing out leaves nothing on the phone.
  await page.visit('/console');
  await page.press('form[action="/sign-out"] button');
  const left = await page.evaluate(() => indexedDB.databases().then((all) => all.map((one) => one.name)));
  assert.ok(!left.includes('yinling-visits'), left.join());
});

test('a visit that is not taken keeps what was typed, is mended, and stands there once', async () => {
  const { request, page } = await packed('illness');
  await write(page, '住院两个月，家里没有人照顾', '900000');
  await page.setInputFiles('#photo', PICTURE);
  await page.click('#visit button[type=submit]');
  await until('refused', async () => (await queue(page)).includes('没有收，请改一下'));
  for (const words of ['住院两个月，家里没有人照顾', '900000', '陈静', '金额要在']) assert.ok((await queue(page)).includes(words), words);
  await looked(page, 'visits-refused');
  // Throwing it away is asked once more.
  await page.click('button:has-text("不要这一份")');
  await looked(page, 'visits-refused-asked');
  await page.click('button:has-text("留着")');
  // Opening the page anew loses nothing of it.
  await page.visit(OFFLINE);
  await page.waitForSelector('#queue button');
  await page.click('button:has-text("改一改，再发")');
  assert.match(await page.innerText('#refused'), /金额要在/);
  assert.match(await page.innerText('#yuan-mistake'), /金额要在/);
  assert.equal(await page.getAttribute('#yuan', 'aria-invalid'), 'true');
  assert.equal(await page.inputValue('#findings'), '住院两个月，家里没有人照顾');
  assert.equal(await page.inputValue('#second'), 'chenjing');
  assert.match(await page.innerText('#photos-there'), /1张/);
  await looked(page, 'visits-mending');
  await page.fill('#yuan', '3000');
  await page.click('#visit button[type=submit]');
  await until('sent', async () => (await queue(page)).includes('已经发送'));
  await until('the photo has gone', async () => await photosOn(page) === 0);
  await page.visit(`/console/aid/${request}/file`);
  assert.equal((await page.innerText('main')).split('住院两个月，家里没有人照顾').length, 2);
  await page.visit(`/console/aid/${request}/papers`);
  assert.equal(await page.locator('main tbody tr', { hasText: '家访照片' }).count(), 1);
});

test('an answer that is not ours is none: what was written and its photos stay on the phone', async () => {
  const { request, page } = await packed('disaster');
  const context = page.context();
  const html = (status) => ({ status, contentType: 'text/html; charset=utf-8', body: '<title>正在进入</title>' });
  const instead = async (path, answer, act) => {
    let asked = 0;
    await context.route(`**${path}`, (route) => { asked += 1; return route.fulfill(answer); });
    await act();
    assert.ok(asked > 0, `nobody asked ${path}`);
    await context.unroute(`**${path}`);
  };
  const said = (words) => until(words, async () => (await page.innerText('#net')).includes(words));
  // A sign-in page and a stranger's JSON are no word that the visit was taken.
  await context.setOffline(true);
  await write(page, '房子淋了雨', '2000');
  await page.setInputFiles('#photo', [PICTURE, { name: '说明.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('不是照片') }]);
  await page.click('#visit button[type=submit]');
  await page.waitForFunction(() => document.getElementById('queue').innerText.includes('等网络'));
  const waits = async () => assert.ok((await queue(page)).includes('等网络') && await photosOn(page) === 2, await queue(page));
  await instead('/console/visits/state', html(200), async () => {
    await context.setOffline(false);
    await page.click('#send');
    await said('请先回“今天的工作”登录');
  });
  await waits();
  const strange = { status: 200, contentType: 'application/json', body: '{"ok":true}' };
  for (const [answer, words] of [[html(200), '登录'], [strange, '有的没有发成'], [html(503), '有的没有发成']]) {
    await instead('/console/visits/send', answer, async () => { await page.click('#send'); await said(words); });
    await waits();
  }
  // The visit arrives. Its photos do not: during a restart, after the session, behind somebody's page.
  for (const [answer, words] of [[html(503), '有的没有发成'], [html(401), '登录'], [html(200), '登录'], [strange, '有的没有发成']]) {
    await instead('/console/visits/photo', answer, async () => { await page.click('#send'); await said(words); });
    assert.equal(await photosOn(page), 2);
    assert.ok((await queue(page)).includes('照片还没有发完'), await queue(page));
  }
  // One is kept. The other is none, and stays until he throws it away.
  await sends(page, '不是照片');
  await said('发送完了');
  assert.equal(await photosOn(page), 1);
  await looked(page, 'visits-photo');
  await page.click('button:has-text("看这张照片")');
  await until('not to be shown', async () => (await queue(page)).includes('看不了'));
  await page.click('button:has-text("不要这张")');
  await page.click('button:has-text("清掉")');
  await until('the photo has gone', async () => await photosOn(page) === 0);
  await page.visit(`/console/aid/${request}/file`);
  assert.equal((await page.innerText('main')).split('房子淋了雨').length, 2);
  await page.visit(`/console/aid/${request}/papers`);
  assert.equal(await page.locator('main tbody tr', { hasText: '家访照片' }).count(), 1);
});

// For 王秀英, for whom no other story here asks.
test('a request is written without a network, half first, is mended, and becomes one case', async () => {
  const office = await Office.open(house);
  const { page } = office;
  await office.as('zhouming', '/console/people', 'people');
  await page.fill('#who', '王秀英');
  await page.press('main button.primary');
  await page.press('td a');
  await page.press('button:has-text("打印空白申请表")');
  await page.press('a[href="/console/visits/requests"]');
  await page.waitForSelector('#can:not([hidden])');
  await looked(page, 'requests-empty');
  await page.click('#fetch');
  await page.waitForSelector('#forms button');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const address = page.url();

  await page.context().setOffline(true);
  await page.goto(address);
  await page.waitForSelector('#forms button');
  await page.click('#forms button');
  await page.selectOption('#what', 'living_alone');
  await page.fill('#words', '一个人住，楼梯上不去');
  // What lacks is named; what is half written is there when the page ends and is opened anew.
  await page.click('#request button[type=submit]');
  assert.match(await page.innerText('#refused'), /怎么来的/);
  assert.match(await page.innerText('#channel-mistake'), /怎么来的/);
  await looked(page, 'requests-lacking');
  await page.goto(address);
  await page.waitForSelector('#queue button');
  assert.match(await queue(page), /没有写完/);
  await page.click('button:has-text("接着写")');
  assert.equal(await page.inputValue('#words'), '一个人住，楼梯上不去');
  await page.selectOption('#channel', 'counter');
  await page.selectOption('#since', 'earlier');
  await page.check('#elsewhere input[value=nobody]');
  await page.selectOption('#reach', 'other');
  await page.fill('#phone', '12');
  await page.selectOption('#pay', 'call_me');
  await page.click('#request button[type=submit]');
  await until('waits', async () => (await queue(page)).includes('等网络'));
  await looked(page, 'requests-waiting');
  const text = await page.evaluate(() => new Promise((done) => {
    indexedDB.open('yinling-visits').onsuccess = (event) => {
      event.target.result.transaction('requests').objectStore('requests').getAll().onsuccess = (got) => {
        done(got.target.result.map((row) => new TextDecoder('latin1').decode(row.sealed) + JSON.stringify(row)).join());
      };
    };
  }));
  assert.ok(text && !/living_alone|counter/.test(text));

  // The server says what is wrong with the number; it is mended, and is a case.
  await page.context().setOffline(false);
  await page.click('#send');
  await until('refused', async () => (await queue(page)).includes('没有收，请改一下'));
  await page.click('#queue button:has-text("改一改")');
  assert.ok((await page.innerText('#phone-mistake')).length > 0);
  await looked(page, 'requests-mending');
  await page.fill('#phone', '13800000099');
  await page.click('#request button[type=submit]');
  await until('sent', async () => (await queue(page)).includes('已经登记'));
  await looked(page, 'requests-sent');
  assert.equal(await page.locator('#forms button').count(), 0);
  await page.press('#queue a');
  assert.match(await page.innerText('main'), /工作人员登记/);
});
