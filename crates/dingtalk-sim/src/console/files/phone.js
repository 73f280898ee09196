// One phone (or the desk's PC client): who holds it, four tabs, and the app in its own frame.

import { makeApprovals } from './approvals.js';
import { makeChat } from './chat.js';
import { h, icon } from './dom.js';
import { act } from './sim.js';
import { makeTodos } from './todos.js';

const TABS = [['chat', '聊天'], ['app', '应用'], ['approvals', '审批'], ['todos', '待办']];

export function makePhone(config, app) {
  const here = new URL(config.url);
  here.hostname = location.hostname;
  const origin = here.origin;
  const number = config.number;
  let user = null;
  let tab = 'chat';

  const frame = h('iframe', { title: `${config.name}里的应用`, allow: 'clipboard-write' });
  const title = h('span', { class: 'bar-title' });
  const load = (path) => { frame.src = origin + path; };
  const openUrl = (url) => { show('app', false); load(`/__phone/open?url=${encodeURIComponent(url)}`); };
  const tell = (what) => frame.contentWindow?.postMessage({ phone: what }, origin);
  const chat = makeChat({ robot: app.robot, commands: app.commands, userid: () => user, open: openUrl });
  let everybody = [];
  const approvals = makeApprovals({ userid: () => user, people: () => everybody, open: openUrl });
  const todos = makeTodos({ userid: () => user, open: openUrl });
  const barButton = (name, label, press) => h('button', { type: 'button', 'aria-label': label, title: label, onclick: press }, icon(name));
  const web = h('div', { class: 'web' },
    h('div', { class: 'bar' }, barButton('back', '返回', () => tell('back')), title,
      barButton('home', '应用首页', () => load('/__phone/home')), barButton('reload', '重新载入', () => tell('reload'))),
    frame);
  const panes = { chat: chat.element, app: web, approvals: approvals.element, todos: todos.element };

  const tabs = TABS.map(([name, label]) => h('button', {
    type: 'button', role: 'tab', id: `tab-${number}-${name}`, 'aria-controls': `pane-${number}-${name}`,
    onclick: () => show(name), onkeydown: (event) => walk(event, name),
  }, icon(name), h('span', {}, label), h('b', { class: 'badge', hidden: true })));
  for (const [name, label] of TABS) {
    Object.assign(panes[name], { id: `pane-${number}-${name}` });
    panes[name].setAttribute('role', name === 'chat' ? 'group' : 'tabpanel');
    panes[name].setAttribute('aria-label', label);
  }

  const holder = h('select', { 'aria-label': `谁拿着${config.name}`, onchange: () => act(`phones/${number}`, { user: holder.value }) });
  const calling = h('div', { class: 'calling', role: 'alert', hidden: true });
  const screen = h('div', { class: 'screen' },
    h('div', { class: 'status' }, h('span', { class: 'status-time' }), h('span', {}, config.kind === 'desk' ? '钉钉电脑端' : '钉钉')),
    h('div', { class: 'panes' }, Object.values(panes)), calling,
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': config.name }, tabs));
  const element = h('section', { class: `device ${config.kind}`, 'aria-label': config.name },
    h('div', { class: 'caption' }, h('h2', {}, config.name), holder), h('div', { class: 'shell' }, screen));

  function walk(event, name) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = TABS.map(([one]) => one);
    const next = (names.indexOf(name) + step + names.length) % names.length;
    show(names[next]);
    tabs[next].focus();
  }

  function show(name, loadHome = true) {
    tab = name;
    TABS.forEach(([one], index) => {
      const chosen = one === name;
      panes[one].hidden = !chosen;
      tabs[index].setAttribute('aria-selected', String(chosen));
      tabs[index].tabIndex = chosen ? 0 : -1;
    });
    if (name === 'app' && loadHome && !frame.src) load('/__phone/home');
    chat.look(name === 'chat');
    if (name === 'chat') badge(0, 0);
  }

  function badge(index, count) {
    const mark = tabs[index].querySelector('.badge');
    mark.hidden = !count;
    mark.textContent = count > 99 ? '99+' : String(count);
  }

  function changeHands(next) {
    user = next;
    chat.clear();
    approvals.clear();
    todos.clear();
    frame.removeAttribute('src');
    // An address without `src` keeps its page: a fresh frame is a fresh screen.
    if (tab === 'app') load('/__phone/home');
  }

  function fillHolder(people) {
    const names = config.people.length ? people.filter((one) => config.people.includes(one.userid)) : people;
    const options = names.map((one) => h('option', { value: one.userid }, one.title ? `${one.name} · ${one.title}` : one.name));
    if (holder.options.length !== options.length) holder.replaceChildren(...options);
    holder.value = user;
  }

  function showCalling(number_) {
    if (calling.dataset.number === (number_ || '')) return;
    calling.dataset.number = number_ || '';
    calling.hidden = !number_;
    calling.replaceChildren(icon('call'), h('p', {}, '正在呼叫'), h('strong', {}, number_ || ''),
      h('button', { type: 'button', onclick: () => act(`phones/${number}`, { hang_up: true }) }, '挂断'));
  }

  window.addEventListener('message', (event) => {
    if (event.source === frame.contentWindow && event.data?.phone === 'page') title.textContent = event.data.title;
  });
  show(config.kind === 'desk' ? 'app' : 'chat', false);

  return {
    element,
    url: config.url,
    show,
    hold: (userid) => (userid && userid !== user ? act(`phones/${number}`, { user: userid }) : null),
    point() {
      element.scrollIntoView({ behavior: 'smooth', inline: 'center', block: 'nearest' });
      element.classList.remove('pointed');
      requestAnimationFrame(() => element.classList.add('pointed'));
    },
    async update(phone, people) {
      if (phone.user !== user) changeHands(phone.user);
      everybody = people;
      fillHolder(people);
      if (phone.title) title.textContent = phone.title;
      showCalling(phone.calling);
      const me = people.find((one) => one.userid === user);
      if (!me) return;
      // What is in the chat that is open is being read; what is elsewhere waits.
      const unread = me.unread + me.groups.reduce((sum, group) => sum + group.unread, 0);
      badge(0, tab === 'chat' ? 0 : unread);
      badge(2, me.waiting);
      badge(3, me.open_todos);
      await Promise.all([chat.refresh(me), approvals.refresh(user, me.approvals), todos.refresh(user, me.todos)]);
    },
  };
}
