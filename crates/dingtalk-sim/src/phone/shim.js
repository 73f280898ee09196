// The bridge as the simulator's phone offers it: the same calls that the real script has.
(function () {
  'use strict';

  function ask(what, body) {
    return fetch('/__phone/bridge/' + what, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body || {})
    }).then(function (answer) {
      return answer.json().then(function (result) {
        if (!answer.ok) throw new Error(result.message);
        return result.value;
      });
    });
  }

  // What a camera or a voice would give, unless the console prepared it. A browser shows no prompt() in a frame.
  function given(what, question) {
    return ask(what).then(function (value) { return value === null ? typed(question) : value; });
  }

  function typed(question) {
    return new Promise(function (done, failed) {
      var box = document.createElement('div');
      box.setAttribute('role', 'dialog');
      box.style.cssText = 'position:fixed;left:0;right:0;bottom:0;z-index:9;padding:20px;background:#2b2420;color:#fff;font-size:18px';
      box.append(question);
      var input = box.appendChild(document.createElement('input'));
      input.setAttribute('aria-label', question);
      input.style.cssText = 'display:block;width:90%;margin:12px 0;padding:8px;font-size:20px';
      [['确定', function () { done(input.value); }], ['取消', function () { failed(new Error('cancelled')); }]]
        .forEach(function (choice) {
          var button = box.appendChild(document.createElement('button'));
          button.type = 'button';
          button.textContent = choice[0];
          button.style.cssText = 'padding:10px 28px;margin-right:12px;font-size:18px';
          button.onclick = function () { box.remove(); choice[1](); };
        });
      document.body.append(box);
      input.focus();
    });
  }

  window.yinlingBridge = {
    name: 'sim',
    requestAuthCode: function (corpId) { return ask('auth-code', { corpId: corpId }); },
    setTitle: function (title) { return ask('title', { title: String(title) }); },
    scan: function () { return given('scan', '模拟扫一扫：请输入二维码内容'); },
    phone: function (number) { return ask('phone', { number: String(number) }); },
    locate: function () { return ask('locate'); },
    speechToText: function () { return given('speech', '模拟语音输入：请输入要说的话'); }
  };

  // The console cannot look into this frame: it is told, and its buttons arrive as messages.
  if (window.parent !== window) {
    window.addEventListener('load', function () {
      window.parent.postMessage({ phone: 'page', title: document.title, path: location.pathname }, '*');
    });
    window.addEventListener('message', function (event) {
      if (event.source !== window.parent || !event.data) return;
      if (event.data.phone === 'back') history.back();
      if (event.data.phone === 'reload') location.reload();
    });
  }
})();
