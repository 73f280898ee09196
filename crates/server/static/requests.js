/* Requests for help that a worker writes down where there is no network: printed forms are taken along, each for one person; what is written
   goes under the form's number, so that on paper and on the phone it is one request. */
(function () {
  'use strict';
  var STATES = { draft: '没有写完', waits: '等网络', sends: '正在发', sent: '已经登记', refused: '没有收，请改一下' };
  var CHOICES = ['channel', 'what', 'since', 'reach', 'pay'], FIELDS = CHOICES.concat(['received', 'reason', 'words', 'phone', 'visit', 'elsewhere']);
  var field = window.yinlingField, byId = function (id) { return document.getElementById(id); };
  if (!field) return;
  var element = field.element, put = field.put, read = field.read, remove = field.remove, say = field.say;
  function state() { return field.state('/console/visits/blanks', 'forms'); }

  function takeAlong() {
    return field.takeAlong('/console/visits/blanks', 'forms', 'number')
      .then(function (many) { say('带上了' + many + '份申请表。没有网络也能填了。'); }).then(show).catch(field.trouble);
  }

  var underWay = null;
  function isToSend(request) { return request.state === 'waits' || request.state === 'sends'; }
  var sendAll = field.sender('requests', state, isToSend, sendOne, show);
  function sendOne(csrf, once) {
    return field.one('requests', once).then(function (request) {
      if (!request || !isToSend(request)) return null;
      underWay = once;
      request.words = request.field = '';
      request.state = 'sends';
      request.tried = true;
      return put('requests', once, request).then(show).then(function () {
        return field.ask('/console/visits/request', pairs(csrf, request), 'state');
      }).then(function (answer) {
        if (answer.state !== 'kept' && answer.state !== 'refused') throw new Error(field.BUSY);
        request.state = answer.state === 'kept' ? 'sent' : 'refused';
        request.words = answer.words;
        request.field = answer.field;
        request.became = answer.case;
        request.tried = false;
        return put('requests', once, request);
      }).catch(function (error) {
        request.state = 'waits';
        request.words = '没有发成，还在手机里。';
        return put('requests', once, request).then(function () { if (error.message !== field.BUSY) throw error; });
      });
    }).then(function () { underWay = null; return show(); }, function (error) { underWay = null; throw error; });
  }
  function pairs(csrf, request) {
    var sent = [['csrf', csrf], ['once', request.once], ['form', request.number]];
    FIELDS.forEach(function (name) {
      [].concat(request.values[name]).forEach(function (value) { sent.push([name, value]); });
    });
    return sent;
  }

  /* The form: what may be chosen is what was taken along. */
  var chosen = null, writing = null;
  function begin(form, request) {
    var values = request ? request.values : { received: form.today };
    chosen = form;
    writing = request || null;
    byId('request').reset();
    byId('whom').textContent = form.name + '（申请表' + form.spoken + '）';
    CHOICES.forEach(function (name) {
      var select = byId(name);
      select.textContent = '';
      select.appendChild(new Option('请选', ''));
      form.asked[name].forEach(function (choice) { select.appendChild(new Option(choice[1], choice[0])); });
    });
    byId('reason-hint').textContent = form.asked.tell || '这里的困难都不用另外写';
    byId('elsewhere').textContent = '';
    form.asked.elsewhere.forEach(function (choice) {
      var label = element('label', '', byId('elsewhere')), box = document.createElement('input');
      label.className = 'row choice';
      box.type = 'checkbox';
      box.name = 'elsewhere';
      box.value = choice[0];
      box.checked = (values.elsewhere || []).indexOf(choice[0]) >= 0;
      label.appendChild(box);
      element('span', choice[1], label);
    });
    FIELDS.forEach(function (name) { if (name !== 'elsewhere') byId(name).value = values[name] || ''; });
    byId('request').hidden = false;
    // While somebody writes in it, it is not sent.
    if (request) keepHalf();
    mark(request ? request.field : '', request ? request.words : '');
    byId(request && request.words ? 'refused' : 'channel').focus();
  }
  function mark(name, words) { field.mark(FIELDS, '请改一下', name, words); }
  function typed() {
    var values = {}, boxes = byId('elsewhere').querySelectorAll('input:checked');
    FIELDS.forEach(function (name) { values[name] = name === 'elsewhere' ? [] : byId(name).value; });
    Array.prototype.forEach.call(boxes, function (box) { values.elsewhere.push(box.value); });
    return values;
  }
  /* The first field that lacks something, and what; the server looks again. */
  function lacking(values) {
    var missing = [
      ['channel', '请选怎么来的。'], ['received', '请写收到的日期。'], ['what', '请选遇到了什么困难。'], ['since', '请选从什么时候开始的。'],
      ['elsewhere', '请选别处帮过没有。'], ['reach', '请选怎么联系。'], ['pay', '请选钱汇到哪里。'],
    ].filter(function (one) { return !values[one[0]].length; })[0];
    if (missing) return missing;
    if (chosen.asked.told.indexOf(values.what) >= 0 && !values.reason.trim()) return ['reason', '请写是什么困难。'];
    if (values.reach === 'other' && !values.phone.trim()) return ['phone', '请写要打的电话号码。'];
    return null;
  }
  /* Kept as it stands, half written or whole. A phone may end the page at any moment. */
  function keep(as) {
    if (!chosen) return Promise.resolve();
    if (!writing) writing = { once: field.fresh(), number: chosen.number, spoken: chosen.spoken, name: chosen.name, asked: chosen.asked };
    Object.assign(writing, { state: as, values: typed() });
    return put('requests', writing.once, writing);
  }
  function noRoom() { mark('', '手机里存不下了。请先发送写好的申请。'); byId('refused').focus(); }
  function keepHalf() { return keep('draft').then(show, noRoom); }
  function close() {
    byId('request').hidden = true;
    chosen = writing = null;
  }
  function save(event) {
    event.preventDefault();
    var lacks = lacking(typed());
    if (lacks) {
      mark(lacks[0], lacks[1]);
      byId('refused').focus();
      keepHalf();
      return;
    }
    keep('waits').then(function () {
      close();
      say('存在手机里了。');
      return show();
    }).then(function () { return navigator.onLine ? sendAll() : null; }).catch(noRoom);
  }
  function later() { keepHalf().then(close); }

  function discard(request) {
    if (writing && writing.once === request.once) close();
    return remove('requests', request.once).then(show);
  }
  function row(request, queue) {
    var line = element('li', request.name + '，' + request.spoken + '：', queue), isUnderWay = underWay === request.once;
    element('strong', STATES[request.state === 'sends' && !isUnderWay ? 'waits' : request.state], line);
    line.appendChild(document.createTextNode(' '));
    if (request.words) element('p', request.words, line).className = request.state === 'refused' ? 'mistake' : '';
    if (isUnderWay) return;
    if (request.state === 'sent') {
      element('a', '看这个个案', element('p', '', line)).href = '/console/aid/' + request.became;
      field.button('从手机里清掉', line, function () { discard(request); });
      return;
    }
    // One that may have arrived is not changed any more: what arrived would stay as it was.
    if (request.tried) element('p', '可能已经收到了，再发一次才知道。', line);
    else field.button(request.state === 'draft' ? '接着写' : '改一改', line, function () { begin(request, request); });
    field.twice('不要这一份', '写的从手机里清掉，找不回来。真的不要？', line, function () { discard(request); });
  }
  function show() {
    return Promise.all([read('forms'), read('requests')]).then(function (found) {
      var forms = byId('forms'), queue = byId('queue'), begun = found[1].map(function (request) { return request.number; });
      var blank = found[0].filter(function (form) { return begun.indexOf(form.number) < 0; });
      forms.textContent = queue.textContent = '';
      byId('no-forms').hidden = blank.length > 0;
      byId('no-queue').hidden = found[1].length > 0;
      blank.forEach(function (form) {
        field.button('填申请', element('li', form.name + '，申请表' + form.spoken + ' ', forms), function () { begin(form, null); });
      });
      found[1].forEach(function (request) { row(request, queue); });
    });
  }

  field.begins(function () {
    byId('fetch').addEventListener('click', takeAlong);
    byId('send').addEventListener('click', sendAll);
    byId('request').addEventListener('submit', save);
    byId('request').addEventListener('change', keepHalf);
    byId('later').addEventListener('click', later);
    document.addEventListener('visibilitychange', function () { if (document.hidden) keepHalf(); });
    window.addEventListener('online', sendAll);
    return show();
  });
})();
