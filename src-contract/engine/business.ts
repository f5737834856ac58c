import { z } from 'zod';
import { call } from '../fields.ts';

const line = (most: number) => z.string().trim().max(most).nullable();

/** Who writes: what stands on letters, statements and in the texts, and how one is paid. One home for all of them. */
export const businessShape = z.object({
  /** As customers know it; the book's name until it is set. */
  name: z.string().trim().max(120),
  address: line(500),
  gstin: line(15),
  phone: line(40),
  email: line(200),
  /** UPI address, e.g. 'shop@bank'. */
  vpa: line(255),
  /** The account holder's name at the bank. */
  payeeName: line(99),
  merchantCode: line(4),
  /** Account number, IFSC, branch: as it is to be printed. */
  bankLines: line(400),
  signatory: line(120),
  /** The owner himself: where tests and the first run go. */
  ownerPhone: line(40),
  ownerEmail: line(200),
});
export type Business = z.infer<typeof businessShape>;

export const business = {
  get: call.output(businessShape),
  /** Changes only what is given. Refused where an address could not be used ('vpa-not-valid', 'phone-not-valid', …). */
  save: call.input(businessShape.partial()).output(businessShape),
};
