import { describe, expect, it } from 'vitest';
import { redact } from '#main/redact.ts';

const asha = { home: '/home/asha', user: 'asha', computer: 'shop-pc' };

describe('what is taken out of a diagnostic text', () => {
  it('shortens the home folder, with either slash', () => {
    expect(redact('Data /home/asha/.config/Baaki', asha)).toBe('Data ~/.config/Baaki');
    const onWindows = { home: 'C:\\Users\\Asha', user: 'Asha', computer: 'SHOP-PC' };
    expect(redact('at C:\\Users\\Asha\\x and c:/users/asha/y', onWindows)).toBe('at ~\\x and ~/y');
    expect(redact('{"p":"C:\\\\Users\\\\Asha\\\\x"}', onWindows)).toBe('{"p":"~\\\\x"}');
  });

  it('takes out the user and the computer as words, whatever their case', () => {
    expect(redact('Asha on SHOP-PC, in /srv/asha/', asha)).toBe('(user) on (computer), in /srv/(user)/');
    expect(redact('natasha', asha)).toBe('natasha');
  });

  it('leaves a text whole when the user has a name of one or two letters', () => {
    const short = { home: '/', user: 'a', computer: 'pc' };
    expect(redact('a pc at /opt', short)).toBe('a pc at /opt');
  });

  it('treats a name with signs in it as that name only', () => {
    expect(redact('a.b axb', { ...asha, user: 'a.b' })).toBe('(user) axb');
  });

  it('takes out addresses, phone numbers and GSTINs, and no version, time or exit code', () => {
    expect(redact('mail ravi@example.in', asha)).toBe('mail (address)');
    expect(redact('call +91 98765 43210 now', asha)).toBe('call (number) now');
    expect(redact('27ABCDE1234F1Z5', asha)).toBe('(gstin)');
    const plain = '2026-11-22T03:24:35.951Z engine-exited exit=-1073741819 Chromium 130.0.6723.137';
    expect(redact(plain, asha)).toBe(plain);
  });
});
