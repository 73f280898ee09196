/* What works without a network at the desk: the phone's database, in which everything lies sealed, and the talk with the server. Nothing of it is
   readable without the key, which no script reads again. What is written has its id from the moment in which it is saved, so that what is sent
   twice is one. */
(function () {
  'use strict';
  var SIGN_IN = '请先登录', BUSY = '没有答复', STORES = ['keys', 'cases', 'visits', 'photos', 'forms', 'requests'];
  var subtle = window.crypto && window.crypto.subtle, database;
  if (!('serviceWorker' in navigator) || !('indexedDB' in window) || !subtle) return;

  /* The database: keys, what was taken along, what was written. */
  function opened() {
    return new Promise(function (done, failed) {
      var request = indexedDB.open('yinling-visits', 2);
      request.onupgradeneeded = function () {
        var there = request.result.objectStoreNames;
        STORES.forEach(function (name) { if (!there.contains(name)) request.result.createObjectStore(name, { keyPath: 'id' }); });
      };
      request.onsuccess = function () {
        database = request.result;
        // Signing out in another window throws everything away, and a newer page brings its own tables.
        database.onversionchange = function () { database.close(); };
        done();
      };
      request.onerror = function () { failed(request.error); };
    });
  }
  function at(store, mode, act) {
    return new Promise(function (done, failed) {
      var work = database.transaction(store, mode), asked = act(work.objectStore(store));
      work.oncomplete = function () { done(asked && asked.result); };
      work.onerror = work.onabort = function () { failed(work.error); };
    });
  }
  function all(store) { return at(store, 'readonly', function (rows) { return rows.getAll(); }); }
  function remove(store, id) { return at(store, 'readwrite', function (rows) { return rows.delete(id); }); }

  /* Sealing: the newest key seals, each key opens what it has sealed. */
  function newest() {
    return all('keys').then(function (keys) { return keys.sort(function (a, b) { return b.since - a.since; })[0]; });
  }
  function put(store, id, value) {
    return newest().then(function (key) {
      var nonce = crypto.getRandomValues(new Uint8Array(12));
      var about = new TextEncoder().encode(store + '|' + id);
      var bytes = value instanceof ArrayBuffer ? value : new TextEncoder().encode(JSON.stringify(value));
      return subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: about }, key.key, bytes).then(function (sealed) {
        return at(store, 'readwrite', function (rows) { return rows.put({ id: id, by: key.id, nonce: nonce, sealed: sealed }); });
      });
    });
  }
  function bytesOf(store, row) {
    return at('keys', 'readonly', function (rows) { return rows.get(row.by); }).then(function (key) {
      var about = new TextEncoder().encode(store + '|' + row.id);
      return subtle.decrypt({ name: 'AES-GCM', iv: row.nonce, additionalData: about }, key.key, row.sealed);
    });
  }
  function opens(store, row) {
    return bytesOf(store, row).then(function (bytes) { return JSON.parse(new TextDecoder().decode(bytes)); });
  }
  function read(store) {
    return all(store).then(function (rows) { return Promise.all(rows.map(function (row) { return opens(store, row); })); });
  }
  function one(store, id) {
    return at(store, 'readonly', function (rows) { return rows.get(id); }).then(function (row) { return row ? opens(store, row) : null; });
  }

  /* Talking to the server. Only its own JSON with what was asked for in it is an answer. A sign-in page or a proxy's page is none, whatever its
     number: then nothing is known, and everything stays as it is. */
  function answered(answer, named) {
    var json = /^application\/json\b/i.test(answer.headers.get('content-type') || '');
    if (answer.redirected || answer.status === 401 || (answer.ok && !json)) throw new Error(SIGN_IN);
    if (!answer.ok) throw new Error(BUSY);
    return answer.json().catch(function () { return null; }).then(function (said) {
      if (!said || typeof said !== 'object' || !said[named]) throw new Error(BUSY);
      return said;
    });
  }
  function ask(path, fields, named) {
    var options = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {};
    options.credentials = 'same-origin';
    return fetch(path, options).then(function (answer) { return answered(answer, named); });
  }
  /* Who reads, and what may be taken along, which the answer calls `named`. */
  function state(path, named) {
    return ask(path, null, 'csrf').then(function (now) {
      if (!now.reader || !Array.isArray(now[named])) throw new Error(BUSY);
      return now;
    });
  }
  function keyed(now) {
    return at('keys', 'readonly', function (rows) { return rows.get(now.csrf.slice(0, 16)); }).then(function (there) {
      if (there) return there;
      return ask('/console/visits/key', { csrf: now.csrf }, 'key').then(function (given) {
        var bytes = new Uint8Array(given.key.match(/../g).map(function (pair) { return parseInt(pair, 16); }));
        return subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
      }).then(function (key) {
        var row = { id: now.csrf.slice(0, 16), key: key, since: Date.now(), reader: now.reader };
        return at('keys', 'readwrite', function (rows) { return rows.put(row); });
      });
    });
  }
  /* Another login on this phone finds nothing of the one before. */
  function own(now) {
    return all('keys').then(function (keys) {
      if (!keys.length || keys.every(function (key) { return key.reader === now.reader; })) return null;
      return Promise.all(STORES.map(function (store) {
        return at(store, 'readwrite', function (rows) { return rows.clear(); });
      }));
    }).then(function () { return keyed(now); });
  }
  function say(words) { document.getElementById('net').textContent = words; }
  function trouble(error) {
    var what = error && error.message;
    if (what === SIGN_IN) say('请先回“今天的工作”登录，再回来。写好的还在。');
    else say(what === BUSY ? '系统现在没有答复。写好的还在，过几分钟再试。' : '现在没有网络。写好的还在，有网络再发。');
  }

  /* Ids that the server takes: hexadecimal digits, version 7, by the phone's clock. */
  function fresh() {
    var time = Date.now().toString(16), bytes = crypto.getRandomValues(new Uint8Array(10)), tail = '';
    while (time.length < 12) time = '0' + time;
    bytes[0] = (bytes[0] & 15) | 112;
    bytes[2] = (bytes[2] & 63) | 128;
    bytes.forEach(function (byte) { tail += (byte < 16 ? '0' : '') + byte.toString(16); });
    return time + tail;
  }

  function element(name, words, parent) {
    var made = document.createElement(name);
    made.textContent = words;
    if (parent) parent.appendChild(made);
    return made;
  }
  function button(words, parent, act) {
    var made = element('button', words, parent);
    made.type = 'button';
    made.className = 'button';
    made.addEventListener('click', act);
    return made;
  }
  /* What cannot be had back is asked once more. */
  function twice(words, question, parent, act) {
    var first = button(words, parent, function () {
      var asked = element('div', '', null);
      element('p', question, asked);
      var keep = button('留着', asked, function () { parent.replaceChild(first, asked); first.focus(); });
      button('清掉', asked, act).className = 'button destructive';
      parent.replaceChild(asked, first);
      keep.focus();
    });
  }
  /* The page is ready when what it needs can be kept; `begin` shows what is there. */
  function begins(begin) {
    window.addEventListener('DOMContentLoaded', function () {
      navigator.serviceWorker.register('/console/visits/worker.js').then(opened).then(function () {
        document.getElementById('cannot').hidden = true;
        document.getElementById('can').hidden = false;
        say(navigator.onLine ? '有网络。' : '现在没有网络，照样可以写。');
        return begin();
      }).catch(function () { /* What cannot be kept is not offered: the page says what to do instead. */ });
    });
  }

  window.yinlingField = {
    SIGN_IN: SIGN_IN, BUSY: BUSY, at: at, all: all, remove: remove, put: put, bytesOf: bytesOf, read: read, one: one,
    ask: ask, answered: answered, state: state, own: own, say: say, trouble: trouble,
    fresh: fresh, element: element, button: button, twice: twice, begins: begins,
  };
})();
