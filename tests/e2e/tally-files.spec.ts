// Tally's own exports, where its port cannot be opened: chosen in the window, read into a new book.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './app.ts';

const COMPANY = 'f0e1d2c3-0000-4000-8000-00000000abcd';

/** A group and one customer with an opening bill of ₹ 1,500.00, as Export > Masters writes them. */
const MASTERS = [
  '<ENVELOPE><HEADER><TALLYREQUEST>Import Data</TALLYREQUEST></HEADER><BODY><IMPORTDATA>',
  '<REQUESTDESC><REPORTNAME>All Masters</REPORTNAME><STATICVARIABLES>',
  '<SVCURRENTCOMPANY>Test P Ltd</SVCURRENTCOMPANY></STATICVARIABLES></REQUESTDESC><REQUESTDATA>',
  '<TALLYMESSAGE xmlns:UDF="TallyUDF"><GROUP NAME="Sundry Debtors" RESERVEDNAME="Sundry Debtors">',
  `<GUID>${COMPANY}-0000000a</GUID><PARENT>Current Assets</PARENT><ALTERID> 10</ALTERID></GROUP></TALLYMESSAGE>`,
  '<TALLYMESSAGE xmlns:UDF="TallyUDF"><LEDGER NAME="Asha &amp; Sons" RESERVEDNAME="">',
  `<GUID>${COMPANY}-00000016</GUID><PARENT>Sundry Debtors</PARENT><ALTERID> 22</ALTERID>`,
  '<ISBILLWISEON>Yes</ISBILLWISEON><OPENINGBALANCE>-1500.00</OPENINGBALANCE>',
  '<BILLALLOCATIONS.LIST><BILLDATE>20250310</BILLDATE><NAME>OLD-1</NAME>',
  '<OPENINGBALANCE>-1500.00</OPENINGBALANCE></BILLALLOCATIONS.LIST></LEDGER></TALLYMESSAGE>',
  '</REQUESTDATA></IMPORTDATA></BODY></ENVELOPE>',
].join('\r\n');

test('masters exported from Tally are read into a book that is made beside them', async ({
  app,
  page,
  dataDir,
}) => {
  const file = path.join(dataDir, 'Master.xml');
  writeFileSync(file, `\uFEFF${MASTERS}`, 'utf16le');
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await page.getByRole('button', { name: 'Connect Tally' }).click();
  await page.getByRole('textbox', { name: 'Company' }).fill('Asha Traders');
  await page.getByRole('button', { name: 'Make the book' }).click();
  await page.getByRole('button', { name: 'Choose…' }).click();
  await expect(page.getByText('Master.xml')).toBeVisible();
  await page.getByRole('button', { name: 'Read the file', exact: true }).click();
  await expect(page.getByText('Read: Test P Ltd')).toBeVisible();
  await expect(page.getByText('Outstanding ₹ 1,500.00')).toBeVisible();
  await page.getByRole('link', { name: 'Open the dashboard' }).click();
  await expect(page.locator('.figure').first()).toContainText('1,500.00');
});
