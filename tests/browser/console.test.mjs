// The desk of those who handle cases: WCAG 2.2 AA, by axe and by keyboard, at every page of the office's way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { after as afterwards } from './after.mjs';
import { appeals } from './appeals.mjs';
import { authority } from './authority.mjs';
import { axeComplaints, focusComplaints } from './elder.mjs';
import { House } from './house.mjs';
import { assessing, money } from './money.mjs';
import { Office, askedByZhao } from './office.mjs';
import { outreach } from './outreach.mjs';
import { entering, papers, proofs } from './papers.mjs';
import { pay } from './pay.mjs';
import { people } from './people.mjs';
import { retention } from './retention.mjs';
import { urgent } from './urgent.mjs';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LIST = new URL('people.xlsx', import.meta.url).pathname;
const PICTURES = process.env.YINLING_PICTURES;

let house;
before(async () => { house = await House.open(); });
after(() => house?.close());

// 1.4.10 and 2.5.8: nothing scrolls in two directions at 320 pixels but tables, and nothing to press is smaller than 24 pixels.
const room = (page) => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const small = [...document.querySelectorAll('button, select, input:not([type=hidden]), textarea, summary')]
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(([element, box]) => `2.5.8: ${element.tagName} of ${box.width.toFixed(0)}×${box.height.toFixed(0)}px`);
  return [...(wide > 0 ? [`1.4.10: scrolls sideways by ${wide}px`] : []), ...small];
});

async function complaints(name, page) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    found.push(...await axeComplaints(page, { tags: WCAG }));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  found.push(...await focusComplaints(page));
  await page.setViewportSize({ width: 360, height: 740 });
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-phone.png`, fullPage: true });
  await page.setViewportSize({ width: 320, height: 640 });
  found.push(...await room(page));
  await page.setViewportSize({ width: 1280, height: 800 });
  return found.map((complaint) => `${name}: ${complaint}`);
}

test('every page on the way to a notice can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await office.as('chenjing', '/console', 'console-today');
  await office.as('chenjing', '/console/sending', 'console-sending');
  await office.as('chenjing', '/console/approvals', 'console-approvals');
  await office.toNotice(await askedByZhao(house));
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 8, `only ${seen.length} pages`);
});

test('every page of lists that are sent and taken out can be used by everybody', async () => {
  const found = [];
  const office = await Office.open(house, async (name, page) => { found.push(...await complaints(name, page)); });
  await office.list(LIST, { name: '名册.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('no workbook') });
  assert.equal(await office.takeOut(), '离退休干部名册.xlsx');
  assert.deepEqual(found, []);
});

test('a form that lacks something says so and keeps the rest', async () => {
  const request = await askedByZhao(house, 'disaster');
  const office = await Office.open(house);
  const { page } = office;
  await office.accept(request);
  await office.as('zhouming', `/console/aid/${request}/visit`, 'console-visit');
  await page.fill('#findings', '屋顶漏了，已经拍照');
  await page.fill('#yuan', '三千');
  await page.press('button.primary');
  assert.match(await page.title(), /^错误/);
  assert.equal(await page.inputValue('#findings'), '屋顶漏了，已经拍照');
  assert.equal(await page.inputValue('#yuan'), '三千');
  assert.deepEqual(await complaints('console-visit-mistake', page), []);
});

test('every page about what is in the way of a request can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await appeals(office, await askedByZhao(house, 'accident'));
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 18, `only ${seen.length} pages`);
});

test('the pages about money that goes ahead of the papers can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => {
    if (!name) return;
    seen.push(name);
    found.push(...await complaints(name, page));
  });
  await urgent(office, await askedByZhao(house, 'low_income'));
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 9, `only ${seen.length} pages`);
});

test('the pages about papers, and of requests that are entered, can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await papers(office, await askedByZhao(house, 'accident'));
  await entering(office);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 15, `only ${seen.length} pages`);
});

test('the pages about money can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await money(office);
  await assessing(office, await askedByZhao(house, 'bereaved'));
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 10, `only ${seen.length} pages`);
});

test('the pages of the audit administrator, and of what people ask, can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  const { page } = office;
  await house.hand(0, 'zhaodefu');
  const phone = await house.page(house.links.retiree);
  await phone.visit('/me/wishes');
  await phone.check('input[value=delete]');
  await phone.fill('#text', '把以前的地址删掉');
  await phone.press('button.primary');
  await phone.visit('/me');
  await phone.press('form[action="/me/whole"] button');
  const number = (await phone.innerText('dl.answers dd')).replace(/\D/g, '');
  await house.hand(0, 'wangxiuying');
  await phone.visit('/mandates/ask');
  await phone.fill('#name', '赵德福');
  await phone.fill('#phone', number);
  await phone.press('button.primary');
  await phone.context().close();

  await office.as('chenjing', '/console/wishes', 'wishes');
  await page.press('main li a');
  await office.seen('wish', page);
  await page.press('main button.primary');
  await office.seen('wish-mistake', page);
  await office.as('chenjing', '/console/mandates', 'mandates-desk');
  await page.press('main li a');
  await proofs(office);
  await office.seen('mandate-desk', page);
  await page.press('main button.primary');
  await office.seen('mandate-desk-mistake', page);
  await office.as('zhengzhe', '/console', 'audit-today');
  await office.as('zhengzhe', '/console/trail', 'trail');
  await office.as('zhengzhe', '/console/trail/people', 'trail-people');
  await page.press('main button.primary');
  await office.seen('trail-people-mistake', page);
  await page.fill('#who', '赵德福');
  await page.press('main button.primary');
  await office.seen('trail-people-found', page);
  await page.press('main li a');
  await office.seen('trail-looks', page);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 12, `only ${seen.length} pages`);
});

test('every page about grants can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await authority(office);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 30, `only ${seen.length} pages`);
});

test('every page about payment can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await pay(office);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 25, `only ${seen.length} pages`);
});

test('every page about people can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await people(office);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 50, `only ${seen.length} pages`);
});

test('every page about visits can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await outreach(office);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 45, `only ${seen.length} pages`);
});

// In a demo of its own: months go by in it, and the others' money is this year's.
test('the pages of what comes after the money can be used by everybody', async () => {
  const found = [], seen = [];
  const apart = await House.open();
  const office = await Office.open(apart, async (name, page) => {
    if (!name) return;
    seen.push(name);
    found.push(...await complaints(name, page));
  });
  const request = await askedByZhao(apart, 'psychological');
  const quiet = new Office(apart, office.page);
  await quiet.accept(request);
  await quiet.visit(request, '1500');
  await quiet.agree(await quiet.ask(request));
  await quiet.publish(request);
  await afterwards(office, request);
  await apart.close();
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 22, `only ${seen.length} pages`);
});

// The last: years go by in it.
test('every page about how long things are kept can be used by everybody', async () => {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => { seen.push(name); found.push(...await complaints(name, page)); });
  await retention(office);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= 20, `only ${seen.length} pages`);
});
