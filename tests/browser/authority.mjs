import { createHmac } from 'node:crypto';

// The way through grants, substitutes, declarations, provincial leaders, trees and second factors; `seen(name, page)` is called at every page.
export async function authority(office) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name) => { await page.press('main form button.primary'); await seen(name); };
  const grant = async ({ who, role, place, until }) => {
    await page.visit('/console/grants/new');
    await page.fill('#who', who);
    await page.check(`input[value=${role}]`);
    await page.fill('#place', place);
    if (until) await page.fill('#until', until);
    await page.fill('#reason', '示例分工');
    await page.press('main form button.primary');
  };
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  await at('qianwei', '/console/grants', 'grants');
  await page.fill('#who', '陈静');
  await page.press('main form button');
  await seen('grants-found');
  await page.press('td a');
  await seen('login');
  await at('qianwei', '/console/grants/new', 'grant-new');
  await press('grant-new-mistake');
  await grant({ who: 'liguoqiang', role: 'audit_admin', place: '浙江省' });
  await seen('grant-waits');
  const waits = page.path();
  await at('suhui', '/console', 'today-security');
  await at('suhui', waits, 'grant-second');
  await press('grant-confirmed');
  await page.press('button.destructive');
  await seen('grant-revoke-mistake');
  await page.fill('#why', '示例调整');
  await page.press('button.destructive');
  await seen('grant-revoked');

  await at('shenlan', '/console/substitutes', 'substitutes');
  await press('substitutes-mistake');
  await page.check('fieldset input');
  await page.fill('#who', '何苗');
  await page.fill('#until', day(5));
  await page.fill('#reason', '出差');
  await press('substitutes-arranged');
  await at('hemiao', '/console/substitutes', 'substitutes-for');
  await at('hemiao', '/console', 'today-standing-in');

  await at('qianwei', '/console/declarations', 'declarations');
  await press('declarations-mistake');
  await page.fill('#due', day(30));
  await press('declarations-open');
  await at('linfang', '/console/relations', 'relations');
  await press('relations-mistake');
  await page.press('main form button:has-text("都申报了")');
  await seen('relations-said');

  // 周明 works for the whole province, too, and writes down who is a provincial leader.
  await office.as('qianwei', '/console/grants', 'grants-again');
  await grant({ who: 'zhouming', role: 'worker', place: '浙江省', until: day(300) });
  await seen('grant-term');
  await at('zhouming', '/console/people', 'people-province');
  await page.fill('#who', '李国强');
  await page.press('main form button.primary');
  await page.press('td a');
  const him = page.path();
  await page.visit(`${him}/fact?kind=provincial_leader`);
  await page.fill('#basis', '示例〔2026〕1号');
  await page.press('main form button.primary');
  await office.as('qianwei', '/console/leaders', 'leaders-watched');
  await grant({ who: 'linfang', role: 'worker', place: '省级01', until: day(90) });
  const entry = page.path();
  await office.as('suhui', entry, 'leader-entry');
  await page.press('main form button.primary');
  await at('linfang', '/console/leaders', 'leaders-known');
  await at('linfang', him, 'leader-purpose');
  await press('leader-purpose-mistake');
  await page.fill('#purpose', '住院探望');
  await press('leader');
  await at('suhui', '/console/leaders', 'leaders-read');
  await trees(office);
  await secondFactor(office);
}

// The four trees: a small one of the organisation grows, and an administrator's reach makes a change wait.
async function trees(office) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name) => { await page.press('main form button.primary'); await seen(name); };
  const here = () => page.path().split('?')[0];
  const add = async (under, kind, name) => {
    await page.visit(`${under}/add`);
    await page.check(`input[value=${kind}]`);
    await page.fill('#name', name);
    await page.fill('#on', '2020-01-01');
    await page.press('main form button.primary');
    return here();
  };
  const top = '/console/trees/organ/top';
  await at('qianwei', '/console/trees', 'trees');
  await at('qianwei', '/console/trees/organ', 'tree-empty');
  await at('qianwei', `${top}/add`, 'tree-add');
  await press('tree-add-mistake');
  const police = await add(top, 'system', '公安'), health = await add(top, 'system', '卫健');
  const bureau = await add(police, 'body', '某局');
  await page.visit(`${bureau}/join`);
  await page.fill('#target', '西湖区/区水利局');
  await press('tree-join-meant');
  await press('tree-node');
  await page.visit('/console/grants/new');
  await page.fill('#who', 'hemiao');
  await page.check('input[value=worker]');
  await page.fill('#place', '公安');
  await page.fill('#reason', '示例分工');
  await page.press('main form button.primary');
  await page.visit(`${bureau}/move`);
  await page.fill('#to', '卫健');
  await press('tree-move-meant');
  await press('tree-moved');
  await page.visit(`${bureau}/close`);
  await page.press('button.destructive');
  await seen('tree-close-in-the-way');
  for (const act of ['rename', 'part']) await at('qianwei', `${bureau}/${act}`, `tree-${act}`);
  await at('qianwei', '/console/trees/organ', 'tree-level');
  await at('qianwei', '/console/trees/region', 'tree-regions');
  await at('qianwei', '/console/trees/region/3301', 'tree-city');
  await at('qianwei', '/console/trees/region/330106', 'tree-county');
  await at('qianwei', '/console/trees/region/330106/add', 'tree-region-add');

  await page.visit('/console/grants/new');
  await page.fill('#who', 'liguoqiang');
  await page.check('input[value=audit_admin]');
  await page.fill('#place', '卫健');
  await page.fill('#reason', '示例分工');
  await page.press('main form button.primary');
  await page.visit(`${bureau}/move`);
  await page.fill('#to', '公安');
  await press('tree-move-by-two');
  await press('tree-waits');
  const waits = here();
  await at('qianwei', '/console/trees', 'trees-waiting');
  await at('suhui', waits, 'tree-second');
  await press('tree-agreed');
  await at('suhui', health, 'tree-left');
}

// What an authenticator app shows (RFC 6238).
function code(secret, at) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/ /g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(step).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// 方圆 binds an app, is asked for a code before a number is opened, and loses the telephone; two take it away.
async function secondFactor(office) {
  const { house, page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name, button = 'button.primary') => { await page.press(`main form ${button}`); await seen(name); };
  const now = async () => Date.parse((await house.control('/clock')).now);
  await at('fangyuan', '/console/second-factor', 'second-factor');
  await press('second-factor-offered');
  const secret = await page.innerText('.secret');
  await page.fill('#code', 'x');
  await press('second-factor-offered-mistake');
  await page.fill('#code', code(secret, await now()));
  await press('second-factor-codes');
  await at('fangyuan', '/console/second-factor', 'second-factor-bound');
  await house.later(11 * 60);
  await page.visit('/console/second-factor');
  await press('second-factor-asked');
  await page.fill('#code', 'x');
  await press('second-factor-asked-mistake');
  await page.fill('#code', code(secret, await now()));
  // The form goes on by itself.
  await page.click('main form button.primary');
  await page.waitForSelector('.secret');
  await seen('second-factor-again');

  const login = '/console/logins/fangyuan';
  await at('qianwei', login, 'login-with-second-factor');
  await page.press(`main a[href="${login}/second-factor"]`);
  await seen('reset');
  await press('reset-mistake', 'button.destructive');
  await page.fill('#why', '手机丢了');
  await press('reset-asked', 'button.destructive');
  await at('suhui', '/console/grants', 'grants-with-reset');
  await page.press(`main a[href="${login}/second-factor"]`);
  await seen('reset-second');
  await press('reset-done');
}
