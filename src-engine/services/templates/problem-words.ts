import type { ProblemShown } from '#contract/engine/reminder-fields.ts';
import { problem, type Problem } from '#domain/reminders/texts/problems.ts';
import type { Refusal } from '#domain/result.ts';

// What the rules of texts find is told in English by the rule; here is the same in Hindi. `{name}` is filled in.
const HINDI: Readonly<Record<string, string>> = {
  'text-empty': 'संदेश खाली है।',
  'subject-empty': 'ईमेल या पत्र में विषय चाहिए।',
  'subject-long': 'विषय में {length} अक्षर हैं। अधिक से अधिक {most} चलते हैं।',
  'voice-long': 'संदेश में {length} अक्षर हैं। {most} से ज़्यादा कोई नहीं सुनता।',
  'sms-letters': '“{letter}” से यह SMS लंबा हो जाता है। सहेजने पर यह बदल जाएगा।',
  'sms-parts': 'यह SMS {parts} हिस्सों का है। अधिक से अधिक {most} भेजे जाते हैं।',
  'merge-field-unknown': '“{field}” नाम का कोई खाना नहीं है। सूची में से चुनें।',
  'merge-field-open': 'खाने के आगे और पीछे दो-दो कोष्ठक होते हैं। एक कम है।',
  'merge-value-missing': '“{field}” के लिए यहाँ कुछ पता नहीं है, इसलिए यह संदेश नहीं बन सकता।',
  'whatsapp-body-long': 'संदेश में {length} अक्षर हैं। WhatsApp {most} तक लेता है।',
  'whatsapp-text-long': 'संदेश में {length} अक्षर हैं। WhatsApp {most} तक लेता है।',
  'whatsapp-edge-field': 'WhatsApp ऐसा संदेश नहीं लेता जो किसी खाने से शुरू या ख़त्म हो। आगे-पीछे शब्द लिखें।',
  'whatsapp-name': '“{name}” टेम्पलेट का नाम नहीं हो सकता: केवल छोटे अंग्रेज़ी अक्षर, अंक और _।',
  'whatsapp-missing': 'इस संदेश का कोई स्वीकृत WhatsApp टेम्पलेट नहीं है।',
  'whatsapp-not-approved': 'WhatsApp ने यह टेम्पलेट स्वीकार नहीं किया है (स्थिति: {status})।',
  'whatsapp-parameters': 'संदेश में {count} खाने हैं, स्वीकृत टेम्पलेट में {approved} या दूसरे।',
  'whatsapp-parameter-shape': '“{field}” में नई पंक्ति, टैब या चार ख़ाली जगहें हैं, जो WhatsApp नहीं लेता।',
  'dlt-missing': 'इस SMS की DLT टेम्पलेट आईडी नहीं है, इसलिए कोई ऑपरेटर इसे नहीं पहुँचाएगा।',
  'dlt-text-differs': 'यह संदेश वैसा नहीं है जैसा ऑपरेटर के पास दर्ज है।',
  'dlt-value-unfit': '“{field}” में जो आता है वह ऑपरेटर के खाने में नहीं समाता (अधिक से अधिक {charsMost} अक्षर)।',
  'dlt-variables-many': 'संदेश में {count} खाने हैं। ऑपरेटर अधिक से अधिक {most} लेते हैं।',
  'dlt-variables-three': 'संदेश में {count} खाने हैं। तीसरे का कारण ऑपरेटर को बताना होता है।',
  'dlt-variables-adjacent': 'दो खाने साथ-साथ हैं। बीच में शब्द लिखें।',
  'dlt-fixed-share': 'संदेश का केवल {percent} % तय है। ऑपरेटर 60 % चाहते हैं।',
  'dlt-brand': 'संदेश में आपके कारोबार का नाम नहीं है। उसके बिना ऑपरेटर नहीं लेते।',
  'dlt-category': 'याद दिलाने वाला SMS प्रचार की श्रेणी में नहीं जा सकता। इसे service-implicit में दर्ज करें।',
  'dlt-header': '“{header}” हेडर नहीं है: उसमें 6 अक्षर होते हैं।',
  'dlt-id': '“{id}” DLT की आईडी नहीं लगती: उसमें 19 अंक होते हैं।',
  'dlt-variable-count': 'संदेश में {count} खाने हैं, पर दर्ज {registered} हैं।',
  'dlt-variable-length': '{charsMost} अक्षरों का खाना नहीं हो सकता; 30 चलता है।',
  'dlt-cta': 'SMS में “{text}” आने से पहले वह ऑपरेटर की मंज़ूर सूची में होना चाहिए।',
  'whatsapp-text-fixed': 'स्वीकृत WhatsApp टेम्पलेट शब्दशः जाता है: एक संदेश के लिए उसे बदला नहीं जा सकता।',
  'pay-link-later': 'भुगतान का असली लिंक भेजते समय बनता है; यहाँ उतनी ही लंबाई का कुछ लिखा है।',
  'whatsapp-document-missing':
    'स्वीकृत WhatsApp टेम्पलेट में PDF की जगह है, पर यह चरण कोई काग़ज़ नहीं भेजता। चरण में काग़ज़ चुनें, या बिना PDF वाला पाठ।',
  'wording-threat': '“{words}” धमकी है।',
  'wording-police': '“{words}” में पुलिस या जेल की धमकी है।',
  'wording-caste-religion': '“{words}” जाति या धर्म के बारे में है।',
  'wording-family': '“{words}” परिवार, पड़ोसी या नौकरी को बीच में लाता है।',
  'wording-shaming': '“{words}” दूसरों के सामने शर्मिंदा करता है।',
  'wording-false-legal': '“{words}” ऐसा कानूनी कदम बताता है जो हुआ नहीं है।',
  'wording-abuse': '“{words}” अपशब्द है।',
  'wording-third-party': '“{words}” वसूली एजेंसी की भाषा है, बेचने वाले की नहीं।',
  'wording-offer': '“{words}” प्रचार है, जो याद दिलाने वाले संदेश में नहीं हो सकता।',
  'wording-legal': '“{words}” कानूनी कदम की बात है, इसलिए भेजने से पहले कोई व्यक्ति पढ़े।',
  'wording-final': 'अंतिम सूचना भेजने से पहले कोई व्यक्ति पढ़ता है।',
};

export function problemShown({ level, code, sentence, values }: Problem): ProblemShown {
  return {
    code,
    detail: { en: sentence, hi: inHindi(code, values, sentence) },
    isBlocking: level === 'blocks',
  };
}

/** Said of every text in which something stands for a payment link. */
export const linkLater: ProblemShown = problemShown(
  problem(
    'warns',
    'pay-link-later',
    'The real payment link is made when this is sent; here stands something of the same length.',
  ),
);

/** A rule that refuses says no to the whole text. */
export function refusalShown({ code, sentence, values }: Refusal): ProblemShown {
  return { code, detail: { en: sentence, hi: inHindi(code, values ?? {}, sentence) }, isBlocking: true };
}

function inHindi(code: string, values: Problem['values'], otherwise: string): string {
  return (HINDI[code] ?? otherwise).replaceAll(/\{(\w+)\}/gu, (all, name: string) =>
    String(values[name] ?? all),
  );
}
