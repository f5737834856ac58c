import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the compiler, the template and the fonts lie. */
export type PaperPlaces = {
  readonly compiler: string;
  readonly template: string;
  readonly fonts: readonly string[];
};

const COMPILER = 'typst_ts_web_compiler_bg.wasm';
const TEMPLATE = 'paper.typ';
/** Latin and Devanagari stand in the first. */
const FAMILIES = ['', 'Gujarati', 'Tamil', 'Telugu', 'Kannada', 'Bengali'];
const WEIGHTS = ['400Regular', '600SemiBold'];
const LEVELS_UP = 8;

/**
 * In a package all of it lies in one folder beside the program's archive; in the project, where the packages and the
 * templates are. Null where something is missing.
 */
export function paperPlaces(): PaperPlaces | null {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (let level = 0; level < LEVELS_UP; level += 1) {
    for (const places of [packaged(folder), inProject(folder)]) {
      if (places.compiler !== undefined && existsSync(places.compiler) && existsSync(places.template)) {
        return places.fonts.every((font) => existsSync(font)) ? places : null;
      }
    }
    folder = path.dirname(folder);
  }
  return null;
}

function packaged(folder: string): PaperPlaces {
  const papers = path.join(folder, 'papers');
  return {
    compiler: path.join(papers, COMPILER),
    template: path.join(papers, TEMPLATE),
    fonts: fontsIn(path.join(papers, 'fonts')),
  };
}

function inProject(folder: string): PaperPlaces {
  const packages = path.join(folder, 'node_modules');
  return {
    compiler: path.join(packages, '@myriaddreamin/typst-ts-web-compiler/pkg', COMPILER),
    template: path.join(folder, 'resources/papers', TEMPLATE),
    fonts: fontsIn(path.join(packages, '@expo-google-fonts')),
  };
}

function fontsIn(folder: string): readonly string[] {
  return FAMILIES.flatMap((family) =>
    WEIGHTS.map((weight) => {
      const name = family === '' ? 'noto-sans' : `noto-sans-${family.toLowerCase()}`;
      return path.join(folder, name, weight, `NotoSans${family}_${weight}.ttf`);
    }),
  );
}
