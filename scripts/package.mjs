// npm run package -- --win          the Windows installers, with the official Electron, into dist/
// npm run package -- --dir --test   a folder to run the end-to-end tests on, into dist-test/; never for shipping
import { buildIfStale } from './build.mjs';
import { resolveElectron } from './electron-runtime.mjs';
import { isMain, runNode, toolScript } from './project-node.mjs';

/** What may be packaged with which runtime; a sentence when it may not. */
export function refusal(args, source) {
  const isTest = args.includes('--test');
  if (isTest && !args.includes('--dir')) return 'A test build is a folder: use --dir --test.';
  if (source === 'fallback' && !isTest) {
    return (
      'Only the test runtime is on this machine, and that is never shipped: ' +
      'package --dir --test here, and the installers where the official Electron can be downloaded.'
    );
  }
  return null;
}

export function packagerCall(args, runtime) {
  const isTest = args.includes('--test');
  const isFallback = runtime.source === 'fallback';
  return {
    args: [
      ...args.filter((argument) => argument !== '--test'),
      '--config',
      'electron-builder.config.mjs',
      '--publish',
      'never',
      ...(isFallback ? [`-c.electronDist=${runtime.dist}`, `-c.electronVersion=${runtime.version}`] : []),
    ],
    env: {
      BAAKI_TEST_BUILD: isTest ? '1' : undefined,
      BAAKI_FALLBACK_BUILD: isFallback ? '1' : undefined,
      // No certificate is looked for on the machine of whoever runs this.
      CSC_IDENTITY_AUTO_DISCOVERY: 'false',
    },
  };
}

async function main() {
  const args = process.argv.slice(2);
  const runtime = await resolveElectron();
  const refused = refusal(args, runtime.source);
  if (refused) throw new Error(refused);
  buildIfStale();
  const call = packagerCall(args, runtime);
  const code = runNode([toolScript('electron-builder'), ...call.args], { env: call.env });
  if (code !== 0) throw new Error('The packager failed (see above).');
  if (args.includes('--test'))
    console.log('dist-test/ holds a build for tests only: do not give it to anyone.');
}

if (isMain(import.meta.filename)) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
