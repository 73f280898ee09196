// Every retiree page, in every state, at three viewports and three text sizes, in light and dark: the checklist of elder.mjs.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { came, comes } from './after.mjs';
import { stopped } from './appeals.mjs';
import { TEXT_SIZES, VIEWPORTS, axeComplaints, focusComplaints, layoutComplaints, spacingComplaints } from './elder.mjs';
import { scriptComplaints, styleComplaints, weightComplaints } from './gates.mjs';
import { saysAndHears } from './grievance.mjs';
import { House } from './house.mjs';
import { Office, askedByZhao } from './office.mjs';
import { ahead } from './urgent.mjs';
import { chooseTextSize, family, retiree, secretary } from './walk.mjs';

const CATEGORIES = { standard: 'disaster', large: 'illness', 'extra-large': 'other' };
const PICTURES = process.env.YINLING_PICTURES;
const server = new URL('../../crates/server/', import.meta.url);

let house, office, notice, visited = new Set();

before(async () => {
  house = await House.open();
  const request = await askedByZhao(house);
  office = await Office.open(house);
  await office.toNotice(request);
  const page = await house.page(house.links.retiree);
  await page.visit('/notices');
  notice = await page.getAttribute('main a.row', 'href');
  await page.context().close();
});
after(() => house?.close());

// All that can be said of the page as it stands.
async function complaints(page, name, textSize) {
  visited.add(page.path());
  const found = [];
  for (const viewport of VIEWPORTS) {
    await page.setViewportSize(viewport);
    const here = [...await layoutComplaints(page, { textSize, home: name.endsWith('home') }), ...await spacingComplaints(page)];
    found.push(...here.map((complaint) => `${viewport.width}: ${complaint}`));
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await layoutComplaints(page, { textSize });
  found.push(...dark.filter((complaint) => complaint.startsWith('E4')).map((complaint) => `dark: ${complaint}`));
  await page.emulateMedia({ colorScheme: 'light' });
  found.push(...await axeComplaints(page));
  if (textSize === 'standard') found.push(...await focusComplaints(page));
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${textSize}-${name}.png`, fullPage: true });
  return [...new Set(found)].map((complaint) => `${name} ${complaint}`);
}

// E12 and E21, over everything that was asked for since the page was opened.
function listen(page) {
  const answers = new Map();
  page.on('response', async (response) => {
    const kind = response.request().resourceType();
    const body = await response.body().catch(() => null);
    if (body && response.ok()) answers.set(new URL(response.url()).pathname, { kind, body });
  });
  return () => {
    const shared = [...answers.values()].filter((answer) => answer.kind !== 'document');
    return [...answers].filter(([, answer]) => answer.kind === 'document').flatMap(([path, document]) => weightComplaints(path, [document, ...shared]));
  };
}

const foreign = (page, base) => page.asked.filter((url) => !url.startsWith(base) && !url.startsWith('data:')).map((url) => `E12: asked for ${url}`);

for (const size of Object.keys(TEXT_SIZES)) {
  test(`retirees' pages in ${size} print`, async () => {
    const found = [];
    let meeting;
    for (const [base, walk] of [
      [house.links.retiree, async (page, seen) => {
        meeting = await retiree(page, { category: CATEGORIES[size], notice }, seen);
        await stopped(page, office, CATEGORIES[size], seen);
        await ahead(page, office, CATEGORIES[size], seen);
        await saysAndHears(page, office, seen);
      }],
      [house.links.secretary, (page, seen) => secretary(page, meeting, seen)],
    ]) {
      const page = await house.page(base);
      const weights = listen(page);
      await page.visit('/home');
      await chooseTextSize(page, size);
      await walk(page, async (name) => found.push(...await complaints(page, name, size)));
      found.push(...weights(), ...foreign(page, base));
      await page.context().close();
    }
    const [person, relative] = [await house.page(house.links.retiree), await house.page(house.links.secretary)];
    await family(person, relative, '王秀英', async (page, name) => found.push(...await complaints(page, name, size)));
    for (const page of [person, relative]) await page.context().close();
    assert.deepEqual(found, []);
  });
}

test('what comes after the money, in every size print', async () => {
  const found = [];
  const page = await house.page(house.links.retiree);
  const request = await comes(page, office, 'bereaved');
  await came(page, office, request, async (name) => {
    for (const size of Object.keys(TEXT_SIZES)) {
      await chooseTextSize(page, size);
      await page.visit(`/aid/cases/${request}`);
      found.push(...await complaints(page, name, size));
    }
  });
  await page.context().close();
  assert.deepEqual(found, []);
});

test('no page for retirees was left out', () => {
  const routes = ['home', 'branch', 'aid', 'session', 'account', 'consent', 'wish', 'grievance', 'outreach'].flatMap((feature) => {
    const source = readFileSync(new URL(`src/${feature}/mod.rs`, server), 'utf8');
    return [...source.matchAll(/Route::get\(\s*"([^"]+)"/g)].map(([, path]) => path).filter((path) => !path.startsWith('/console'));
  });
  assert.ok(routes.length > 15, `found only ${routes.length} routes`);
  // `/` leads to the home page; the entrance has tests of its own; a picture is no page.
  const missed = routes.filter((route) => !['/', '/enter', '/aid/papers/{paper}'].includes(route))
    .filter((route) => ![...visited].some((path) => new RegExp(`^${route.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path)));
  assert.deepEqual(missed, []);
});

test('scripts and styles are known to old engines', () => {
  const files = ['static/', 'static/bridge/'].flatMap((folder) => readdirSync(new URL(folder, server)).map((name) => folder + name));
  const found = files.flatMap((name) => {
    const source = () => readFileSync(new URL(name, server), 'utf8');
    if (name.endsWith('.js') && !name.endsWith('wrapper.js')) return scriptComplaints(name, source());
    return name.endsWith('.css') ? styleComplaints(name, source()) : [];
  });
  assert.deepEqual(found, []);
});
