import type { MessageLanguage } from '../languages.ts';

/** The few words that values are put together with. `{n}`, `{day}` and `{amount}` are filled in. */
export type Phrases = {
  readonly and: string;
  readonly more: string;
  readonly due: string;
  readonly late: string;
  readonly lateOne: string;
  readonly credit: string;
  readonly total: string;
};

export const phrases: Readonly<Record<MessageLanguage, Phrases>> = {
  en: {
    and: 'and',
    more: 'and {n} more',
    due: 'due {day}',
    late: '{n} days late',
    lateOne: '1 day late',
    credit: 'Your credit with us: {amount}',
    total: 'Total: {amount}',
  },
  hi: {
    and: 'और',
    more: 'और {n} अन्य',
    due: 'देय {day}',
    late: '{n} दिन की देरी',
    lateOne: '1 दिन की देरी',
    credit: 'हमारे पास आपका जमा: {amount}',
    total: 'कुल: {amount}',
  },
  gu: {
    and: 'અને',
    more: 'અને બીજા {n}',
    due: 'નિયત તારીખ {day}',
    late: '{n} દિવસ મોડું',
    lateOne: '1 દિવસ મોડું',
    credit: 'અમારી પાસે તમારા જમા: {amount}',
    total: 'કુલ: {amount}',
  },
  mr: {
    and: 'आणि',
    more: 'आणि आणखी {n}',
    due: 'देय दिनांक {day}',
    late: '{n} दिवस उशीर',
    lateOne: '1 दिवस उशीर',
    credit: 'आमच्याकडे तुमची जमा: {amount}',
    total: 'एकूण: {amount}',
  },
  ta: {
    and: 'மற்றும்',
    more: 'மேலும் {n}',
    due: 'கெடு தேதி {day}',
    late: '{n} நாள் தாமதம்',
    lateOne: '1 நாள் தாமதம்',
    credit: 'எங்களிடம் உங்கள் வரவு: {amount}',
    total: 'மொத்தம்: {amount}',
  },
  te: {
    and: 'మరియు',
    more: 'మరో {n}',
    due: 'గడువు {day}',
    late: '{n} రోజుల ఆలస్యం',
    lateOne: '1 రోజు ఆలస్యం',
    credit: 'మా వద్ద మీ జమ: {amount}',
    total: 'మొత్తం: {amount}',
  },
  kn: {
    and: 'ಮತ್ತು',
    more: 'ಮತ್ತು ಇನ್ನೂ {n}',
    due: 'ಗಡುವು {day}',
    late: '{n} ದಿನ ವಿಳಂಬ',
    lateOne: '1 ದಿನ ವಿಳಂಬ',
    credit: 'ನಮ್ಮಲ್ಲಿರುವ ನಿಮ್ಮ ಜಮಾ: {amount}',
    total: 'ಒಟ್ಟು: {amount}',
  },
  bn: {
    and: 'ও',
    more: 'ও আরও {n}টি',
    due: 'শেষ তারিখ {day}',
    late: '{n} দিন দেরি',
    lateOne: '1 দিন দেরি',
    credit: 'আমাদের কাছে আপনার জমা: {amount}',
    total: 'মোট: {amount}',
  },
};
