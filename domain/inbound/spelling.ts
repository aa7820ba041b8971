/**
 * Words as people type them, turned into the words that the phrases are written in. A value may be several words:
 * "dont" is "do not", so that one phrase reads every spelling of it.
 */
const AS_TYPED: Readonly<Record<string, string>> = {
  // negations
  "don't": 'do not', dont: 'do not', dnt: 'do not', "do'nt": 'do not', donot: 'do not', dun: 'do not',
  "doesn't": 'does not', doesnt: 'does not', "didn't": 'did not', didnt: 'did not', dident: 'did not',
  "can't": 'can not', cant: 'can not', cannot: 'can not', cnt: 'can not', "couldn't": 'could not', couldnt: 'could not',
  "won't": 'will not', wont: 'will not', "wouldn't": 'would not', wouldnt: 'would not',
  "shouldn't": 'should not', shouldnt: 'should not', "isn't": 'is not', isnt: 'is not', "aren't": 'are not',
  arent: 'are not', "wasn't": 'was not', wasnt: 'was not', "weren't": 'were not', werent: 'were not',
  "hasn't": 'has not', hasnt: 'has not', "haven't": 'have not', havent: 'have not', "hadn't": 'had not',
  hadnt: 'had not', "ain't": 'is not', aint: 'is not', "mustn't": 'must not', nvr: 'never', "needn't": 'need not',
  // pronoun and verb
  "i'm": 'i am', im: 'i am', iam: 'i am', "i'ma": 'i am going to', imma: 'i am going to', ima: 'i am going to',
  "i've": 'i have', ive: 'i have', "i'll": 'i will', "i'd": 'i would', "you're": 'you are', youre: 'you are',
  "you've": 'you have', youve: 'you have', "you'll": 'you will', youll: 'you will', "we're": 'we are',
  "we've": 'we have', weve: 'we have', "we'll": 'we will', "they're": 'they are', theyre: 'they are',
  "he's": 'he is', hes: 'he is', "she's": 'she is', shes: 'she is', "it's": 'it is', its: 'it is', "that's": 'that is',
  thats: 'that is', "who's": 'who is', whos: 'who is', "what's": 'what is', whats: 'what is', "here's": 'here is',
  heres: 'here is', "there's": 'there is', theres: 'there is', "he'll": 'he will', "she'll": 'she will',
  "they'll": 'they will', "it'll": 'it will', "let's": 'let us', lets: 'let us', "y'all": 'you', yall: 'you', yous: 'you',
  "ya'll": 'you', "how's": 'how is', "where's": 'where is',
  gonna: 'going to', gunna: 'going to', finna: 'going to', wanna: 'want to', gotta: 'got to', lemme: 'let me',
  gimme: 'give me', tryna: 'trying to', dunno: 'do not know', idk: 'i do not know', kno: 'know',
  // short forms
  u: 'you', r: 'are', ur: 'your', pls: 'please', plz: 'please', plse: 'please', plez: 'please', pleas: 'please',
  pleez: 'please', plss: 'please', plzz: 'please', pleaze: 'please', thx: 'thanks', ty: 'thanks', tks: 'thanks',
  thanx: 'thanks', thnx: 'thanks', bc: 'because', cuz: 'because', coz: 'because', becuz: 'because',
  b4: 'before', abt: 'about', rn: 'right now', asap: 'now', wrk: 'work', ppl: 'people', sumone: 'someone',
  w: 'with', tho: 'though', til: 'till', untill: 'until', "'til": 'till', n: 'and', sry: 'sorry', nite: 'night',
  '2day': 'today', '2nite': 'tonight', '2morrow': 'tomorrow', '2moro': 'tomorrow', tmrw: 'tomorrow', tmrrw: 'tomorrow',
  tmr: 'tomorrow', tmw: 'tomorrow', tmro: 'tomorrow', tomm: 'tomorrow', tomorow: 'tomorrow', tommorow: 'tomorrow',
  tommorrow: 'tomorrow', tomorro: 'tomorrow', tmmrw: 'tomorrow', '2mrw': 'tomorrow', ystrday: 'yesterday', yest: 'yesterday',
  wk: 'week', wks: 'weeks', hrs: 'hours', mins: 'minutes', eod: 'end of day',
  // contact
  txt: 'text', txts: 'texts', txting: 'texting', txtin: 'texting', textin: 'texting', texing: 'texting',
  texin: 'texting', tetxing: 'texting', texitng: 'texting', textng: 'texting', textign: 'texting', texxting: 'texting',
  texring: 'texting', txtng: 'texting', textting: 'texting', tecting: 'texting', textiing: 'texting', yexting: 'texting',
  txted: 'texted', txtd: 'texted', txtmsg: 'text', msg: 'message', msgs: 'messages', mssg: 'message',
  msging: 'messaging', mesage: 'message', mesages: 'messages', messge: 'message', messges: 'messages', masseges: 'messages',
  meseges: 'messages', messagin: 'messaging', callin: 'calling', caling: 'calling', callling: 'calling',
  emailin: 'emailing', 'e-mail': 'email', 'e-mails': 'emails', 'e-mailing': 'emailing', fone: 'phone', ph: 'phone',
  num: 'number', nmbr: 'number', nbr: 'number', cel: 'cell', contactin: 'contacting', conacting: 'contacting',
  contating: 'contacting', contackting: 'contacting', botherin: 'bothering', harrassing: 'harassing', harrasing: 'harassing',
  harasing: 'harassing', harrass: 'harass', harras: 'harass', stahp: 'stop', stahhp: 'stop',
  // money, law, life
  pmt: 'payment', pymt: 'payment', pymnt: 'payment', paymnt: 'payment', payement: 'payment', payed: 'paid',
  pmts: 'payments', acct: 'account', acc: 'account', acnt: 'account', accnt: 'account', lawer: 'lawyer', laywer: 'lawyer',
  lawyr: 'lawyer', atty: 'attorney', attny: 'attorney', atorney: 'attorney', attorny: 'attorney',
  attourney: 'attorney', bk: 'bankruptcy', bankrupcy: 'bankruptcy', bankrupsy: 'bankruptcy', banckruptcy: 'bankruptcy',
  bankruptsy: 'bankruptcy', ins: 'insurance', insurence: 'insurance', ensurance: 'insurance', hosp: 'hospital',
  autopayment: 'autopay', 'auto-pay': 'autopay', autodraft: 'autopay', autodebit: 'autopay', autopayments: 'autopay',
  layed: 'laid', loosing: 'losing', loose: 'lose', sueing: 'suing',
 mum: 'mom', momma: 'mom', stfu: 'shut up', gtfo: 'fuck off', fu: 'fuck you', fk: 'fuck',
  fuk: 'fuck', fuc: 'fuck', fck: 'fuck', eff: 'fuck', fckn: 'fucking', fkn: 'fucking',
  // Spanish as texted
  q: 'que', porfa: 'por favor', porfavor: 'por favor', xfa: 'por favor', xfavor: 'por favor', pq: 'porque', xq: 'porque',
  tmb: 'tambien', qe: 'que', mensages: 'mensajes', msjs: 'mensajes', msj: 'mensaje',
  bancarota: 'bancarrota', bankarrota: 'bancarrota', aser: 'hacer', llamndo: 'llamando',
};

const EXPANDED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(AS_TYPED).map(([typed, meant]) => [typed, meant.split(' ')]),
);

/** "ill" and "well" are "i will" and "we will" only before one of these. */
const AFTER_WILL = new Set(
  ('pay send sue be have make get do call come try give mail drop bring transfer see let report shoot kill burn blow ' +
    'text email take file go catch put just also probably never still start finish cover zelle need not contact hire').split(' '),
);

/** Words long and rare enough to be repaired when one letter is wrong. */
const REPAIRABLE = (
  'bankruptcy attorney insurance unsubscribe payment payments harassing harassment identity deceased executor hospital ' +
  'tomorrow yesterday divorce unemployed disability extension complaint lawsuit messages messaging contacting contact ' +
  'collateral deployed deployment military hurricane surgery cancelled automatic yesterday wednesday thursday saturday ' +
  'september october november december january february english spanish suicide suicidal account overdose medical ' +
  'communication communicating represented garnished incorrect overcharged authorize authorization withdraw totaled ' +
  'chapter thirteen discharged foreclosure opened fraudulent hardship evacuated furloughed mensajes abogado bancarrota ' +
  'seguro fallecio equivocado llamando escribiendo viernes miercoles diciembre'
).split(' ');

/** Real words one edit away from a repairable one. */
const LEAVE_ALONE = new Set(
  ('attorneys open opener closed message massages massage medial contract contracts contracting contact represent ' +
    'discharge employed deploys deceases decease mensaje segura seguros abogada abogados opens chapters accounts surgeon ' +
    'opened-up divorced divorces contacts payment').split(' '),
);

const REPAIRS = buildRepairs();

function buildRepairs(): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const word of REPAIRABLE) for (const shorter of deletions(word)) if (!map.has(shorter)) map.set(shorter, word);
  return map;
}

function deletions(word: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < word.length; i += 1) out.push(word.slice(0, i) + word.slice(i + 1));
  return out;
}

const KNOWN = new Set(REPAIRABLE);

/** The intended word when `word` is one letter off a long, rare one; otherwise `word`. */
function repair(word: string): string {
  if (word.length < 6 || word.length > 16 || KNOWN.has(word) || LEAVE_ALONE.has(word) || !/^[a-z]+$/.test(word)) return word;
  const missing = REPAIRS.get(word);
  if (missing !== undefined) return missing;
  for (const shorter of deletions(word)) {
    if (KNOWN.has(shorter) && shorter.length >= 7 && !word.endsWith('s') && !word.endsWith('d')) return shorter;
    const meant = REPAIRS.get(shorter);
    if (meant !== undefined && meant.length === word.length && meant.length >= 7) return meant;
  }
  return word;
}

/** The canonical words for one word as typed. `next` is the following word as typed, or ''. */
export function canonical(word: string, next: string): readonly string[] {
  if (word === 'ill' && AFTER_WILL.has(next)) return ['i', 'will'];
  if (word === 'well' && (next === 'pay' || next === 'send' || next === 'sue')) return ['we', 'will'];
  if (word === 'id' && (next === 'like' || next === 'rather' || next === 'appreciate')) return ['i', 'would'];
  const known = EXPANDED.get(word);
  if (known !== undefined) return known;
  const bare = word.includes("'") ? word.replaceAll("'", '') : word;
  if (bare !== word && bare.endsWith('s') && word.endsWith("'s")) return [bare.slice(0, -1), "'s"];
  return [repair(bare)];
}
