// Keeps the door's page for the time without a network. The page says what it was made of; nothing else is kept.
// Whatever changes is asked for first; the copy answers when nothing comes within three seconds.
const NAME = 'door';
const PATIENCE = 3000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const keep = async () => {
    const cache = await caches.open(NAME);
    await Promise.all(event.data.map((address) => cache.add(address).catch(() => {})));
    event.ports[0]?.postMessage(true);
  };
  event.waitUntil(keep());
});

async function fresh(request) {
  const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  if (response.ok) (await caches.open(NAME)).put(request, response.clone());
  else if (response.status >= 500) throw new Error(response.status);
  return response;
}

async function answer(request) {
  const isForever = new URL(request.url).searchParams.has('v');
  const kept = await caches.match(request, { ignoreVary: true });
  if (isForever && kept) return kept;
  try {
    return await fresh(request);
  } catch (away) {
    if (kept) return kept;
    throw away;
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const isPage = request.mode === 'navigate' && /^\/door\/[^/]+$/.test(pathname);
  if (request.method === 'GET' && (isPage || pathname.startsWith('/static/'))) event.respondWith(answer(request));
});
