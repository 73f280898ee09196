// After the money: whether it came, the draw of a month, a visit once more, a review, what is asked back, and the end of it.
import { until } from './house.mjs';
import { DAY } from './office.mjs';
import { paid } from './urgent.mjs';
import { PICTURE, answer } from './walk.mjs';

// A request that hangs is paid when its days are over, a long holiday among them.
export async function pays(office, request) {
  await office.house.later(20 * DAY);
  await until('the end of the notice', async () => {
    await office.as('wumin', `/console/aid/${request}`, '');
    return (await office.page.innerText('main')).includes('待发放');
  });
  await paid(office, request);
}

// She asks on her phone, and the money comes.
export async function comes(page, office, category) {
  await page.visit('/home');
  await answer(page, category);
  await page.press('button.primary');
  const request = page.path().replace('/received', '').split('/').pop();
  const quiet = new (office.constructor)(office.house, office.page);
  await quiet.accept(request);
  await quiet.visit(request);
  // She was helped before: somebody says why again.
  await quiet.as('linfang', `/console/aid/${request}`, '');
  if (await quiet.page.$('main a[href$="/elsewhere"]')) {
    await quiet.as('linfang', `/console/aid/${request}/elsewhere`, '');
    await quiet.page.fill('#why', '不是同一件事。');
    await quiet.page.fill('#evidence', '两次的证明。');
    await quiet.page.press('main form button.primary');
  }
  await quiet.agree(await quiet.ask(request));
  await quiet.publish(request);
  await pays(quiet, request);
  return request;
}

// At the desk, of a request whose notice hangs; `office.seen(name, page)` is called at every page.
export async function after(office, request) {
  const { page, house } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const press = async (name) => { await page.press('main form button.primary'); await seen(name); };
  const desk = `/console/aid/${request}`;
  await pays(office, request);

  await at('chenjing', `${desk}/receipt`, 'receipt');
  await press('receipt-mistake');
  await page.check('input[value=yes]');
  await press('receipt-said');
  // The month is over: its seed is shown, and on the next day the month is drawn by it.
  await at('linfang', '/console/follow-ups', 'follow-ups');
  const comes = (what, selector) => until(what, async () => {
    await office.as('linfang', '/console/follow-ups', '');
    return page.$(selector);
  });
  await house.later(32 * DAY);
  await comes('the seed', 'main code');
  await seen('follow-ups-seed');
  await house.later(DAY);
  const sample = 'main li a[href^="/console/follow-ups/"]';
  await comes('the draw', sample);
  await page.press(sample);
  await seen('sample');
  await at('fangyuan', '/console/follow-ups', 'follow-ups-waiting');
  await page.press('main li a[href*="/follow-ups/"]');
  await seen('follow-up');
  const visit = page.path();
  await press('follow-up-mistake');
  await page.check('input[value=yes]');
  await page.fill('#findings', '钱收到了，没有用来看病。');
  await page.press('main form button.primary');
  await at('fangyuan', visit, 'follow-up-done');
  await at('fangyuan', '/console/reviews', 'reviews');
  const reviewed = await page.getAttribute('main li a', 'href');
  await at('fangyuan', reviewed, 'review');
  await press('review-mistake');
  await page.check('input[value=continue]');
  await page.fill('#why', '和家里人谈过，还是要帮。');
  await press('reviewed');
  await at('fangyuan', `${reviewed.replace('/review', '')}/after`, 'after');

  await at('linfang', `${desk}/clawback`, 'clawback');
  await press('clawback-mistake');
  await page.check('input[value=audit]');
  await page.fill('#yuan', '500');
  await page.fill('#why', '重复发了一笔。');
  await press('clawback-proposed');
  const claim = page.path();
  await at('shenlan', claim, 'clawback-to-decide');
  await press('clawback-agreed');
  await at('xuke', claim, 'clawback-to-collect');
  await press('clawback-part-mistake');
  await page.fill('#yuan', '200');
  await press('clawback-part');
  // What cannot be collected: a paper, two people's word, and then something comes after all.
  const lost = 'main form[action$="/write-off"]';
  await at('linfang', claim, 'write-off-no-paper');
  await page.visit(`${desk}/papers`);
  await page.setInputFiles('#file', PICTURE);
  await page.check('input[value=original_seen]');
  await page.press('main button.primary');
  await at('linfang', claim, 'write-off');
  await page.press(`${lost} button`);
  await seen('write-off-mistake');
  await page.check('input[value=missing]');
  await page.fill('#why', '电话停机，住处没有人。');
  await page.fill('#document', '示例〔2026〕9号');
  await page.press(`${lost} button`);
  await seen('write-off-proposed');
  await at('shenlan', claim, 'write-off-to-decide');
  await page.press(`${lost} button.primary`);
  await seen('write-off-agreed');
  await at('xuke', claim, 'write-off-late');
  await page.fill('#yuan', '100');
  await press('write-off-late-part');
  await at('wumin', '/console/budget/paid', 'paid-with-write-off');
  await at('zhengzhe', '/console/clawbacks', 'clawbacks');

  await at('chenjing', `${desk}/close`, 'close');
  await press('close-mistake');
  await page.check('input[value=better]');
  await press('closed');
}

// On the applicant's phone, whose money has come.
export async function came(page, office, request, seen) {
  const hers = `/aid/cases/${request}`;
  const at = async (name) => { await page.visit(hers); await seen(name); };
  const does = async (who, path, fill) => {
    await office.as(who, path, '');
    await fill(office.page);
    await office.page.press('main form button.primary');
  };
  await at('aid-case-paid');
  await page.press('button[value=no]');
  await seen('aid-case-unreceived');
  await page.press('button[value=yes]');
  await seen('aid-case-received');
  await page.press('a.button[href$="/papers/receipt"]');
  await seen('aid-receipt-paper');
  await page.visit(hers);
  await does('fangyuan', `/console/aid/${request}/clawback`, async (form) => {
    await form.check('input[value=audit]');
    await form.fill('#yuan', '500');
    await form.fill('#why', '重复发了一笔。');
  });
  await does('shenlan', office.page.path(), async () => {});
  await at('aid-case-asked-back');
  await does('chenjing', `/console/aid/${request}/close`, (form) => form.check('input[value=better]'));
  await at('aid-case-closed');
}
