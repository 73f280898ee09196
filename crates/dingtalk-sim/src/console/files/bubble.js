// One line of a chat: who spoke, and what, whatever kind it is.

import { h } from './dom.js';
import { markdown } from './markdown.js';

/** A media id is a file of the simulator; a picture from elsewhere is not loaded, only named. */
function picture(source, alt) {
  if (!source) return null;
  if (/^https?:/.test(source)) return h('span', { class: 'elsewhere' }, '图片在别处');
  return h('img', { src: mediaAddress(source), alt });
}

const mediaAddress = (id) => `/_sim/media/${encodeURIComponent(id)}`;

function file(id, name, word) {
  return h('a', { class: 'attachment', href: mediaAddress(id), download: name }, h('b', {}, word), h('span', {}, name));
}

/** Many cards repeat their title as the first heading of the text: once is enough. */
function withoutTitle({ title, text }) {
  const [first, ...rest] = text.split('\n');
  return first.replace(/^#+\s*/, '').trim() === title.trim() ? rest.join('\n') : text;
}

function form(message, open) {
  return [
    message.status ? h('span', { class: 'state' }, message.status) : null,
    message.title ? h('h3', {}, message.title) : null,
    message.fields.length ? h('dl', { class: 'fields' }, message.fields.map(([key, value]) => h('div', {}, h('dt', {}, key), h('dd', {}, value)))) : null,
    message.rich ? h('p', { class: 'rich' }, h('b', {}, message.rich[0]), ` ${message.rich[1]}`) : null,
    message.text ? h('p', {}, message.text) : null,
    picture(message.picture, ''),
    message.files || message.author ? h('p', { class: 'aside' }, [message.files && `附件 ${message.files}`, message.author].filter(Boolean).join(' · ')) : null,
    h('div', { class: 'card-buttons' }, h('button', { type: 'button', class: 'card-button', onclick: () => open(message.url) }, '查看')),
  ];
}

const KINDS = {
  text: ({ text }) => [h('p', {}, text)],
  markdown: (message, open) => [h('h3', {}, message.title), ...markdown(withoutTitle(message), open)],
  card: (message, open) => [
    h('h3', {}, message.title), ...markdown(withoutTitle(message), open),
    h('div', { class: 'card-buttons' }, message.buttons.map((button) =>
      h('button', { type: 'button', class: 'card-button', onclick: () => open(button.url) }, button.title))),
  ],
  link: ({ title, text, picture: source, url }, open) => [
    h('button', { type: 'button', class: 'linked', onclick: () => open(url) },
      h('span', {}, h('strong', {}, title), h('span', {}, text)), picture(source, '')),
  ],
  image: ({ picture: source }) => [picture(source, '图片')],
  voice: ({ media, seconds }) => [h('p', { class: 'aside' }, `语音 ${seconds} 秒`), h('audio', { src: mediaAddress(media), controls: true })],
  video: ({ media, seconds }) => [h('p', { class: 'aside' }, `视频 ${seconds} 秒`), h('video', { src: mediaAddress(media), controls: true })],
  file: ({ media, name }) => [file(media, name, '文件')],
  feed: ({ items }, open) => items.map(({ title, picture: source, url }) =>
    h('button', { type: 'button', class: 'linked', onclick: () => open(url) }, h('span', {}, h('strong', {}, title)), picture(source, ''))),
  form,
};

/** `speaker` says whose line it is: `mine`, `name`, `kind`; `note` stands small below it. */
export function bubble({ number, message, recalled }, { mine, name, kind, named }, note, { open, cards }) {
  if (recalled) return h('p', { class: 'recalled' }, `${mine ? '你' : name}撤回了一条消息`);
  const card = message.kind === 'interactive' ? cards.draw(number, message) : null;
  const body = card ? card.inside : (KINDS[message.kind] || KINDS.text)(message, open);
  return h('div', { class: `line ${card ? 'wide ' : ''}${mine ? 'mine' : 'theirs'}` },
    mine ? null : h('span', { class: `face ${kind}`, title: name }, name.slice(0, 1)),
    h('div', { class: 'said' },
      named ? h('span', { class: 'name' }, name) : null,
      h('div', { class: `bubble of-${message.kind}${card?.changed ? ' changed' : ''}`, 'aria-live': card ? 'polite' : null }, body),
      note ? h('span', { class: 'note' }, note) : null));
}
