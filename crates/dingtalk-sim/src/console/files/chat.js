// One person's chat with the robot.

import { makeCards } from './card.js';
import { clockTime, h, icon, shortDate } from './dom.js';
import { markdown } from './markdown.js';
import { act, get } from './sim.js';

const QUARTER = 15 * 60 * 1000;

export function makeChat({ robot, commands, userid, open }) {
  const log = h('div', { class: 'chat-log', role: 'log', 'aria-label': '聊天记录', tabindex: '0' });
  const input = h('input', { type: 'text', placeholder: `对${robot}说`, 'aria-label': `对${robot}说`, autocomplete: 'off' });
  const say = async (text) => {
    if (!text.trim()) return;
    input.value = '';
    await act('say', { userid: userid(), text: text.trim() });
  };
  const form = h('form', { class: 'chat-form', onsubmit: (event) => { event.preventDefault(); say(input.value); } },
    input, h('button', { type: 'submit', 'aria-label': '发送' }, icon('send')));
  const chips = h('div', { class: 'chat-chips' },
    commands.map((word) => h('button', { type: 'button', onclick: () => say(word) }, word)));
  const bar = h('div', { class: 'bar' }, h('span', { class: 'bar-title' }, robot));
  const element = h('div', { class: 'chat' }, bar, log, commands.length ? chips : null, form);

  let shown = 0;
  let cardsShown = 0;
  let previous = 0;
  const cards = makeCards({ userid, open });

  function bubble(line) {
    const { message } = line;
    const mine = line.by === 'person';
    const name = line.by === 'work_notice' ? '工作通知' : robot;
    if (message.kind === 'interactive') {
      return h('div', { class: 'line theirs wide' }, h('span', { class: `face ${line.by}`, title: name }, name.slice(0, 1)), cards.draw(line));
    }
    const body = message.kind === 'text'
      ? [h('p', {}, message.text)]
      : [h('h3', {}, message.title), ...markdown(withoutTitle(message), open)];
    const buttons = (message.buttons || []).map((button) =>
      h('button', { type: 'button', class: 'card-button', onclick: () => open(button.url) }, button.title));
    return h('div', { class: `line ${mine ? 'mine' : 'theirs'}` },
      mine ? null : h('span', { class: `face ${line.by}`, title: name }, name.slice(0, 1)),
      h('div', { class: `bubble ${message.kind}` }, body, buttons.length ? h('div', { class: 'card-buttons' }, buttons) : null));
  }

  function add(line) {
    const at = new Date(line.at);
    if (at - previous > QUARTER) log.append(h('p', { class: 'when' }, `${shortDate(at)} ${clockTime(at)}`));
    previous = at;
    log.append(bubble(line));
    shown = line.number;
  }

  return {
    element,
    async refresh(user, last, marks) {
      if (last === shown && marks === cardsShown) return;
      const { lines } = await get(`chat/${encodeURIComponent(user)}`);
      if (user !== userid()) return;
      cardsShown = marks;
      cards.redraw(lines);
      const fresh = lines.filter((one) => one.number > shown);
      if (!fresh.length) return;
      log.querySelector('.empty')?.remove();
      fresh.forEach(add);
      log.scrollTop = log.scrollHeight;
    },
    clear() {
      log.replaceChildren(h('p', { class: 'empty' }, '还没有消息'));
      shown = 0;
      cardsShown = 0;
      previous = 0;
      cards.clear();
    },
    reveal() { log.scrollTop = log.scrollHeight; },
  };
}

/** Many cards repeat their title as the first heading of the text: once is enough. */
function withoutTitle({ title, text }) {
  const [first, ...rest] = text.split('\n');
  return first.replace(/^#+\s*/, '').trim() === title.trim() ? rest.join('\n') : text;
}
