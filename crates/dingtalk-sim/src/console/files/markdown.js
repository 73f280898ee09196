// The little markdown that chat messages may use: headings, bold, quotes, lists, links, line breaks.
// Built as elements, never as HTML text.

import { h } from './dom.js';

function inline(text, open) {
  const parts = [];
  const pattern = /\*\*(.+?)\*\*|\[(.+?)\]\((.+?)\)/g;
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(last, match.index));
    if (match[1]) parts.push(h('strong', {}, match[1]));
    else parts.push(h('button', { type: 'button', class: 'link', onclick: () => open(match[3]) }, match[2]));
    last = match.index + match[0].length;
  }
  parts.push(text.slice(last));
  return parts.filter((part) => part !== '');
}

export function markdown(text, open) {
  const blocks = [];
  for (const line of text.split(/\n+/).map((one) => one.trim()).filter(Boolean)) {
    const heading = line.match(/^#{1,6}\s+(.*)/);
    const item = line.match(/^(?:[-*]|\d+\.)\s+(.*)/);
    const quote = line.match(/^>\s*(.*)/);
    if (heading) blocks.push(h('h4', {}, inline(heading[1], open)));
    else if (item) {
      if (blocks.at(-1)?.tagName !== 'UL') blocks.push(h('ul'));
      blocks.at(-1).append(h('li', {}, inline(item[1], open)));
    } else if (quote) blocks.push(h('blockquote', {}, inline(quote[1], open)));
    else blocks.push(h('p', {}, inline(line, open)));
  }
  return blocks;
}
