import { childOf, childrenOf, readXml, textOf, type XmlNode } from './xml.ts';

/** A field that was asked for. NATIVEMETHOD answers with an empty tag where nothing is set, FETCH with none. */
export type Asked = { readonly name: string; readonly isNative: boolean };

export type CollectionWish = {
  readonly name: string;
  readonly type: string;
  readonly fields: readonly Asked[];
  readonly filters: readonly string[];
  readonly childOf: string | null;
  readonly belongsTo: boolean;
  readonly computes: readonly { readonly name: string; readonly formula: string }[];
  readonly source: string | null;
  readonly by: readonly { readonly name: string; readonly formula: string }[];
  readonly aggregates: readonly { readonly name: string; readonly kind: string; readonly formula: string }[];
};

export type Variables = {
  /** Null: it was not sent. */
  readonly company: string | null;
  readonly from: { readonly text: string; readonly isTyped: boolean } | null;
  readonly to: { readonly text: string; readonly isTyped: boolean } | null;
  readonly others: Readonly<Record<string, string>>;
};

export type TallyWish =
  | {
      readonly type: 'collection';
      readonly id: string;
      readonly variables: Variables;
      readonly collections: readonly CollectionWish[];
      readonly formulas: ReadonlyMap<string, string>;
    }
  | { readonly type: 'report'; readonly id: string; readonly variables: Variables }
  | {
      readonly type: 'function';
      readonly id: string;
      readonly variables: Variables;
      readonly parameters: readonly string[];
    }
  | {
      readonly type: 'object';
      readonly id: string;
      readonly variables: Variables;
      readonly subtype: string;
      readonly fields: readonly Asked[];
    }
  | {
      readonly type: 'import';
      readonly id: string;
      readonly variables: Variables;
      readonly messages: readonly XmlNode[];
      readonly isOldForm: boolean;
    }
  | { readonly type: 'unknown' };

const UNKNOWN: TallyWish = { type: 'unknown' };

/** Both families of envelopes. What Tally would not understand is 'unknown'. */
export function readRequest(body: string): TallyWish {
  const envelope = readXml(body.replace(/^\uFEFF/, '').trim());
  if (envelope?.tag !== 'ENVELOPE') return UNKNOWN;
  const word = (textOf(envelope, 'HEADER', 'TALLYREQUEST') ?? '').toLowerCase();
  if (word === 'export data') return oldExport(envelope);
  if (word === 'import data') return oldImport(envelope);
  const type = (textOf(envelope, 'HEADER', 'TYPE') ?? '').toLowerCase();
  const id = textOf(envelope, 'HEADER', 'ID') ?? '';
  const desc = childOf(envelope, 'BODY', 'DESC');
  const variables = readVariables(childOf(desc, 'STATICVARIABLES'));
  if (word === 'import') {
    const messages = childrenOf(childOf(envelope, 'BODY', 'DATA'), 'TALLYMESSAGE');
    return { type: 'import', id, variables, messages, isOldForm: false };
  }
  if (word !== 'export') return UNKNOWN;
  if (type === 'data') return { type: 'report', id, variables };
  if (type === 'collection') return { type: 'collection', id, variables, ...readTdl(desc) };
  if (type === 'function') {
    const parameters = childrenOf(childOf(desc, 'FUNCPARAMLIST'), 'PARAM').map((node) => node.text.trim());
    return { type: 'function', id, variables, parameters };
  }
  if (type !== 'object') return UNKNOWN;
  const subtype = (textOf(envelope, 'HEADER', 'SUBTYPE') ?? '').toLowerCase();
  const fields = fieldsOf(childrenOf(childOf(desc, 'FETCHLIST'), 'FETCH'), false);
  return { type: 'object', id, variables, subtype, fields };
}

function oldExport(envelope: XmlNode): TallyWish {
  const desc = childOf(envelope, 'BODY', 'EXPORTDATA', 'REQUESTDESC');
  const id = textOf(desc, 'REPORTNAME');
  return id === undefined
    ? UNKNOWN
    : { type: 'report', id, variables: readVariables(childOf(desc, 'STATICVARIABLES')) };
}

function oldImport(envelope: XmlNode): TallyWish {
  const data = childOf(envelope, 'BODY', 'IMPORTDATA');
  const id = textOf(data, 'REQUESTDESC', 'REPORTNAME');
  if (id === undefined) return UNKNOWN;
  return {
    type: 'import',
    id,
    variables: readVariables(childOf(data, 'REQUESTDESC', 'STATICVARIABLES')),
    messages: childrenOf(childOf(data, 'REQUESTDATA'), 'TALLYMESSAGE'),
    isOldForm: true,
  };
}

function readVariables(node: XmlNode | undefined): Variables {
  const others: Record<string, string> = {};
  for (const child of node?.children ?? []) others[child.tag] = child.text.trim();
  const dated = (tag: string): Variables['from'] => {
    const child = childOf(node, tag);
    if (!child) return null;
    return { text: child.text.trim(), isTyped: (child.attributes['TYPE'] ?? '').toLowerCase() === 'date' };
  };
  return {
    company: others['SVCURRENTCOMPANY'] ?? null,
    from: dated('SVFROMDATE'),
    to: dated('SVTODATE'),
    others,
  };
}

function readTdl(desc: XmlNode | undefined): {
  readonly collections: readonly CollectionWish[];
  readonly formulas: ReadonlyMap<string, string>;
} {
  const message = childOf(desc, 'TDL', 'TDLMESSAGE');
  const formulas = new Map<string, string>();
  for (const node of childrenOf(message, 'SYSTEM')) {
    const name = node.attributes['NAME'];
    if (name !== undefined) formulas.set(name.toLowerCase(), node.text.trim());
  }
  return { collections: childrenOf(message, 'COLLECTION').map(readCollection), formulas };
}

function readCollection(node: XmlNode): CollectionWish {
  const listed = (tag: string): readonly string[] =>
    childrenOf(node, tag)
      .flatMap((child) => child.text.split(','))
      .map((text) => text.trim())
      .filter((text) => text !== '');
  const named = (tag: string): readonly { name: string; formula: string }[] =>
    childrenOf(node, tag).map((child) => {
      const at = child.text.indexOf(':');
      return { name: child.text.slice(0, at).trim(), formula: child.text.slice(at + 1).trim() };
    });
  return {
    name: node.attributes['NAME'] ?? '',
    type: (textOf(node, 'TYPE') ?? '').toLowerCase(),
    fields: [
      ...fieldsOf(childrenOf(node, 'FETCH'), false),
      ...fieldsOf(childrenOf(node, 'NATIVEMETHOD'), true),
    ],
    filters: [...listed('FILTER'), ...listed('FILTERS')],
    childOf: textOf(node, 'CHILDOF') ?? null,
    belongsTo: (textOf(node, 'BELONGSTO') ?? '').toLowerCase() === 'yes',
    computes: named('COMPUTE'),
    source: textOf(node, 'SOURCECOLLECTION') ?? null,
    by: named('BY'),
    aggregates: named('AGGRCOMPUTE').map(({ name, formula }) => {
      const at = formula.indexOf(':');
      return { name, kind: formula.slice(0, at).trim().toLowerCase(), formula: formula.slice(at + 1).trim() };
    }),
  };
}

function fieldsOf(nodes: readonly XmlNode[], isNative: boolean): readonly Asked[] {
  return nodes
    .flatMap((node) => node.text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((name) => ({ name: name.toLowerCase(), isNative }));
}
