// The wire log: every exchange between the platform, the app and the phones, newest first.

import { clockTime, h } from './dom.js';
import { get } from './sim.js';

const KINDS = [['all', '全部'], ['push', '推送'], ['call', '调用'], ['page', '页面']];
const LABELS = { push: '钉钉 → 应用', call: '应用 → 钉钉', page: '手机 → 应用' };
const KEPT = 150;

export function startWire() {
  const list = document.getElementById('wire');
  const empty = h('p', { class: 'empty' }, '还没有往来。在手机上说句话，或者打开应用试试。');
  list.append(empty);
  const chips = KINDS.map(([kind, label]) => h('button', { type: 'button', 'aria-pressed': String(kind === 'all'), onclick: () => filter(kind) }, label));
  document.getElementById('wire-filter').append(...chips);

  function filter(kind) {
    list.dataset.only = kind;
    KINDS.forEach(([one], index) => chips[index].setAttribute('aria-pressed', String(one === kind)));
  }

  let last = 0;
  return async (newest) => {
    // The simulator began anew: its numbers start again.
    if (newest < last) { list.replaceChildren(empty); last = 0; }
    if (newest === last) return;
    const entries = await get(`wire?since=${last}`);
    if (entries.length) empty.remove();
    for (const entry of entries) list.prepend(row(entry));
    while (list.children.length > KEPT) list.lastElementChild.remove();
    last = newest;
  };
}

function row(entry) {
  const why = complaint(entry);
  const body = h('div', { class: 'exchange-body' });
  const details = h('details', { class: `exchange ${entry.direction}` },
    h('summary', {},
      h('time', {}, clockTime(new Date(entry.at), true)),
      h('span', { class: 'direction' }, LABELS[entry.direction]),
      h('span', { class: 'what' }, entry.what),
      h('span', { class: `result ${why ? 'bad' : 'good'}` }, why || String(entry.status))),
    body);
  // Bodies are laid out when somebody looks.
  details.addEventListener('toggle', () => {
    if (details.open && !body.hasChildNodes()) body.append(...full(entry));
  });
  return details;
}

/** In a word, what went wrong; the old host says no inside a 200. */
function complaint({ status, response }) {
  if (status === 0) return '无应答';
  if (response?.undelivered) return '未送达';
  if (response?.errcode) return `拒绝 ${response.errcode}`;
  return status < 400 ? null : String(status);
}

function full(entry) {
  const parts = [h('p', { class: 'address' }, `${entry.method} ${entry.path}`, h('small', {}, `${entry.ms} 毫秒`))];
  if (entry.request !== null) parts.push(h('h4', {}, entry.request.decrypted ? '解密后的事件' : '请求'), pre(entry.request.decrypted || entry.request));
  if (entry.response !== null) parts.push(h('h4', {}, '应答'), pre(entry.response));
  if (entry.direction === 'page') parts.push(h('p', { class: 'quiet' }, '页面内容不进日志。'));
  return parts;
}

function pre(value) {
  return h('pre', { tabindex: '0' }, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
}
