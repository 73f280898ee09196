// Making trouble on purpose: what a network and a platform really do, at the press of a key.

import { h, notice } from './dom.js';
import { act } from './sim.js';

const calm = { duplicate: 0, reorder: 0, lose: 0, delay_ms: 0 };
const TROUBLES = [
  ['下一次发起审批：办成了，应答丢了', { calls: [{ api: 'POST /v1.0/workflow/processInstances', times: 1, answer: 'lost_answer' }] }],
  ['下一次机器人发消息：说太快了', { calls: [{ api: '/v1.0/robot', times: 1, answer: 'too_fast' }] }],
  ['令牌现在就失效', { calls: [{ api: '/', times: 1, answer: 'token_expired' }] }],
  ['每个事件都来两遍', { events: { ...calm, duplicate: 1 } }],
  ['事件乱序，偶尔不来', { events: { ...calm, reorder: 0.5, lose: 0.2 } }],
  ['恢复正常', { clear: true }],
];

export function startTrouble() {
  const choices = TROUBLES.map(([label], index) => h('option', { value: String(index) }, label));
  const select = h('select', { 'aria-label': '制造意外' }, h('option', { value: '' }, '制造意外…'), choices);
  select.addEventListener('change', async () => {
    const [label, faults] = TROUBLES[Number(select.value)];
    select.value = '';
    if (await act('faults', faults)) notice(faults.clear ? '一切恢复正常。' : `好的：${label}。`);
  });
  document.getElementById('trouble').append(select);
}

/** How many kinds of trouble are still to come. */
export function troubles({ calls, events }) {
  return calls.length + Object.values(events).filter((share) => share > 0).length;
}
