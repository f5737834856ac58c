import type { WordList } from './wording-kinds.ts';
import { bengali, gujarati, kannada, marathi, tamil, telugu } from './wording-words-regional.ts';

const english: WordList = {
  threat:
    'consequence*|regret it|will regret|teach you a lesson|or else|final warning|last warning|not spare you|break your|beat you|hurt you|harm you|know where you live|send our men|send our boys|send our people|goon*|gunda*|muscle men|musclemen|watch out|ruin you|ruin your|destroy you|destroy your|finish you|come to your house|come to your home|outside your house|outside your home|threat*|kidnap*|kill you|dekh lenge|dekh loonga|dekh lunga|anjaam|anjam|sabak sikha*|haath pair|hath pair|chhodenge nahi|chodenge nahi|bhugatna padega|pachtaoge|pachtana padega|uthwa lenge|maar denge|barbaad kar*|warna bura*|warna anjaam|varna bura*|nahi to bura*|life hell|to your office with|men to your|boys to your|people to your|you will pay for this|dare you|our boys|our goons|hungama|tamasha|ghar aake|ghar aakar|ghar pe aa*|ghar par log|vasooli karenge|vasuli karenge|wasool karenge|vasool karenge|khair nahi|aukaat|aukat',
  police:
    'police*|cops|arrest*|jail*|prison*|lock up|lockup|behind bars|behind the bars|handcuff*|lodge fir|lodge an fir|file fir|file an fir|fir darj|f.i.r|hawalat|giraftar*|girftar*|thana|thane bulwa*',
  'caste-religion':
    'caste*|your religion|your community|people like you|people of your kind|your kind of people|your sort of people|your god|god will punish|hindu*|muslim*|musalman*|dalit*|baniya|bania|teri jaat|tumhari jaat|aapki jaat|jaat wale|tum jaise log|aap jaise log',
  family:
    'your family|family members|your wife|your husband|your father|your mother|your parents|your brother*|your son|your daughter|your children|your kids|your relative*|relatives|neighbour*|neighbor*|your employer|your boss|your colleague*|your friends|your in laws|ghar wal*|gharwal*|pariwar|parivar|padosi*|padosiyo*|rishtedar*|biwi|patni',
  familyActs:
    'tell|telling|told|inform*|call*|contact*|visit*|know|knows|speak|talk|expose*|reveal*|complain*|approach*|meet|ask|hear|find out|come to know|bata*|phone|khabar|pata chal*|shikayat*',
  shaming:
    'defaulter*|name and shame|publish your name|publish your photo|post your name|post your photo|your photo will|your name will be published|in front of everyone|shame*|disgrace*|whole market|entire market|everyone will know|everybody will know|tell everyone|tell all suppliers|inform other suppliers|inform all traders|market group|whatsapp groups|on social media|on facebook|put your name up|put up your name|hang your name|your name in the market|your name on the board|your reputation|put up a poster|put up posters|banner outside|pasted on your|pasted outside|notice outside your|notice on your shop|notice on your door|humiliat*|badnaam|badnam|izzat|beizzat*|poore bazaar|poore bazar|pure market|poore market|sabko bata*',
  'false-legal':
    'court has ordered|court ordered|court order|warrant*|summons|summoned|seize*|attach your property|attach your account|property will be attached|freeze your|account will be frozen|blacklist*|black listed|cibil*|credit score|criminal*|non bailable|section 420|420 case|ipc 420|cheating case|fraud case|cancel your gst|gst will be cancelled|gst number will be|gst registration will be|income tax raid|passport will be|court case has been filed|case is registered against|kurki',
  abuse:
    'idiot*|fool|fools|foolish|stupid*|bastard*|thief|thieves|cheater*|you cheat|you are a fraud|frauds|tere baap|tumhare baap|teri maa|fraudster*|crook*|liar|liars|rascal*|scoundrel*|shameless*|bloody|dishonest*|beggar*|good for nothing|chor|choro|harami*|haramkhor*|kutta|kutte|saala|saale|kamina|kamine|beimaan*|beiman*|besharam*|dhokebaaz*|dhokebaz*|bhikhari*|nalayak*|bewakoof*|jhootha|jhoothe',
  'third-party':
    'on behalf of|collection agency|collection agent*|collections agency|recovery agency|recovery agent*|recovery team|recovery boys|debt collect*|vasooli agent*|vasuli agent*|assigned your debt|sold your debt',
  offer:
    '% off|percent off|discount*|special offer*|limited offer*|festive offer*|festival offer*|offer ends|offer valid|cashback|cash back|free gift*|free delivery|absolutely free|for free|lucky draw|limited time|buy now|shop now|order now|new arrival*|coupon*|use code|flat off|win a|win prizes|mega sale|big sale|clearance sale|refer and earn|bonus points|chhoot paaye*',
  legal:
    'legal action*|legal notice*|legal step*|legal proceeding*|legal team|legally|lawyer*|advocate*|attorney*|solicitor*|court|courts|section 138|tribunal|arbitrat*|final notice|last notice|samadhaan|samadhan|msmed act|facilitation council|civil suit|recovery suit|law suit|lawsuit|penal interest|insolvency|kanooni|kanuni|vakil|adalat',
};

const hindi: WordList = {
  threat:
    'अंजाम|देख लेंगे|देख लूँगा|देख लूंगा|सबक सिखा|हाथ पैर|हाथ-पैर|हाथ-पाँव|भुगतना पड़ेगा|नतीजा भुगत|नतीजे भुगत|छोड़ेंगे नहीं|छोड़ूँगा नहीं|छोड़ूंगा नहीं|मार डाल|मारेंगे|पीटेंगे|गुंडे|गुंडों|गुण्डे|उठवा लेंगे|बर्बाद कर|पछताओगे|पछताएँगे|पछताना पड़ेगा|धमक|जान से|घर आकर|वरना बुरा|नहीं तो बुरा|घर पर लोग|घर पर आदमी|घर लोग भेज|दुकान पर लोग भेज|खैर नहीं|ज़िंदगी नर्क|जीना मुश्किल|जीना हराम|औकात|घर के बाहर बैठ',
  police: 'पुलिस|गिरफ्तार|जेल$|जेल में|थाने$|थाना$|हवालात|हथकड़|सलाखों|एफआईआर|एफ आई आर|प्राथमिकी',
  'caste-religion':
    'जाति$|जाति के|तुम्हारी जात|तेरी जात|आपकी जात|धर्म$|मजहब|तुम जैसे लोग|आप जैसे लोग|तुम्हारे जैसे लोग|नीच$|हिंदू|हिन्दू|मुसलमान|बिरादरी|भगवान सज़ा|समुदाय के लोग',
  family:
    'परिवार|घरवाल|घर वाल|पत्नी|बीवी|पिता|बाप|माँ-बाप|मां-बाप|माँ बाप|रिश्तेदार|पड़ोस|बॉस|मालिक|नियोक्ता|ससुराल|दोस्तों',
  familyActs: 'बता|सूचित|फ़ोन|ख़बर|खबर|पता चल|शिकायत|मिलेंगे|कहेंगे|संपर्क कर|बात करेंगे',
  shaming:
    'बदनाम|बेइज्जत|इज्जत|पूरे बाज़ार|पूरे मार्केट|सबको बता|सबके सामने|सब लोगों को बता|पोस्टर|डिफॉल्टर|डिफ़ाल्टर|सोशल मीडिया पर|शर्म|ग्रुप में डाल|नाम छाप|नोटिस चिपका|फोटो छाप',
  'false-legal':
    'अदालत ने|कोर्ट ने|कोर्ट का आदेश|अदालत का आदेश|वारंट|समन$|कुर्की|कुर्क$|जब्त|खाता फ्रीज|खाता सील|ब्लैकलिस्ट|काली सूची|सिबिल|धारा 420|आपराधिक|जीएसटी रद्द|मुकदमा दर्ज',
  abuse: 'चोर$|हरामी|हरामखोर|कुत्त|कमीन|साले$|बेईमान|बेशर्म|धोखेबाज|भिखारी|मूर्ख|बेवकूफ|नालायक|झूठे$|झूठा$|गधे$|निकम्म',
  'third-party':
    'की ओर से वसूली|की तरफ से वसूली|वसूली एजेंट|वसूली एजेंसी|रिकवरी एजेंट|रिकवरी एजेंसी|कलेक्शन एजेंसी|वसूली दल|वसूली टीम|रिकवरी टीम',
  offer:
    'की छूट|छूट पाएँ|छूट पाएं|छूट मिलेगी|प्रतिशत छूट|% छूट|विशेष छूट|ऑफर|कैशबैक|मुफ्त|इनाम|लकी ड्रॉ|कूपन|महासेल|डिस्काउंट|ख़रीदें और पाएँ',
  legal: 'कानूनी|वकील|अदालत|कोर्ट|न्यायालय|अंतिम नोटिस|आखिरी नोटिस|आख़िरी नोटिस|धारा 138|मुकदम|समाधान पोर्टल',
};

/** All of them look at every text: messages mix languages and scripts. */
export const wordLists: readonly WordList[] = [
  english,
  hindi,
  gujarati,
  marathi,
  tamil,
  telugu,
  kannada,
  bengali,
];
