import { isOneEditAway } from './misspelling.ts';

/**
 * Words as people type them = the words that the phrases are written in (negations, pronouns, short forms, contact, money,
 * Spanish as texted). The meaning may be several words: "dont" is "do not", so that one phrase reads every spelling.
 */
const AS_TYPED = `
  don't dont dnt do'nt donot dun = do not ; doesn't doesnt = does not ; didn't didnt dident = did not ;
  can't cant cannot cnt = can not ; couldn't couldnt = could not ; won't wont = will not ;
  wouldn't wouldnt = would not ; shouldn't shouldnt = should not ; isn't isnt ain't aint = is not ;
  aren't arent = are not ; wasn't wasnt = was not ; weren't werent = were not ; hasn't hasnt = has not ;
  haven't havent = have not ; hadn't hadnt = had not ; mustn't = must not ; nvr = never ; needn't = need not ;
  i'm im iam = i am ; i'ma imma ima = i am going to ; i've ive = i have ; i'll = i will ; i'd = i would ;
  you're youre = you are ; you've youve = you have ; you'll youll = you will ; we're = we are ;
  we've weve = we have ; we'll = we will ; they're theyre = they are ; he's hes = he is ; she's shes = she is ;
  it's its = it is ; that's thats = that is ; who's whos = who is ; what's whats = what is ; here's heres = here is ;
  there's theres = there is ; he'll = he will ; she'll = she will ; they'll = they will ; it'll = it will ;
  let's lets = let us ; y'all yall yous ya'll = you ; how's = how is ; where's = where is ;
  gonna gunna finna = going to ; wanna = want to ; gotta = got to ; lemme = let me ; gimme = give me ;
  tryna = trying to ; dunno = do not know ; idk = i do not know ; kno = know ;
  u = you ; r = are ; ur = your ; pls plz plse plez pleas pleez plss plzz pleaze = please ;
  thx ty tks thanx thnx = thanks ; bc cuz coz becuz = because ; b4 = before ; abt = about ; rn = right now ;
  asap = now ; wrk = work ; ppl = people ; sumone = someone ; w = with ; tho = though ; til 'til = till ;
  untill = until ; n = and ; sry = sorry ; nite = night ; 2day = today ; 2nite = tonight ;
  2morrow 2moro tmrw tmrrw tmr tmw tmro tomm tomorow tommorow tommorrow tomorro tmmrw 2mrw = tomorrow ;
  ystrday yest = yesterday ; wk = week ; wks = weeks ; hrs = hours ; mins = minutes ; eod = end of day ;
  txt txtmsg = text ; txts = texts ;
  txting txtn txing textn txtin textin texing texin tetxing texitng textng textign texxting texring txtng textting tecting textiing yexting = texting ;
  txted txtd = texted ; msg mssg mesage messge = message ; msgs mesages messges masseges meseges = messages ;
  msging messagin = messaging ; callin caling callling = calling ; emailin e-mailing = emailing ; e-mail = email ;
  e-mails = emails ; fone ph = phone ; num nmbr nbr = number ; cel = cell ;
  contactin conacting contating contackting = contacting ; botherin = bothering ;
  harrassing harrasing harasing = harassing ; harrass harras = harass ; stahp stahhp = stop ;
  pmt pymt pymnt paymnt payement = payment ; payed = paid ; pmts = payments ; acct acc acnt accnt = account ;
  lawer laywer lawyr = lawyer ; atty attny atorney attorny attourney = attorney ;
  bk bankrupcy bankrupsy banckruptcy bankruptsy = bankruptcy ; ins insurence ensurance = insurance ;
  hosp = hospital ; autopayment auto-pay autodraft autodebit autopayments autopago autopagos = autopay ; layed = laid ;
  loosing = losing ; chp chap chpt chptr = chapter ; loose = lose ; sueing = suing ; mum momma = mom ; stfu = shut up ; gtfo = fuck off ;
  fu = fuck you ; fk fuk fuc fck eff = fuck ; fckn fkn = fucking ;
  q qe = que ; porfa porfavor xfa xfavor = por favor ; pq xq = porque ; tmb = tambien ; mensages msjs = mensajes ;
  msj = mensaje ; bancarota bankarrota = bancarrota ; aser = hacer ; llamndo = llamando ;
`;

const EXPANDED: ReadonlyMap<string, readonly string[]> = new Map(
  AS_TYPED.split(';').flatMap((entry) => {
    const [typed, meant] = entry.split('=').map((side) => side.trim().split(/\s+/));
    return typed === undefined || meant === undefined ? [] : typed.map((word) => [word, meant] as const);
  }),
);

/** "ill" and "well" are "i will" and "we will" only before one of these. */
const AFTER_WILL = new Set(
  (
    'pay send sue be have make get do call come try give mail drop bring transfer see let report shoot kill burn blow ' +
    'text email take file go catch put just also probably never still start finish cover zelle need not contact hire'
  ).split(' '),
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
  (
    'attorneys open opener closed message massages massage medial contract contracts contracting contact represent ' +
    'discharge employed deploys deceases decease mensaje automatico automaticos automatica segura seguros abogada abogados opens chapters accounts surgeon ' +
    'opened-up divorced divorces contacts payment'
  ).split(' '),
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
  if (word.length < 6 || word.length > 16 || KNOWN.has(word) || LEAVE_ALONE.has(word) || !/^[a-z]+$/.test(word))
    return word;
  const missing = REPAIRS.get(word);
  if (missing !== undefined) return missing;
  for (const shorter of deletions(word)) {
    if (KNOWN.has(shorter) && shorter.length >= 7 && !word.endsWith('s') && !word.endsWith('d')) return shorter;
    const meant = REPAIRS.get(shorter);
    if (meant !== undefined && meant.length === word.length && meant.length >= 7 && isOneEditAway(word, meant))
      return meant;
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
