/* Home visits without a network: cases are taken along, visits written, and sent when there is a network again. */
(function () {
  'use strict';
  var STATES = {
    waits: '等网络', sends: '正在发', photos: '已经发送，照片还没有发完', sent: '已经发送', moved: '个案有变化，请看一下', refused: '没有收，请改一下',
  };
  var FIELDS = ['on', 'second', 'findings', 'paid', 'yuan'], field = window.yinlingField, byId = function (id) { return document.getElementById(id); };
  if (!field) return;
  var SIGN_IN = field.SIGN_IN, BUSY = field.BUSY, at = field.at, all = field.all, remove = field.remove, put = field.put, read = field.read;
  var bytesOf = field.bytesOf, ask = field.ask, answered = field.answered, own = field.own, say = field.say, trouble = field.trouble;
  var fresh = field.fresh, element = field.element, button = field.button, twice = field.twice;
  function state() { return field.state('/console/visits/state', 'cases'); }
  function visitOf(once) { return field.one('visits', once); }

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

  field.begins(function () {
    byId('fetch').addEventListener('click', takeAlong);
    byId('send').addEventListener('click', sendAll);
    byId('visit').addEventListener('submit', save);
    byId('leave').addEventListener('click', close);
    window.addEventListener('online', sendAll);
    return show();
  });
})();
