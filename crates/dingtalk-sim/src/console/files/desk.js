// The small desk: phones, clock, wire log and stories, kept in step with the simulator.

import { startClock } from './clock.js';
import { h } from './dom.js';
import { makePhone } from './phone.js';
import { watch } from './sim.js';
import { startStories } from './stories.js';
import { startTrouble, troubles } from './trouble.js';
import { startWire } from './wire.js';

const showClock = startClock();
const showWire = startWire();
startTrouble();
let phones = [];

function build(state) {
  document.title = `${state.app.name} · 小桌子`;
  document.getElementById('app-name').textContent = state.app.name;
  document.getElementById('corp-name').textContent = state.corp;
  phones = state.phones.map((phone) => makePhone(phone, state.app));
  document.getElementById('phones').replaceChildren(...phones.map((phone) => phone.element));
  startStories(() => phones);
}

function fact(kind, name, value) {
  return h('li', { class: kind }, h('span', {}, name), h('b', {}, value));
}

function showFacts({ app, faults, quota, pushes }) {
  const limit = (used, most) => (most ? `${used} / ${most}` : String(used));
  document.getElementById('facts').replaceChildren(
    app.connected ? fact('good', '应用', '已接入') : fact('bad', '应用', '未接入'),
    troubles(faults) ? fact('bad', '意外', `${troubles(faults)} 种`) : '',
    fact(pushes.failed ? 'bad' : '', '事件', pushes.waiting || pushes.failed ? `${pushes.waiting} 等 ${pushes.failed} 败` : '都已送达'),
    fact('', '本月调用', limit(quota.calls, quota.calls_limit)),
    fact('', '本月推送', limit(quota.deliveries, quota.deliveries_limit)),
  );
}

/** A simulator that was started again may have its phones on other ports. */
function movedAway(state) {
  return phones.length > 0 && state.phones.some((phone, index) => phone.url !== phones[index]?.url);
}

watch(async (state) => {
  if (movedAway(state)) {
    location.reload();
    return;
  }
  if (!phones.length) build(state);
  showClock(state.clock);
  showFacts(state);
  await Promise.all([
    ...state.phones.map((phone, index) => phones[index]?.update(phone, state.people)),
    showWire(state.wire),
  ]);
});
