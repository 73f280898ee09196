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

  async visit(request) {
    await this.as('zhouming', `/console/aid/${request}/visit`, 'console-visit');
    await this.page.selectOption('#second', 'chenjing');
    await this.page.fill('#findings', '情况属实');
    await this.page.fill('#yuan', '3000');
    await this.page.press('button.primary');
    await this.seen('console-visited', this.page);
  }

  async ask(request) {
    await this.as('linfang', `/console/aid/${request}`, 'console-to-ask');
    await this.page.press('button.primary');
    return until('the approval', async () => (await this.house.control('/approvals?userid=shenlan'))[0]);
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

  // From a request at the counter to a notice on the board.
  async toNotice(request) {
    await this.accept(request);
    await this.visit(request);
    await this.agree(await this.ask(request));
    await this.publish(request);
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
