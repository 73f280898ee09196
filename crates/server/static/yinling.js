/* The little that pages do by script. Everything works without it, except the first sign-in, which needs the container. */
(function () {
  'use strict';
  var RETRY_AFTER = 10000, ENTER_WITHIN = 8000;

  /* One tap is one request: the button says so at once, and after ten seconds offers to try again, which is safe. */
  document.addEventListener('submit', function (event) {
    var form = event.target;
    /* A file comes and the page stays, or a script of the page keeps what was typed. */
    if ('download' in form.dataset || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    /* Whoever signs out leaves nothing of a home visit on the phone. */
    if (form.getAttribute('action') === '/sign-out' && window.indexedDB) indexedDB.deleteDatabase('yinling-visits');
    form.dataset.sent = '1';
    var button = form.querySelector('button[type=submit]');
    if (!button) return;
    if ('upload' in form.dataset && window.FormData) { event.preventDefault(); upload(form, button); return; }
    setTimeout(function () { button.disabled = true; button.textContent = '正在提交…'; }, 0);
    setTimeout(function () {
      delete form.dataset.sent;
      button.disabled = false;
      button.textContent = '网络有点慢，再点一次';
    }, RETRY_AFTER);
  });

  /* A file is under way for long: the button says how much of it has gone. What was chosen stays chosen until it has arrived, and one
     that is sent again comes once. A page that comes back because something is wrong shows its mistakes here. */
  function upload(form, button) {
    var request = new XMLHttpRequest(), words = button.textContent;
    function again(said) { delete form.dataset.sent; button.disabled = false; button.textContent = said; }
    button.disabled = true;
    button.textContent = '正在传…';
    request.upload.addEventListener('progress', function (event) {
      if (event.lengthComputable) button.textContent = '正在传，' + Math.floor(100 * event.loaded / event.total) + '%';
    });
    request.upload.addEventListener('load', function () { button.textContent = '传到了，正在存…'; });
    request.addEventListener('error', function () { again('没有传上，再点一次'); });
    request.addEventListener('load', function () {
      if (request.status === 401) { window.location.reload(); return; }
      if (request.status === 200) { window.location.assign(request.responseURL); return; }
      var page = new DOMParser().parseFromString(request.responseText, 'text/html');
      var said = page.querySelector('.mistakes') || page.querySelector('main .card');
      var old = document.querySelector('.mistakes');
      if (old) old.parentNode.removeChild(old);
      if (said) {
        said = document.importNode(said, true);
        said.className = 'mistakes';
        said.tabIndex = -1;
        document.getElementById('main').insertBefore(said, document.getElementById('main').firstChild);
        said.focus();
      }
      again(words);
    });
    request.open('POST', form.getAttribute('action'));
    request.send(new FormData(form));
  }

  /* Coming back to a page that was kept: its buttons work again, and it says what is true now. */
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) window.location.reload();
  });

  /* The entrance: a code from the container, sent with the form. Outside a container nobody answers. */
  function enter(form) {
    var waiting = document.getElementById('entering'), failed = document.getElementById('enter-failed');
    var bridge = window.yinlingBridge, sent = false;
    function show(isFailed) { failed.hidden = !isFailed; waiting.hidden = isFailed; }
    function fail() { if (!sent) show(true); }
    show(false);
    if (!bridge || (bridge.name === 'dingtalk' && !/DingTalk/i.test(navigator.userAgent))) { fail(); return; }
    setTimeout(fail, ENTER_WITHIN);
    bridge.requestAuthCode(form.dataset.corp).then(function (code) {
      if (sent) return;
      sent = true;
      form.elements.code.value = code;
      form.submit();
    }).catch(fail);
  }

  /* 说给我们听: where the container can listen, words are added to the field. */
  function voice(field) {
    var bridge = window.yinlingBridge;
    if (!bridge || !bridge.speechToText) return;
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'button voice';
    button.textContent = '按一下，说给我们听';
    button.addEventListener('click', function () {
      bridge.speechToText().then(function (words) {
        field.value = (field.value + words).slice(0, Number(field.dataset.longest || 500));
      }).catch(function () { button.hidden = true; });
    });
    field.parentNode.insertBefore(button, field.nextSibling);
  }

  window.addEventListener('DOMContentLoaded', function () {
    var form = document.getElementById('enter');
    if (form) {
      enter(form);
      document.getElementById('enter-again').addEventListener('click', function (event) {
        event.preventDefault();
        enter(form);
      });
    }
    var kept = document.getElementById('resume');
    if (kept) kept.submit();
    Array.prototype.forEach.call(document.querySelectorAll('textarea[data-voice]'), voice);
    Array.prototype.forEach.call(document.querySelectorAll('[data-print]'), function (button) {
      button.addEventListener('click', function () { window.print(); });
    });
    var mistakes = document.querySelector('.mistakes');
    if (mistakes) mistakes.focus();
  });
})();
