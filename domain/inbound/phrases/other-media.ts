import { phrases, type Family } from '../grammar.ts';

/** Requests about e-mail, calls and the place of work: texts go on. */
export const OTHER_MEDIA: Family = {
  rules: [
    {
      id: 'email-stop',
      label: 'email-stop',
      negatable: true,
      phrases: phrases(`
        (take|remove|delete|get) *2 email *2 off|from ; (take|remove|delete|get) me off|from *3 email|emails|mailing ;
        ^ please? (remove|delete|take) my email *3 $ ; unsubscribe *3 email|emails ; no emails|email please ; opt out *2 email|emails ; ^ no emails|email $ ;
        wrong email *1 ; not my email ; turn off *2 email|emails ; cancel *1 emails|email
      `),
    },
    {
      id: 'call-stop',
      label: 'call-stop',
      negatable: true,
      phrases: phrases(`
        (text|texts|texting|text messages) only ; only text me ; only (contact me by|via/by) text|texts ;
        text me? *1 instead of call|calling ; text *2 do not call ;
        solo (por mensaje/texto/por texto/mensajes/por mensajes) ; no phone calls|call ; no calls|calling please ;
        ^ no calls|calling $ ; do not call list ;
        (calls|phone calls|calling|robocalls) *2 need|needs|has|have|must|better|should to? stop|end|cease ;
        (make|get|have|want|need) *2 (calls|phone calls|calling|robocalls) to? stop|end ;
        not by|via|through phone|call ; prefer no calls ; take *3 off *3 call|calling list ;
        (remove|take|delete) *3 call|calling|dialer list ; (rather|prefer) you not call ; do not want *3 called ;
        not to be called ; prefer not to *2 (called/calls)
      `),
    },
    {
      id: 'work-contact',
      label: 'work-contact',
      phrases: phrases(`
        (can not|not allowed to|not supposed to|am not able to|not permitted to)
          (have|take|get|receive|accept|use|be|answer|talk)? *3
          (calls|call|texts|text|phone|personal|messages|contacted|called|talk) *2 (at|on|in) the|my? work|job|office ;
        not allowed *1 (calls|texts|messages|phone) *2 (at|on) *1 (work|job) ;
        (boss|employer|job|work|supervisor|company) (does not|will not|can not|do not)
          (allow|let|like|want|permit|approve|accept) ;
        (boss|employer|job|work|supervisor) (prohibits/forbids/is not happy/is getting mad/got mad) ;
        (get|getting|got|gonna get) me|us (fired|in trouble|written up) *2 (work|job|boss)? ;
        this is (my|a|his|her) (work|job|office|business|company|employer)
          (phone|number|cell|line|email|address|computer) ;
        you (called|texted|contacted|emailed|keep calling|are calling) *2 (my job|my work|my boss|my employer|my
          office|me at work|me at my) ;
        (called|calling|contacting|contacted|texting|emailing|texted) me? at? my
          (job|work|employer|boss|workplace|office) ;
        (calling|texting|contacting|called|texted|contacted) me? at (work|my job|my office) ;
        you (call|text|contact|message|email) *1 my (job|work|office|workplace|employer|boss) ;
        remove|take|delete my (work|job|office|employer) (number|phone|email|address|contact) ;
        not (my|the) (work|job|office) (phone|number|email) ; no (work|job) (calls|texts|contact) ;
        no (calls|texts|contact|messages|emails|texting|calling) (at|on|in|to) my? (work|job|office|employer) ;
        (mi|el) (jefe|patron|trabajo) no (permite|me deja|deja|quiere) ;
        no (puedo|me dejan) (recibir|contestar) *3 (en el|en mi) trabajo ;
        (not|never) at (my? work|my job|the office|my office) ; estan? llamando a? (mi|al) trabajo ;
        esto? es (mi|el) (numero|telefono|correo) de|del trabajo
      `),
    },
  ],
  guards: [],
};
