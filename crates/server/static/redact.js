/* Rectangles drawn on a picture become numbers in the form; numbers become rectangles. Without this, the numbers are typed. */
(function () {
  'use strict';
  window.addEventListener('DOMContentLoaded', function () {
    var picture = document.querySelector('img[data-redact]');
    var rows = Array.prototype.slice.call(document.querySelectorAll('[data-area]'));
    if (!picture || !rows.length || !window.PointerEvent) return;
    var canvas = document.createElement('canvas'), from = null;
    canvas.className = 'large';
    canvas.setAttribute('aria-hidden', 'true');

    function inputs(row) { return Array.prototype.slice.call(row.querySelectorAll('input')); }
    function edges(row) { return inputs(row).map(function (input) { return parseFloat(input.value); }); }
    function place(event) {
      var box = canvas.getBoundingClientRect();
      function part(value, whole) { return Math.max(0, Math.min(100, Math.round(1000 * value / whole) / 10)); }
      return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
    }
    function draw(pen, area) {
      pen.fillRect(area[0] * canvas.width / 100, area[1] * canvas.height / 100,
        (area[2] - area[0]) * canvas.width / 100, (area[3] - area[1]) * canvas.height / 100);
    }
    function show(more) {
      var pen = canvas.getContext('2d');
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      pen.fillStyle = '#000';
      rows.map(edges).concat(more ? [more] : []).forEach(function (area) {
        if (area.every(function (edge) { return edge >= 0 && edge <= 100; })) draw(pen, area);
      });
    }
    function between(one, other) {
      return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[0], other[0]), Math.max(one[1], other[1])];
    }
    function begin() {
      canvas.width = Math.min(picture.naturalWidth, 1600);
      canvas.height = Math.round(canvas.width * picture.naturalHeight / picture.naturalWidth);
      picture.parentNode.insertBefore(canvas, picture);
      picture.hidden = true;
      show();
    }
    canvas.addEventListener('pointerdown', function (event) { from = place(event); canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener('pointermove', function (event) { if (from) show(between(from, place(event))); });
    canvas.addEventListener('pointerup', function (event) {
      if (!from) return;
      var area = between(from, place(event));
      from = null;
      var free = rows.filter(function (row) { return inputs(row).every(function (input) { return !input.value.trim(); }); })[0];
      if (free && area[0] < area[2] && area[1] < area[3]) {
        inputs(free).forEach(function (input, at) { input.value = area[at]; });
      }
      show();
    });
    rows.forEach(function (row) { row.addEventListener('input', function () { show(); }); });
    if (picture.complete && picture.naturalWidth) begin(); else picture.addEventListener('load', begin);
  });
})();
