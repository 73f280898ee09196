// What is in the way of a request: something is missing, it is not received, somebody appeals; and how long it all takes.
import { answer } from './walk.mjs';

// The desk's pages; `office.seen(name, page)` is called at every one.
export async function appeals(office, request) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name) => { await page.press('main form button.primary'); await seen(name); };
  const desk = `/console/aid/${request}`;

  await at('chenjing', `${desk}/supplement`, 'supplement-ask');
  await press('supplement-ask-mistake');
  await page.fill('#said', '住院发票的原件，或者医院盖章的复印件');
  await press('console-supplementing');
  await at('fangyuan', `${desk}/supplement`, 'supplement-by-hand');
  await page.fill('#said', '盖章的复印件一份');
  await page.press('main form button.primary');

  await at('chenjing', `${desk}/decision`, 'decline');
  await press('decline-mistake');
  await page.check('input[value=not_this_kind]');
  await page.fill('#why', '这是房屋维修，请找社区。');
  await press('console-declined');
  await at('linfang', `${desk}/appeal`, 'appeal-by-hand');
  await press('appeal-by-hand-mistake');
  await page.fill('#said', '不是维修，是看病借的钱。');
  await press('console-appealed');
  await page.press('main ul.steps a[href*="/appeals/"]');
  await at('fangyuan', page.path(), 'appeal');
  await press('appeal-mistake');
  await page.check('input[value=dismissed]');
  await page.fill('#why', '核实过了，是房屋维修，社区已经安排。');
  await press('console-final');
  await at('fangyuan', `${desk}/rulings`, 'rulings');

  await at('chenjing', '/console/clocks', 'clocks');
  await at('chenjing', '/console/procedure', 'procedure');
  await press('procedure-mistake');
  await page.selectOption('#limit', 'accept');
  await page.fill('#days', '3');
  await page.fill('#source', '示例〔2026〕7号');
  await press('procedure-mine');
  await at('zhouming', page.path(), 'procedure-theirs');
}

// The same on the applicant's phone: each page that she comes to when her request is stopped.
export async function stopped(page, office, category, seen) {
  const at = async (path, name) => { await page.visit(path); await seen(name); };
  const press = async (name) => { await page.press('main form button.primary'); await seen(name); };
  await answer(page, category);
  await page.press('button.primary');
  const hers = page.path().replace('/received', '');
  const desk = `/console/aid/${hers.split('/').pop()}`;
  const does = async (who, path, fill) => {
    await office.as(who, desk + path, '');
    await fill(office.page);
    await office.page.press('main form button.primary');
  };

  await does('chenjing', '/supplement', (form) => form.fill('#said', '住院发票的原件，或者医院盖章的复印件'));
  await at(hers, 'aid-case-missing');
  await at(`${hers}/supplement`, 'aid-supplement');
  await press('aid-supplement-mistake');
  await page.fill('#answer', '发票交给社区小陈了');
  await press('aid-case-supplied');

  await does('chenjing', '/decision', async (form) => {
    await form.check('input[value=not_this_kind]');
    await form.fill('#why', '这是房屋维修，请找社区。');
  });
  await at(hers, 'aid-case-declined');
  await at(`${hers}/reason`, 'aid-reason');
  await at(`${hers}/appeal`, 'aid-appeal');
  await press('aid-appeal-mistake');
  await page.fill('#said', '不是维修，是看病借的钱。');
  await press('aid-case-appealed');
  await office.as('fangyuan', desk, '');
  await office.page.press('main ul.steps a[href*="/appeals/"]');
  await does('fangyuan', office.page.path().replace(desk, ''), async (form) => {
    await form.check('input[value=dismissed]');
    await form.fill('#why', '核实过了，是房屋维修，社区已经安排。');
  });
  await at(hers, 'aid-case-final');
  await at(`${hers}/reason`, 'aid-reason-final');
}
