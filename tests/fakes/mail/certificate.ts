import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type MadeCertificate = {
  readonly certificate: string;
  readonly key: string;
  /** SHA-256 of the DER bytes, 64 hex digits in capitals. */
  readonly fingerprint: string;
};

/** Null where OpenSSL is missing. Each run makes its own: no key lies in the repository. */
export function makeCertificate(name: string): MadeCertificate | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'baaki-cert-'));
  try {
    const wish = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const files = ['-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'cert.pem')];
    execFileSync('openssl', [...wish, '-subj', `/CN=${name}`, ...files], { stdio: 'ignore' });
    const certificate = readFileSync(path.join(folder, 'cert.pem'), 'utf8');
    const { raw } = new X509Certificate(certificate);
    const fingerprint = createHash('sha256').update(raw).digest('hex').toUpperCase();
    return { certificate, key: readFileSync(path.join(folder, 'key.pem'), 'utf8'), fingerprint };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
