// The door: camera or typed code, an answer at once, and a queue in this device while the network is away.
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

const newKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, '0')).join('');
const queue = () => JSON.parse(localStorage.getItem(store) || '[]');
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
  navigator.vibrate?.(tone === 'ok' ? 60 : [80, 60, 80]);
}

async function send(tickets) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ device, now: new Date().toISOString(), tickets }),
    signal: AbortSignal.timeout(WAIT),
  });
  if (!response.ok) throw new Error(response.status);
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
  if (queue().some((each) => each.serial === ticket.serial)) return show({ verdict: 'already', title: word('again') });
  keep([...queue(), { ...entry, serial: ticket.serial, queued: true }]);
  return show({ verdict: 'queued', title: word('welcome'), words: word('offline') });
}

async function shown(text) {
  const entry = { shown: text, key: newKey(), at: new Date().toISOString() };
  try {
    const { answers, inside } = await send([entry]);
    show(answers[0]);
    part('inside').textContent = part('inside').textContent.replace(/\d+/, inside);
  } catch {
    await offline(entry);
  }
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
addEventListener('online', flush);
addEventListener('offline', () => keep(queue()));
setInterval(flush, WAIT);
flush();
