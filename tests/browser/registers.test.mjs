// The desk of those who keep people, lists, grants, visits and what was looked at: WCAG 2.2 AA, by axe and by keyboard, at every page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authority } from './authority.mjs';
import { usable } from './desk.mjs';
import { noted } from './grievance.mjs';
import { House } from './house.mjs';
import { outreach } from './outreach.mjs';
import { proofs } from './papers.mjs';
import { people } from './people.mjs';
import { retention } from './retention.mjs';

const LIST = new URL('people.xlsx', import.meta.url).pathname;

let house;
before(async () => { house = await House.open(); });
after(() => house?.close());

test('every page of lists that are sent and taken out can be used by everybody', () => usable(house, 4, async (office) => {
  await office.list(LIST, { name: '名册.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('no workbook') });
  assert.equal(await office.takeOut(), '离退休干部名册.xlsx');
}));

test('the pages of what somebody has to say can be used by everybody', () => usable(house, 9, noted));

test('the pages of the audit administrator, and of what people ask, can be used by everybody', () => usable(house, 12, async (office) => {
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
}));

test('every page about grants can be used by everybody', () => usable(house, 30, authority));

test('every page about people can be used by everybody', () => usable(house, 50, people));

test('every page about visits can be used by everybody', () => usable(house, 45, outreach));

// The last: years go by in it.
test('every page about how long things are kept can be used by everybody', () => usable(house, 20, retention));
