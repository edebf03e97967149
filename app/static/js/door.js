// The door: camera or typed code, an answer at once, and a queue in this device while the network is away.
// A service worker keeps the page; this device keeps the list of tickets given back and of those inside.
import { scan } from './scanner.js';
import { readTicket } from './tickets.js';

const root = document.querySelector('[data-door]');
const address = root.dataset.door;
const event = Number(root.dataset.event);
const store = `door:${address}`;
const part = (name) => root.querySelector(`[data-${name}]`);
const word = (name) => part('words').content.querySelector(`[data-word=${name}]`).textContent;
const TONES = { welcome: 'ok', queued: 'ok', already: 'done', other_event: 'other', early: 'other', full: 'other' };
const PICTURES = { ok: 'check-circle-fill', done: 'clock-history', other: 'exclamation-triangle', void: 'x-circle' };
const WAIT = 5000;
const LIST_AGAIN = 60_000;
const FORGET = 8000; // a tablet that stands by itself does not show a name to the next one

const newKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, '0')).join('');
const queue = () => JSON.parse(localStorage.getItem(store) || '[]');
const known = () => JSON.parse(localStorage.getItem(`${store}:known`) || '{"void":[],"inside":{}}');
const device = localStorage.getItem('door:device') || newKey();
localStorage.setItem('door:device', device);

function keep(rows) {
  localStorage.setItem(store, JSON.stringify(rows));
  part('queued').textContent = rows.length;
  part('offline').hidden = rows.length === 0 && navigator.onLine;
}

function show({ verdict, title, words, name = '', school = '' }) {
  const tone = TONES[verdict] || 'void';
  const card = part('scan').content.cloneNode(true).firstElementChild;
  card.classList.add(`scan-${tone}`);
  card.dataset.verdict = verdict;
  const use = card.querySelector('use');
  use.setAttribute('href', use.getAttribute('href').replace(/#.*/, `#${PICTURES[tone]}`));
  card.querySelector('h2').textContent = title;
  card.querySelector('.scan-top p').textContent = words || '';
  const who = card.querySelector('[data-name]');
  who.textContent = [name, school].filter(Boolean).join(' · ');
  if (!who.textContent) card.querySelector('.scan-body').remove();
  part('answers').replaceChildren(card);
  forgetSoon();
  navigator.vibrate?.(tone === 'ok' ? 60 : [80, 60, 80]);
}

let forgetting = null;
function forgetSoon() {
  if (!('forget' in root.dataset)) return;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => part('answers').replaceChildren(), FORGET);
}

async function send(tickets) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ device, now: new Date().toISOString(), tickets }),
    signal: AbortSignal.timeout(WAIT),
  });
  if (!response.ok) throw new Error(response.statusText, { cause: response.status });
  return response.json();
}

async function offline(entry) {
  const ticket = await readTicket(entry.shown, root.dataset.key);
  if (!ticket) {
    const isTyped = entry.shown.length < 20;
    return show({ verdict: 'unknown', title: word(isTyped ? 'code' : 'forged') });
  }
  if (ticket.isGenuine === false) return show({ verdict: 'forged', title: word('forged') });
  if (ticket.event !== event) return show({ verdict: 'other_event', title: word('other') });
  const list = known();
  if (list.isCancelled) return show({ verdict: 'event_cancelled', title: word('called-off') });
  if (list.isEnded) return show({ verdict: 'expired', title: word('ended') });
  if (list.void.includes(ticket.serial)) return show({ verdict: 'cancelled', title: word('void') });
  if (ticket.serial in list.inside) {
    return show({ verdict: 'already', title: word('inside').replace('%', list.inside[ticket.serial]) });
  }
  if (queue().some((each) => each.serial === ticket.serial)) return show({ verdict: 'already', title: word('again') });
  keep([...queue(), { ...entry, serial: ticket.serial, queued: true }]);
  return show({ verdict: 'queued', title: word('welcome'), words: word('offline') });
}

async function shown(text) {
  const entry = { shown: text, key: newKey(), at: new Date().toISOString() };
  try {
    const { answers, inside, left } = await send([entry]);
    show(answers[0]);
    warn(left);
    remember(entry, answers[0]);
    part('inside').textContent = part('inside').textContent.replace(/\d+/, inside);
  } catch (error) {
    if (error.cause === 404) show({ verdict: 'unknown', title: word('stopped') });
    else await offline(entry);
  }
}

// Who came in here since the list was asked for: without the network their second scan is known all the same.
async function remember(entry, answer) {
  if (answer.verdict !== 'welcome') return;
  const ticket = await readTicket(entry.shown, root.dataset.key);
  if (!ticket) return;
  const list = known();
  list.inside[ticket.serial] = clock(answer.at);
  localStorage.setItem(`${store}:known`, JSON.stringify(list));
}

function warn(left) {
  const note = part('left');
  if (!note || left === null) return;
  note.hidden = left > note.dataset.capacity * 0.1;
  note.classList.toggle('is-loss', left === 0);
  note.classList.toggle('is-soon', left > 0);
  note.querySelector('span').textContent = left ? word('left').replace('%', left) : word('full');
}

const clock = (moment) =>
  new Date(moment).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });

async function refresh() {
  try {
    const response = await fetch(root.dataset.known, { signal: AbortSignal.timeout(WAIT) });
    if (response.ok) localStorage.setItem(`${store}:known`, JSON.stringify(await response.json()));
  } catch {
    // away: the last list stays
  }
}

// Hands the worker everything that this page was made of, so that it opens without a network too.
async function keepPage() {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(root.dataset.worker, { scope: '/door/' });
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map((each) => each.name);
  const own = loaded.filter((each) => each.startsWith(location.origin) && new URL(each).pathname.startsWith('/static/'));
  const channel = new MessageChannel();
  channel.port1.addEventListener('message', () => (root.dataset.kept = ''));
  channel.port1.start();
  active.postMessage([location.href, root.dataset.decoder, ...own], [channel.port2]);
}

let isSending = false;
async function flush() {
  const rows = queue().slice(0, 200);
  if (isSending || !rows.length) return;
  isSending = true;
  try {
    await send(rows);
    const sent = new Set(rows.map((each) => each.key));
    keep(queue().filter((each) => !sent.has(each.key)));
  } catch {
    // still away: they stay in this device
  } finally {
    isSending = false;
  }
}

part('typed').addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  const box = submitted.target.shown;
  if (box.value.trim()) shown(box.value.trim());
  else show({ verdict: 'unknown', title: word('empty') });
  box.value = '';
  box.focus();
});

const start = part('start');
start.hidden = !navigator.mediaDevices;
start.addEventListener('click', async () => {
  part('cam').hidden = false;
  try {
    await scan(part('video'), root.dataset.decoder, shown);
    start.hidden = true;
  } catch {
    part('cam').hidden = true;
    show({ verdict: 'unknown', title: word('nocam') });
  }
});

keep(queue());
forgetSoon();
addEventListener('online', flush);
addEventListener('offline', () => keep(queue()));
setInterval(flush, WAIT);
flush();
refresh();
setInterval(refresh, LIST_AGAIN);
addEventListener('load', () => keepPage().catch(() => {})); // without a worker the page works as long as it stays open
