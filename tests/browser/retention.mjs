// The way through how long things are kept: years go by, a list goes from desk to desk, something is held and let go. `seen(name, page)` is
// called at every page.
import { until } from './house.mjs';

const YEAR = 366 * 86_400;
// The server looks every 30 seconds what is due to go.
const ROUND = 60_000;

export async function retention(office) {
  const { page, house } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name) => { await page.press('main form button.primary'); await seen(name); };
  const grant = async (who, role) => {
    await house.hand(2, 'qianwei');
    await page.visit('/console/grants/new');
    await page.fill('#who', who);
    await page.check(`input[value=${role}]`);
    await page.fill('#place', '浙江省');
    await page.fill('#reason', '示例分工');
    await page.press('main form button.primary');
    return page.path();
  };

  // What 赵德福 asked is answered, and is over four years later.
  await house.hand(2, 'chenjing');
  await page.visit('/console/wishes');
  await page.press('main li a');
  await page.check('input[value=right]');
  await page.press('main form button.primary');
  await house.later(4 * YEAR);

  await at('chenjing', '/console/retention', 'retention-rules');
  await at('chenjing', '/console/retention/rules/aid_payment', 'retention-rule');
  await grant('zhouming', 'worker');
  const waits = await grant('zhaodefu', 'system_admin');
  await house.hand(2, 'suhui');
  await page.visit(waits);
  await page.press('main form button.primary');
  await at('zhaodefu', '/console/retention/rules/aid_payment', 'retention-rule-new');
  await page.fill('#long', '29');
  await page.check('input[value=year_end]');
  await page.fill('#document', '某办〔2026〕3号');
  await press('retention-rule-mistake');

  await at('chenjing', '/console/retention/holds', 'retention-holds');
  await press('retention-holds-mistake');
  await page.check('input[value=person]');
  await page.fill('#which', '李国强');
  await page.fill('#reason', '正在核查');
  await page.fill('#document', '某纪〔2026〕1号');
  // There are several of that name, so the hold is placed from the person's own page.
  await press('retention-holds-same-name');
  await page.visit('/console/people');
  await page.fill('#who', '李国强');
  await page.press('main form button.primary');
  await page.press('a[href^="/console/people/0"]');
  await page.press('a[href^="/console/retention/holds?person="]');
  await seen('retention-holds-person');
  await page.fill('#reason', '正在核查');
  await page.fill('#document', '某纪〔2026〕1号');
  await press('retention-hold');
  const hold = page.path();
  await page.press('main p a');
  await seen('retention-person-held');
  await page.visit(hold);
  await press('retention-hold-mistake');
  await page.fill('#why', '核查结束');
  await press('retention-hold-asked');
  await at('zhouming', hold, 'retention-hold-second');
  await press('retention-hold-lifted');
  await at('zhouming', '/console/retention/holds', 'retention-holds-province');

  await at('zhouming', '/console/retention/lists', 'retention-lists');
  if (await page.$('main form button.primary')) await page.press('main form button.primary');
  await until('a list', async () => {
    await page.visit('/console/retention/lists');
    return page.$('main .attention');
  }, ROUND);
  await page.press('main li a');
  await seen('retention-list');
  const list = page.path();
  await page.press('td a');
  await seen('retention-subjects');
  await page.visit(list);
  await press('retention-list-proposed');
  await at('qianwei', list, 'retention-list-second');
  await page.press('button.destructive');
  await seen('retention-list-mistake');
  await press('retention-list-approved');
  await office.stands('已办结', ROUND);
  await at('zhouming', '/console/retention/tombstones', 'retention-tombstones');
  await at('zhengzhe', list, 'retention-list-audit');
}
