// What every page of the desk must be, and tests that walk through many of them.
import assert from 'node:assert/strict';
import { axeComplaints, focusComplaints } from './elder.mjs';
import { Office } from './office.mjs';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PICTURES = process.env.YINLING_PICTURES;

// 1.4.10 and 2.5.8: nothing scrolls in two directions at 320 pixels but tables, and nothing to press is smaller than 24 pixels.
const room = (page) => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const small = [...document.querySelectorAll('button, select, input:not([type=hidden]), textarea, summary')]
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(([element, box]) => `2.5.8: ${element.tagName} of ${box.width.toFixed(0)}×${box.height.toFixed(0)}px`);
  return [...(wide > 0 ? [`1.4.10: scrolls sideways by ${wide}px`] : []), ...small];
});

export async function complaints(name, page) {
  const found = await axeComplaints(page, { tags: WCAG });
  // What is dark differs from what is light in its colours alone: the rules that look at them.
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...await axeComplaints(page, { rules: ['color-contrast', 'link-in-text-block'] }));
  await page.emulateMedia({ colorScheme: 'light' });
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  found.push(...await focusComplaints(page));
  await page.setViewportSize({ width: 360, height: 740 });
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-phone.png`, fullPage: true });
  await page.setViewportSize({ width: 320, height: 640 });
  found.push(...await room(page));
  await page.setViewportSize({ width: 1280, height: 800 });
  return found.map((complaint) => `${name}: ${complaint}`);
}

// Walks through pages of a house; each that has a name is looked at. Fewer than `least` means that some were left out.
export async function usable(house, least, walk) {
  const found = [], seen = [];
  const office = await Office.open(house, async (name, page) => {
    if (!name) return;
    seen.push(name);
    found.push(...await complaints(name, page));
  });
  await walk(office);
  assert.deepEqual(found, []);
  assert.ok(seen.length >= least, `only ${seen.length} pages`);
}
