const NAME = 'yinling-visits-' + KEPT.files.join('|');
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([KEPT.page].concat(KEPT.files))).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  const old = (name) => name.indexOf('yinling-visits-') === 0 && name !== NAME;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});
/* What was kept answers for the page and its files; everything else goes to the network as ever. */
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname === KEPT.page) {
    event.respondWith(fetch(event.request).then((answer) => (answer.ok && !answer.redirected ? answer : caches.match(KEPT.page)
      .then((kept) => kept || answer))).catch(() => caches.match(KEPT.page)));
  } else if (KEPT.files.indexOf(url.pathname + url.search) >= 0) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});
