// A demo of one's own: on free ports, in a temporary folder, with 600 invented people; and browsers that look at it.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const READY_WITHIN = 60_000;
// A Tuesday at nine, wherever the machine's clock stands: in the evening nobody is told anything.
const MORNING = '2026-11-24T09:00:00+08:00';
const IN_DINGTALK = 'Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36 DingTalk/7.0';

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Asks until the answer is good, for what another process does in its own time.
export async function until(what, ask, within = 20_000) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(100);
  }
}

export class House {
  static async open() {
    const binary = process.env.YINLING_BIN;
    if (!binary) throw new Error('YINLING_BIN names the binary; tests/run sets it');
    const house = new House();
    house.folder = await mkdtemp(join(tmpdir(), 'yinling-browser-'));
    const data = join(house.folder, 'data');
    house.process = spawn(binary, ['demo', '--seed', 'tiny', '--port', '0', '--data', data, '--begins', MORNING], { stdio: ['ignore', 'ignore', 'pipe'] });
    house.said = '';
    house.process.stderr.on('data', (bytes) => { house.said += bytes; });
    house.ended = new Promise((done) => house.process.on('exit', (code) => done(code)));
    house.links = await until('the demo', async () => {
      if (house.process.exitCode !== null) throw new Error(`the demo ended: ${house.said}`);
      return readFile(join(data, 'links.json'), 'utf8').then(JSON.parse).catch(() => null);
    }, READY_WITHIN);
    house.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    return house;
  }

  // Ctrl-C, and a clean end.
  async close() {
    await this.browser.close();
    this.process.kill('SIGINT');
    const code = await this.ended;
    await rm(this.folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the demo ended with ${code}: ${this.said}`);
  }

  // A phone's browser. `base` is one of the links; what is asked for and what comes back is kept for the checks.
  async page(base, { width = 360, height = 740, ...more } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, userAgent: IN_DINGTALK, ...more });
    return this.dressed(await context.newPage(), base);
  }

  // A page of a phone with the ways of our tests.
  dressed(page, base) {
    page.setDefaultTimeout(15_000);
    page.asked = [];
    page.on('request', (request) => page.asked.push(request.url()));
    page.visit = async (path) => {
      await page.goto(base + path);
      const arrived = (url) => !['/enter', '/session'].includes(url.pathname) && !url.pathname.startsWith('/__phone');
      // Who is not let in reads why, and so does whoever reads the log.
      await page.waitForURL(arrived).catch(async (error) => {
        throw new Error(`${page.url()} says: ${await page.innerText('body')}\nand the log: ${this.said.slice(-2000)}`, { cause: error });
      });
      await page.waitForLoadState('load');
    };
    // Whatever is pressed leads to a page.
    page.press = async (selector) => {
      await Promise.all([page.waitForNavigation(), page.click(selector)]);
      await page.waitForLoadState('load');
    };
    page.path = () => new URL(page.url()).pathname;
    page.heading = () => page.innerText('h1');
    return page;
  }

  async control(path, body) {
    const request = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${this.links.desk}/_sim${path}`, request);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  // Gives a phone to somebody else: 0 the retiree's, 1 the secretary's, 2 the office's.
  hand(phone, user) { return this.control(`/phones/${phone}`, { user }); }

  later(seconds) { return this.control('/clock', { advance_seconds: seconds }); }

  async chat(user) { return (await this.control(`/chat/${user}`)).text; }
}
