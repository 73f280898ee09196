// The stories of the world file: what a newcomer may try, step by step.

import { h, notice } from './dom.js';
import { get } from './sim.js';

const KEY = 'desk.steps';

function remembered() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)) || []);
  } catch {
    return new Set();
  }
}

export async function startStories(phones) {
  const place = document.getElementById('stories');
  const stories = await get('stories');
  const done = remembered();
  const keep = () => localStorage.setItem(KEY, JSON.stringify([...done]));

  async function go(step) {
    const phone = phones()[step.phone];
    if (!phone) return;
    await phone.hold(step.user);
    if (step.tab) phone.show(step.tab);
    phone.point();
  }

  function line(step, id, count) {
    const box = h('input', { type: 'checkbox', 'aria-label': '做完了' });
    box.checked = done.has(id);
    box.addEventListener('change', () => {
      if (box.checked) done.add(id); else done.delete(id);
      keep();
      count();
    });
    const text = step.phone === undefined || step.phone === null
      ? h('span', { class: 'step-text' }, step.text)
      : h('button', { type: 'button', class: 'step-text', title: '指给我看', onclick: () => go(step) }, step.text);
    return h('li', {}, box, text);
  }

  place.replaceChildren(...stories.map((story, index) => {
    const progress = h('span', { class: 'progress' });
    const ids = story.steps.map((_, at) => `${index}.${at}.${story.title}`);
    const count = () => { progress.textContent = `${ids.filter((id) => done.has(id)).length} / ${ids.length}`; };
    count();
    return h('details', { class: 'story', name: 'story', open: index === 0 },
      h('summary', {}, h('span', { class: 'story-number' }, String(index + 1)), h('span', { class: 'story-title' }, story.title), progress),
      story.about ? h('p', { class: 'about' }, story.about) : null,
      h('ol', {}, story.steps.map((step, at) => line(step, ids[at], count))));
  }));
  if (!stories.length) place.replaceChildren(h('p', { class: 'empty' }, '这个世界文件里没有写故事。'));
  if (stories.length && !done.size) notice('从右边第一个故事开始：点一步，相应的手机就会亮起来。');
}
