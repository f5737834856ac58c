// Draws resources/icon.svg as icon.png and icon.ico. It runs inside Electron, which can draw an SVG:
//   node scripts/electron-runtime.mjs run scripts/render-icon.mjs      (with a display, or under xvfb-run)
import fs from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow } from 'electron';

const resources = path.resolve(import.meta.dirname, '../resources');
const PNG_SIDE = 512;
const ICO_SIDES = [16, 24, 32, 48, 64, 128, 256];
const DIRECTORY_BYTES = 6;
const ENTRY_BYTES = 16;

/** An ICO that holds PNGs, as Windows has read them since Vista. */
function icoOf(images) {
  const head = Buffer.alloc(DIRECTORY_BYTES + ENTRY_BYTES * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ side, png }, index) => {
    const at = DIRECTORY_BYTES + ENTRY_BYTES * index;
    // A side of 256 is written as 0.
    head.writeUInt8(side % 256, at);
    head.writeUInt8(side % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** The page draws, because only it can scale an SVG with its transparency kept. */
function pngsOf(svg, sides) {
  const draw = async (source, wanted) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    return wanted.map((side) => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = side;
      canvas.getContext('2d').drawImage(image, 0, 0, side, side);
      return canvas.toDataURL('image/png').split(',')[1];
    });
  };
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const window = new BrowserWindow({ show: false });
  return window
    .loadURL('data:text/html,')
    .then(() =>
      window.webContents.executeJavaScript(
        `(${draw.toString()})(${JSON.stringify(source)}, ${JSON.stringify(sides)})`,
      ),
    )
    .then((texts) => texts.map((text) => Buffer.from(text, 'base64')));
}

void app.whenReady().then(async () => {
  const svg = fs.readFileSync(path.join(resources, 'icon.svg'), 'utf8');
  const [large, ...small] = await pngsOf(svg, [PNG_SIDE, ...ICO_SIDES]);
  fs.writeFileSync(path.join(resources, 'icon.png'), large);
  const images = ICO_SIDES.map((side, index) => ({ side, png: small[index] }));
  fs.writeFileSync(path.join(resources, 'icon.ico'), icoOf(images));
  app.quit();
});
