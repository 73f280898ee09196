// What one person has to do. Only the app ticks these off, so a line here only leads to its page.

import { clockTime, h, shortDate } from './dom.js';
import { get } from './sim.js';

const URGENCY = { 30: '较高', 40: '紧急' };

export function makeTodos({ userid, open }) {
  const list = h('div', { class: 'todo-list', tabindex: '0', role: 'group', 'aria-label': '待办' });
  const element = h('div', { class: 'todos' }, h('div', { class: 'bar' }, h('span', { class: 'bar-title' }, '待办')), list);
  let shown = null;

  function card(todo) {
    const due = todo.due_at ? new Date(todo.due_at) : null;
    const facts = [due ? `${shortDate(due)} ${clockTime(due)} 截止` : null, URGENCY[todo.priority], todo.to_read ? '待阅' : null].filter(Boolean);
    return h('article', { class: todo.done ? 'todo done' : 'todo' },
      h('span', { class: 'tick', 'aria-hidden': 'true' }, todo.done ? '✓' : ''),
      h('div', {},
        h('button', { type: 'button', class: 'todo-subject', onclick: () => open(todo.url) }, todo.subject),
        todo.lines.map(([name, value]) => h('p', { class: 'todo-line' }, `${name}：${value}`)),
        h('p', { class: 'todo-facts' }, todo.done ? '已完成' : facts.join(' · ') || '未完成')));
  }

  return {
    element,
    async refresh(user, mark) {
      if (mark === shown) return;
      const todos = await get(`todos?userid=${encodeURIComponent(user)}`);
      if (user !== userid()) return;
      shown = mark;
      list.replaceChildren(...(todos.length ? todos.map(card) : [h('p', { class: 'empty' }, '没有待办')]));
    },
    clear() { shown = null; },
  };
}
