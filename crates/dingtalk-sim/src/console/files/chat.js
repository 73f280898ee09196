// One person's chats: with the robot, and the groups they are in.

import { bubble } from './bubble.js';
import { makeCards } from './card.js';
import { clockTime, h, icon, shortDate } from './dom.js';
import { act, get } from './sim.js';

const QUARTER = 15 * 60 * 1000;
const ROBOT = '';

export function makeChat({ robot, commands, userid, open }) {
  const log = h('div', { class: 'chat-log', role: 'log', 'aria-label': '聊天记录', tabindex: '0' });
  const input = h('input', { type: 'text', autocomplete: 'off' });
  const form = h('form', { class: 'chat-form', onsubmit: (event) => { event.preventDefault(); say(input.value); } },
    input, h('button', { type: 'submit', 'aria-label': '发送' }, icon('send')));
  const chips = h('div', { class: 'chat-chips' });
  const title = h('span', { class: 'bar-title' }, robot);
  const places = h('div', { class: 'places', role: 'group', 'aria-label': '哪个聊天', hidden: true });
  const element = h('div', { class: 'chat' }, h('div', { class: 'bar' }, title), places, log, chips, form);

  // Which chat is shown, and how far: the robot's has the empty id.
  let place = ROBOT;
  let groups = [];
  let shown = 0;
  let edits = 0;
  let previous = 0;
  let visible = true;
  const cards = makeCards({ userid, open });

  async function say(text) {
    const words = text.trim();
    if (!words) return;
    input.value = '';
    if (place === ROBOT) await act('say', { userid: userid(), text: words });
    else await act('groups/say', { group: place, userid: userid(), text: words });
  }

  function speaker(line) {
    if (place === ROBOT) {
      const names = { robot, work_notice: '工作通知', ding: 'DING' };
      return { mine: line.by === 'person', name: names[line.by] || '', kind: line.by };
    }
    const mine = line.by.kind === 'person' && line.by.userid === userid();
    return { mine, name: line.by.name || robot, kind: line.by.kind, named: true };
  }

  /** In a group, a line says whom it mentions and how many of the others have read it. */
  function note(line, group) {
    if (!group || line.recalled) return null;
    const words = line.mentioned.length ? [`提到 ${line.mentioned.join('、')}`] : [];
    const speaks = line.by.kind === 'person' ? line.by.userid : null;
    const others = group.members - (speaks ? 1 : 0);
    const read = line.read_by.filter((one) => one !== speaks).length;
    return [...words, `${read}/${others} 已读`].join(' · ');
  }

  function add(line, group) {
    const at = new Date(line.at);
    if (at - previous > QUARTER) log.append(h('p', { class: 'when' }, `${shortDate(at)} ${clockTime(at)}`));
    previous = at;
    log.append(bubble(line, speaker(line), note(line, group), { open, cards }));
    shown = line.number;
  }

  function empty() {
    log.replaceChildren(h('p', { class: 'empty' }, '还没有消息'));
    shown = 0;
    edits = 0;
    previous = 0;
  }

  function showPlaces(me) {
    groups = me.groups;
    if (place !== ROBOT && !groups.some((group) => group.id === place)) goTo(ROBOT);
    places.hidden = !groups.length;
    const all = [{ id: ROBOT, title: robot, unread: me.unread }, ...groups];
    places.replaceChildren(...all.map((one) => h('button', { type: 'button', 'aria-pressed': String(one.id === place), onclick: () => goTo(one.id) },
      one.title, one.unread && one.id !== place ? h('b', { class: 'count' }, String(one.unread)) : null)));
    const group = groups.find((one) => one.id === place);
    title.textContent = group ? `${group.title}（${group.members}）` : robot;
  }

  function goTo(next) {
    place = next;
    empty();
    dress();
    act(place === ROBOT ? 'open' : 'groups/open', place === ROBOT ? { userid: userid() } : { group: place, userid: userid() });
  }

  /** What is offered beside the input: commands for the robot, in a group with a mention before them. */
  function dress() {
    const mention = place === ROBOT ? '' : `@${robot} `;
    const hint = place === ROBOT ? `对${robot}说` : '在群里说';
    input.placeholder = hint;
    input.setAttribute('aria-label', hint);
    chips.hidden = !commands.length;
    chips.replaceChildren(...commands.map((word) => h('button', { type: 'button', title: mention + word, onclick: () => say(mention + word) }, word)));
  }

  /** Whoever looks at a chat has read it; nothing is said when there was nothing new. */
  async function markRead(me) {
    if (!visible) return;
    const group = groups.find((one) => one.id === place);
    const body = group ? { group: place, userid: userid() } : { userid: userid() };
    if (group ? group.unread : me.unread) await act(group ? 'groups/open' : 'open', body);
  }

  async function load(me) {
    const user = userid();
    const at = place;
    const group = groups.find((one) => one.id === at);
    const state = group || { lines: me.lines, edits: me.edits };
    const read = group ? state.reads : 0;
    if (state.lines === shown && state.edits + read === edits) return;
    const path = group ? `groups/${encodeURIComponent(at)}/chat?userid=${encodeURIComponent(user)}` : `chat/${encodeURIComponent(user)}`;
    const { lines } = await get(path);
    if (user !== userid() || at !== place) return;
    // A line that was there has changed: all are shown anew.
    const again = state.edits + read !== edits && shown > 0;
    if (again) empty();
    log.classList.toggle('still', again);
    edits = state.edits + read;
    const more = lines.filter((one) => one.number > shown);
    if (more.length) log.querySelector('.empty')?.remove();
    for (const line of more) add(line, group);
    log.scrollTop = log.scrollHeight;
  }

  dress();
  return {
    element,
    async refresh(me) {
      showPlaces(me);
      await load(me);
      await markRead(me);
    },
    /** Another person holds the phone. */
    clear() {
      place = ROBOT;
      groups = [];
      cards.clear();
      empty();
      dress();
    },
    /** Whether anybody can see the chat. */
    look(seen) {
      visible = seen;
      if (seen) log.scrollTop = log.scrollHeight;
    },
  };
}
