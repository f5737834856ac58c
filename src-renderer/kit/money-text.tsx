import { formatMoney } from '#domain/money.ts';
import { createContext, useContext, useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, writeText, type Live } from './live.tsx';

/** The base currency of the open book: how figures are grouped and which sign a header bears. */
const CurrencyContext = createContext('INR');
export const CurrencyProvider = CurrencyContext.Provider;

export function useCurrency(): string {
  return useContext(CurrencyContext);
}

// Making a formatter is slow, and a table asks thousands of times.
const signs = new Map<string, string>();

/** 'INR' → '₹': stands once in a header, not at every figure. */
export function currencySign(currency: string): string {
  const known = signs.get(currency);
  if (known !== undefined) return known;
  const parts = new Intl.NumberFormat('en-IN', { style: 'currency', currency }).formatToParts(0);
  const sign = parts.find((part) => part.type === 'currency')?.value ?? currency;
  signs.set(currency, sign);
  return sign;
}

/** Returns how to write an amount as text, e.g. for a label or a title. */
export function useMoneyWords(): (paise: number, short?: boolean) => string {
  const { t } = useTranslation('kit');
  const currency = useCurrency();
  return useMemo(() => {
    const says = shortWords(t);
    return (paise, short = false) =>
      short ? says(formatMoney(paise, currency, 'short')) : formatMoney(paise, currency);
  }, [t, currency]);
}

/** The rules write lakh and crore as L and Cr; each language has its own short words, looked up once. */
function shortWords(t: (key: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) =>
    text.replace(/ (Cr|L|K|B|M)$/, (_, word: string) => {
      const said = known.get(word) ?? ` ${t(`short.${word}`)}`;
      known.set(word, said);
      return said;
    });
}

type MoneyTextProps = {
  readonly paise: number;
  /** Defaults to the book's base currency. */
  readonly currency?: string | undefined;
  /** '12.4 L': for charts and tiles; the exact figure is in the title. */
  readonly short?: boolean | undefined;
  /** Bears the currency's sign where no header does. */
  readonly withSign?: boolean | undefined;
};

/** An amount: lakh groups, tabular figures, a credit with a minus (U+2212), the exact figure on hover. */
export function MoneyText({ paise, currency, short = false, withSign = false }: MoneyTextProps): JSX.Element {
  const base = useCurrency();
  const code = currency ?? base;
  const exact = formatMoney(paise, code);
  const sign = currencySign(code);
  const text = short ? <ShortText paise={paise} code={code} withSign={withSign} /> : exact;
  return (
    <span className="money" title={short ? signed(sign, exact) : undefined}>
      {withSign && !short ? signed(sign, exact) : text}
    </span>
  );
}

type LiveMoneyProps<T> = Omit<MoneyTextProps, 'paise' | 'currency'> & {
  readonly live: Live<T>;
  /** undefined: nothing stands there. */
  readonly of: (value: T) => number | undefined;
  readonly className?: string;
};

/** An amount of the base currency that follows a live value; the exact figure is looked up when it is pointed at. */
export function LiveMoney<T>(props: LiveMoneyProps<T>): JSX.Element {
  const { live, of, short = false, withSign = false, className = '' } = props;
  const currency = useCurrency();
  const sayMoney = useMoneyWords();
  const sign = currencySign(currency);
  const ref = useLive<HTMLSpanElement, T>(live, (element, value) => {
    const paise = of(value);
    const text = paise === undefined ? '' : sayMoney(paise, short);
    writeText(element, withSign && text !== '' ? signed(sign, text) : text);
  });
  const showExact = (): void => {
    const value = live.get();
    const paise = value === undefined ? undefined : of(value);
    if (ref.current && paise !== undefined) ref.current.title = signed(sign, formatMoney(paise, currency));
  };
  return <span ref={ref} className={`money ${className}`} onPointerEnter={short ? showExact : undefined} />;
}

type ShortTextProps = { readonly paise: number; readonly code: string; readonly withSign: boolean };

/** Apart from the exact figure, which fills tables and needs no words. */
function ShortText({ paise, code, withSign }: ShortTextProps): JSX.Element {
  const { t } = useTranslation('kit');
  const text = shortWords(t)(formatMoney(paise, code, 'short'));
  return <>{withSign ? signed(currencySign(code), text) : text}</>;
}

/** The minus stands before the sign: '−₹ 8,000.00'. */
function signed(sign: string, text: string): string {
  return text.startsWith('−') ? `−${sign} ${text.slice(1)}` : `${sign} ${text}`;
}
