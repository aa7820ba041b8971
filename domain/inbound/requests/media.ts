/** What a request not to be contacted is about. `bother` names no medium ("stop harassing me"). */
export type Medium = 'text' | 'call' | 'email' | 'letter' | 'contact' | 'bother';

/** `base`: text, call · `gerund`: texting · `noun`: texts, calls. A list of media keeps one form. */
export interface MediumWord {
  readonly medium: Medium;
  readonly form: 'base' | 'gerund' | 'noun';
}

const TABLE: Readonly<Record<Medium, Readonly<Record<MediumWord['form'], string>>>> = {
  text: {
    base:
      'text message sms msg write escriba escriban escribas escribe escribir escribirme escribirnos textee texteen textear ' +
      'textearme textees textie textien mensajee mensajeen mensajear mensajearme txtear manden mande mandes mandar mandarme ' +
      'mandarnos envien envie envies enviar enviarme enviarnos mandando enviando',
    gerund:
      'texting texted messaged messaging texing spamming pinging writing escribiendo texteando mensajeando escribiendome texteandome',
    noun:
      'texts messages alerts notifications reminders sms mensajes mensajitos mensaje textos texto alertas avisos ' +
      'recordatorios notificaciones spam textmessages',
  },
  call: {
    base:
      'call phone ring dial llame llamen llames llama llamar llamarme llamarnos marque marquen marcar marcarme telefonear ' +
      'telefoneen hablen hable hablarme telephone',
    gerund: 'calling called phoned phoning ringing dialing llamando marcando llamandome',
    noun: 'calls robocalls voicemails voicemail llamadas llamada telefonemas robocall phonecalls',
  },
  email: { base: 'email', gerund: 'emailing emailed', noun: 'emails correos correo mails mailings' },
  letter: { base: 'mail', gerund: 'mailing', noun: 'letters letter mail cartas carta' },
  contact: {
    base:
      'contact communicate reach contacte contacten contactes contactar contactarme contactarnos comunique comuniquen ' +
      'comunicarse comunicarme busquen busque buscarme correspond',
    gerund: 'contacting contacted communicating reaching contactando corresponding contactandome',
    noun: 'contact communication communications correspondence contacto comunicacion contacts outreach',
  },
  bother: {
    base:
      'bother bug harass annoy disturb hassle pester hound badger moleste molesten molestes molestar molestarme molestarnos ' +
      'fastidien fastidiar frieguen chinguen jodan jodiendo joder chingar fregar acosen acosar acosarme',
    gerund:
      'bothering bothered harassed disturbed pestered bugging harassing pestering hounding badgering hassling disturbing stalking blowing molestando fastidiando ' +
      'chingando acosando molestandome harassment',
    noun: 'harassment acoso',
  },
};

const MEDIA: ReadonlyMap<string, MediumWord> = buildMedia();

function buildMedia(): ReadonlyMap<string, MediumWord> {
  const map = new Map<string, MediumWord>();
  for (const medium of ['text', 'call', 'email', 'letter', 'contact', 'bother'] as const) {
    for (const form of ['noun', 'base', 'gerund'] as const) {
      for (const word of TABLE[medium][form].split(' ')) if (!map.has(word)) map.set(word, { medium, form });
    }
  }
  return map;
}

/** What dictation and thumbs make of "texting" after a stop word. */
const DICTATED = new Set(
  'testing taxing tasting teasing texturing texture tech testin testings texts texas tacting nexting'.split(' '),
);

/** The medium that a word names, or null. */
export function mediumOf(word: string): MediumWord | null {
  return MEDIA.get(word) ?? null;
}

/** The same after a stop word, where "testing" is a dictated "texting". */
export function mediumAfterStop(word: string): MediumWord | null {
  return MEDIA.get(word) ?? (DICTATED.has(word) ? { medium: 'text', form: 'gerund' } : null);
}
