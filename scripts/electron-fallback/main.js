// Stand-in for Electron's own default_app in the test runtime: `electron [-r module] <folder or file>`.
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const given = process.argv.slice(1);
const preloads = [];
let file;
for (let index = 0; index < given.length; index++) {
  const argument = given[index];
  if (argument === '-r' || argument === '--require') preloads.push(given[++index]);
  else if (argument === '-v' || argument === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (!argument.startsWith('-')) {
    file = argument;
    break;
  }
}
if (!file) {
  console.error('usage: electron [-r module] <folder or file>');
  process.exit(1);
}
const require = createRequire(path.join(process.cwd(), 'index.js'));
for (const preload of preloads) require(preload);

const target = path.resolve(file);
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
let appPath = path.dirname(target);
const packageFile = path.join(target, 'package.json');
if (fs.existsSync(packageFile)) {
  const manifest = JSON.parse(fs.readFileSync(packageFile, 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  app.name = manifest.productName ?? manifest.name ?? app.name;
  app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`);
  appPath = target;
}
app.setAppPath(appPath);
await import(pathToFileURL(Module._resolveFilename(target, null, true)).href);
