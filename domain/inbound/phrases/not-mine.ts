import { phrases, type Family } from '../grammar.ts';

/** Somebody else opened it, or somebody else is reading this. */
export const NOT_MINE: Family = {
  rules: [
    {
      id: 'identity-theft',
      label: 'identity-theft',
      phrases: phrases(`
        (never|did not|have not|have never|not) *2 (open|opened|create|created|apply|applied|take out|took out|taken
          out|start|started|sign up|signed up|authorize|authorized|request|requested|get|got) *1
          (this|that|an|a|any|for|the|your|with|out|such|it) *3
          (account|loan|card|credit|line|mortgage|it|financing|debt|this|$) ;
        (i|we) *1 (never|did not) (apply|applied|open|opened) *1 (for|with|here|anything|$) ; identity *2 (theft|stolen|thief|stole|fraud|compromised) ;
        (stole|stolen|steal|used|using|took|has) *2 (identity|ssn|social|my info|my information|my name|social
          security) ;
        (opened|took|taken|applied|open|got) *4 (in|under|using|with) *1 my (name|ssn|social|identity|info) ;
        without my (knowledge|permission|consent|authorization) *1 (someone|somebody|opened|account|loan)? ;
        (victim|case) of *1 (fraud|identity|id|scam) ;
        (fraudulent|fraudulently) *3 (account|loan|debt|charge|charges|card|opened|activity|application) ;
        (account|loan|debt|this|charge|charges|card) is|was|must|has *2 (fraud|fraudulent|opened fraudulently) ;
        is|was|been fraud ; report *2 fraud ; fraud (alert|report|account|victim|claim|case) ; id theft ;
        (someone|somebody|they) *5 (opened) *1 (this|an|a|account|it|the) ;
        (someone|somebody) else *2 (opened|took|applied|used|signed) ;
        (someone|somebody) *2 (opened|forged|impersonated|hacked|took out) *4 ; forged *2 (signature|name) ;
        never *2 (had|have) *3 (account|loan|business|card|anything|credit) *2 (with|from|at) *1
          (you|yall|your|this|the) ;
        never *2 (borrowed|financed|took a loan|got a loan|took out) *4 ; never heard of (you|your|this|yall) ;
        never did business with ; ftc (report|affidavit) ; ^ fraud $ ; not me who (opened|took|signed|applied) ;
        i never (signed|did) *2 (loan|contract|papers|account|anything|this) ; my ex *3 (forged|opened|used my) ;
        (never|did not) (get|got|take|took|buy|bought|own|owned) (this|that|a|any|the)
          (loan|car|money|card|account|vehicle) ;
        (robo de|robaron|robado|robo) *2 identidad ;
        (nunca|jamas|no) *1 (abri|abrimos|solicite|pedi|saque|aplique|firme|tuve|he tenido|he abierto) *2
          (cuenta|prestamo|tarjeta|credito|nada|esto|ninguna|ningun|esta|ese|este|esa) ;
        (alguien|otra persona|otro) *2 (abrio|uso|usaron|saco|robo) *3 ;
        (es|fue|hay|cuenta) *2 (fraude|fraudulenta|fraudulento) ;
        (usaron|robaron) mi (nombre|identidad|seguro|informacion) ; victima de *1 (fraude|robo) ; ^ fraude $ ;
        yo no abri *3 ; no fui yo *3 (abrio|saco|firmo)
      `),
    },
    {
      id: 'wrong-number',
      label: 'wrong-number',
      phrases: phrases(`
        wrong (number|#|person|guy|phone|lady|man|woman|dude|one|party|individual|girl|chick|cell) ;
        (have|got|texting|texted|contacting|calling|messaging|reached) *2 wrong *1
          (number|person|guy|phone|lady|man|woman|party|one|$) ;
        wrong $ ; wrong number ; numero (incorrect|errado) ; (no|nobody|noone) *2 (by|with|named|called|with that|of) *2 name ;
        (nobody|no one|noone) (named|called|here|by) ;
        (do not|never) know *1 (any|a|anyone|anybody|this|that|no) *3 (named|person|name|guy|lady|called|by) ;
        do not know (him|her|them|this person|that person|whoever) ;
        (do not|no|not) *2 (know|idea) who (that|he|she|they|@person) *1 (is|are) ; do not know who @person ;
        (this|it|that) is not (his|her|their|the *2) *1 (number|phone|cell) *1 ;
        no longer *2 (number|phone|cell|his|her) ; (this|it) *2 (is not|is no longer|used to be) *3 (number|phone) ;
        (is|am|not) not? the (right|correct) person ;
        not (the|who) *1 (person|one) *2 you *2 (looking|are|want|think|need|trying) ;
        not who you (think|are looking|want|are trying|think i) ;
        (got|have|had) this *1 (number|phone|cell) (new|recently|for|last|a|this|just|since|yesterday|today) ;
        (just|recently) (got|bought) this *2 (number|phone) ; i have had this *1 (number|phone) ;
        new (number|owner) *2 (not|this|who|of this) ; (mistaken|wrong) identity ; not (him|her) *1 $ ;
        this is not (him|her) ;
        (does not|do not|did not|no longer|not) *2 (live|lives|work|works|stay|stays|reside|have this number|own
          this) *1 here ;
        (he|she|they|this person|that person) *2 (moved|no longer has|no longer have|no longer uses|does not
          have|does not use|does not own|changed|has a new|got a new) *3 (number|phone|away|out) ;
        (i am|am|this is) not @person ; (not|no) @person ; no|not one @person here ; (you have|wrong) *3 mixed up ;
        who is @person ; (do not|never) know *1 @person ; stop looking for @person ;
        @person (does not|no longer|has not|is not|do not) *2 (live|have|own|use|number|at|here|this) *3 ;
        @person (moved|changed) *3 ; @person is not *2 (here|number|phone|at) ; (this is|its) *1 not @person 's *2 ;
        no longer @person ; not my (loan|debt|account) *2 wrong (person|number) ; texting (a stranger|the wrong) ;
        my name is not *1 ; that is not (me|my name) ; not my name ; ^ *1 not (his|her|their) (number|phone|cell) ; no es mi (nombre|numero) ; (cambio|cambie|cambiaron) de numero ; not the (owner|account holder|borrower|person) ;
        (looking for|want|need) *3 (someone|somebody) else ; i am (someone|somebody) else ; reassigned ;
        number (changed|was reassigned|has changed|belongs) *3 ;
        (this|the) (number|phone) (belongs|does not belong) *3 ;
        (number|phone) *2 (no longer|does not|do not) *1 (belong|belongs) ; number *2 not (belong|his|hers|theirs) ;
        numero|persona (equivocado|equivocada|incorrecto|incorrecta) ; (equivocado|equivocada) de (numero|persona) ;
        (esta|estan|se) (equivocado|equivocada|equivocados|equivoco|equivocaron) *3 ; se equivoco|equivocaron ;
        equivocado $ ; no soy (esa|ese|esta|la|el|@person|yo|quien) *2 ; no (soy|es) @person ;
        (no|aqui no|ya no) *1 (vive|esta|trabaja|hay) *2 (aqui|ningun|ninguna|nadie|@person) ;
        aqui no (vive|es|hay|esta) ; no (conozco|se quien) *3 ; (este|ese|ya) no es *3 (numero|telefono|celular) ;
        ya no es *1 (su|el) *1 numero ; no es *1 (su|el) numero ; numero nuevo ; nadie *2 (llama|nombre) ;
        acabo de (obtener|comprar|recibir) este (numero|telefono)
      `),
    },
  ],
  guards: [
    {
      masks: ['identity-theft'],
      phrases: phrases(`
        (you|yall|they|people|company|bank) *3 (fraud|frauds|fraudulent|scam) ;
        stole my *1 (car|truck|vehicle|wallet|purse|phone|money|suv|van) ;
        fraud (department|dept|protection|prevention) ; not *1 fraud ; fraud charges on my ;
        (did not|never) (get|got) (a|any|the|this|that) *1 (bill|statement|letter|text|notice|call|email|payment) ;
        (did not|never) request (a|any|this|that|the) (text|call) ; using my (phone|card|own) ; (take|taking) out *3 (payment|payments|month|months|draft|installment|money) ;
        i never (signed|did) *1 up ; (did not|never) (sign|signed) up $ ; (did not|never) (sign|signed) up (for|to) *1 (this|it|these|texts|that|text|messages|alerts) *1 $
      `),
    },
    {
      masks: ['wrong-number'],
      phrases: phrases(`
        (do not|never) know (what|when|how|if|why|where|my) ;
        wrong (amount|balance|date|address|email|account|bill|time|payment|direction|way|name) ;
        (have|has|got|get|getting) *1 (amount|balance|date|address|email|total|figures|payment|numbers|name) *1 wrong ;
        not (here|him|her) *2 (work|now|right) ; (not|no) will ; who is (this|it|there|calling|texting) ;
        get (it|this|that|me|them) wrong ;
        (something|what|whats|nothing|anything|went|is|was|are|you are|doing|am|it) wrong $ ;
        got (this|new|a new) phone *2 (payment|bill) ; that is not me being
      `),
    },
  ],
};
