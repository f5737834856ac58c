import { askedFields, chosenMethods } from './fields.ts';
import { ledgerRenderer } from './ledgers.ts';
import { COMPANY_METHODS, masterStart } from './masters.ts';
import { byName } from './records.ts';
import type { Asked, TallyWish } from './request.ts';
import { ledgerRow, type Scope } from './scope.ts';
import { companyInfo, plainReply, refusalReply, type Reply } from './wire.ts';

/** One company or ledger by name. */
export function objectReply(
  scope: Scope,
  wish: Extract<TallyWish, { readonly type: 'object' }>,
  served: number,
): Reply {
  const row = wish.subtype === 'company' ? companyObject(scope, wish.fields) : ledgerObject(scope, wish);
  if (row === null) return refusalReply(`Could not find ${wish.subtype} '${wish.id}'`);
  return plainReply(
    '<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>1</STATUS>\r\n </HEADER>\r\n <BODY>\r\n' +
      `  <DESC>\r\n${companyInfo(served)}  </DESC>\r\n  <DATA>\r\n   <TALLYMESSAGE>\r\n${row}   </TALLYMESSAGE>\r\n` +
      '  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n',
    1,
  );
}

function companyObject(scope: Scope, fields: readonly Asked[]): string | null {
  const { company, book } = scope;
  if (!company) return null;
  const every = COMPANY_METHODS.map(({ tag }) => ({ name: tag.toLowerCase(), isNative: false }));
  const scalars = chosenMethods(COMPANY_METHODS, askedFields(fields.length === 0 ? every : fields));
  return `${masterStart('COMPANY', book.name, '')}${scalars({ company, book })}    </COMPANY>\r\n`;
}

function ledgerObject(scope: Scope, wish: Extract<TallyWish, { readonly type: 'object' }>): string | null {
  const ledger = wish.subtype === 'ledger' ? byName(scope.book.ledgers, wish.id) : undefined;
  if (!ledger) return null;
  return ledgerRenderer(askedFields(wish.fields), () => '')(ledgerRow(scope, ledger));
}
