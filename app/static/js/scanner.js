// Reads QR codes from the camera: the browser's own reader where there is one, else the vendored decoder.
const AGAIN = 2500; // the same code is handed on once in this time
const PAUSE = 90;

async function reader(decoder) {
  if ('BarcodeDetector' in window && (await window.BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const detector = new window.BarcodeDetector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video)).map((code) => code.rawValue);
  }
  const { default: decode } = await import(decoder);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, 640 / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = decode(data, width, height);
    return found ? [found.data] : [];
  };
}

export async function scan(video, decoder, onCode) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  video.srcObject = stream;
  await video.play();
  const read = await reader(decoder);
  const seen = new Map();
  let isOn = true;
  const look = async () => {
    if (!isOn) return;
    if (video.videoWidth) {
      for (const text of await read(video).catch(() => [])) {
        const last = seen.get(text) ?? -AGAIN;
        seen.set(text, performance.now());
        if (performance.now() - last >= AGAIN) onCode(text);
      }
    }
    setTimeout(look, PAUSE);
  };
  look();
  return () => {
    isOn = false;
    for (const track of stream.getTracks()) track.stop();
  };
}
