/* Home visits without a network. What is written lies in the phone's database, sealed; nothing of it is readable without the key, which no
   script reads again. A visit has its id from the moment in which it is saved, so that one that is sent twice is one. */
(function () {
  'use strict';
  var STATES = {
    waits: '等网络', sends: '正在发', photos: '已经发送，照片还没有发完', sent: '已经发送', moved: '个案有变化，请看一下', refused: '没有收，请改一下',
  };
  var SIGN_IN = '请先登录', BUSY = '没有答复', FIELDS = ['on', 'second', 'findings', 'paid', 'yuan'];
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
  function opens(store, row) {
    return bytesOf(store, row).then(function (bytes) { return JSON.parse(new TextDecoder().decode(bytes)); });
  }
  function read(store) {
    return all(store).then(function (rows) { return Promise.all(rows.map(function (row) { return opens(store, row); })); });
  }
  function visitOf(once) {
    return at('visits', 'readonly', function (rows) { return rows.get(once); }).then(function (row) { return row ? opens('visits', row) : null; });
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
  function state() {
    return ask('/console/visits/state', null, 'csrf').then(function (now) {
      if (!now.reader || !Array.isArray(now.cases)) throw new Error(BUSY);
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
      return Promise.all(['keys', 'cases', 'visits', 'photos'].map(function (store) {
        return at(store, 'readwrite', function (rows) { return rows.clear(); });
      }));
    }).then(function () { return keyed(now); });
  }
  function say(words) { byId('net').textContent = words; }
  function trouble(error) {
    var what = error && error.message;
    if (what === SIGN_IN) say('请先回“今天的工作”登录，再回来。写好的还在。');
    else say(what === BUSY ? '系统现在没有答复。写好的还在，过几分钟再试。' : '现在没有网络。写好的还在，有网络再发。');
  }

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

  /* What was written is sent, one after the other and never twice at a time; each says how it went. */
  var turn = Promise.resolve(), underWay = null;
  function isToSend(visit) { return visit.state === 'waits' || visit.state === 'sends' || visit.state === 'photos'; }
  function sendAll() {
    turn = turn.then(sendRound, sendRound);
    return turn;
  }
  function sendRound() {
    say('正在发送…');
    return state().then(function (now) {
      return own(now).then(function () { return read('visits'); }).then(function (visits) {
        return visits.filter(isToSend).reduce(function (before, one) {
          return before.then(function () { return sendOne(now.csrf, one.once); });
        }, Promise.resolve());
      });
    }).then(function () { return read('visits'); }).then(function (visits) {
      var isRefused = visits.some(function (visit) { return visit.state === 'refused'; });
      if (visits.some(isToSend)) say('有的没有发成。写好的还在，过几分钟再发。');
      else say(isRefused ? '发送完了。有的没有收，请看下面。' : '发送完了。');
    }).then(show).catch(function (error) { trouble(error); return show(); });
  }
  function sendOne(csrf, once) {
    return visitOf(once).then(function (visit) {
      if (!visit || !isToSend(visit)) return null;
      underWay = once;
      visit.words = visit.field = '';
      var sent = visit.state === 'photos' ? Promise.resolve() : sendWords(csrf, visit);
      return sent.then(function () { return visit.state === 'photos' ? sendPhotos(csrf, visit) : null; }).catch(function (error) {
        if (visit.state === 'sends') visit.state = 'waits';
        visit.words = visit.state === 'photos' ? '照片没有发成，还在手机里。' : '没有发成，还在手机里。';
        if (error.message !== BUSY) return put('visits', once, visit).then(function () { throw error; });
        return null;
      }).then(function () { return put('visits', once, visit); });
    }).then(function () { underWay = null; return show(); }, function (error) { underWay = null; throw error; });
  }
  function sendWords(csrf, visit) {
    visit.state = 'sends';
    return put('visits', visit.once, visit).then(show).then(function () {
      return ask('/console/visits/send', {
        csrf: csrf, once: visit.once, case: visit.case, version: visit.version, on: visit.on, second: visit.second,
        findings: visit.findings, yuan: visit.yuan, paid: visit.paid || '',
      }, 'state');
    }).then(function (answer) {
      if (['kept', 'moved', 'refused'].indexOf(answer.state) < 0) throw new Error(BUSY);
      visit.state = answer.state === 'kept' ? 'photos' : answer.state;
      visit.words = answer.words;
      visit.field = answer.field;
      visit.theirs = answer.theirs;
      visit.newer = answer.version;
      return put('visits', visit.once, visit);
    });
  }
  /* A photo goes from the phone when the server says that it has it. One that it will never take stays until somebody throws it away;
     everything else is tried again. */
  function sendPhotos(csrf, visit) {
    return visit.photos.reduce(function (before, photo) {
      return before.then(function (failed) {
        if (photo.state) return failed;
        return sendPhoto(csrf, visit, photo).then(function () { return failed; }, function (error) {
          if (error.message !== BUSY) throw error;
          return error;
        });
      });
    }, Promise.resolve(null)).then(function (failed) {
      if (failed) throw failed;
      visit.state = 'sent';
    });
  }
  function sendPhoto(csrf, visit, photo) {
    return at('photos', 'readonly', function (rows) { return rows.get(photo.id); }).then(function (row) {
      return row ? bytesOf('photos', row) : null;
    }).then(function (bytes) {
      if (!bytes) return { photo: 'kept' };
      var form = new FormData();
      [['csrf', csrf], ['once', photo.id], ['case', visit.case]].forEach(function (pair) { form.append(pair[0], pair[1]); });
      form.append('file', new Blob([bytes]), photo.name || '照片');
      return fetch('/console/visits/photo', { method: 'POST', body: form, credentials: 'same-origin' })
        .then(function (answer) { return answered(answer, 'photo'); });
    }).then(function (answer) {
      if (answer.photo !== 'kept' && answer.photo !== 'never') throw new Error(BUSY);
      photo.state = answer.photo;
      photo.words = answer.words;
      return put('visits', visit.once, visit);
    }).then(function () { return photo.state === 'kept' ? remove('photos', photo.id) : null; });
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

  /* The form: for a new visit, or for one that was not taken (`visit`), with what was typed and the reason. */
  var chosen = null, changing = null;
  function begin(one, visit) {
    var form = byId('visit'), second = byId('second'), photos = visit ? visit.photos.filter(function (photo) { return !photo.state; }) : [];
    if (visit || changing) form.reset();
    chosen = Object.assign({}, one, { worked: one.worked || (visit && visit.field === 'paid') });
    changing = visit || null;
    byId('whom').textContent = one.name + '（' + one.number + '）';
    second.textContent = '';
    one.others.forEach(function (other) { second.appendChild(new Option(other[1], other[0])); });
    byId('on').value = one.today;
    if (visit) FIELDS.forEach(function (name) { byId(name).value = visit[name] || ''; });
    byId('paid-part').hidden = !chosen.worked;
    byId('photos-there').hidden = !photos.length;
    byId('photos-there').textContent = '已经有' + photos.length + '张，会一起发。';
    byId('lacking').hidden = true;
    byId('store').textContent = visit ? '改好了，再发' : '存在这台手机里';
    byId('leave-part').hidden = !visit;
    form.hidden = false;
    mark(visit ? visit.field : '', visit ? visit.words : '');
    byId(visit ? 'refused' : 'on').focus();
  }
  /* Why it was not taken: at the top, and at the field that it is about. */
  function mark(field, words) {
    var top = byId('refused'), isThere = FIELDS.indexOf(field) >= 0;
    top.textContent = '';
    top.hidden = !words;
    if (words) element('h2', '没有收，请改一下', top);
    if (words) element(isThere ? 'a' : 'p', words, top);
    if (words && isThere) top.lastChild.href = '#' + field;
    FIELDS.forEach(function (name) {
      var said = byId(name + '-mistake'), isIt = isThere && name === field;
      said.textContent = isIt ? words : '';
      said.hidden = !isIt;
      if (isIt) byId(name).setAttribute('aria-invalid', 'true'); else byId(name).removeAttribute('aria-invalid');
    });
  }
  function close() {
    byId('visit').reset();
    byId('visit').hidden = true;
    chosen = changing = null;
  }
  /* The case as it was taken along the last time; of one that is not waited for any more, what the visit still knows. */
  function change(visit, cases) {
    var there = cases.filter(function (one) { return one.case === visit.case; })[0];
    begin(there || {
      case: visit.case, number: visit.number, name: visit.name, version: visit.version, worked: visit.worked || !!visit.paid,
      others: visit.others || [[visit.second, '原来选的同志']], today: visit.on,
    }, visit);
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
    var one = chosen, old = changing, added = [], visit = {
      once: old ? old.once : fresh(), case: one.case, number: one.number, name: one.name, version: old ? old.version : one.version,
      state: 'waits', theirs: [], others: one.others, worked: one.worked,
      on: form.on.value, second: form.second.value, findings: form.findings.value, yuan: form.yuan.value.trim(),
      paid: form.paid.value.trim(), photos: old ? old.photos.slice() : [],
    };
    chosen = null;
    Promise.all(Array.prototype.map.call(form.photo.files, function (file) {
      var id = fresh();
      added.push(id);
      visit.photos.push({ id: id, name: file.name });
      return new Response(file).arrayBuffer().then(function (bytes) { return put('photos', id, bytes); });
    })).then(function () { return put('visits', visit.once, visit); }).then(function () {
      close();
      say('存在手机里了。');
    }, function () {
      chosen = one;
      said.hidden = false;
      said.textContent = '手机里存不下了。请先发送写好的家访。';
      return Promise.all(added.map(function (id) { return remove('photos', id); })).then(function () { throw new Error('no room'); });
    }).then(show).then(function () { return navigator.onLine ? sendAll() : null; }).catch(function () { /* It was said. */ });
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
  /* What was typed, to be read. */
  function typed(visit, cases, line) {
    var others = visit.others || [];
    cases.forEach(function (one) { if (one.case === visit.case) others = others.concat(one.others); });
    var second = others.filter(function (other) { return other[0] === visit.second; })[0];
    if (second) element('p', '一同家访：' + second[1], line);
    element('p', '情况：' + visit.findings, line);
    element('p', (visit.paid ? '自付：' + visit.paid + '元　' : '') + '建议：' + visit.yuan + '元', line);
    if (visit.photos.length) element('p', '照片：' + visit.photos.length + '张', line);
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
  function discard(visit) {
    if (changing && changing.once === visit.once) close();
    return Promise.all(visit.photos.map(function (photo) { return remove('photos', photo.id); }))
      .then(function () { return remove('visits', visit.once); }).then(show);
  }
  /* A photo that is not taken: why, to be seen once more, to be thrown away. */
  function untaken(visit, photo, line) {
    var box = element('div', '', line);
    element('p', '有一张照片没有收。' + (photo.words || ''), box).className = 'mistake';
    button('看这张照片', box, function (event) {
      var pressed = event.target, picture = new Image(), reader = new FileReader();
      picture.className = 'large';
      picture.alt = '没有收的照片';
      picture.onerror = function () { box.replaceChild(element('p', '这个文件在手机里看不了。', null), picture); };
      reader.onload = function () { box.replaceChild(picture, pressed); picture.src = reader.result; };
      at('photos', 'readonly', function (rows) { return rows.get(photo.id); }).then(function (row) { return bytesOf('photos', row); })
        .then(function (bytes) { reader.readAsDataURL(new Blob([bytes], { type: 'image/jpeg' })); });
    });
    twice('不要这张', '清掉就找不回来了。真的不要这张照片？', box, function () {
      return visitOf(visit.once).then(function (now) {
        now.photos = now.photos.filter(function (one) { return one.id !== photo.id; });
        return put('visits', now.once, now);
      }).then(function () { return remove('photos', photo.id); }).then(show);
    });
  }
  function row(visit, cases, queue) {
    var line = element('li', visit.name + '，' + visit.on + '：', queue), isUnderWay = underWay === visit.once;
    var never = visit.photos.filter(function (photo) { return photo.state === 'never'; });
    element('strong', STATES[visit.state === 'sends' && !isUnderWay ? 'waits' : visit.state], line);
    if (visit.words) element('p', visit.words, line).className = visit.state === 'refused' ? 'mistake' : '';
    if (visit.state === 'moved') {
      beside(visit, line);
      button('再发一次，作为另一次家访', line, function () {
        visit.version = visit.newer;
        visit.state = 'waits';
        visit.words = '';
        put('visits', visit.once, visit).then(sendAll);
      });
    }
    if (visit.state === 'refused') {
      typed(visit, cases, line);
      button('改一改，再发', line, function () { change(visit, cases); });
    }
    if (isUnderWay) return;
    never.forEach(function (photo) { untaken(visit, photo, line); });
    if (visit.state === 'sent' && !never.length) button('从手机里清掉', line, function () { discard(visit); });
    else if (visit.state === 'sent') twice('从手机里清掉', '没有收的照片也会清掉，找不回来。真的清掉？', line, function () { discard(visit); });
    else twice('不要这一份', '写的和照片都从手机里清掉，找不回来。真的不要？', line, function () { discard(visit); });
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
      found[1].forEach(function (visit) { row(visit, found[0], queue); });
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
      byId('leave').addEventListener('click', close);
      window.addEventListener('online', sendAll);
      say(navigator.onLine ? '有网络。' : '现在没有网络，照样可以记。');
      return show();
    }).catch(function () { /* What cannot be kept is not offered: the page says what to do instead. */ });
  });
})();
