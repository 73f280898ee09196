// The way through the pages about payment: help declared elsewhere, the notice for the wall, a new account, a batch with its checks, the
// bank's file, and what was paid. `seen(name, page)` is called at every page.
import { until } from './house.mjs';
import { DAY } from './office.mjs';
import { answer } from './walk.mjs';

export async function pay(office) {
  const { page, house } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const primary = async (name) => { await page.press('main button.primary'); await seen(name); };

  const phone = await house.page(house.links.retiree);
  await phone.visit('/home');
  await answer(phone, 'disability');
  await phone.visit('/aid/apply/elsewhere');
  await phone.check('input[value=union]');
  await phone.press('button.primary');
  await phone.visit('/aid/apply/check');
  await phone.press('button.primary');
  const [, request] = phone.path().match(/cases\/([^/]+)/);
  await phone.context().close();

  await office.accept(request);
  await office.visit(request);
  await at('linfang', `/console/aid/${request}/elsewhere`, 'elsewhere');
  await primary('elsewhere-mistake');
  await page.fill('#why', '工会帮的是去年住院，这次是另一件事');
  await page.fill('#evidence', '工会的发放通知，2025年3月');
  await primary('elsewhere-noted');
  await at('linfang', `/console/aid/${request}/file`, 'file-with-note');
  await office.ask(request);
  const running = async () => (await house.control('/approvals?userid=shenlan')).find((one) => one.status === 'RUNNING');
  await office.agree(await until('the approval', running));
  await office.publish(request);
  await at('hemiao', `/console/aid/${request}/notice`, 'notice-wall');

  await at('chenjing', '/console/people', 'people-for-account');
  await page.fill('#who', '王秀英');
  await page.press('main button.primary');
  await page.press('td a');
  await page.visit(`${page.path()}/change?field=payout`);
  await page.fill('#account', '6222021202049999999');
  await page.fill('#bank', '某银行');
  await page.fill('#evidence', '本人申请');
  await page.press('main button.primary');
  await at('zhouming', page.path(), 'account-change');
  await page.press('main button.primary');

  await house.later(9 * DAY);
  await until('the end of the notice', async () => {
    await at('wumin', '/console', 'pay-today');
    return (await page.innerText('main')).includes('待制单');
  });
  await at('linfang', `/console/aid/${request}/payee`, 'payee');
  await primary('payee-mistake');
  await at('linfang', `/console/aid/${request}/account`, 'account-new');
  await primary('account-new-mistake');
  await page.fill('#reason', '打登记的电话，本人报出了后四位');
  await primary('account-vouched');
  await at('wumin', '/console', 'pay-today-again');
  await page.selectOption('#layout', '');
  await page.press('text=制作发放批次');
  const batch = page.path();
  await seen('batch-made');
  await at('xuke', batch, 'batch-to-confirm');
  await page.press('main button.primary');
  await page.press('text=核对在世和账户');
  await seen('batch-checked');
  await page.press('main button.primary');
  await seen('batch-sent');
  const sheet = (lines) => ({ name: 'answer.txt', mimeType: 'text/plain', buffer: Buffer.from(['序号\t户名\t账号\t金额\t结果\t原因', ...lines].join('\r\n')) });
  await page.setInputFiles('#file', sheet([]));
  await page.press('text=上传并核对');
  await seen('batch-file-mistake');
  const rows = await page.$$eval('main tbody tr', (all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.split('\n')[0].trim())));
  const lines = rows.map(([number, payee, tail, amount]) => [number, payee, `****${tail}`, amount, '已付', ''].join('\t'));
  await page.setInputFiles('#file', sheet([...lines, '99\t某人\t****0000\t1.00\t退汇\t账户已销户']));
  await page.press('text=上传并核对');
  await seen('answer');
  await primary('answer-accepted');
  await at('xuke', batch, 'batch-settled');
  await at('xuke', '/console/budget/paid', 'paid');
  await page.press('main td a');
  await seen('paid-rows');
  await at('chenjing', '/console/near-misses', 'near-misses');
  await unwanted(office, request, batch);
}

// What was paid is asked back, and then the bank sends it back by itself: nobody has to give anything, and the person does not want it.
async function unwanted(office, request, batch) {
  const { page } = office;
  const at = (who, path, name) => office.as(who, path, name);
  await at('fangyuan', `/console/aid/${request}/clawback`, '');
  await page.check('input[value=audit]');
  await page.fill('#yuan', '500');
  await page.fill('#why', '重复发了一笔。');
  await page.press('main form button.primary');
  const claim = page.path();
  await at('shenlan', claim, '');
  await page.press('main form button.primary');
  await at('xuke', batch, '');
  await page.selectOption('main tbody tr select', 'other');
  await page.press('main tbody tr button');
  await at('shenlan', claim, 'clawback-came-back');
  await page.press('main form button.destructive');
  await office.seen('clawback-given-up', page);
  await at('linfang', `/console/aid/${request}/give-up`, 'give-up');
  await page.press('main form button.destructive');
  await office.seen('given-up', page);
}
