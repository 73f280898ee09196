// The bridge as the simulator's phone offers it: the same calls that the real container's script has.
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

  // What a hand or a voice would give: prepared on the console, otherwise asked for here.
  function given(what, question) {
    return ask(what).then(function (value) {
      if (value !== null) return value;
      var typed = window.prompt(question, '');
      if (typed === null) throw new Error('cancelled');
      return typed;
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

  // The console cannot look into this frame: it is told where it is, and its buttons arrive as messages.
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
