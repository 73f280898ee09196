// Interactive cards in a chat: drawn, seen to change, pressed.

import { h } from './dom.js';
import { markdown } from './markdown.js';
import { act } from './sim.js';

export function makeCards({ userid, open }) {
  // Their versions, by the number of their line.
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
    /** What is inside its bubble, and whether it has changed since it was last drawn. */
    draw(number, message) {
      const { version } = message.face;
      const before = drawn.get(number);
      drawn.set(number, version);
      return { inside: inside(message), changed: before !== undefined && before !== version };
    },
    clear() { drawn.clear(); },
  };
}
