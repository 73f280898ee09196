// Papers of a case, a request that a worker enters, and the paper form; `seen(name, page)` is called at every page.
import { PICTURE } from './walk.mjs';

// What is chosen here goes by script: the page stays, and says what is wrong.
async function missing(page) {
  await page.click('main button.primary');
  await page.waitForSelector('.mistakes');
}

export async function papers(office, request) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  const list = `/console/aid/${request}/papers`;
  await at('chenjing', list, 'console-papers-none');
  await missing(page);
  await seen('console-papers-mistake');
  await page.setInputFiles('#file', PICTURE);
  await page.check('input[value=original_seen]');
  await page.press('main button.primary');
  await seen('console-papers');
  await page.press('td a:has-text("看和处理")');
  await page.waitForSelector('canvas');
  await seen('console-paper');
  const one = page.path();
  await page.press('main button.primary');
  await seen('console-paper-mistake');
  // By the mouse: the numbers fill themselves in.
  await page.waitForSelector('canvas');
  await page.locator('canvas').scrollIntoViewIfNeeded();
  const box = await page.locator('canvas').boundingBox();
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 4 });
  await page.mouse.up();
  const drawn = await page.$$eval('[data-area] input', (inputs) => inputs.slice(0, 4).map((input) => Number(input.value)));
  if (!(drawn[0] < drawn[2] && drawn[1] < drawn[3])) throw new Error(`drawn: ${drawn}`);
  await page.press('main button.primary');
  await seen('console-paper-redacted');
  await at('shenlan', list, 'console-papers-approver');
  await at('chenjing', one, 'console-paper-again');
  await page.press('button.destructive');
  await seen('console-paper-void');
}

export async function entering(office) {
  const { page } = office;
  const seen = (name) => office.seen(name, page);
  const at = (who, path, name) => office.as(who, path, name);
  await at('chenjing', '/console/people', 'people-to-enter');
  await page.fill('#who', '赵德福');
  await page.press('main button.primary');
  await page.press('td a');
  const person = page.path();
  await at('chenjing', `${person}/aid`, 'aid-entry');
  await page.press('main button.primary');
  await seen('aid-entry-mistake');
  await page.visit(person);
  await page.press('button:has-text("打印空白申请表")');
  await seen('aid-form-print');
  await at('chenjing', '/console/forms', 'aid-forms');
  await page.fill('#number', '123456789');
  await page.press('main button.primary');
  await seen('aid-forms-mistake');
  await page.press('button:has-text("打印一张")');
  await seen('aid-form-print-unit');
  await page.visit(page.path().replace('/print', ''));
  await seen('aid-form');
}

// The proof of a mandate that was asked for.
export async function proofs(office) {
  const { page } = office;
  const list = `${page.path()}/papers`;
  await page.visit(list);
  await office.seen('mandate-proofs-none', page);
  await missing(page);
  await office.seen('mandate-proofs-mistake', page);
  await page.setInputFiles('#file', PICTURE);
  await page.check('input[value=copy]');
  await page.press('main button.primary');
  await office.seen('mandate-proofs', page);
  await page.visit(list.replace('/papers', ''));
}
