// The tenant's time, running on between two looks, and the buttons that turn it.

import { clockTime, h, longDate } from './dom.js';
import { act } from './sim.js';

const DAY = 24 * 3600;
const TURNS = [
  ['+1 小时', { advance_seconds: 3600 }],
  ['到今晚 19:00', { next_time: '19:00' }],
  ['到明早 8:30', { next_time: '08:30' }],
  ['+1 天', { advance_seconds: DAY }],
  ['+1 个工作周', { advance_seconds: 7 * DAY }],
];

let read = { ms: Date.now(), frozen: false };
let readAt = performance.now();

export function now() {
  return new Date(read.ms + (read.frozen ? 0 : performance.now() - readAt));
}

export function startClock() {
  const buttons = TURNS.map(([label, turn]) => h('button', { type: 'button', onclick: () => act('clock', turn) }, label));
  document.getElementById('clock-buttons').append(...buttons);
  const text = document.getElementById('clock-text');
  const show = () => {
    const time = now();
    text.dateTime = time.toISOString();
    text.replaceChildren(h('span', { class: 'date' }, longDate(time)), h('span', { class: 'hour' }, clockTime(time)));
    for (const place of document.querySelectorAll('.status-time')) place.textContent = clockTime(time);
  };
  setInterval(show, 1000);
  return (reading) => {
    read = reading;
    readAt = performance.now();
    show();
  };
}
