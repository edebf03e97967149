// Verifies a signed ticket without the network. The format is that of app/events/tickets.py.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BODY = 11;

function bytes(text) {
  let bits = 0;
  let value = 0;
  const out = [];
  for (const letter of text) {
    const at = LETTERS.indexOf(letter);
    if (at < 0) return null;
    value = ((value << 5) | at) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((value >> bits) & 0xff);
    }
  }
  return new Uint8Array(out);
}

// {event, serial, isGenuine}: isGenuine is null where this browser knows no Ed25519; null for what is no ticket.
export async function readTicket(token, key) {
  const text = token.trim().toUpperCase();
  const data = text.startsWith('QC') ? bytes(text.slice(2)) : null;
  if (!data || data.length !== BODY + 64 || data[0] !== 1) return null;
  const view = new DataView(data.buffer);
  const ticket = { event: view.getUint32(1), serial: String(view.getUint16(5) * 2 ** 32 + view.getUint32(7)) };
  try {
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    const trusted = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']);
    const isGenuine = await crypto.subtle.verify({ name: 'Ed25519' }, trusted, data.slice(BODY), data.slice(0, BODY));
    return { ...ticket, isGenuine };
  } catch {
    return { ...ticket, isGenuine: null };
  }
}
