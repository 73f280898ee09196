// The checklist for retiree pages as code. Each function takes a Playwright page and returns a list of complaints,
// each starting with the number of the criterion it belongs to; an empty list is a pass.

import { readFileSync } from 'node:fs';

const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export const VIEWPORTS = [
  { width: 320, height: 568 },
  { width: 360, height: 740 },
  { width: 412, height: 915 },
];
export const TEXT_SIZES = { standard: 20, large: 24, 'extra-large': 30 };

// Words that a retiree should not have to read, and forms that no person says.
const BANNED_WORDS = [
  '提交失败', '系统异常', '校验', '授权码', '参数', '非法', '无效', '异常', '报错', '请求失败', '服务器', '接口', '超时',
  '用户', '登录态', '令牌', '会话', '鉴权', 'token', 'null', 'undefined', 'error', 'Error',
];

// Everything that can be read off the laid-out page, in one evaluation (E1, E3–E7, E10, E11, E15, E16, E25–E28).
export async function layoutComplaints(page, { textSize, home = false }) {
  return page.evaluate(
    ({ body, home, banned }) => {
      const complaints = [];
      const say = (criterion, text, element) => {
        const where = element ? ` <${element.tagName.toLowerCase()} class="${element.className}"> “${(element.innerText || '').trim().slice(0, 20)}”` : '';
        complaints.push(`${criterion}: ${text}${where}`);
      };
      const visible = (element) => {
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        // The skip link shows itself on focus; it is parked outside the page until then.
        if (box.right <= 0 || box.bottom <= 0 || (box.width <= 1 && box.height <= 1)) return false;
        return style.visibility !== 'hidden' && style.display !== 'none' && Number(style.opacity) > 0;
      };
      const number = (text) => parseFloat(text) || 0;

      // Text nodes with their element.
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const element = node.parentElement;
        if (!node.textContent.trim() || !element || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName)) continue;
        if (element.closest('svg')) continue;
        if (visible(element)) texts.push({ node, element });
      }

      // E1, E2
      if (number(getComputedStyle(document.body).fontSize) !== body) say('E2', `body text is ${getComputedStyle(document.body).fontSize}, not ${body}px`);
      for (const { element } of texts) {
        const size = number(getComputedStyle(element).fontSize);
        if (size < 18) say('E1', `text of ${size}px`, element);
        if (/^H[12]$/.test(element.tagName) && size < 26) say('E1', `heading of ${size}px`, element);
      }

      // E3
      for (const { element } of texts) {
        const style = getComputedStyle(element);
        const ratio = number(style.lineHeight) / number(style.fontSize);
        if (!(ratio >= 1.5 - 0.01) && !/^H[1-3]$/.test(element.tagName)) say('E3', `line height ${ratio.toFixed(2)}`, element);
      }
      for (const paragraph of document.querySelectorAll('main p + p')) {
        if (!visible(paragraph)) continue;
        const style = getComputedStyle(paragraph);
        const gap = paragraph.getBoundingClientRect().top - paragraph.previousElementSibling.getBoundingClientRect().bottom;
        const lineGap = number(style.lineHeight) - number(style.fontSize);
        if (gap < 1.3 * lineGap - 0.5) say('E3', `paragraph gap ${gap.toFixed(1)}px for a line gap of ${lineGap.toFixed(1)}px`, paragraph);
      }

      // E4
      const channels = (colour) => {
        const parts = colour.match(/[\d.]+/g);
        return parts ? parts.map(Number) : [0, 0, 0, 0];
      };
      const luminance = ([r, g, b]) => {
        const f = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : Math.pow((v / 255 + 0.055) / 1.055, 2.4));
        return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
      };
      const contrast = (a, b) => {
        const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
        return (x + 0.05) / (y + 0.05);
      };
      const groundOf = (element) => {
        for (let e = element; e; e = e.parentElement) {
          const colour = channels(getComputedStyle(e).backgroundColor);
          if (colour.length < 4 || colour[3] === 1) return colour;
          if (colour[3] > 0) return null; // translucent grounds are not used here
        }
        return [255, 255, 255];
      };
      for (const { element } of texts) {
        const ground = groundOf(element);
        if (!ground) { say('E4', 'translucent ground', element); continue; }
        const ratio = contrast(channels(getComputedStyle(element).color), ground);
        if (ratio < 7) say('E4', `text contrast ${ratio.toFixed(2)}`, element);
      }
      for (const control of document.querySelectorAll('input:not([type=hidden]), textarea, select')) {
        if (!visible(control)) continue;
        const style = getComputedStyle(control);
        const ground = groundOf(control.parentElement);
        const edge = number(style.borderTopWidth) > 0 ? channels(style.borderTopColor) : channels(style.color);
        if (ground && contrast(edge, ground) < 3) say('E4', 'control edge below 3:1', control);
      }

      // E5
      const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, label, summary')]
        .filter(visible)
        // A radio button or check box inside its label is tapped through the label.
        .filter((e) => !(e.tagName === 'INPUT' && e.closest('label')))
        // A label that only names a text field is not what is tapped.
        .filter((e) => !(e.tagName === 'LABEL' && !e.querySelector('input')));
      for (const element of targets) {
        const box = element.getBoundingClientRect();
        if (box.width < 60 || box.height < 60) say('E5', `target of ${box.width.toFixed(0)}×${box.height.toFixed(0)}px`, element);
        if (box.left < 16 - 0.5 || document.documentElement.clientWidth - box.right < 16 - 0.5) say('E5', 'target nearer than 16px to a side', element);
        if (element.matches('.primary, .tile') && box.height < 88) say('E5', `primary of ${box.height.toFixed(0)}px`, element);
        if (element.matches('.row, li > a') && box.height < 72) say('E5', `list row of ${box.height.toFixed(0)}px`, element);
      }
      targets.forEach((one, i) => targets.slice(i + 1).forEach((other) => {
        if (one.contains(other) || other.contains(one)) return;
        const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
        const dx = Math.max(a.left - b.right, b.left - a.right), dy = Math.max(a.top - b.bottom, b.top - a.bottom);
        if (Math.max(dx, dy) < 8 - 0.5) say('E5', `${Math.max(dx, dy).toFixed(1)}px from “${(other.innerText || '').trim().slice(0, 12)}”`, one);
        const harm = [one, other].find((e) => e.matches('.destructive'));
        if (harm && [one, other].some((e) => e.matches('.primary')) && Math.max(dx, dy) < 24 - 0.5) say('E10', 'destructive within 24px of the primary', harm);
      }));

      // E6
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (wide > 0) say('E6', `scrolls sideways by ${wide}px`);
      for (const { element } of texts) {
        if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline' && getComputedStyle(element).overflowX !== 'visible') say('E6', 'text is cut off', element);
      }
      const boxes = texts.map(({ node, element }) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return { element, rects: [...range.getClientRects()] };
      });
      boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => {
        if (one.element.contains(other.element) || other.element.contains(one.element)) return;
        for (const a of one.rects) for (const b of other.rects) {
          const w = Math.min(a.right, b.right) - Math.max(a.left, b.left), h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          // Line boxes of neighbours may share their leading; glyphs may not.
          if (w > 2 && h > a.height * 0.35) { say('E6', `text overlaps “${other.element.innerText.trim().slice(0, 12)}”`, one.element); return; }
        }
      }));

      // E7
      const viewport = (document.querySelector('meta[name=viewport]') || { content: '' }).content;
      if (/user-scalable\s*=\s*(no|0)|maximum-scale/.test(viewport)) say('E7', `zoom is restricted: ${viewport}`);

      // E8, E10
      const primaries = [...document.querySelectorAll('.primary')].filter(visible);
      if (primaries.length !== 1) say('E10', `${primaries.length} primary buttons`);
      if (home) {
        const destinations = [...document.querySelectorAll('main a[href], main button')].filter(visible);
        if (destinations.length > 6) say('E8', `${destinations.length} destinations on the home page`);
      }

      // E11
      if (document.querySelector('meta[http-equiv=refresh]')) say('E11', 'refreshes by itself');
      if (document.querySelector('dialog, [role=dialog], [role=alertdialog], marquee, [autoplay]')) say('E11', 'pop-up or autoplay');
      for (const element of document.querySelectorAll('body *')) {
        const style = getComputedStyle(element);
        if (style.animationName !== 'none' || style.transitionDuration.split(',').some((d) => number(d) > 0)) say('E11', 'moves', element);
      }

      // E15
      for (const tag of document.querySelectorAll('.status')) {
        if (!tag.querySelector('svg') || !tag.innerText.trim()) say('E15', 'status without icon or word', tag);
      }

      // E16
      const help = document.querySelector('.help-bar');
      if (!help) say('E16', 'no help bar');
      else {
        const call = help.querySelector('a[href^="tel:"]');
        if (!call || call.getBoundingClientRect().height < 60) say('E16', 'no telephone button of 60px in the help bar');
        if (!help.innerText.trim().match(/[\u4e00-\u9fff]{2,}/)) say('E16', 'help bar names nobody');
        const main = document.querySelector('main');
        if (main && help.getBoundingClientRect().top < main.getBoundingClientRect().bottom - 1) say('E16', 'help bar is not below the page');
      }

      // E25
      if (document.documentElement.lang !== 'zh-CN') say('E25', `lang is ${document.documentElement.lang}`);
      const headings = document.querySelectorAll('h1');
      if (headings.length !== 1) say('E25', `${headings.length} first-level headings`);
      else if (document.title.replace(/^错误[:\uff1a]/, '') !== headings[0].innerText.trim()) say('E25', `title “${document.title}” is not the heading “${headings[0].innerText.trim()}”`);
      for (const landmark of ['main', 'header, [role=banner]']) if (!document.querySelector(landmark)) say('E25', `no ${landmark}`);

      // E26: reading order is the visual order (blocks, top to bottom).
      const blocks = [...document.querySelectorAll('main h1, main h2, main p, main li, main label, main button, main a')].filter(visible);
      for (let i = 1; i < blocks.length; i++) {
        const a = blocks[i - 1].getBoundingClientRect(), b = blocks[i].getBoundingClientRect();
        if (b.bottom <= a.top) say('E26', 'stands above what is read before it', blocks[i]);
      }

      // E27, E28
      const shown = document.body.innerText;
      for (const [pattern, what] of [
        [/\b\d{4}-\d{2}-\d{2}\b/, 'an ISO date'], [/\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}/i, 'a UUID'], [/\d{1,2}:\d{2}:\d{2}/, 'a time with seconds'],
        [/(?<!\d)1\d{10}(?!\d)/, 'an ungrouped telephone number'],
      ]) {
        const found = shown.match(pattern);
        if (found) say('E27', `${what}: ${found[0]}`);
      }
      for (const word of banned) if (shown.includes(word)) say('E28', `the word “${word}”`);
      for (const { element } of texts) {
        for (const sentence of element.innerText.split(/[\u3002\uff01\uff1f\uff1b!?;\n]/)) {
          const said = [...sentence.replace(/\s/g, '')].length;
          // Titles of meetings and people's own words are data; everything else is ours.
          if (said > 25 && !element.closest('[data-said]')) say('E28', `a sentence of ${said} characters: ${sentence.trim()}`);
        }
      }
      return [...new Set(complaints)];
    },
    { body: TEXT_SIZES[textSize], home, banned: BANNED_WORDS },
  );
}

// E3, second half: the page survives the reader's own text spacing (WCAG 1.4.12).
export async function spacingComplaints(page) {
  const style = await page.addStyleTag({
    content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }',
  }).catch(() => null);
  if (!style) {
    // The content security policy refuses foreign styles, as it should: set them through the CSSOM instead.
    await page.evaluate(() => {
      for (const e of document.querySelectorAll('body *')) {
        e.style.setProperty('letter-spacing', '.12em', 'important');
        e.style.setProperty('word-spacing', '.16em', 'important');
      }
    });
  }
  const complaints = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wide > 0 ? [`E3: with wider text spacing the page scrolls sideways by ${wide}px`] : [];
  });
  await page.evaluate(() => {
    for (const e of document.querySelectorAll('body *')) for (const name of ['letter-spacing', 'word-spacing']) e.style.removeProperty(name);
  });
  return complaints;
}

// E4, second half: whatever gets the keyboard's focus shows it at 3:1 or more.
export async function focusComplaints(page) {
  // Whoever has pressed a key is shown where he is, wherever the page leads him next.
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const complaints = new Set();
    const check = (e) => {
      const target = e.matches('input[type=radio], input[type=checkbox]') && e.closest('label') ? e.closest('label') : e;
      const style = getComputedStyle(target), own = getComputedStyle(e);
      const ring = [style, own].find((s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none');
      if (!ring) complaints.add(`E4: no visible focus on ${e.tagName} ${(e.innerText || e.name || '').slice(0, 12)}`);
    };
    if (document.activeElement && document.activeElement !== document.body) check(document.activeElement);
    for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex="0"]')) {
      e.focus({ preventScroll: true });
      if (document.activeElement === e) check(e);
    }
    return [...complaints];
  });
}

// E24: axe-core, all WCAG A and AA tags and best practice, or the named rules.
export async function axeComplaints(page, { tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules } = {}) {
  await page.evaluate(AXE);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const result = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), runOnly);
  return result.violations.map((v) => `E24: ${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')})`);
}
