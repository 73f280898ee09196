// Interactive cards in a chat: drawn once, changed in place, pressed.

import { h } from './dom.js';
import { markdown } from './markdown.js';
import { act } from './sim.js';

export function makeCards({ userid, open }) {
  // By the number of their line.
  const drawn = new Map();

  async function press(card, button, asked) {
    asked.disabled = true;
    await act('cards/press', { userid: userid(), card, button });
    asked.disabled = false;
  }

  function inside({ card, face }) {
    const buttons = face.buttons.map(({ id, title, url }) => h('button', {
      type: 'button', class: url ? 'card-button jump' : 'card-button',
      onclick: (event) => (url ? open(url) : press(card, id, event.currentTarget)),
    }, title));
    return [h('h3', {}, face.title), ...markdown(face.text, open),
      buttons.length ? h('div', { class: 'card-buttons side-by-side' }, buttons) : null].filter(Boolean);
  }

  return {
    draw(line) {
      const bubble = h('div', { class: 'bubble interactive', 'aria-live': 'polite' }, inside(line.message));
      drawn.set(line.number, { bubble, version: line.message.face.version });
      return bubble;
    },
    /** A card that was changed meanwhile is shown as it is now, where it stands. */
    redraw(lines) {
      for (const { number, message } of lines) {
        const known = drawn.get(number);
        if (!known || known.version === message.face.version) continue;
        known.version = message.face.version;
        known.bubble.replaceChildren(...inside(message));
        known.bubble.classList.remove('changed');
        requestAnimationFrame(() => known.bubble.classList.add('changed'));
      }
    },
    clear() { drawn.clear(); },
  };
}
