// Words by which a short answer is understood. Texts are compared in lower case, without punctuation.

/** A wish to get no more messages: the whole message, after the fillers are taken away. */
export const stopPhrases: readonly string[] = [
  // English, with the words that operators everywhere know.
  ...'stop|stopall|stop all|stop it|unsubscribe|unsub|opt out|optout|quit|end|cancel|remove|remove me|remove number|no|no more|stop sending|stop texting|stop messaging|stop calling|do not send|dont send|don t send|do not contact|dont contact|don t contact|do not call|dont call|don t call|do not disturb|dont disturb|don t disturb|dnd|not interested|do not message|dont message|don t message|do not send more|dont send more|don t send more|remove my number|take off'.split(
    '|',
  ),
  // Hindi in Latin letters.
  ...'band|band karo|band kro|band kar do|band kardo|band kijiye|band karein|band kare|roko|rok do|rokiye|mat bhejo|mat bhejiye|mat bhejna|mat bheje|na bheje|na bhejo|nahi chahiye|nahin chahiye|mat karo|mat karna|mat kijiye|mat karein|na kare|na karein|call mat karo|call na kare|call na karein|phone mat karo|phone mat karna|phone na karein'.split(
    '|',
  ),
  // Hindi.
  ...'बंद|बंद करो|बंद करें|बंद करे|बंद कीजिए|बंद कर दो|बंद कर दें|बंद कर दीजिए|बंद कर दीजिये|बंद कीजिये|बन्द करो|बन्द करें|रोकें|रोको|रोकिए|रोक दो|स्टॉप|मत भेजो|मत भेजें|मत भेजिए|मत भेजना|न भेजें|ना भेजें|नहीं चाहिए|मत करो|मत करें|मत कीजिए|न करें|ना करें|फोन मत करो|फ़ोन मत करो|कॉल मत करो|कॉल न करें|कॉल ना करें'.split(
    '|',
  ),
  // Gujarati, Marathi, Tamil, Telugu, Kannada, Bengali.
  ...'બંધ કરો|બંધ|ના મોકલો|મોકલશો નહીં|bandh karo|na moklo'.split('|'),
  ...'बंद करा|थांबवा|पाठवू नका|नको|band kara|pathavu naka'.split('|'),
  ...'நிறுத்து|நிறுத்தவும்|நிறுத்துங்கள்|அனுப்ப வேண்டாம்|வேண்டாம்|niruthu|anuppa vendam'.split('|'),
  ...'ఆపండి|ఆపు|పంపవద్దు|పంపకండి|aapandi|pampavaddu'.split('|'),
  ...'ನಿಲ್ಲಿಸಿ|ನಿಲ್ಲಿಸು|ಕಳುಹಿಸಬೇಡಿ|nillisi|kaluhisabedi'.split('|'),
  ...'বন্ধ করুন|বন্ধ করো|বন্ধ|পাঠাবেন না|bondho korun|pathaben na'.split('|'),
];

/** Politeness and the word for the message itself: they change no wish. */
export const stopFillers: readonly string[] =
  'please pls plz kindly sir madam mam maam ji dear bhai team hi hello ok okay thanks thank you now immediately again further any anymore this these such your the me to us sms msg msgs message messages reminder reminders whatsapp email emails mail mails notification notifications कृपया प्लीज़ प्लीज जी सर मैसेज मेसेज संदेश एसएमएस अब यह ये आगे से aage se ab ye yeh kripya mujhe mujhko hume hamein humein koi from list मुझे हमें मुझको कोई મેસેજ સંદેશ કૃપા કરીને कृपया मेसेज संदेश தயவுசெய்து செய்தி செய்திகள் இனி దయచేసి సందేశాలు మెసేజ్ ದಯವಿಟ್ಟು ಸಂದೇಶ ಮೆಸೇಜ್ দয়া করে মেসেজ বার্তা'.split(
    ' ',
  );

/** Tested in the order dispute, promise, paid, question: the first that is found is the hint. */
export const disputeWords =
  /\b(?:wrong (?:bill|invoice|amount|rate|item|material)|incorrect|not (?:received|recd|delivered)|did ?n[o']?t receive|never (?:received|ordered)|not (?:our|my|mine) (?:bill|invoice|order)|damaged?|defect(?:ive)?|short(?:age| supply)|rate difference|quality|returned|already returned|dispute[ds]?|mistake|galat|maal nahi|nahi mila|kharab|kam mila|tuta)\b|गलत|ग़लत|नहीं मिला|ख़राब|खराब|टूटा|वापस कर दिया|ખોટું|ખરાબ|चुकीचे|खराब|தவறு|தவறான|తప్పు|ತಪ್ಪು|ভুল/iu;

export const notPaidWords =
  /\b(?:not (?:yet )?paid|un ?paid|have ?n[o']?t paid|did ?n[o']?t pay|not (?:yet )?(?:done|made|sent)|cannot pay|can'?t pay|nahi(?:n)? (?:kiya|kar paye|diya|hua)|abhi nahi)\b|नहीं (?:किया|दिया|हुआ|कर पाए)|अभी नहीं/iu;

export const paidWords =
  /\b(?:paid|payment (?:is |has been |was |already )*(?:done|made|sent|completed?|released|transferred|cleared)|(?:already|have) (?:transferred|sent|cleared)|(?:amount|money|cheque|rtgs|neft|imps|upi) (?:is |has been |was |already )*(?:done|sent|transferred|credited|deposited|cleared)|settled|ho (?:gaya|gya|chuka|gyi|gayi)|(?:kar|bhej|de|daal|jama) (?:diya|diye|di|chuka|chuke)|kardiya|bhejdiya|done)\b|कर दिया|कर चुके|हो गया|हो चुका|भेज दिया|भेज दिए|दे दिया|जमा कर|ચૂકવી દીધ|કરી દીધ|મોકલી દીધ|भरले|केले आहे|पाठवले|செலுத்திவிட்ட|செலுத்தியாச்சு|அனுப்பிவிட்ட|చెల్లించాను|చెల్లించాం|పంపాను|ಪಾವತಿಸಿದ್ದ|ಕಳುಹಿಸಿದ್ದ|পরিশোধ করেছি|দিয়ে দিয়েছি|পাঠিয়েছি/iu;

export const promiseWords =
  /\b(?:(?:will|shall|'ll|going to|would) (?:be )?(?:pay|paid|transfer|send|clear|release|deposit|do|make|try|process|remit)\w*|(?:pay|clear|transfer|send|release) (?:by|on|in|within|after|before|tomorrow|next|this)|payment (?:by|on|in|within|after|tomorrow|next|will)|by (?:tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|month end|evening|today)|give (?:me|us) (?:some )?(?:time|\d+ days)|kal(?: tak)?|parso(?:n)?|kar (?:dunga|denge|dungi|doonga|dege)|bhej (?:dunga|denge|dungi)|de (?:dunga|denge|dungi)|ho ja(?:y)?ega|kar(?:unga|enge)|bhejenge|agle (?:hafte|mahine|week))\b|(?<![\p{L}\p{M}])कल(?![\p{L}\p{M}])|परसों|कर (?:दूँगा|दूंगा|देंगे|दूँगी)|भेज (?:दूँगा|दूंगा|देंगे)|दे (?:दूँगा|दूंगा|देंगे)|करेंगे|करूँगा|करूंगा|हो जाएगा|अगले (?:हफ़्ते|हफ्ते|महीने|सप्ताह)|કાલે|કરી દઈશ|उद्या|भरतो|நாளை|செலுத்துகிறேன்|రేపు|చెల్లిస్తా|ನಾಳೆ|ಪಾವತಿಸುತ್ತ|আগামীকাল|দিয়ে দেব/iu;

export const questionWords =
  /\?|\b(?:which|what|when|why|how|who|where|send (?:me |us )?(?:the |a )?(?:bill|invoice|statement|copy|details|ledger)|share (?:the |your )?(?:bill|invoice|statement|upi|account|bank|details|ledger)|kitna|kitne|kaun ?sa|konsa|kab|kyu|kyon|kaise|bill bhejo|details bhejo)\b|कितना|कितने|कौन ?सा|कब|क्यों|कैसे|बिल भेज|કેટલા|કયું|किती|कोणते|எவ்வளவு|எந்த|ఎంత|ఏ బిల్లు|ಎಷ್ಟು|ಯಾವ|কত|কোন/iu;
