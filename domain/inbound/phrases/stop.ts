import { phrases, type Family } from '../grammar.ts';

/** Stops that are not built as "stop + medium" (those are read in requests/). 47 CFR 64.1200(a)(10): any reasonable wording. */
export const STOP: Family = {
  rules: [
    {
      id: 'list-removal',
      label: 'opt-out',
      negatable: true,
      phrases: phrases(`
        take my cell|phone|number off ; ^ *1 make it|this stop *1 $ ; take|get me|us|this|my *1 out of your|ur|the|this system|list|database|program|records ;
        ^ please? delete me please? $ ; block me|us|my *2 from *2 texts|messages|list|texting ;
        take|remove|delete|drop|get|scratch|strike|erase me|us|this|my|our number|phone|cell? off|from|of of?
          your|the|this|ur|all|any? *2 list|lists|messages|texts|text|system|alerts|contacts|database|roster|records|program|distribution ;
        take|remove|delete|erase my|this|our name|info|information off|from your|the *2 list|lists|system|contacts ;
        ^ please? remove|delete|erase|unsubscribe my|this|the cell|phone|mobile? number|phone|cell|contact *2 $ ;
        (remove|delete|take|drop|get|erase|scratch) *4 (from|off) *3 (list|lists|texts|database|text
          list|messages|system|alerts) ;
        (removed|taken|deleted|dropped|unsubscribed|off) (from|off|of) *3 (list|lists|texts|messages|system|alerts) ;
        (want|like|ask|asked|asking|request|requested|need|wish|demand) *2 to? be (removed|unsubscribed|taken off|opted out|deleted) ; be (removed|taken|deleted) (from|off) ; take my cell|phone? number out|off ; take me off ;
        get me off ; i|me want|wants off *2 list|texts ; unsubscribe me|us|this|my|from ;
        (want|like|wish|need|trying) to unsubscribe ; (want|like|wish|need|choose|choosing|trying|going) to opt out ;
        i am opting out ; i am? opt|opting out ; opt me|us|this out ; opting out of ; ^ please? opt|opting out ;
        take this number off ; remove this number ; remove me ; unsubscribe please ; please unsubscribe ;
        opt out please ; opt out of *3 texts|messages|sms|alerts|text ; i unsubscribed ; already unsubscribed ;
        already opted out ; i opted out ; i unsubscribe ;
        quiten|quitenme|quite|quita|saquen|saquenme|borren|borrenme|borre|borreme|eliminen|eliminenme|elimine|remuevan|remuevanme|remueva *3 lista|listas|numero|sistema ;
        quitenme|saquenme|borrenme|eliminenme|remuevanme ;
        quiero|quisiera|deseo|favor|porfavor cancelar|darme|salir *2 suscripcion|baja|lista|mensajes ;
        den|denme|dar|darme|dame|deme de baja ; cancelar mi? suscripcion ;
        cancelen|cancele|cancelar|cancela los|estos|esos|sus|mis mensajes|textos|alertas
      `),
    },
    {
      id: 'told-to-stop',
      label: 'opt-out',
      phrases: phrases(`
        i|we have? already? told|asked|said|texted|sent|replied|typed|wrote *4 stop|stopall|unsubscribe ;
        already said|told|texted|sent|replied *3 stop ; i said stop ; ^ reply|text|send|type|sending|replying stop ;
        telling you *2 to stop ; asking you *2 to stop ;
        consider this my|a|an? *2 (opt out/stop/unsubscribe/revocation/notice to stop) ;
        this is my (opt out/stop/request to stop) ; ya les|le|te dije que *3 (paren/no me/dejen) ;
        les pedi que *3 (paren/dejen) ; how many times *5 stop
      `),
    },
    {
      id: 'consent-withdrawn',
      label: 'opt-out',
      phrases: phrases(`
        (not|no longer) (allowed|permitted|authorized|ok|okay) to (text|message) ;
        (texts|texting|messages|text messages) (is|are) not *1 (ok|okay|allowed|welcome|wanted|acceptable) ;
        no longer *2 consent|permission *1 to|for *1 (text/message/texting/texts/messages/send) ;
        revoke|revoking|rescind|withdraw|withdrawing|withdrew|retract|revoked my|any|all|the|prior? *1
          consent|permission ;
        i revoke ; hereby revoke ;
        (do not|never|did not|not) have? *1 consent|consented|agree|agreed|give|gave|given to? *2
          (texts/texting/messages/text/sms/text messages/being texted/be texted/receive texts) ;
        (do not|never) have|had|gave|given|give *1 permission to text|message ;
        no autorizo *3 mensajes|textos|escriban|manden ; revoco|retiro mi? *1 consentimiento|permiso|autorizacion ;
        not authorized to text|message ;
        (do not|did not|never) give|gave|given you permission to text|message|contact
      `),
    },
    {
      id: 'consent-never-given',
      label: 'opt-out',
      tag: 'unsure',
      phrases: phrases(`
        (do not|never) have|had *1 my *1 consent|permission to (contact/call/reach) ; (did not|never) sign|signed|ask|asked|subscribe|subscribed|opt|opted up|in|for? to|for|in? *2
          texts|messages|text|this|alerts|these ;
        why am i *2 (getting/receiving) *2 texts|messages|text when|if i *3 (unsubscribed/stopped/opted)
      `),
    },
    {
      id: 'media-must-stop',
      label: 'opt-out',
      phrases: phrases(`
        (like|love|prefer|request|asking for) *3 (texts|messages|texting) to (stop|end|cease) ;
        (texts|messages|text messages|texting|messaging|text) *2 need|needs|has|have|must|better|should to?
          stop|end|cease ;
        (make|get|have|want|need) *2 (texts|messages|texting|text messages) to? stop|end ;
        no|not need|want|wish for|to|of? *2 more texts|messages|texting ;
        turn|turned off *3 texts|messages|sms|alerts|notifications ;
        rather|prefer you|we? (not text/not be texted/not get texts) ;
        prefer not to *2 (texts/texted/messages/text messages/text) ; prefer no texts|text|messages ;
        no texts|text|texting|messages|sms please ; call|email|mail me? *1 instead of text|texting|messaging ;
        ^ *2 (call|calls|phone calls|calling) only ; only call me ; not by|via|through text|sms ;
        only contact me by (phone/call) ; i do not accept|allow texts|text|messages ; do not text and? *1 call ;
        ^ no text|texts|texting|sms|msgs|messages $ ; done with *2 texts|messages ; do not want *3 texted ;
        not to be texted ; never be texted ; cease all text|texts|messages
      `),
    },
    {
      id: 'only-other-media',
      label: 'opt-out',
      tag: 'email-only',
      phrases: phrases(`
        ^ *1 email only ; only email me ; only by email ; by email only ; only contact me by|via|through email ;
        (contact|reach) me *1 only by|via|through email ; emails|email only please ; solo por correo
      `),
    },
    {
      id: 'only-letters',
      label: 'opt-out',
      tag: 'letters-only',
      phrases: phrases(`
        only|just (contact me/communicate with me/communicate/reach me)? by|via|in|through|with (mail/writing/us
          mail/letter/letters/postal mail/regular mail) ;
        by|in|via mail|writing|letter only ; ^ *2 mail only ; in writing only ;
        solo por (carta/escrito/correo postal) ; (put everything/communicate) in writing only
      `),
    },
    {
      id: 'leave-alone',
      label: 'opt-out',
      tag: 'leave-alone',
      negatable: true,
      phrases: phrases(`
        leave me|us|my *3 alone ; leave me|us be ; let me be ;
        dejenme|dejeme|dejame ; dejame|dejenme|dejeme|dejenos|dejennos|dejen|deje *2 (en paz/tranquilo/tranquila/tranquilos) ;
        no me|nos? molesten|moleste|molestes|fastidien|frieguen|chinguen|jodan *2 ; get off my (back/phone/case) ;
        quit|stop this? (harassment/harassing) ; stop|quit (hitting/blowing up) *1 my (phone/line/cell/inbox) ; this is|constitutes harassment ; get out of my (life/phone) ;
        dejen de joder|molestar|chingar|fregar
      `),
    },
    {
      id: 'abuse-directed',
      label: 'opt-out',
      tag: 'abuse',
      phrases: phrases(`
        go (f|eff|ef) yourself|yourselves ; eff off ;
        fuck|piss|fug|fook|frig|eff|screw off ; fuck you|yourself|yourselves|u|your|them|all|this|that|y ; f off|you|u ;
        go (fuck/to hell/screw/jump) ; go kick rocks ; screw you ; eff you|off ; shut the? *2 up ; kiss|lick|suck my ;
        eat shit|dirt|a ; suck a|it|my|on ; get lost|bent|fucked ; bite me ; go to hell ; burn in hell ; drop dead ;
        buzz off ; back off ; bug off ; beat it ; up yours ; chinga|chinguen|chingue|chingate|chinguense *2 ;
        vete|vayanse|vayase|vaya *2 (diablo/mierda/carajo/chingada/infierno/verga) ; jodete|jodanse|jodase ;
        que te|les|se (jodan/joda/den) ; a la (mierda/chingada/verga) ;
        pinche|pinches cabrones|cabron|pendejos|pendejo|putos|rateros ; hijo|hijos de *1 puta ; fuck off ;
        kick rocks ; go pound sand ; lose it ; stick it up ; shove it ; shove your *3 ; me vale *2
      `),
    },
    {
      id: 'go-away',
      label: 'opt-out',
      tag: 'unsure',
      negatable: true,
      phrases: phrases(`
        take a (hike|walk) ;
        lose|forget|delete|erase|dump|trash|burn|block this|my|our cell|phone? number|digits|contact|info ; go away ;
        not|no interested|interest ; no me? interesa ; no estoy interesado|interesada ; ^ uninterested ;
        leave my (phone/number/cell) ; knock it off ; cut it|that? *1 out ; give it a rest ; give me a break already ;
        enough is enough ; i|we? *3 blocking|block you|this|your|number ; do not want *2 hear from you ;
        do not want to hear ; never want to hear ; tired of hearing from ; no quiero saber *2 ;
        pierdan|olviden|borren|borrar|borre mi numero ; larguense|largate ; vayanse ; fuera de aqui ; stay away ;
        stay out of my phone ; cancel *1 subscription ; ya estuvo ; get a life ; if you|u (text/message/msg) *3 (again/one more time/another time) ;
        next (text/message) *3 (sue/court/lawyer/attorney/lawsuit) ;
        ^ please? (desist/discontinue/halt/terminate) *1 $ ; ^ enough|basta *1 $ ; i am|was done with you|this|yall ;
        not want *3 contacted this way ; you|u better stop ; text me again and
      `),
    },
    {
      id: 'cease',
      label: 'cease',
      negatable: true,
      phrases: phrases(`
        cease and? desist ; cese y desista ;
        cease all? *2 contact|communication|communications|correspondence|collection ;
        stop all? *2 contact|communication|communications|correspondence ;
        no further|more|additional? *1 contact|communication|communications|correspondence ;
        (any|all) contact|communication *3 (stop/cease/end/stopped) ;
        want|wish|request|demand no *1 contact|communication ;
        not wish|want to be contacted *2 (again/ever/anymore/further/$) ;
        refuse all? *1 (contact/communication/communications) ;
        (under|pursuant to|per) *3 fdcpa *6 (cease/stop/contact) ; 1692c ; 805 c ; cease communication letter ;
        do not contact list ; no quiero *3 contacten|contacto|comunicacion ;
        dejen|deje de contactarme|contactarnos|contactar|comunicarse|buscarme|buscar ; no contact order with you ;
        (stop|no more|do not) (calling|calls|call) *1 (texting|texts|text) *1 (emailing|emails|email) *3
          (mailing|letters|mail|contacting) ;
        do not (contact/communicate with) me (in any way/by any means/in any form/any more/anymore/ever/again) ;
        cesen *2 (comunicacion/contacto) ; ceasing all contact
      `),
    },
  ],
  guards: [
    {
      masks: ['list-removal'],
      phrases: phrases(`did i *2 unsubscribe|unsubscribed`),
    },
    {
      masks: ['stop'],
      phrases: phrases(`
        stop|stopped|stopping|stops by|in|over|at|past|off|into|around ;
        bus|full|train|pit|truck|rest|traffic|metro|tram|next|last|first|quick|one stop ; non stop ;
        stop payment|payments|sign|light|light|loss|watch ; do not stop ; can not stop ; could not stop ;
        will not stop ; never stop|stopped|stops ; not stop|stopping ; end|ends of ;
        week|month|year|day|weekend|dead|deep|rear|front|back|low|high|other end ;
        cancel|canceled|cancelled *2 appointment|order|flight|trip|check|insurance|policy|service|meeting|visit|debit|autopay|payment|payments|subscription|account|loan|card ;
        quit|quitting my|the|a|smoking|drinking|work|job|working ; muy|mas|tan|bien|demasiado alto ; for? the love ;
        stop and think ; do not disturb ; alto *2 (precio|pago|interes) ; cuanto|que *2 para
      `),
    },
  ],
};
