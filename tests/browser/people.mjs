// The way through the pages about people, by two workers; `seen(name, page)` is called at every page.
import { until } from './house.mjs';

export async function people(office) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name) => { await page.press('main button.primary'); await seen(name); };

  await at('chenjing', '/console/people', 'people');
  await page.fill('#who', '');
  await press('people-mistake');
  await page.fill('#who', 'wangxiuying');
  await press('people-found');
  await at('chenjing', '/console/people/all', 'roster');
  await at('chenjing', '/console/people/quality', 'quality');
  await page.press('main li a');
  await seen('quality-list');

  await page.visit('/console/people');
  await page.fill('#who', '王秀英');
  await page.press('main button.primary');
  await page.press('td a');
  await seen('person');
  const her = page.path();
  await page.press('button:has-text("看号码")');
  await seen('person-numbers');
  await at('chenjing', `${her}/day?on=2018-12-31`, 'person-day');

  await at('chenjing', `${her}/name`, 'person-name');
  await press('person-name-mistake');
  await page.fill('#name', '王小妹');
  await page.press('main button.primary');
  await at('chenjing', `${her}/birth`, 'person-birth');
  await press('person-birth-mistake');
  await page.check('input[value=lunar]');
  await page.fill('#year', '1944');
  await page.fill('#month', '3');
  await page.fill('#day', '15');
  await page.press('main button.primary');
  await at('chenjing', `${her}/contact`, 'person-contact');
  await press('person-contact-mistake');
  await page.check('input[value=child]');
  await page.fill('#label', '大女儿');
  await page.fill('#phone', '138 0000 1234');
  await page.check('input[name=visit]');
  await press('person-contact-kept');
  await at('chenjing', `${her}/family`, 'person-family');
  await press('person-family-mistake');
  await page.check('input[value=spouse]');
  await page.fill('#name', '周建国');
  await press('person-family-kept');
  await at('chenjing', `${her}/logins`, 'person-logins');
  await press('person-logins-mistake');
  await at('chenjing', `${her}/fact`, 'person-fact');
  for (const kind of ['volunteer', 'residence', 'managing_unit']) {
    await at('chenjing', `${her}/fact?kind=${kind}`, `person-fact-${kind}`);
  }
  await press('person-fact-mistake');
  await at('chenjing', `${her}/death`, 'person-death');
  await press('person-death-mistake');

  await at('chenjing', `${her}/change`, 'person-change');
  await page.check('input[value=medical]');
  await press('person-change-level');
  await press('person-change-mistake');
  await page.selectOption('#level', 'county');
  await page.fill('#evidence', '示例〔2026〕1号');
  await press('change-mine');
  const change = page.path();
  await at('zhouming', '/console/changes', 'changes');
  await at('zhouming', change, 'change-theirs');
  await press('change-agreed');
  await at('chenjing', `${her}/change?field=payout`, 'person-change-payout');
  await at('chenjing', her, 'person-full');
  await at('chenjing', '/console/people/undecided', 'undecided');

  await at('chenjing', '/console/people/new', 'person-new');
  await press('person-new-mistake');
  for (const [name, said] of [['慕容秀', 'person-new-made'], ['慕容绣', 'person-new-alike']]) {
    await page.visit('/console/people/new');
    await page.fill('#name', name);
    await page.check('input[value=female]');
    await page.fill('#born', '1944年3月15日');
    await page.selectOption('#unit', { index: 1 });
    await press(said);
  }
  await page.check('#another input');
  await page.press('main button.primary');
  const double = page.path();
  await at('chenjing', '/console/doubles', 'doubles');
  await page.press('td a');
  await seen('double');
  await press('merge-mine');
  const merge = page.path();
  await at('zhouming', merge, 'merge-theirs');
  await press('merge-done');
  await at('zhouming', '/console/doubles', 'doubles-again');

  await at('chenjing', `${double}/death`, 'person-death-form');
  await page.fill('#on', new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10));
  await press('person-died');
  await at('zhouming', '/console', 'today-due');

  await at('chenjing', '/console/floors', 'floors');
  await press('floors-mistake');
  await page.selectOption('#period', 'J');
  await page.selectOption('#dimension', 'medical');
  await page.selectOption('#level', 'deputy_bureau');
  await page.fill('#basis', '示例〔2026〕1号');
  await press('floor-mine');
  const floor = page.path();
  await at('zhouming', floor, 'floor-theirs');
  await press('floor-approved');
  await press('floor-applied');
  await at('chenjing', '/console/statistics', 'statistics');
  await press('snapshot');

  await at('chenjing', '/console/segments', 'segments-none');
  await at('chenjing', '/console/segments/new', 'segment-new');
  await press('segment-mistake');
  await page.fill('#name', '独居的退休干部');
  await page.selectOption('#kind', 'retired');
  await page.selectOption('#alone', 'yes');
  await page.fill('#source', '示例〔2026〕3号');
  await page.press('main button[value=try]');
  await seen('segment-tried');
  await press('segment');
  const segment = page.path();
  await at('chenjing', `${segment}/edit`, 'segment-edit');
  await until('who is in it', async () => {
    await page.visit(`${segment}/members`);
    return page.$('main td a');
  });
  await seen('segment-members');
  await page.press('main td a');
  await seen('segment-why');
  await at('chenjing', `${segment}/members?standing=unsure`, 'segment-unsure');
  await at('chenjing', `${segment}/changes`, 'segment-changes');
  await at('chenjing', `${her}/segments`, 'person-segments');
  await at('chenjing', segment, 'segment-computed');
  await at('chenjing', '/console/segments', 'segments');
}
