import { phrases, type Family } from '../grammar.ts';

/** Automatic debits to stop, and payments made. */
export const PAYMENTS: Family = {
  rules: [
    {
      id: 'autopay-cancel',
      label: 'autopay-cancel',
      negatable: true,
      phrases: phrases(`
        (skip|skipping) *3 (autopay|auto pay|automatic payment|draft|debit|withdrawal) ;
        (cancel|stop|end|turn off|shut off|remove|disable|discontinue|delete|terminate|unenroll|revoke|suspend|pause|quit|kill|undo|off of|take off|get off|shut down|turn) *4 (autopay|auto pay|automatic payment|automatic payments|auto payment|auto payments|auto draft|automatic draft|auto debit|automatic debit|automatic debits|automatic withdrawal|automatic withdrawals|recurring payment|recurring payments|recurring|direct debit|ach|ach debit|ach payment|ach payments|bank draft|automatic billing|auto withdrawal|drafts|autodraft|autopays|autobill) ;
        (autopay|auto pay|automatic payments|automatic payment|auto payment|auto draft|ach|recurring
          payment|recurring payments) *2 (off|cancelled|canceled|stopped|removed|turned off|ended|to stop|needs to
          stop) ;
        (no|no more|not on|off) *2 (autopay|auto pay|automatic payments|automatic payment|auto
          draft|drafts|automatic debits|auto debit|auto payments) ;
        (stop|quit|cease) *2 (debiting|withdrawing|drafting|charging|pulling|deducting|taking|running|billing) *4
          (account|card|bank|money|payment|payments|checking|debit|funds|me|my|out|from) ;
        (stop|quit|cease|halt) (debiting|withdrawing|drafting|deducting) ;
        (do not|never|not) *2 (debit|withdraw|draft|deduct|charge|run|pull|take|hit|auto|autopay|take
          out|process|submit) *5 (account|card|bank|payment|money|out|checking|debit|automatically|funds|from|draft|autopay|withdrawal) ;
        (stop|cancel|block|halt|hold) *3 (debit|debits|withdrawal|withdrawals|draft|drafts|deduction|deductions|scheduled payment|pending payment|electronic payment|automatic|payment|payments|transfer|ach) ;
        (remove|delete|take|unlink) *2 (bank|card|debit card|checking|account|banking|routing|payment) *2
          (info|information|account|card|off|number|from|method|details|out) ;
        (cancelar|cancelen|cancele|quitar|quiten|quite|parar|paren) *3 autopay ; hold off (on|with)? *4 (draft|drafts|debit|debits|withdrawal|autopay) ;
        revoke *4 (debit|ach|withdraw|draft|electronic|automatic|charge|autopay) ;
        (off|from) (autopay|auto pay|automatic payments|auto draft) ; unenroll ;
        (do not|not) want *3 (taking|debiting|withdrawing|drafting|charging|pulling) *4
          (account|bank|card|payments|payment|money) ;
        (remove|delete|unlink) *1 my *1 (card|bank|payment method|banking) ; stop payment order ;
        (put|place) *1 a? *1 stop *2 (payment|autopay|draft|debit|on) *3 (autopay|draft|debit|payment) ;
        no longer authorize ;
        (do not|no longer|not) *1 (authorize|authorized|give permission|have authorization) *3
          (debit|withdraw|payment|payments|charge|draft|take|ach) ;
        (cancele|cancelen|cancelar|cancela|pare|paren|parar|detenga|detengan|detener|quite|quiten|quitar|desactive|desactivar|suspenda|suspendan|dejen de|deje de|no quiero|elimine|eliminen) *3 (autopay|pago automatico|pagos automaticos|debito automatico|debitos|debito|cobro automatico|cobros automaticos|cargo automatico|cargos automaticos|domiciliacion|auto pago|pago automaticos|cobrar) ;
        (no) *1 (me|nos) *1 (cobren|cobre|debiten|descuenten|saquen|quiten|retiren) ;
        (dejen|deje|paren) de *1 (cobrarme|debitar|debitarme|sacar|sacarme|descontar|descontarme|retirar|cobrar) ;
        no (saquen|retiren|debiten) *3 (cuenta|dinero|pago|banco|tarjeta)
      `),
    },
    {
      id: 'paid',
      label: 'paid-already',
      negatable: true,
      phrases: phrases(`
        (took|taken) care of (it|this|that|payment) *1 (yesterday|already|today|last|monday|tuesday|wednesday|thursday|friday|this morning|online) ;
        (i|we|ive|she|he|husband|wife|mom|dad|already|just|been|it|was|all|bill|payment|this|is|wife) *1 paid *1
          (it|this|that|yesterday|already|last|on|the|you|yall|my|in|off|by|via|online|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|#|u|him|her|at|for|with|through|two|three|a|over|full|and|so|both|everything|here|earlier|$) ;
        (i|we|already|just|have) paid ; ^ paid $ ; ^ *1 paid #|it|this|that|yesterday|already|u|you|my|the|on|online|last ;
        (paid|settled) (in full|off|already|yesterday|today|last|it|online|this morning|on monday|on tuesday|on
          wednesday|on thursday|on friday|on saturday|on sunday) ;
        (made|sent|mailed|submitted|dropped|posted|transferred|zelled|wired|processed) *4
          (payment|payments|check|money|it|order|cheque|funds|off|in) ;
        i (sent|mailed|made|wired|transferred|zelled|dropped) *3
          (it|payment|check|money|#|in|the|off|yesterday|friday|last|already|this morning) ;
        (payment|check|money|autopay) *3 (sent|made|mailed|posted|cleared|went through|was taken|came out|already|has
          cleared|has been|went out|processed|confirmed) ;
        (took|taken|came|withdrew|pulled|debited) *3 (out|from) *3 (account|bank|checking|yesterday|already) ;
        already (took|taken|deducted|withdrew|debited|sent|mailed|made|paid) ; check is in the mail ;
        confirmation number ; paid *1 (it|this|the|my) *3 (off|already) ; receipt *4 paid ;
        have *1 (receipt|receipts|proof) *1 (of|that|i) *2 (payment|paid|pay) ; proof of payment ; never credited ;
        i am|is|be|should paid (up|ahead|in full|current|off) ; all (caught up|paid up) ;
        caught up *1 (already|on|now|last)? ; (payment|it) was (made|sent|paid) ; got my *2 payment i ; paid that ;
        (ya) *2 (pague|pagamos|lo pague|la pague|les pague|le pague|esta pagado|esta
          pagada|hice|mande|envie|deposite|pago|page|hicimos|mandamos) ;
        (pague|pagamos) *1 (ayer|hoy|el|la|lo|ya|anoche|esta|antier|todo|mi|su|en) ;
        (hice|hicimos|mande|envie|realice|deposite|mandamos) *3 (pago|cheque|dinero|deposito|transferencia) ;
        ya (pague|pagamos|se pago|quedo pagado) ; (esta|fue|quedo|quedaron) (pagado|pagada|liquidado|liquidada) ;
        tengo *2 (recibo|comprobante) ; yo pague ; ^ pague ;
        el pago (ya|fue|se) *3 (hizo|hecho|enviado|mando|realizo|paso)
      `),
    },
    {
      // said flatly, with when: "my payment never posted, I paid on the 1st" is not denied by the "never" before it
      id: 'paid-plain',
      label: 'paid-already',
      phrases: phrases(`
        (i|we) *1 paid (on|yesterday|already|last) ; (i|we) *1 paid (it|this|that|you|#) *1 (on|yesterday|already|last)
      `),
    },
  ],
  guards: [
    {
      masks: ['paid-plain'],
      phrases: phrases(`
        (not|never) (i|we)? *1 paid ; (i|we) *1 (never|not) *1 paid ; (get|gets|got|be|being|am) paid ;
        (if|once|unless|after|whenever|did|have|until|till|when|should|show|that|says|said|why|thought|think|hope|wish|as|so|were|was|whether|where|what|how|than) *2 (i|we) *2 paid ;
        (will|would|can|could|going|to|gonna|might|may) *2 paid
      `),
    },
    {
      masks: ['autopay-cancel'],
      phrases: phrases(`
        (payment|payments) (arrangement|arrangements|plan|plans|reminder|reminders|history|extension) ;
        (sign|set|setting|signing|enroll|put|get) *1 up *2 (for|with|on)? *2 (autopay|auto pay|automatic) ;
        (why|did|was|has) *4 (autopay|auto pay|payment) *3 (cancelled|canceled|not go|stop|stopped|fail) ;
        autopay *2 (did not|failed|not) ; (do not|not|never|please not) (cancel|stop|turn off|remove) ;
        can i (set|sign|enroll|use|do|get) ; turn *3 on *3 (autopay|auto pay|automatic) ; turn *3 autopay *1 on ; stop (payments|paying) *2 (because|if|to you) ;
        i *3 stop payment|payments ; no me cobren *1 (tarde|recargo|cargo|interes|intereses|multa) ;
        charge me *2 (late|fee|fees|interest|insurance|extra|for|more|a) ;
        charging me *2 (late|fee|fees|interest|insurance|extra|for|more|a) ;
        take *1 (it|this|that|me) *1 off *2 (credit|report|list|my credit) ;
        take *2 out *2 (loan|mortgage|of context) ; hold *2 (payment|payments) *2 (until|till|late) ;
        (do not|not|never) (charge|take) *3 (fee|fees|late|interest|car|truck|offense|long) ;
        stop *3 payment *3 (reminder|reminders|texts|messages|alerts) ; (reminder|reminders|alerts) *3 autopay
      `),
    },
    {
      masks: ['paid'],
      phrases: phrases(`
        (till|until|when|how long|once) *6 paid ;
        (get|gets|getting|got|be|being|until|till|when|till i|not) paid ;
        (not|never|have not|has not|did not|no|is not|was not) *2 paid ;
        paid (on|every|weekly|biweekly|monthly|bi|next|twice) *1
          (fridays|mondays|thursdays|wednesdays|tuesdays|week|weekly|month) ;
        am paid (weekly|biweekly|monthly|on|every|by) ; mark|marked|consider|make|set|show|report *5 paid ;
        (will|going to|would|can|could|should|to|gonna|might|may|need to|have to|want|trying|must) *1
          (be|get|have|been)? *1 paid ;
        (if|once|unless|after|whenever|did|have|has|is|was|are) *2 *1 (i|it|you|he|she|we|they) *2 paid ;
        paid (leave|time|vacation|off work|sick) ; (can|could|may|will|want|need) *4 paid off ; how much *4 paid ;
        get *3 paid ; (half|part|partially|some) *1 paid ; low|under|over|well paid ;
        (sent|send|made|make|mailed) *2 (letter|email|text|message|mistake|proof|insurance|you
          proof|picture|photo|complaint) ;
        (did|has|have|was|is) *2 (my|the|a) *1 payment *3 ; never (sent|made|received|got) ;
        payment was (not|due|late|returned|supposed) ; payment *1 (has not|did not|not) ; who *1 paid ; why *3 paid ;
        made *1 (arrangement|arrangements|plan|deal|agreement|appointment|change)
      `),
    },
  ],
};
