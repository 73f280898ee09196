/* Home visits without a network. What is written lies in the phone's database, sealed; nothing of it is readable without the key, which no
   script reads again. A visit has its id from the moment in which it is saved, so that one that is sent twice is one. */
(function () {
  'use strict';
  var STATES = { waits: '等网络', sends: '正在发', sent: '已经发送', moved: '个案有变化，请看一下', refused: '没有收，请改一下' };
  var subtle = window.crypto && window.crypto.subtle, database, byId = function (id) { return document.getElementById(id); };
  if (!('serviceWorker' in navigator) || !('indexedDB' in window) || !subtle) return;

  /* The database: keys, what was taken along, what was written. */
  function opened() {
    return new Promise(function (done, failed) {
      var request = indexedDB.open('yinling-visits', 1);
      request.onupgradeneeded = function () {
        ['keys', 'cases', 'visits', 'photos'].forEach(function (name) { request.result.createObjectStore(name, { keyPath: 'id' }); });
      };
      request.onsuccess = function () { done(request.result); };
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
  function read(store) {
    return all(store).then(function (rows) {
      return Promise.all(rows.map(function (row) {
        return bytesOf(store, row).then(function (bytes) { return JSON.parse(new TextDecoder().decode(bytes)); });
      }));
    });
  }

  /* Talking to the server. */
  function ask(path, fields) {
    var options = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {};
    options.credentials = 'same-origin';
    return fetch(path, options).then(function (answer) {
      if (answer.redirected || (answer.headers.get('content-type') || '').indexOf('json') < 0) throw new Error('请先登录');
      return answer.json();
    });
  }
  function state() { return ask('/console/visits/state'); }
  function keyed(now) {
    return at('keys', 'readonly', function (rows) { return rows.get(now.csrf.slice(0, 16)); }).then(function (there) {
      if (there) return there;
      return ask('/console/visits/key', { csrf: now.csrf }).then(function (given) {
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
      return Promise.all(['keys', 'cases', 'visits', 'photos'].map(function (store) {
        return at(store, 'readwrite', function (rows) { return rows.clear(); });
      }));
    }).then(function () { return keyed(now); });
  }
  function say(words) { byId('net').textContent = words; }
  function trouble(error) { say(error && error.message === '请先登录' ? '请先回“今天的工作”登录，再回来。写好的还在。' : '现在没有网络。写好的还在，有网络再发。'); }

  function takeAlong() {
    say('正在更新…');
    return state().then(function (now) {
      return own(now).then(function () { return all('cases'); }).then(function (old) {
        return Promise.all(old.map(function (row) { return remove('cases', row.id); }));
      }).then(function () {
        return Promise.all(now.cases.map(function (one) { return put('cases', one.case, Object.assign({ today: now.today }, one)); }));
      }).then(function () { say('带上了' + now.cases.length + '件个案。没有网络也能记了。'); });
    }).then(show).catch(trouble);
  }

  /* What was written is sent, one after the other; each says how it went. */
  function sendAll() {
    say('正在发送…');
    return state().then(function (now) {
      return own(now).then(function () { return read('visits'); }).then(function (visits) {
        return visits.filter(function (one) { return one.state === 'waits' || one.state === 'sends'; })
          .reduce(function (before, one) { return before.then(function () { return sendOne(now.csrf, one); }); }, Promise.resolve());
      });
    }).then(function () { say('发送完了。'); }).then(show).catch(function (error) { trouble(error); return show(); });
  }
  function sendOne(csrf, visit) {
    visit.state = 'sends';
    return put('visits', visit.once, visit).then(show).then(function () {
      return ask('/console/visits/send', {
        csrf: csrf, once: visit.once, case: visit.case, version: visit.version, on: visit.on, second: visit.second,
        findings: visit.findings, yuan: visit.yuan, paid: visit.paid || '',
      });
    }).then(function (answer) {
      visit.words = answer.words;
      visit.theirs = answer.theirs;
      visit.newer = answer.version;
      if (answer.state !== 'kept') { visit.state = answer.state; return null; }
      return sendPhotos(csrf, visit).then(function () { visit.state = 'sent'; });
    }).then(function () { return put('visits', visit.once, visit); });
  }
  function sendPhotos(csrf, visit) {
    return visit.photos.reduce(function (before, photo) {
      return before.then(function () {
        return at('photos', 'readonly', function (rows) { return rows.get(photo.id); });
      }).then(function (row) {
        if (!row) return null;
        return bytesOf('photos', row).then(function (bytes) {
          var form = new FormData();
          [['csrf', csrf], ['once', photo.id], ['item', 'visit'], ['source', 'original_seen']].forEach(function (pair) { form.append(pair[0], pair[1]); });
          form.append('file', new Blob([bytes]), photo.name);
          return fetch('/console/aid/' + visit.case + '/papers', { method: 'POST', body: form, credentials: 'same-origin' });
        }).then(function (answer) {
          if (!answer.ok) { visit.words = (visit.words || '') + '照片“' + photo.name + '”没有收，请从材料的页面传。'; }
          return remove('photos', photo.id);
        });
      });
    }, Promise.resolve());
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

  var chosen = null;
  function begin(one) {
    chosen = one;
    byId('whom').textContent = one.name + '（' + one.number + '）';
    var second = byId('second');
    second.textContent = '';
    one.others.forEach(function (other) { second.appendChild(new Option(other[1], other[0])); });
    byId('on').value = one.today;
    byId('paid-part').hidden = !one.worked;
    byId('visit').hidden = false;
    byId('on').focus();
  }
  function lacking(form) {
    if (!form.on.value) return '请写家访的日期。';
    if (!form.second.value) return '请选一同家访的人。';
    if (!form.findings.value.trim()) return '请写家访看到的情况。';
    if (!/^\d+(\.\d{1,2})?$/.test(form.yuan.value.trim())) return '建议金额请写数字，单位是元。';
    if (chosen && chosen.worked && !/^\d+(\.\d{1,2})?$/.test(form.paid.value.trim())) return '自付的费用请写数字，单位是元。';
    return '';
  }
  function save(event) {
    event.preventDefault();
    var form = event.target, words = lacking(form), said = byId('lacking');
    said.hidden = !words;
    said.textContent = words;
    if (words || !chosen) return;
    var visit = {
      once: fresh(), case: chosen.case, number: chosen.number, name: chosen.name, version: chosen.version, state: 'waits', theirs: [],
      on: form.on.value, second: form.second.value, findings: form.findings.value, yuan: form.yuan.value.trim(),
      paid: form.paid.value.trim(), photos: [],
    };
    Promise.all(Array.prototype.map.call(form.photo.files, function (file) {
      var id = fresh();
      visit.photos.push({ id: id, name: file.name });
      return new Response(file).arrayBuffer().then(function (bytes) { return put('photos', id, bytes); });
    })).then(function () { return put('visits', visit.once, visit); }).then(function () {
      form.reset();
      form.hidden = true;
      say('存在手机里了。');
    }).then(show).then(function () { if (navigator.onLine) return sendAll(); return null; }).catch(function () {
      said.hidden = false;
      said.textContent = '手机里存不下了。请先发送写好的家访。';
    });
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
  function beside(visit, line) {
    var table = element('table', '', element('div', '', line)), body = element('tbody', '', table);
    table.parentNode.className = 'wide';
    table.parentNode.tabIndex = 0;
    var head = element('tr', '', body);
    ['谁记的', '日期', '情况', '建议'].forEach(function (words) { element('th', words, head).scope = 'col'; });
    var mine = [['您在手机里', visit.on, visit.findings, visit.yuan + '元']];
    mine.concat((visit.theirs || []).map(function (one) { return [one.who, one.on, one.findings, one.yuan]; })).forEach(function (cells) {
      var row = element('tr', '', body);
      cells.forEach(function (cell) { element('td', cell, row); });
    });
  }
  function show() {
    return Promise.all([read('cases'), read('visits')]).then(function (found) {
      var cases = byId('cases'), queue = byId('queue');
      cases.textContent = queue.textContent = '';
      byId('no-cases').hidden = found[0].length > 0;
      byId('no-queue').hidden = found[1].length > 0;
      found[0].forEach(function (one) {
        button('记家访', element('li', one.name + '，' + one.number + ' ', cases), function () { begin(one); });
      });
      found[1].forEach(function (visit) {
        var line = element('li', visit.name + '，' + visit.on + '：', queue);
        element('strong', STATES[visit.state], line);
        if (visit.words && visit.state !== 'waits') element('p', visit.words, line);
        if (visit.state === 'moved') {
          beside(visit, line);
          button('再发一次，作为另一次家访', line, function () {
            visit.version = visit.newer;
            visit.state = 'waits';
            put('visits', visit.once, visit).then(sendAll);
          });
        }
        if (visit.state !== 'sends') {
          button(visit.state === 'sent' ? '从手机里清掉' : '不要这一份', line, function () {
            Promise.all(visit.photos.map(function (photo) { return remove('photos', photo.id); }))
              .then(function () { return remove('visits', visit.once); }).then(show);
          });
        }
      });
    });
  }

  window.addEventListener('DOMContentLoaded', function () {
    navigator.serviceWorker.register('/console/visits/worker.js').then(opened).then(function (there) {
      database = there;
      byId('cannot').hidden = true;
      byId('can').hidden = false;
      byId('fetch').addEventListener('click', takeAlong);
      byId('send').addEventListener('click', sendAll);
      byId('visit').addEventListener('submit', save);
      window.addEventListener('online', sendAll);
      say(navigator.onLine ? '有网络。' : '现在没有网络，照样可以记。');
      return show();
    }).catch(function () { /* What cannot be kept is not offered: the page says what to do instead. */ });
  });
})();
