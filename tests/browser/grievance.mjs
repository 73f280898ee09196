// 反映问题 on the phone of whoever says it, and at the desk: under one's name to the answer and once more, and without it with the code.

const QUEUE = '/console/grievances';

// The three screens.
async function says(page, seen) {
  await page.visit('/grievances/new');
  await seen('grievance-new');
  await page.press('main form button.primary');
  await seen('grievance-new-mistake');
  await page.check('input[value=delay]');
  await page.press('main form button.primary');
  await seen('grievance-words');
  await page.press('main form button.primary');
  await seen('grievance-words-mistake');
  await page.fill('#said', '上个月交的材料，到今天没有人来问。');
  await page.press('main form button.primary');
  await seen('grievance-check');
}

// What waits at the desk: given to 周明, extended, answered.
async function answered(office) {
  const { page } = office;
  const press = async (form, name) => { await page.press(`main form:has(${form}) button`); await office.seen(name, page); };
  await office.as('zhouming', QUEUE, 'grievances-desk');
  await page.press('main td a');
  await office.seen('grievance-desk', page);
  await press('#to', 'grievance-desk-mistake');
  await page.selectOption('#to', 'zhouming');
  await press('#to', 'grievance-desk-mine');
  await page.fill('#why', '要和银行核对，多几天。');
  await press('#why', 'grievance-desk-extended');
  await page.check('input[value=founded]');
  await page.fill('#words', '是我们慢了，明天上门。');
  await press('#words', 'grievance-desk-answered');
}

export async function saysAndHears(page, office, seen) {
  const at = async (path, name) => { await page.visit(path); await seen(name); };
  await at('/grievances', 'grievances');
  await says(page, seen);
  await page.check('input[value=with]');
  await page.press('main form button.primary');
  await seen('grievance-one');
  const one = page.path();
  await at(`${one}/withdraw`, 'grievance-withdraw');
  await answered(office);
  await at(one, 'grievance-answered');
  await at(`${one}/again`, 'grievance-again');
  await page.press('main form button.primary');
  await seen('grievance-again-mistake');
  await page.fill('#why', '还是没有人来。');
  await page.press('main form button.primary');
  await seen('grievance-again-sent');
  await page.visit(`${one}/withdraw`);
  await page.press('button.destructive');
  await seen('grievance-withdrawn');
  const quiet = async () => {};
  await says(page, quiet);
  await page.check('input[value=without]');
  await page.press('main form button.primary');
  await seen('grievance-code');
  const code = await page.innerText('.panel .whole');
  await at('/grievances/receipt', 'grievance-receipt');
  await page.press('main form button.primary');
  await seen('grievance-receipt-mistake');
  await page.fill('#code', code);
  await page.press('main form button.primary');
  await seen('grievance-answer');
}

// What the desk writes down itself.
export async function noted(office) {
  const { page } = office;
  const press = async (name) => { await page.press('main form button.primary'); await office.seen(name, page); };
  await office.as('chenjing', QUEUE, 'grievances-desk-first');
  await office.as('chenjing', `${QUEUE}/new`, 'grievance-note');
  await press('grievance-note-mistake');
  await page.check('input[value=other]');
  await page.fill('#said', '办事大厅太冷。');
  await press('grievance-noted');
  await office.as('zhouming', '/console', 'grievance-today');
  await answered(office);
}
