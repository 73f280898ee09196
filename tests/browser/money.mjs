// The way through the pages about money, by two who pay; `seen(name, page)` is called at every page.
export async function money(office) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);

  await at('wumin', '/console', 'money-today');
  await at('wumin', '/console/budget', 'budget');
  await at('wumin', '/console/budget/split', 'budget-split');
  await at('wumin', '/console/budget/new', 'budget-new');
  await page.press('main button.primary');
  await seen('budget-new-mistake');
  await page.check('input[value=appropriate]');
  await page.selectOption('#category', 'illness');
  await page.fill('#amount', '20000.50');
  await page.fill('#source', '示例〔2026〕1号');
  await page.press('main button.primary');
  await seen('budget-order-mine');
  const order = page.path();
  await at('xuke', order, 'budget-order-theirs');
  await page.press('main button.primary');
  await seen('budget-order-posted');
  await at('zhengzhe', '/console/budget', 'budget-audit');
  await page.press('main td a');
  await seen('budget-envelope');
  await page.press('main td a');
  await seen('budget-lines');
  await page.visit('/console/budget');
  await page.press('main a[href*="/years/"]');
  await seen('budget-year');

  await at('chenjing', '/console/standards', 'standards');
  await page.press('main td a');
  await seen('standard-why');
  await at('chenjing', '/console/standards/new', 'standard-new');
  await page.press('main button.primary');
  await seen('standard-new-mistake');
  await page.selectOption('#category', 'illness');
  await page.fill('#least', '1500');
  await page.fill('#most', '2500');
  await page.fill('#days', '7');
  await page.check('input[value=per_year]');
  await page.fill('#source', '示例〔2026〕3号');
  await page.press('main button.primary');
  await seen('standard-mine');
  await at('zhouming', page.path(), 'standard-theirs');
}
