import { phrases, type Family } from '../grammar.ts';

/** Spanish as a wish, somebody else at the phone, and what only a person can answer. */
export const OTHER: Family = {
  rules: [
    {
      id: 'wants-spanish',
      label: 'language-es',
      phrases: phrases(`
        no (hablo|entiendo|comprendo|se|leo) *2 ingles ;
        (en|hablo|solo|habla|hablan|hablas|alguien que hable) espanol ;
        (do not|can not|no) *1 (speak|understand|read|write|know|hablo) *2 english ; no english ;
        (in|speak|speaks|need|only|prefer|want|habla|anyone|someone) *3 (spanish|espanol) ;
        (spanish|espanol) *1 (please|only|por favor|speaker|interpreter) ; my english *2 (bad|not good|not|limited) ;
        ^ (spanish|espanol) $ ; little english
      `),
    },
    {
      id: 'someone-else',
      label: 'human-review',
      tag: 'someone-else',
      phrases: phrases(`
        this is (his|her|their|@person 's|@person) *1 @relative ; i am (his|her|their) *1 @relative ;
        (he|she|@person) is (at work|not home|not here|sleeping|asleep|busy|out|unavailable|in the shower|driving) ;
        (not my|my @relative 's|my @relative) phone ; (soy|habla) (su|el|la) *1 @pariente ;
        (he|she) *1 (forgot|left) *2 phone ; i will (tell|let) (him|her) ; using (his|her) phone ;
        borrowed (this|his|her) phone ; el|ella no esta
      `),
    },
    {
      id: 'agency-of-another',
      label: 'human-review',
      tag: 'guarded-word',
      phrases: phrases(`
        veteran|vet|veterans ; va (benefits|loan|disability) ; power of attorney ; not (filing|file) *2 bankruptcy
      `),
    },
    {
      id: 'start-again',
      label: 'human-review',
      tag: 'unread',
      phrases: phrases(`
        (start|resume|begin|restart|continue) *2 (texting|texts|messages|sending|messaging) ;
        (can|may) text me *1 (now|again) ; opt me? *1 (in|back in) ; turn *2 (texts|messages) *1 (on|back on) ;
        resubscribe|subscribe ; ok to text
      `),
    },
  ],
  guards: [],
};
