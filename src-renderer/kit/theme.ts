import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';
import { latenessVariables } from './lateness.ts';

const FONTS =
  '"Segoe UI Variable Text", "Segoe UI", Inter, "Nirmala UI", "Noto Sans", "Noto Sans Devanagari", sans-serif';

/** Blue is for what can be pressed. */
const blue: MantineColorsTuple = [
  '#ebf3fc',
  '#d5e7fa',
  '#b4d6fa',
  '#8cc1f7',
  '#62abf5',
  '#2886de',
  '#0f6cbd',
  '#0d5ba0',
  '#0c4c86',
  '#0a3b69',
];

const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#f0f1f3',
  '#e6e8eb',
  '#dadde2',
  '#c6cad1',
  '#8b919b',
  '#5b616c',
  '#454b55',
  '#31363e',
  '#1c1f24',
];

/** From text (0) to the deepest ground (9); 7 is the ground of the window. */
const dark: MantineColorsTuple = [
  '#e4e6e9',
  '#c3c7cd',
  '#a3a9b2',
  '#7c828c',
  '#454a52',
  '#363a41',
  '#272a2f',
  '#1b1d21',
  '#15171a',
  '#0e0f11',
];

export const theme: MantineThemeOverride = createTheme({
  colors: { blue, gray, dark },
  primaryColor: 'blue',
  primaryShade: { light: 6, dark: 6 },
  white: '#ffffff',
  black: '#1c1f24',
  fontFamily: FONTS,
  fontFamilyMonospace: '"Cascadia Mono", Consolas, "Noto Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  headings: {
    fontFamily: FONTS,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '15px', lineHeight: '22px' },
      h3: { fontSize: '13px', lineHeight: '18px' },
    },
  },
  cursorType: 'default',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: false, openDelay: 350, multiline: true, maw: 320 } },
    Text: { defaultProps: { size: 'sm' } },
    // Its header is no second banner of the window.
    Modal: { defaultProps: { centered: true, attributes: { header: { role: 'none' } } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-start' } },
  },
});

/** Grounds, lines and inks of both themes: designed apart, not inverted. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...latenessVariables.light,
    '--ground-frame': '#eef0f3',
    '--ground-page': '#f7f8f9',
    '--ground-card': '#ffffff',
    '--ground-head': '#f3f4f6',
    '--ground-hover': '#f1f5fa',
    '--ground-selected': '#e1eefa',
    '--line': '#dfe2e7',
    '--line-strong': '#c6cad1',
    '--ink': '#1c1f24',
    '--ink-soft': '#5b616c',
    '--press': '#0f6cbd',
    '--lamp-green': '#1a7f37',
    '--lamp-amber': '#8a5a00',
    '--lamp-red': '#b3261e',
    '--moved': '#ece7fb',
    '--moved-ink': '#3d2b7a',
    '--mantine-color-dimmed': '#5b616c',
    '--mantine-color-placeholder': '#6b717c',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    ...latenessVariables.dark,
    '--ground-frame': '#15171a',
    '--ground-page': '#1b1d21',
    '--ground-card': '#24272c',
    '--ground-head': '#2a2d33',
    '--ground-hover': '#2b3037',
    '--ground-selected': '#1d3a57',
    '--line': '#363a41',
    '--line-strong': '#50555e',
    '--ink': '#e4e6e9',
    '--ink-soft': '#a3a9b2',
    '--press': '#62abf5',
    '--lamp-green': '#57c271',
    '--lamp-amber': '#e3b341',
    '--lamp-red': '#ff8a80',
    '--moved': '#2f2752',
    '--moved-ink': '#d9cffb',
    '--mantine-color-dimmed': '#a3a9b2',
    '--mantine-color-placeholder': '#969ca6',
    '--mantine-color-error': '#ff8a80',
  },
});
