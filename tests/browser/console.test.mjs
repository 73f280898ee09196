// The desk of those who handle cases and money: WCAG 2.2 AA, by axe and by keyboard, at every page of the office's way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { after as afterwards } from './after.mjs';
import { appeals } from './appeals.mjs';
import { complaints, usable } from './desk.mjs';
import { House } from './house.mjs';
import { assessing, money } from './money.mjs';
import { Office, askedByZhao } from './office.mjs';
import { entering, papers } from './papers.mjs';
import { pay } from './pay.mjs';
import { urgent } from './urgent.mjs';

let house;
before(async () => { house = await House.open(); });
after(() => house?.close());

test('every page on the way to a notice can be used by everybody', () => usable(house, 10, async (office) => {
  await office.as('chenjing', '/console', 'console-today');
  await office.as('chenjing', '/console/sending', 'console-sending');
  await office.as('chenjing', '/console/approvals', 'console-approvals');
  await office.toNotice(await askedByZhao(house));
}));

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

test('every page about what is in the way of a request can be used by everybody', () => usable(house, 18, async (office) => {
  await appeals(office, await askedByZhao(house, 'accident'));
}));

test('the pages about money that goes ahead of the papers can be used by everybody', () => usable(house, 9, async (office) => {
  await urgent(office, await askedByZhao(house, 'low_income'));
}));

test('the pages about papers, and of requests that are entered, can be used by everybody', () => usable(house, 15, async (office) => {
  await papers(office, await askedByZhao(house, 'accident'));
  await entering(office);
}));

test('the pages about money can be used by everybody', () => usable(house, 10, async (office) => {
  await money(office);
  await assessing(office, await askedByZhao(house, 'bereaved'));
}));

test('every page about payment can be used by everybody', () => usable(house, 25, pay));

// In a demo of its own: months go by in it, and the others' money is this year's.
test('the pages of what comes after the money can be used by everybody', async () => {
  const apart = await House.open();
  await usable(apart, 22, async (office) => {
    const request = await askedByZhao(apart, 'psychological');
    const quiet = new Office(apart, office.page);
    await quiet.accept(request);
    await quiet.visit(request, '1500');
    await quiet.agree(await quiet.ask(request));
    await quiet.publish(request);
    await afterwards(office, request);
  });
  await apart.close();
});
