// The way of a list from its standard to the last receipt, by those who visit, agree and pay; `seen(name)` is called at every page.
import { DAY } from './office.mjs';

export async function outreach(office) {
  const { page, house } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);

  // Money of its own.
  await at('wumin', '/console/budget/new', 'outreach-budget');
  await page.check('input[value=appropriate]');
  await page.selectOption('#category', 'outreach');
  await page.fill('#year', '2027');
  await page.fill('#amount', '500000');
  await page.fill('#source', '示例〔2026〕8号');
  await page.press('main button.primary');
  await at('xuke', page.path(), 'outreach-budget-order');
  await page.press('main button.primary');

  // Standards.
  await at('chenjing', '/console/outreach', 'outreach');
  await at('chenjing', '/console/outreach/standards', 'outreach-standards');
  await page.press('main a.primary');
  await seen('outreach-standard-new');
  await page.press('main button.primary');
  await seen('outreach-standard-mistake');
  await page.selectOption('#occasion', 'summer');
  await page.fill('#age', '85');
  await page.fill('#cash', '100');
  await page.fill('#source', '示例〔2026〕9号');
  await page.press('main button.primary');
  await seen('outreach-standard-mine');
  await at('zhouming', page.path(), 'outreach-standard-theirs');

  // A list, and somebody who is not on it.
  await at('chenjing', '/console/outreach/plans/new', 'outreach-plan-new');
  await page.fill('#year', '2020');
  await page.press('main button.primary');
  await seen('outreach-plan-mistake');
  await page.selectOption('#occasion', 'spring_festival');
  await page.selectOption('#whose', '330106');
  await page.fill('#year', '2027');
  await page.press('main button.primary');
  await seen('outreach-plan-draft');
  const plan = page.path();
  await at('chenjing', `${plan}/add`, 'outreach-add');
  await page.fill('#name', '王秀英');
  await page.press('main button.primary');
  await seen('outreach-add-who');
  await page.press('main button.primary');
  await seen('outreach-add-mistake');
  await page.check('input[name=person]');
  await page.check('input[name=standard] >> nth=-1');
  await page.fill('#reason', '今年困难多');
  await page.press('main button.primary');
  await at('chenjing', `${plan}/difference`, 'outreach-difference');
  await page.visit(plan);
  const wang = await page.getAttribute('main td a:has-text("王秀英")', 'href');
  const other = await page.getAttribute('main td a:not(:has-text("王秀英"))', 'href');
  await at('chenjing', `${other}/list`, 'outreach-listed');
  await page.press('main button.primary');
  await seen('outreach-listed-mistake');
  await page.fill('#reason', '在外地过年');
  await page.press('main button.primary');
  await at('chenjing', `${other}/list`, 'outreach-left-out');
  await page.visit(plan);
  await page.press('main form button.primary');
  await seen('outreach-plan-waits');
  await at('shenlan', plan, 'outreach-plan-decides');
  await page.press('main form button.primary');
  await seen('outreach-plan-agreed');

  // The ways.
  await at('chenjing', '/console/outreach/points', 'outreach-points');
  await page.press('main button.primary');
  await seen('outreach-points-mistake');
  await at('chenjing', `${plan}/share`, 'outreach-share');
  await page.check('input[value=chenjing]');
  await page.check('input[value=zhouming]');
  await page.press('main button.primary');
  await seen('outreach-sheet');
  await at('chenjing', '/console/outreach/mine', 'outreach-mine');

  // Items.
  await at('chenjing', '/console/outreach/stock', 'outreach-stock');
  await page.fill('#name', '大米');
  await page.fill('#value', '98');
  await page.press('main button.primary');
  await seen('outreach-item');
  const item = page.path();
  await page.fill('#quantity', '10');
  await page.fill('#amount', '980');
  await page.fill('#source', '发票0001号');
  await page.press('form[action$="/purchases"] button');
  await seen('outreach-purchase');
  await at('xuke', page.path(), 'outreach-purchase-pays');
  await at('chenjing', item, 'outreach-item-bought');
  await at('chenjing', '/console/outreach/stock', 'outreach-stock-one');

  // A visit, by two, with words.
  await at('chenjing', wang, 'outreach-someone');
  await page.press('main a.primary');
  await seen('outreach-visit');
  await page.press('main button.primary');
  await seen('outreach-visit-mistake');
  await page.check('input[value=given]');
  await page.selectOption('#second', 'zhouming');
  await page.fill('#said', '想修一下楼梯扶手');
  await page.press('main button.primary');
  await seen('outreach-visited');
  await at('chenjing', '/console/outreach/requests', 'outreach-requests');
  await page.press('main li a');
  await seen('outreach-request');
  await page.press('main button.primary');
  await seen('outreach-request-mistake');
  await page.fill('#answer', '社区已装好');
  await page.press('main button.primary');
  await at('chenjing', '/console/outreach/requests', 'outreach-requests-none');

  // She says by one tap that it has come.
  const phone = await house.page(house.links.retiree);
  await phone.visit('/outreach');
  await office.seen('outreach-own', phone);
  await phone.setViewportSize({ width: 360, height: 740 });
  await phone.press('main button.primary');
  await office.seen('outreach-own-said', phone);
  await phone.context().close();

  // 住院.
  const person = await page.visit(wang).then(() => page.getAttribute('main a[href^="/console/people/"]', 'href'));
  await at('chenjing', `${person}/stay`, 'outreach-stay');
  await page.press('main button.primary');
  await seen('outreach-stays');

  // What is late, and the figures.
  await house.later(90 * DAY);
  await at('chenjing', '/console', 'outreach-today-late');
  await at('shenlan', '/console/outreach', 'outreach-late');
  await at('chenjing', '/console/outreach/mine', 'outreach-mine-late');
  await at('xuke', plan, 'outreach-plan-pays');
  await at('xuke', '/console/outreach/figures?year=2027', 'outreach-figures');
  await at('chenjing', wang, 'outreach-someone-visited');
}
