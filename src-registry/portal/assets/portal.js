// Sends what the page's forms ask, and nothing else. Every form names its call; the answer's words stand in the page.

const { dataset } = document.body;
const words = JSON.parse(dataset.words ?? '{}');
const status = document.querySelector('#status');

const FILE_BYTES_MOST = 50 * 1024 * 1024;

/** What each form sends: method, path, body of the form's fields and data. */
const calls = {
  askSession: ({ fields }) => [
    'POST',
    '/subject/session',
    {
      schema: 'session.v1',
      mobile: mobileOf(fields.get('mobile')),
      identifier: textOf(fields.get('identifier')),
      lang: dataset.lang,
    },
  ],
  openSession: ({ fields }) => [
    'POST',
    '/subject/session/open',
    { session_id: sessionId, otp: fields.get('otp') },
  ],
  closeSession: () => ['DELETE', '/subject/session', null],
  askLinkOtp: ({ form }) => ['POST', '/subject/links/otp', { link: form.dataset.link }],
  answerLink: ({ form, fields, answer }) => [
    'POST',
    '/subject/links/answer',
    { link: form.dataset.link, otp: fields.get('otp'), answer, lang: dataset.lang },
  ],
  answerConsent: ({ form, answer }) => [
    'POST',
    '/subject/consents',
    { consent_id: form.dataset.consent, answer, lang: dataset.lang },
  ],
  blockMember: ({ form }) => [
    'POST',
    '/subject/block-member',
    { member_id: form.dataset.member, is_blocked: form.dataset.blocked === 'true' },
  ],
  openDispute: async ({ form, fields }) => [
    'POST',
    '/subject/disputes',
    {
      schema: 'dispute.v1',
      dispute_id: newId(),
      reporter: form.dataset.reporter,
      due_ref: form.dataset.due,
      reason: fields.get('reason'),
      proof_sha256: await digestOf(fields.get('proof')),
    },
  ],
  erase: ({ fields }) => [
    'POST',
    '/subject/erase-request',
    { schema: 'erase.v1', reason: fields.get('reason') },
  ],
};

/** Of the password that was asked for last. */
let sessionId = '';

const after = {
  askSession: ({ answer }) => {
    sessionId = answer.session_id;
    showSecondStep();
  },
  openSession: () => go('/me'),
  closeSession: () => go('/'),
  askLinkOtp: () => showSecondStep(),
  erase: ({ form, answer }) => {
    tell((form.dataset.done ?? '').replace('{{id}}', answer.request_id), 'good');
    form.reset();
  },
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.call) return;
  event.preventDefault();
  void send(form, event.submitter?.value ?? '');
});

document.addEventListener('click', (event) => {
  const again = event.target instanceof Element ? event.target.closest('[data-again]') : null;
  const form = again && document.getElementById(again.dataset.again ?? '');
  if (form instanceof HTMLFormElement) form.requestSubmit();
});

document.addEventListener('change', (event) => {
  const input = event.target;
  if (input instanceof HTMLInputElement && input.type === 'file') void showDigest(input);
});

async function send(form, answer) {
  const buttons = [...form.querySelectorAll('button')];
  // A second press would send twice.
  if (buttons.some((button) => button.disabled)) return;
  for (const button of buttons) button.disabled = true;
  tell(words.wait);
  try {
    const [method, path, body] = await calls[form.dataset.call]({ form, fields: new FormData(form), answer });
    const told = await asked(method, path, body);
    tell('');
    const next = after[form.dataset.call];
    if (next) next({ form, answer: told });
    else location.reload();
  } catch (error) {
    tell(words[`problem.${error.message}`] ?? words['problem.other'], 'bad');
    if (error.message === 'no_session') setTimeout(() => go('/login'), 2500);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

async function asked(method, path, body) {
  const headers = { 'x-csrf-token': dataset.csrf ?? '' };
  let response;
  try {
    response = await fetch(`/v1${path}`, {
      method,
      ...(body === null
        ? { headers }
        : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new Error('offline');
  }
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const told = isJson ? await response.json() : null;
  // A page that a hotel's network puts in between is no answer of ours.
  if (!response.ok || told === null) throw new Error(told?.code ?? 'offline');
  return told;
}

function showSecondStep() {
  const [first, second] = ['ask', 'open'].map((id) => document.getElementById(id));
  if (first) first.hidden = true;
  if (!second) return;
  second.hidden = false;
  const otp = second.querySelector('[name=otp]');
  otp.value = '';
  otp.focus();
}

function go(path) {
  location.assign(`${path}?lang=${dataset.lang}`);
}

function tell(text, mood = '') {
  if (!status) return;
  status.className = `status ${mood}`;
  status.textContent = text ?? '';
}

/** The file is read here and stays here; only its SHA-256 leaves. */
async function digestOf(file) {
  if (!(file instanceof File) || file.size === 0) return null;
  if (!globalThis.crypto?.subtle) throw new Error('insecure');
  if (file.size > FILE_BYTES_MOST) throw new Error('large');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return btoa(String.fromCodePoint(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

async function showDigest(input) {
  const made = input.closest('form')?.querySelector('.made');
  if (!made) return;
  try {
    const digest = await digestOf(input.files?.[0]);
    made.textContent =
      digest === null ? '' : words['dispute.proofMade'].replace('{{digest}}', digest.slice(0, 12));
  } catch (error) {
    made.textContent = words[`problem.${error.message}`] ?? '';
  }
}

function mobileOf(value) {
  const digits = String(value ?? '').replaceAll(/[^0-9]/g, '');
  return `+91${digits.slice(-10)}`;
}

function textOf(value) {
  const text = String(value ?? '')
    .replaceAll(/[\s-]/g, '')
    .toUpperCase();
  return text === '' ? null : text;
}

/** A UUID of version 4; crypto.randomUUID is not there on a page without TLS. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
