import type { MessageLanguage } from '../reminders/languages.ts';

/** A page as it is to be drawn: every word and figure of it as text. What prints it decides nothing. */
export type Paper = {
  readonly language: MessageLanguage;
  readonly title: string;
  readonly from: PaperParty;
  readonly to: PaperParty & { readonly label: string };
  readonly facts: readonly PaperFact[];
  /** The one large figure, with its currency sign. */
  readonly figure: PaperFact;
  /** Only of letters. */
  readonly subject: string | null;
  readonly paragraphs: readonly string[];
  readonly strip: readonly StripPart[];
  readonly tables: readonly PaperTable[];
  readonly notes: readonly PaperFact[];
  readonly pay: PaperPay | null;
  /** Only of letters: 'For Sharma Traders', and who signs. */
  readonly signature: readonly string[];
  /** 'Page {{page}} of {{pages}}'. */
  readonly pageWords: string;
};

export type PaperParty = { readonly name: string; readonly lines: readonly string[] };
export type PaperFact = { readonly label: string; readonly value: string };

/** One part of the aging strip. */
export type StripPart = PaperFact & {
  /** Thousandths of the strip's length; of all parts together 1000, or 0 where nothing is owed. */
  readonly permille: number;
  /** Where it stands on the scale of lateness: 0 not due to 5 the latest, fractions between two steps. */
  readonly place: number;
};

export type PaperColumn = {
  readonly label: string;
  /** Thousandths of the page's width; of all columns together 1000. */
  readonly permille: number;
  readonly side: 'left' | 'right';
};

export type PaperRow = {
  /** A cell is one or more lines. */
  readonly cells: readonly (readonly string[])[];
  /** Cells of the line that carries the sum over to the next page, were this row the last of its page. */
  readonly carry: readonly string[] | null;
  /** The place on the scale of lateness. */
  readonly mark: number | null;
};

export type PaperTable = {
  readonly title: string | null;
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly PaperRow[];
  readonly carriedForward: string;
  readonly broughtForward: string;
  readonly totals: readonly PaperTotal[];
};

export type PaperTotal = { readonly cells: readonly string[]; readonly isStrong: boolean };

export type PaperPay = {
  readonly title: string;
  readonly lines: readonly PaperFact[];
  /** What the QR code holds, and what stands under it. */
  readonly code: { readonly link: string; readonly label: string } | null;
};
