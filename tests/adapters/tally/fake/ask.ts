import http from 'node:http';

export type Told = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Decoded as the request was encoded. */
  readonly text: string;
  /** The connection broke before the reply was whole. */
  readonly isBroken: boolean;
};

export type AskOptions = {
  readonly coding?: 'utf-16' | 'utf-8';
  readonly contentType?: string;
  readonly method?: 'POST' | 'GET';
  readonly path?: string;
  readonly signal?: AbortSignal;
};

/** One request over a connection of its own. Rejects where nothing listens or the connection breaks before a reply. */
export function ask(
  tally: { readonly host: string; readonly port: number },
  body: string,
  options: AskOptions = {},
): Promise<Told> {
  const coding = options.coding ?? 'utf-16';
  const bytes = coding === 'utf-16' ? Buffer.from(body, 'utf16le') : Buffer.from(body, 'utf8');
  const contentType = options.contentType ?? `text/xml;charset=${coding}`;
  const method = options.method ?? 'POST';
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: tally.host,
        port: tally.port,
        path: options.path ?? '/',
        method,
        agent: false,
        ...(options.signal ? { signal: options.signal } : {}),
        headers: { 'Content-Type': contentType, 'Content-Length': method === 'GET' ? 0 : bytes.length },
      },
      (response) => {
        const parts: Buffer[] = [];
        const done = (isBroken: boolean): void => {
          const whole = Buffer.concat(parts);
          const text = whole.toString(coding === 'utf-16' && method === 'POST' ? 'utf16le' : 'utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: whole,
            text,
            isBroken,
          });
        };
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(false));
        response.on('error', () => done(true));
      },
    );
    request.on('error', reject);
    request.end(method === 'GET' ? undefined : bytes);
  });
}

export type CollectionText = {
  readonly type: string;
  readonly fetch?: string;
  readonly native?: readonly string[];
  readonly inner?: string;
  readonly formulas?: Readonly<Record<string, string>>;
  readonly company?: string;
  readonly from?: string;
  readonly to?: string;
};

export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A request as PROTOCOL section 1 writes it. Formulas double as filters. */
export function collection(wish: CollectionText): string {
  const formulas = Object.entries(wish.formulas ?? {});
  return `<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Export</TALLYREQUEST><TYPE>Collection</TYPE><ID>Probe</ID></HEADER><BODY><DESC>
${variables(wish)}<TDL><TDLMESSAGE><COLLECTION NAME="Probe" ISMODIFY="No"><TYPE>${wish.type}</TYPE>
${wish.fetch ? `<FETCH>${wish.fetch}</FETCH>` : ''}${(wish.native ?? []).map((name) => `<NATIVEMETHOD>${name}</NATIVEMETHOD>`).join('')}
${wish.inner ?? ''}${formulas.map(([name]) => `<FILTERS>${name}</FILTERS>`).join('')}</COLLECTION>
${formulas.map(([name, text]) => `<SYSTEM TYPE="Formulae" NAME="${name}">${escapeText(text)}</SYSTEM>`).join('')}
</TDLMESSAGE></TDL></DESC></BODY></ENVELOPE>`;
}

export function report(
  id: string,
  wish: Pick<CollectionText, 'company' | 'from' | 'to'> & {
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
): string {
  return `<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Export</TALLYREQUEST><TYPE>Data</TYPE><ID>${id}</ID></HEADER>
<BODY><DESC>${variables(wish)}</DESC></BODY></ENVELOPE>`;
}

function variables(
  wish: Pick<CollectionText, 'company' | 'from' | 'to'> & {
    readonly variables?: Readonly<Record<string, string>>;
  },
): string {
  const own = Object.entries(wish.variables ?? {}).map(
    ([tag, text]) => `<${tag}>${escapeText(text)}</${tag}>`,
  );
  return `<STATICVARIABLES><SVEXPORTFORMAT>$$SysName:XML</SVEXPORTFORMAT>${
    wish.company === undefined ? '' : `<SVCURRENTCOMPANY>${escapeText(wish.company)}</SVCURRENTCOMPANY>`
  }${wish.from === undefined ? '' : `<SVFROMDATE TYPE="Date">${wish.from}</SVFROMDATE>`}${
    wish.to === undefined ? '' : `<SVTODATE TYPE="Date">${wish.to}</SVTODATE>`
  }${own.join('')}</STATICVARIABLES>`;
}

/** The texts of all elements of a tag, in order. */
export function texts(xml: string, tag: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`, 'g'))].map((match) =>
    (match[1] ?? '').trim(),
  );
}
