// Talking to the simulator: one poll a second that costs nothing while nothing changes.

import { notice } from './dom.js';

async function ask(method, path, body) {
  const answer = await fetch(`/_sim/${path}`, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.message);
  return result;
}

export const get = (path) => ask('GET', path);

/** Does something, and says at the foot of the page why it did not work. */
export async function act(path, body = {}) {
  try {
    const result = await ask('POST', path, body);
    lookNow();
    return result;
  } catch (error) {
    notice(error.message);
    return null;
  }
}

let version = null;
let looking = false;
let again = false;
let onChange = () => {};

async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  try {
    const headers = version === null ? {} : { 'If-None-Match': version };
    const answer = await fetch('/_sim/state', { headers, cache: 'no-store' });
    document.body.classList.remove('lost');
    if (answer.status === 200) {
      version = answer.headers.get('ETag');
      await onChange(await answer.json());
    }
  } catch {
    // The simulator was stopped; it may come back with the same page still open.
    document.body.classList.add('lost');
    version = null;
  } finally {
    looking = false;
    if (again) {
      again = false;
      look();
    }
  }
}

export function lookNow() {
  look();
}

export function watch(change) {
  onChange = change;
  look();
  setInterval(() => { if (!document.hidden) look(); }, 1000);
}
