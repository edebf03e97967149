// The hall's screen follows the stream of figures; where no stream is free it asks each second.
const root = document.querySelector('[data-screen]');
const word = (name) => root.querySelector('template[data-words]').content.querySelector(`[data-word=${name}]`).textContent;
const line = (name) => root.querySelector(`template[data-${name}-line]`).content.cloneNode(true).firstElementChild;
const rows = (said, none, draw) => (said.length ? said.map(draw) : [line(none)]);
const ASK = 1000;

function fill(said) {
  for (const place of root.querySelectorAll('[data-f]')) place.textContent = (said[place.dataset.f] ?? '').toLocaleString('zh-CN');
  root.querySelector('[data-full]').textContent = said.fullness ? word(said.fullness) : '';
  root.querySelector('[data-over]').textContent = said.over ? word(said.over) : '';
  root.querySelector('[data-over]').hidden = !said.over;
  for (const part of root.querySelectorAll('[data-going-on]')) part.hidden = Boolean(said.over);
  root.querySelector('[data-hot]').replaceChildren(
    ...rows(said.hot, 'no-hot', (each) => {
      const row = line('hot');
      row.querySelector('.booth').textContent = each.booth;
      row.querySelector('span b').textContent = each.title;
      row.querySelector('small').textContent = each.employer;
      row.querySelector('.n b').textContent = each.n;
      return row;
    }),
  );
  root.querySelector('[data-calls]').replaceChildren(
    ...rows(said.calls, 'no-call', (each) => {
      const row = line('call');
      row.querySelector('strong').textContent = each.number;
      row.querySelector('b').textContent = `${each.booth}${word('booth')} ${each.employer}`;
      row.querySelector('small').textContent = each.waiting ? word('waiting').replace('%', each.waiting) : word('nobody');
      return row;
    }),
  );
}

async function ask() {
  try {
    const response = await fetch(root.dataset.figures);
    if (response.ok) fill(await response.json());
  } catch {
    // the network is away: the last figures stay
  }
}

const source = new EventSource(root.dataset.screen);
let asking = null;
source.addEventListener('message', (message) => fill(JSON.parse(message.data)));
source.addEventListener('error', () => {
  if (source.readyState === EventSource.CLOSED && !asking) asking = setInterval(ask, ASK);
});

const clock = root.querySelector('[data-clock]');
const tick = () => {
  clock.textContent = new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });
};
tick();
setInterval(tick, 1000);
