// One person's approvals: what waits for a decision, and what was started.

import { clockTime, h, shortDate } from './dom.js';
import { act, get } from './sim.js';

const RECORDS = {
  START_PROCESS_INSTANCE: '发起',
  EXECUTE_TASK_NORMAL: '审批',
  TERMINATE_PROCESS_INSTANCE: '撤回',
  ADD_REMARK: '评论',
};

export function makeApprovals({ userid, open }) {
  const list = h('div', { class: 'approval-list', tabindex: '0', role: 'group', 'aria-label': '审批' });
  const element = h('div', { class: 'approvals' }, h('div', { class: 'bar' }, h('span', { class: 'bar-title' }, '审批')), list);
  let shown = -1;

  function status(one) {
    if (one.status === 'TERMINATED') return ['已撤回', 'ended'];
    if (one.result === 'agree') return ['已同意', 'agreed'];
    if (one.result === 'refuse') return ['已拒绝', 'refused'];
    return one.may_decide ? ['待您处理', 'waiting'] : ['审批中', 'running'];
  }

  function card(one) {
    const [word, kind] = status(one);
    const remark = h('textarea', { rows: '2', placeholder: '审批意见（选填）', 'aria-label': '审批意见' });
    const press = (verb) => act(`approvals/${encodeURIComponent(one.id)}/${verb}`, { userid: userid(), remark: remark.value });
    const form = one.form.map(({ name, value }) => h('div', {}, h('dt', {}, name), h('dd', {}, shownValue(value, open))));
    const records = one.records.map((record) => {
      const decided = { agree: '同意', refuse: '拒绝' }[record.result];
      const at = new Date(record.at);
      return h('li', {}, h('span', {}, `${record.who} ${decided || RECORDS[record.kind] || record.kind}`),
        h('time', {}, `${shortDate(at)} ${clockTime(at)}`), record.remark ? h('q', {}, record.remark) : null);
    });
    return h('article', { class: `approval ${kind}` },
      h('header', {}, h('h3', {}, one.title), h('span', { class: `pill ${kind}` }, word)),
      h('dl', {}, form),
      h('ol', { class: 'records' }, records),
      one.may_decide ? h('div', { class: 'decide' }, remark,
        h('div', { class: 'decide-buttons' },
          h('button', { type: 'button', class: 'refuse', onclick: () => press('refuse') }, '拒绝'),
          h('button', { type: 'button', class: 'agree', onclick: () => press('agree') }, '同意'))) : null,
      one.may_withdraw ? h('button', { type: 'button', class: 'withdraw', onclick: () => press('withdraw') }, '撤回这个审批') : null);
  }

  return {
    element,
    async refresh(user, mark) {
      if (mark === shown) return;
      const approvals = await get(`approvals?userid=${encodeURIComponent(user)}`);
      if (user !== userid()) return;
      shown = mark;
      list.replaceChildren(...(approvals.length ? approvals.map(card) : [h('p', { class: 'empty' }, '没有要您处理的审批')]));
    },
    clear() { shown = -1; },
  };
}

/** An address in a form opens on this phone, as it does in DingTalk. */
function shownValue(value, open) {
  if (!/^https?:\/\//.test(value)) return value;
  return h('button', { type: 'button', class: 'link', onclick: () => open(value) }, '打开');
}
