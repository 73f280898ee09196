// One person's approvals: what waits for a decision, and what was started.

import { clockTime, h, shortDate } from './dom.js';
import { act, get } from './sim.js';

const RECORDS = {
  START_PROCESS_INSTANCE: '发起',
  EXECUTE_TASK_NORMAL: '审批',
  TERMINATE_PROCESS_INSTANCE: '撤回',
  ADD_REMARK: '评论',
  APPEND_TASK_BEFORE: '加签（在我之前）',
  APPEND_TASK_AFTER: '加签（在我之后）',
  REDIRECT_TASK: '转交给',
  PROCESS_CC: '抄送',
};

const TASKS = { RUNNING: '处理中', PAUSED: '等加签', CANCELED: '已取消' };
const OUTCOMES = { agree: '已同意', refuse: '已拒绝', redirected: '已转交' };

export function makeApprovals({ userid, people, open }) {
  const list = h('div', { class: 'approval-list', tabindex: '0', role: 'group', 'aria-label': '审批' });
  const element = h('div', { class: 'approvals' }, h('div', { class: 'bar' }, h('span', { class: 'bar-title' }, '审批')), list);
  let shown = -1;

  function status(one) {
    if (one.status === 'TERMINATED') return ['已撤回', 'ended'];
    if (one.result === 'agree') return ['已同意', 'agreed'];
    if (one.result === 'refuse') return ['已拒绝', 'refused'];
    return one.may_decide ? ['待您处理', 'waiting'] : ['审批中', 'running'];
  }

  function record(one) {
    const decided = { agree: '同意', refuse: '拒绝' }[one.result];
    const at = new Date(one.at);
    const others = one.others.length ? ` ${one.others.join('、')}` : '';
    const files = [...one.files, ...one.photos.map(() => '图片')];
    return h('li', { class: one.kind === 'ADD_REMARK' ? 'comment' : '' },
      h('span', {}, `${one.who} ${decided || RECORDS[one.kind] || one.kind}${others}`),
      h('time', {}, `${shortDate(at)} ${clockTime(at)}`), one.remark ? h('q', {}, one.remark) : null,
      files.length ? h('small', {}, `附件：${files.join('、')}`) : null);
  }

  /** What the holder of a task can do with it, one thing at a time. */
  function decision(one) {
    const remark = h('textarea', { rows: '2', placeholder: '审批意见（拒绝时请写明原因）', 'aria-label': '审批意见' });
    const send = (verb, more = {}) => act(`approvals/${encodeURIComponent(one.id)}/${verb}`, { userid: userid(), remark: remark.value, ...more });
    const whom = h('select', { 'aria-label': '选择人员' },
      people().filter((person) => person.userid !== userid()).map((person) => h('option', { value: person.userid }, person.name)));
    const other = h('div', { class: 'with-others', hidden: true });
    const begin = (label, press) => {
      other.hidden = false;
      other.replaceChildren(h('span', {}, label), whom, h('button', { type: 'button', onclick: () => press(whom.value) }, '确定'),
        h('button', { type: 'button', class: 'quiet-button', onclick: () => { other.hidden = true; } }, '取消'));
      whom.focus();
    };
    const small = (word, press) => h('button', { type: 'button', onclick: press }, word);
    return h('div', { class: 'decide' }, remark,
      h('div', { class: 'more' },
        small('评论', () => send('comment')),
        small('前加签', () => begin('先请', (person) => send('ask_before', { people: [person] }))),
        small('后加签', () => begin('再请', (person) => send('ask_after', { people: [person] }))),
        small('转交', () => begin('转交给', (person) => send('forward', { to: person })))),
      other,
      h('div', { class: 'decide-buttons' },
        h('button', { type: 'button', class: 'refuse', onclick: () => send('refuse') }, '拒绝'),
        h('button', { type: 'button', class: 'agree', onclick: () => send('agree') }, '同意')));
  }

  function card(one) {
    const [word, kind] = status(one);
    const withdraw = () => act(`approvals/${encodeURIComponent(one.id)}/withdraw`, { userid: userid() });
    const form = one.form.map(({ name, value }) => h('div', {}, h('dt', {}, label(name)), h('dd', {}, shownValue(value, open))));
    const tasks = one.tasks.map((task) => h('li', { class: task.status.toLowerCase() },
      h('span', {}, `${task.node}：${task.who}`), h('span', {}, OUTCOMES[task.outcome] || TASKS[task.status] || '')));
    return h('article', { class: `approval ${kind}` },
      h('header', {}, h('h3', {}, one.title), h('span', { class: `pill ${kind}` }, word)),
      h('dl', {}, form),
      h('ol', { class: 'steps', 'aria-label': '审批人' }, tasks),
      h('ol', { class: 'records', 'aria-label': '记录' }, one.records.map(record)),
      one.may_decide ? decision(one) : null,
      one.may_withdraw ? h('button', { type: 'button', class: 'withdraw', onclick: withdraw }, '撤回这个审批') : null);
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

/** A period has two labels, written as a list. */
function label(name) {
  if (!name.startsWith('[')) return name;
  try { return JSON.parse(name).join(' – '); } catch { return name; }
}

/** An address in a form opens on this phone, as it does in DingTalk. A list is read out, a table as its rows. */
function shownValue(value, open) {
  if (/^https?:\/\//.test(value)) return h('button', { type: 'button', class: 'link', onclick: () => open(value) }, '打开');
  if (!value.startsWith('[')) return value;
  try {
    const item = (one) => {
      if (Array.isArray(one)) return one.map((cell) => (cell.name ? `${cell.name} ${cell.value}` : String(cell))).join('，');
      return one?.fileName || (typeof one === 'object' ? JSON.stringify(one) : String(one));
    };
    return JSON.parse(value).map(item).join('；');
  } catch {
    return value;
  }
}
