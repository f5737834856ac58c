import type { Day } from '#domain/days.ts';

// How a request is written down. Whatever comes from outside passes `element`, which leaves it text.

type Named = { readonly name: string; readonly formula: string };

export type Collection = {
  readonly id: string;
  readonly type: 'Company' | 'Group' | 'VoucherType' | 'Ledger' | 'Bills' | 'Voucher';
  readonly fetch: readonly string[];
  readonly compute?: readonly Named[];
  readonly childOf?: string;
  readonly filter?: string | undefined;
  /** Rows summed up inside Tally: one for each value of `by`, with the number of its members. */
  readonly countBy?: Named;
};

export type Variables = {
  readonly company?: string;
  readonly from?: Day;
  readonly to?: Day;
};

export function collectionText(variables: Variables, collection: Collection): string {
  return envelope('Collection', collection.id, `${variablesText(variables)}${definition(collection)}`);
}

export function envelope(type: 'Collection' | 'Data', id: string, description: string): string {
  return (
    `<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Export</TALLYREQUEST><TYPE>${type}</TYPE><ID>${id}</ID>` +
    `</HEADER><BODY><DESC>${description}</DESC></BODY></ENVELOPE>`
  );
}

export function variablesText({ company, from, to }: Variables): string {
  const lines = ['<SVEXPORTFORMAT>$$SysName:XML</SVEXPORTFORMAT>'];
  if (company !== undefined) lines.push(element('SVCURRENTCOMPANY', company));
  if (from !== undefined) lines.push(`<SVFROMDATE TYPE="Date">${compact(from)}</SVFROMDATE>`);
  if (to !== undefined) lines.push(`<SVTODATE TYPE="Date">${compact(to)}</SVTODATE>`);
  return `<STATICVARIABLES>${lines.join('')}</STATICVARIABLES>`;
}

function definition(of: Collection): string {
  const filterName = `${of.id}Filter`;
  const inner = [
    element('TYPE', of.type),
    of.childOf === undefined ? '' : element('CHILDOF', of.childOf),
    of.fetch.length === 0 ? '' : element('FETCH', of.fetch.join(',')),
    ...(of.compute ?? []).map(({ name, formula }) => element('COMPUTE', `${name} : ${formula}`)),
    of.filter === undefined ? '' : element('FILTERS', filterName),
  ].join('');
  const formula =
    of.filter === undefined
      ? ''
      : `<SYSTEM TYPE="Formulae" NAME="${filterName}">${escaped(of.filter)}</SYSTEM>`;
  return `<TDL><TDLMESSAGE>${shaped(of, inner)}${formula}</TDLMESSAGE></TDL>`;
}

function shaped({ id, countBy }: Collection, inner: string): string {
  if (!countBy) return `<COLLECTION NAME="${id}" ISMODIFY="No">${inner}</COLLECTION>`;
  const source = `${id}Source`;
  return (
    `<COLLECTION NAME="${source}" ISMODIFY="No">${inner}</COLLECTION>` +
    `<COLLECTION NAME="${id}" ISMODIFY="No">${element('SOURCECOLLECTION', source)}` +
    `${element('BY', `${countBy.name} : ${countBy.formula}`)}` +
    `${element('AGGRCOMPUTE', 'Count : SUM : $$Number:1')}</COLLECTION>`
  );
}

/** Whether a name can be asked for alone. Others (a quotation mark, a control character) are picked from whole lists. */
export function canAskFor(name: string): boolean {
  return !name.includes('"') && name.trim() !== '' && isPlain(name);
}

/** Whether nothing of a text is lost on the way into a request. */
export function isPlain(text: string): boolean {
  return plain(text) === text;
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

/** A name as a piece of a formula: a quotation mark would end it, and the rest would be run. */
export function quoted(name: string): string {
  if (!canAskFor(name)) throw new Error('This name cannot stand in a formula.');
  return `"${name}"`;
}

function escaped(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Without control characters, halves of characters and what XML forbids: none of them has a place in a name. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/gu, '');
}

export function compact(on: Day): string {
  return on.replaceAll('-', '');
}
