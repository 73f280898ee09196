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
  await settings(office);
  await categories(office);
}

// What help may be asked for: a county calls it otherwise and does not add any.
async function categories(office) {
  const { page } = office;
  await office.as('chenjing', '/console/categories', 'categories');
  await office.as('chenjing', '/console/categories/illness', 'category-why');
  await office.as('chenjing', '/console/categories/new', 'category-new');
  await office.as('chenjing', '/console/categories/new?category=psychological', 'category-change');
  await page.fill('#label', '');
  await page.press('main form button.primary');
  await office.seen('category-mistake', page);
  await page.fill('#label', '心里难过');
  await page.fill('#source', '示例〔2026〕11号');
  await page.press('main form button.primary');
  await office.seen('category-mine', page);
}

// What a category asks besides its standard: papers, a meeting, the same need.
async function settings(office) {
  const { page } = office;
  await office.as('chenjing', '/console/settings', 'settings');
  const fills = {
    papers: async () => { await page.selectOption('#item-bills', 'one'); await page.selectOption('#item-income', 'one'); },
    council_above: async () => page.fill('#above', '4000'),
    same_need: async () => page.check('input[value=disability]'),
  };
  for (const [kind, fill] of Object.entries(fills)) {
    await office.as('chenjing', `/console/settings/new/${kind}`, `setting-${kind}`);
    await page.press('main form button.primary');
    await office.seen(`setting-${kind}-mistake`, page);
    await fill();
    await page.selectOption('#category', 'low_income');
    await page.fill('#source', '示例〔2026〕9号');
    await page.press('main form button.primary');
    await office.seen(`setting-${kind}-mine`, page);
  }
  await office.as('chenjing', '/console/settings/low_income', 'setting-why');
}

// Visitors are asked about what they saw, and answer.
export async function assessing(office, request) {
  const { page } = office;
  await office.as('chenjing', '/console/settings/new/assessment', 'setting-assessment');
  await page.fill('#questions', '能自己走路');
  await page.press('main form button.primary');
  await office.seen('setting-assessment-mistake', page);
  await page.fill('#questions', '能自己走路吗：能=0，要人扶=5，不能=10\n家里缺什么（可多选）：米=3，油=4\n还看到什么：写几句');
  await page.selectOption('#category', 'bereaved');
  await page.fill('#source', '示例〔2026〕9号');
  await page.press('main form button.primary');
  await office.as('zhouming', page.path(), 'setting-theirs');
  await page.press('main form button.primary');
  await office.seen('setting-agreed', page);
  await office.accept(request);
  await office.visit(request);
  await office.as('zhouming', `/console/aid/${request}/assessment`, 'assessment');
  await page.press('main form button.primary');
  await office.seen('assessment-mistake', page);
  await page.check('input[name=q0][value="1"]');
  await page.press('main form button.primary');
  await office.seen('assessed', page);
  await page.press('main a[href*="/assessments/"]');
  await office.seen('assessment-sheet', page);
}
