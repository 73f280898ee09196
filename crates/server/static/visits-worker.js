const NAME = 'yinling-visits-' + KEPT.files.join('|');
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(KEPT.pages.concat(KEPT.files))).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  const old = (name) => name.indexOf('yinling-visits-') === 0 && name !== NAME;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});
/* What was kept answers for the pages and their files; everything else goes to the network as ever. */
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (KEPT.pages.indexOf(url.pathname) >= 0) {
    event.respondWith(fetch(event.request).then((answer) => (answer.ok && !answer.redirected ? answer : caches.match(url.pathname)
      .then((kept) => kept || answer))).catch(() => caches.match(url.pathname)));
  } else if (KEPT.files.indexOf(url.pathname + url.search) >= 0) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});
