import { startFake, type Accepted, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';

/** A template as Meta keeps it: what is sent must fit it exactly. */
type Template = {
  readonly name: string;
  readonly language: string;
  status: string;
  readonly body: string;
  readonly hasDocument: boolean;
};

type Sent = Accepted & { readonly id: string; readonly events: object[] };

export type FakeCloud = FakeServer & {
  readonly accepted: readonly Sent[];
  readonly templates: Template[];
  /** The customer wrote: free text is allowed for a day. */
  readonly customerWrote: (digits: string) => void;
  /** Numbers without WhatsApp. */
  readonly absent: Set<string>;
  readonly report: (id: string, status: string, error?: string) => void;
};

export const CLOUD = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  token: 'EAAsecret-token',
};
const AT = 1_795_000_000;

const refusal = (status: number, code: number, details: string): FakeReply => ({
  status,
  body: {
    error: {
      message: `(#${code}) ${details}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
    },
  },
});

type Body = {
  to: string;
  type: string;
  text?: { body: string };
  biz_opaque_callback_data?: string;
  template?: {
    name: string;
    language: { code: string };
    components: { type: string; parameters: { type: string; text?: string; document?: { id: string } }[] }[];
  };
};

export async function startFakeCloud(): Promise<FakeCloud> {
  const accepted: Sent[] = [];
  const templates: Template[] = [];
  const absent = new Set<string>();
  const open = new Set<string>();
  const media = new Set<string>();

  function take(to: string, text: string, uid: string): FakeReply {
    if (absent.has(to)) return refusal(400, 131_026, 'Message undeliverable');
    const id = `wamid.${accepted.length + 1}`;
    accepted.push({
      to,
      text,
      ids: { uid },
      at: Date.now(),
      id,
      events: [{ delivery_status: 'SENT', timestamp: AT }],
    });
    return {
      status: 200,
      body: {
        messaging_product: 'whatsapp',
        contacts: [{ input: to, wa_id: to }],
        messages: [{ id, message_status: 'accepted' }],
      },
    };
  }

  function send({ json }: FakeRequest): FakeReply {
    const { to, type, text, template, biz_opaque_callback_data: uid = '' } = json as Body;
    if (type === 'text') {
      return open.has(to) ? take(to, text?.body ?? '', uid) : refusal(400, 131_047, 'Re-engagement message');
    }
    const known = templates.find(
      (one) => one.name === template?.name && one.language === template.language.code,
    );
    if (!template || !known) return refusal(404, 132_001, 'template name does not exist in the translation');
    if (known.status === 'PAUSED') return refusal(400, 132_015, 'Template is paused');
    if (known.status !== 'APPROVED') return refusal(404, 132_001, 'Template is not approved');
    const given = template.components.find((one) => one.type === 'body')?.parameters ?? [];
    const wanted = new Set(Array.from(known.body.matchAll(/\{\{(\d+)\}\}/g), ([whole]) => whole)).size;
    if (given.length !== wanted) {
      return refusal(
        400,
        132_000,
        `number of localizable_params (${given.length}) does not match (${wanted})`,
      );
    }
    if (given.some(({ text: value = '' }) => /[\n\t]| {5}/.test(value) || value === '')) {
      return refusal(400, 132_012, 'Param text cannot have new-line/tab characters');
    }
    const document = template.components.find((one) => one.type === 'header')?.parameters[0]?.document;
    if (known.hasDocument !== (document !== undefined)) return refusal(400, 132_012, 'header does not match');
    if (document && !media.has(document.id)) return refusal(400, 131_053, 'media not found');
    return take(
      to,
      known.body.replaceAll(/\{\{(\d+)\}\}/g, (_all, at) => given[Number(at) - 1]?.text ?? ''),
      uid,
    );
  }

  function upload({ headers, bytes }: FakeRequest): FakeReply {
    const text = Buffer.from(bytes).toString('latin1');
    const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1] ?? '';
    const parts = text.split(`--${boundary}`);
    if (!parts.some((part) => part.includes('name="messaging_product"') && part.includes('whatsapp')))
      return refusal(400, 100, 'messaging_product is required');
    if (!parts.some((part) => part.includes('name="file"') && part.includes('%PDF')))
      return refusal(400, 100, 'file is required');
    const id = String(9000 + media.size);
    media.add(id);
    return { status: 200, body: { id } };
  }

  const shown = ({ name, language, status, body, hasDocument }: Template): object => ({
    name,
    language,
    status,
    components: [
      ...(hasDocument ? [{ type: 'HEADER', format: 'DOCUMENT' }] : []),
      { type: 'BODY', text: body },
    ],
  });

  const server = await startFake((request) => {
    const { headers, method, url, fault } = request;
    if (headers['authorization'] !== `Bearer ${CLOUD.token}`)
      return refusal(401, 190, 'Invalid OAuth access token');
    if (fault === 'error-in-200') return { ...refusal(200, 131_000, 'Something went wrong') };
    const path = url.pathname.replace(/^\/v\d+\.\d+/, '');
    if (path === `/${CLOUD.phoneNumberId}/messages` && method === 'POST') return send(request);
    if (path === `/${CLOUD.phoneNumberId}/media` && method === 'POST') return upload(request);
    if (path === `/${CLOUD.phoneNumberId}/message_history`) {
      const found = accepted.filter(({ id }) => id === url.searchParams.get('message_id'));
      const data = found.map(({ id, events }) => ({
        id: `h-${id}`,
        message_id: id,
        events: { data: events },
      }));
      return { status: 200, body: { data } };
    }
    if (path === `/${CLOUD.businessAccountId}/message_templates`) {
      return { status: 200, body: { data: templates.map(shown), paging: { cursors: { after: 'x' } } } };
    }
    if (path === `/${CLOUD.phoneNumberId}`) {
      return {
        status: 200,
        body: { verified_name: 'Anita Stores', quality_rating: 'GREEN', id: CLOUD.phoneNumberId },
      };
    }
    return refusal(404, 100, 'Unsupported request');
  });

  return {
    ...server,
    accepted,
    templates,
    absent,
    customerWrote: (digits) => void open.add(digits),
    report: (id, delivery_status, error_description) => {
      const found = accepted.find((one) => one.id === id);
      found?.events.push({ delivery_status, timestamp: AT + found.events.length * 60, error_description });
    },
  };
}
