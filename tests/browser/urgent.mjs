// 先救后补: money ahead of the papers, asked for by one, said yes to by two, paid, and the papers after it.
import { answer } from './walk.mjs';

// At the desk; `office.seen(name, page)` is called at every page.
export async function urgent(office, request) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name) => { await page.press('main form button.primary'); await seen(name); };
  await at('chenjing', `/console/aid/${request}/emergency`, 'emergency');
  await press('emergency-mistake');
  await page.fill('#yuan', '1500');
  await page.fill('#why', '药已经断了，等不到下周。');
  await press('emergency-asked');
  const word = page.path();
  await second(office);
  await at('fangyuan', word, 'emergency-word');
  await press('emergency-word-mistake');
  await page.check('input[value=phone]');
  await press('emergency-backed');
  await at('shenlan', '/console', 'emergency-today');
  await at('shenlan', word, 'emergency-second-word');
  await page.check('input[value=in_person]');
  await press('emergency-granted');
  await at('zhengzhe', '/console/emergencies', 'emergencies');
  return paid(office, request, seen);
}

// 方圆 becomes an approver besides: two of them say yes.
async function second(office) {
  const { page } = office;
  await office.as('qianwei', '/console/grants/new', '');
  await page.fill('#who', 'fangyuan');
  await page.check('input[value=approver]');
  await page.fill('#place', '西湖区');
  await page.fill('#reason', '示例分工');
  await page.press('main form button.primary');
}

// What is ready goes to the bank, and the bank pays.
export async function paid(office, request, seen = async () => {}) {
  const { page } = office;
  await office.as('wumin', '/console', '');
  await page.press('text=制作发放批次');
  const batch = page.path();
  await office.as('xuke', batch, '');
  await page.press('main button.primary');
  await page.press('text=核对在世和账户');
  await page.press('main button.primary');
  const waiting = 'main td form:has(option[value=paid])';
  while (await page.$(waiting)) {
    await page.selectOption(`${waiting} select`, 'paid');
    await page.press(`${waiting} button`);
  }
  await office.as('chenjing', `/console/aid/${request}`, '');
  await seen('console-papers-due');
}

// The same on the applicant's phone.
export async function ahead(page, office, category, seen) {
  await answer(page, category);
  await page.press('button.primary');
  const hers = page.path().replace('/received', '');
  const request = hers.split('/').pop();
  const silent = new (office.constructor)(office.house, office.page);
  await silent.as('chenjing', `/console/aid/${request}/emergency`, '');
  await silent.page.fill('#yuan', '1500');
  await silent.page.fill('#why', '药已经断了。');
  await silent.page.press('main form button.primary');
  const word = silent.page.path();
  await second(silent);
  for (const who of ['fangyuan', 'shenlan']) {
    await silent.as(who, word, '');
    await silent.page.check('input[value=phone]');
    await silent.page.press('main form button.primary');
  }
  await page.visit(hers);
  await seen('aid-case-ahead');
  await paid(silent, request);
  await page.visit(hers);
  await seen('aid-case-papers-due');
}
