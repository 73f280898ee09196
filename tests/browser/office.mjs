// The way of a request through the office, by the people who may: the console in a browser, the approval on the desk.
import { until } from './house.mjs';
import { answer } from './walk.mjs';

export const DAY = 86_400;

// Each step is somebody at the office's computer; `seen(name, page)` is called at every page.
export class Office {
  constructor(house, page, seen = async () => {}) { Object.assign(this, { house, page, seen }); }

  static async open(house, seen) {
    return new Office(house, await house.page(house.links.office, { width: 1280, height: 800 }), seen);
  }

  async as(user, path, name) {
    await this.house.hand(2, user);
    await this.page.visit(path);
    await this.seen(name, this.page);
  }

  // The platform has told us: now there is something to do for whoever sits here.
  somethingToDo() {
    return until('something to do', async () => {
      await this.page.reload();
      return this.page.$('main button.primary');
    });
  }

  async accept(request) {
    await this.as('chenjing', `/console/aid/${request}`, 'console-submitted');
    await this.page.press('button.primary');
    await this.seen('console-accepted', this.page);
  }

  async visit(request, yuan = '3000') {
    await this.as('zhouming', `/console/aid/${request}/visit`, 'console-visit');
    await this.page.selectOption('#second', 'chenjing');
    await this.page.fill('#findings', '情况属实');
    await this.page.fill('#yuan', yuan);
    await this.page.press('button.primary');
    await this.seen('console-visited', this.page);
  }

  // 方圆 writes down that three of the office agreed, and that 周明 stepped aside.
  async council(request) {
    await this.as('fangyuan', `/console/aid/${request}/council`, 'council');
    await this.page.press('main form button.primary');
    await this.seen('council-mistake', this.page);
    for (const who of ['chenjing', 'shenlan', 'linfang']) await this.page.selectOption(`#vote-${who}`, 'for');
    await this.page.selectOption('#vote-zhouming', 'recused');
    await this.page.press('main form button.primary');
    await this.seen('council-sheet', this.page);
  }

  async ask(request) {
    await this.as('linfang', `/console/aid/${request}`, 'console-to-ask');
    await this.page.press('button.primary');
    const running = (one) => one.status === 'RUNNING';
    return until('the approval', async () => (await this.house.control('/approvals?userid=shenlan')).find(running));
  }

  // 沈岚 looks at what waits for her, and presses before she has chosen; she decides in DingTalk after all.
  async task() {
    const link = 'main a[href^="/console/tasks/"]';
    await this.as('shenlan', '/console', 'approver-today');
    await until('a task', async () => { await this.page.visit('/console'); return this.page.$(link); });
    await this.page.visit(await this.page.getAttribute(link, 'href'));
    await this.seen('task', this.page);
    await this.page.press('main form button.primary');
    await this.seen('task-mistake', this.page);
  }

  async agree(instance) {
    await this.house.control(`/approvals/${instance.id}/agree`, { userid: 'shenlan', remark: '同意' });
  }

  async publish(request) {
    await this.as('hemiao', `/console/aid/${request}`, 'console-to-publish');
    await this.somethingToDo();
    await this.page.press('button.primary');
    await this.seen('console-on-notice', this.page);
  }

  // A list of people: what is wrong with it, the correct rows written by a second person's word, and taken back.
  async list(file, broken) {
    await this.as('chenjing', '/console/intakes', 'console-intakes');
    await this.page.setInputFiles('#file', broken);
    await this.page.press('button.primary');
    await this.seen('console-intakes-mistake', this.page);
    await this.page.setInputFiles('#file', file);
    await this.page.press('button.primary');
    const path = this.page.path();
    await this.stands('预检完成');
    await this.seen('console-intake-checked', this.page);
    await this.page.press('button.primary');
    await this.seen('console-intake-mistake', this.page);
    await this.page.check('input[value=right]');
    await this.page.press('button.primary');
    await this.seen('console-intake-waiting', this.page);
    await this.as('zhouming', path, 'console-intake-review');
    await this.page.press('button.primary');
    await this.stands('已完成');
    await this.seen('console-intake-done', this.page);
    await this.page.press('button.destructive');
    await this.stands('已撤销');
    await this.seen('console-intake-undone', this.page);
  }

  stands(word, within) {
    return until(word, async () => {
      await this.page.reload();
      return (await this.page.innerText('main .status')).includes(word);
    }, within);
  }

  // People taken out: nothing said, few of them, all of them with their numbers by a second person's word.
  async takeOut() {
    await this.as('chenjing', '/console/exports', 'console-exports');
    await this.page.press('button.primary');
    await this.seen('console-exports-mistake', this.page);
    await this.page.check('input[name=purpose]');
    await this.page.check('input[name=alone]');
    await this.page.press('button.primary');
    await this.seen('console-export-ready', this.page);
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.page.click('button.primary')]);
    await this.page.visit('/console/exports');
    await this.page.check('input[name=purpose]');
    await this.page.check('input[name=complete]');
    await this.page.press('button.primary');
    await this.seen('console-export-waiting', this.page);
    await this.as('zhouming', this.page.path(), 'console-export-review');
    await this.page.press('button.primary');
    await this.as('chenjing', '/console/exports', 'console-exports-listed');
    return file.suggestedFilename();
  }

  // From a request at the counter to a notice on the board.
  async toNotice(request) {
    await this.accept(request);
    await this.visit(request);
    await this.council(request);
    const instance = await this.ask(request);
    await this.task();
    const task = this.page.path();
    await this.agree(instance);
    await this.publish(request);
    await this.as('shenlan', task, 'task-over');
    await this.as('linfang', `/console/aid/${request}/history`, 'history');
    await this.as('zhouming', '/console', 'excused-today');
    await this.as('zhouming', `/console/aid/${request}`, 'excused');
  }
}

// 赵德福 asks on the retiree's phone; says which request it is.
export async function askedByZhao(house, category = 'illness') {
  await house.hand(0, 'zhaodefu');
  const page = await house.page(house.links.retiree);
  await page.visit('/home');
  await answer(page, category);
  await page.press('button.primary');
  const [, request] = page.path().match(/cases\/([^/]+)/);
  await page.context().close();
  await house.hand(0, 'wangxiuying');
  return request;
}
