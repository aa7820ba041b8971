import { phrases, type Family } from '../grammar.ts';

/** Bankruptcy filed, planned, over, or denied (11 USC 362, 524). */
export const BANKRUPTCY: Family = {
  rules: [
    {
      id: 'bankruptcy-filed',
      label: 'bankruptcy',
      tag: 'filed',
      negatable: true,
      phrases: phrases(`
        (i|we|have|just|already|ive|has|had|and|also|husband|wife|spouse) *1 (filed|filled|declared|entered) *4
          (bankruptcy|bankrupt) ;
        (filed|filled|declared|entered) *2 (chapter|ch) (7|11|12|13|seven|eleven|twelve|thirteen) ;
        (filed|declared|entered) (for|a)? *1 (bankruptcy|bankrupt) ;
        (in|under|doing|on) a? (chapter|ch) (7|11|12|13|seven|eleven|thirteen) ; (in|under) *2 (bankruptcy) ;
        ch7|ch13|ch11|ch.7|ch.13|bk7|bk13 ; (in|under) *2 (bankruptcy) *1 (court|protection) ;
        included|listed|put in|on|it? *2 bankruptcy ; automatic stay ; 341|creditors meeting ;
        my (trustee|bankruptcy) ; bankruptcy filed ; (going|went|gone|am|are|go) through *1 bankruptcy ;
        (went|gone) bankrupt ; i am|was bankrupt ; we are bankrupt ; (case|docket) *3 bankruptcy ; bankruptcy (case|docket|petition) *2 # ;
        part of *3 bankruptcy ; active|open|pending *1 bankruptcy ; claimed bankruptcy ;
        me|nos *1 (declare|declaramos|he declarado) *2 (bancarrota|quiebra) ;
        (estoy|estamos|ando) en *1 (bancarrota|quiebra) ;
        (presente|presentamos|meti|metimos|hice|declare|radique|llene|puse) *3 (bancarrota|quiebra) ;
        (capitulo) (7|13|11|siete|trece)
      `),
    },
    {
      id: 'bankruptcy-named',
      label: 'bankruptcy',
      tag: 'named',
      negatable: true,
      phrases: phrases(`
        bankruptcy *1 (case|number|court|protection|trustee|attorney|lawyer|petition|plan|was|has|is|filed|paperwork|notice|docket|judge|stay) ;
        bankruptcy|bankrupt $ ; bancarrota|quiebra $ ; en|por|mi *1 (bancarrota|quiebra) ; abogado de bancarrota ;
        chapter|ch 7|11|12|13|thirteen|seven
      `),
    },
    {
      id: 'bankruptcy-contemplated',
      label: 'bankruptcy',
      tag: 'contemplated',
      negatable: true,
      phrases: phrases(`
        (filing|file|declare|declaring|filling|do|doing|enter|entering|claim|claiming|consider|considering|contemplating|look|looking|researching|exploring|start|starting) *4 (bankruptcy|bankrupt) ;
        (file|filing|filling|declare|declaring|considering|do|doing) *2 (chapter|ch)
          (7|11|12|13|seven|eleven|thirteen) ;
        (might|may|will|going|have|want|need|plan|planning|thinking|considering|could|about|gonna|trying) *6
          (bankruptcy|bankrupt) ;
        (talk|talking|talked|meeting|meet|met|see|seeing|speak|speaking|spoke|appointment|consult|consulting) *4
          (bankruptcy) ;
        go|going bankrupt ; bankruptcy *2 (next|soon|tomorrow|option|options|instead|route) ;
        force|forced|forcing|push|pushing|drive|driving me *2 bankruptcy|bankrupt ; bankruptcy is *3 (option|choice) ;
        only option *3 bankruptcy ; just file ; hired|hiring|retained|retaining *2 bankruptcy ;
        (voy|vamos|pienso|pensamos|planeo|quiero|quizas|tal|puede|considerando|pensando|estoy) *5
          (bancarrota|quiebra) ;
        declararme|declararnos *2 (bancarrota|quiebra) ; (presentar|declarar|hacer|meter) *2 (bancarrota|quiebra) ;
        (voy|vamos|pienso|quiero) *4 capitulo (7|13|siete|trece)
      `),
    },
    {
      id: 'bankruptcy-past',
      label: 'bankruptcy',
      tag: 'past',
      phrases: phrases(`
        discharged *4 (ch|chapter|bk|bankruptcy) ;
        (bankruptcy|chapter 7|chapter 13) *6 (discharged/discharge/dismissed/closed/completed/over/ended/years
          ago/finished/a while ago/long ago/last year) ;
        (filed|declared|did|had|went|was|been) *6 (bankruptcy|bankrupt|chapter 7|chapter 13|bk) *3 (years ago/year
          ago/long ago/a while back/in 20#/in #/back in/before/last year/in the past/months ago) ;
        discharged *5 (bankruptcy|chapter|bk) ; (debt|loan|account|this|it|balance|bill) *3 discharged ;
        was discharged ; got *2 discharge ; discharge (order|papers) ;
        (bancarrota|quiebra|capitulo 7) *5 (hace|descargada|terminada|cerrada|anos|pasado) ;
        hace *4 (bancarrota|quiebra) ; (used to be|previously|formerly|once) *3 bankrupt|bankruptcy ;
        years ago *4 bankruptcy ; (in|en) # *3 (filed|declared) *3 bankruptcy|chapter
      `),
    },
  ],
  guards: [
    {
      masks: ['bankruptcy-filed', 'bankruptcy-named', 'bankruptcy-contemplated', 'bankruptcy-past'],
      phrases: phrases(`
        (not|never|no|without|avoid|avoiding|avoided|prevent|against|instead of) *5 (bankruptcy|bankrupt|chapter
          7|chapter 13|bk|bancarrota|quiebra) ;
        (company|employer|job|store|business|work|boss|bank|plant|factory|you|ftx) *1 *3
          (bankrupt|bankruptcy|bancarrota|quiebra) ;
        (rather|try|trying) *3 (not|avoid) *3 bankruptcy ; do not *4 (bankruptcy|bankrupt) ; bankruptcy is not ;
        morally bankrupt ; (will|going to|gonna|is|are|would|could) bankrupt me|us ; bankrupting|bankrupts me|us ; (did|have|are) you *3 (bankruptcy|bankrupt) ; no *4 bancarrota ;
        (just file) *1 (a|the|it|taxes|my)
      `),
    },
  ],
};
