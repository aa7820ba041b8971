import type { Rule } from '../grammar.ts';

/** Bankruptcy, lawyers, suits and complaints. */
export const LEGAL_RULES: readonly Rule[] = [
  {
    id: 'bankruptcy-filed',
    label: 'bankruptcy',
    tag: 'filed',
    negatable: true,
    phrases: [
      '(i|we|have|just|already|ive|has|had|and|also|husband|wife|spouse) *1 (filed|filled|declared|entered) *4 (bankruptcy|bankrupt)', '(filed|filled|declared|entered) *2 (chapter|ch) (7|11|12|13|seven|eleven|twelve|thirteen)', '(filed|declared|entered) (for|a)? *1 (bankruptcy|bankrupt)', '(in|under|doing|on) *2 (chapter|ch) (7|11|12|13|seven|eleven|thirteen)', '(in|under) *2 (bankruptcy)', '^ *1 (chapter|ch) (7|11|12|13)', 'ch7|ch13|ch11|ch.7|ch.13|bk7|bk13', '(in|under) *2 (bankruptcy) *1 (court|protection)',
      'included|listed|put in|on|it? *2 bankruptcy', 'automatic stay', '341|creditors meeting', 'my (trustee|bankruptcy)', 'bankruptcy filed', '(going|went|gone|am|are|go) through *1 bankruptcy', '(went|gone) bankrupt', 'i am|was bankrupt', 'we are bankrupt', '(case|docket) *3 bankruptcy', 'part of *3 bankruptcy', 'active|open|pending *1 bankruptcy', 'claimed bankruptcy',
      'me|nos *1 (declare|declaramos|he declarado) *2 (bancarrota|quiebra)', '(estoy|estamos|ando) en *1 (bancarrota|quiebra)', '(presente|presentamos|meti|metimos|hice|declare|radique|llene|puse) *3 (bancarrota|quiebra)', '(capitulo) (7|13|11|siete|trece)', 'en|por|mi *1 (bancarrota|quiebra)',
    ],
  },
  {
    id: 'bankruptcy-named',
    label: 'bankruptcy',
    tag: 'named',
    negatable: true,
    phrases: ['bankruptcy *1 (case|number|court|protection|trustee|attorney|lawyer|petition|plan|was|has|is|filed|paperwork|notice|docket|judge|stay)', 'bankruptcy|bankrupt $', 'bancarrota|quiebra $', 'abogado de bancarrota', 'chapter 7|13'],
  },
  {
    id: 'bankruptcy-contemplated',
    label: 'bankruptcy',
    tag: 'contemplated',
    negatable: true,
    phrases: [
      '(filing|file|declare|declaring|filling|do|doing|enter|entering|claim|claiming|consider|considering|contemplating|look|looking|researching|exploring|start|starting) *4 (bankruptcy|bankrupt)', '(file|filing|filling|declare|declaring|considering|do|doing) *2 (chapter|ch) (7|11|12|13|seven|eleven|thirteen)', '(might|may|will|going|have|want|need|plan|planning|thinking|considering|could|about|gonna|trying) *6 (bankruptcy|bankrupt)', '(talk|talking|talked|meeting|meet|met|see|seeing|speak|speaking|spoke|appointment|consult|consulting) *4 (bankruptcy)', 'go|going bankrupt', 'bankruptcy *2 (next|soon|tomorrow|option|options|instead|route)', 'force|forced|forcing|push|pushing|drive|driving me *2 bankruptcy|bankrupt', 'bankruptcy is *3 (option|choice)', 'only option *3 bankruptcy', 'just file', 'hired|hiring|retained|retaining *2 bankruptcy',
      '(voy|vamos|pienso|pensamos|planeo|quiero|quizas|tal|puede|considerando|pensando|estoy) *5 (bancarrota|quiebra)', 'declararme|declararnos *2 (bancarrota|quiebra)', '(presentar|declarar|hacer|meter) *2 (bancarrota|quiebra)', '(voy|vamos|pienso|quiero) *4 capitulo (7|13|siete|trece)',
    ],
  },
  {
    id: 'bankruptcy-past',
    label: 'bankruptcy',
    tag: 'past',
    phrases: [
      '(bankruptcy|chapter 7|chapter 13) *6 (discharged/discharge/dismissed/closed/completed/over/ended/years ago/finished/a while ago/long ago/last year)', '(filed|declared|did|had|went|was|been) *6 (bankruptcy|bankrupt|chapter 7|chapter 13|bk) *3 (years ago/year ago/long ago/a while back/in 20#/in #/back in/before/last year/in the past/months ago)', 'discharged *5 (bankruptcy|chapter|bk)', '(debt|loan|account|this|it|balance|bill) *3 discharged', 'was discharged', 'got *2 discharge', 'discharge (order|papers)', '(bancarrota|quiebra|capitulo 7) *5 (hace|descargada|terminada|cerrada|anos|pasado)', 'hace *4 (bancarrota|quiebra)', '(used to be|previously|formerly|once) *3 bankrupt|bankruptcy', 'years ago *4 bankruptcy', '(in|en) # *3 (filed|declared) *3 bankruptcy|chapter',
    ],
  },
  {
    id: 'attorney',
    label: 'attorney',
    negatable: true,
    phrases: [
      '(my|our) *2 @lawyer', '(have|got|hired|retained|obtained|has) *3 @lawyer', '(have|hired|retained) (legal|a law)', '(talk|speak|contact|call|refer|direct|go|send|write) *4 (my|our) @lawyer', '(represented|rep) by', 'legal (counsel|representation|representative|team)', 'retained (counsel|legal)', '(law|legal) (firm|office|offices|group|aid) *4 (represents|representing|represent|handling|handles|is|my|me|us)', '(represent|representing|represents) *1 (me|us|our client|my client|the (borrower|debtor|consumer))', 'i represent', '(our|my) client', 'this (firm|office) represents', 'lawyered up', 'through my *1 @lawyer', '@lawyer is|name|\'s', '(letter of representation|notice of representation)', 'retained *4 (llc|llp|law|pllc)', '(his|her) @lawyer', '@lawyer on retainer', '(under|with) *1 representation', '@lawyer *2 (will|is going to) (contact|call|be|reach|get|send|handle)',
      '(mi|nuestro|nuestra) *1 (abogado|abogada|abogados)', '(tengo|contrate|tenemos|ya tengo|contratamos) *2 (abogado|abogada)', '(hable|hablen|comuniquese|comuniquense|llame|llamen|contacte|contacten) *3 (abogado|abogada)', 'me representa', 'represent|representado|representada por', '(nombre de|el) abogado *2 es', 'mi representante legal', 'the @lawyer handling', '@lawyer handling (my|this|our)', '@lawyer representing',
    ],
  },
  {
    id: 'attorney-doubt',
    label: 'human-review',
    tag: 'guarded-word',
    phrases: ['power of attorney', 'poa', 'poder (notarial|legal)', '(need|get|getting|find|finding|hire|hiring|calling|call|contacting|consult|consulting) *3 @lawyer', '(divorce|custody) @lawyer'],
  },
  {
    id: 'legal-threat',
    label: 'legal-threat',
    negatable: true,
    phrases: [
      '(sue|suing|sued) (you|your|yall|u|the|this|ya|yous|yalls|everyone|everybody|all|them|for|these)', '(will|going|gonna|gunna|am|want|about|plan|planning|might|can|ready|could|would) *2 (sue|suing)', 'see|seeing (you|ya|yall|u) *1 in court', '(take|taking|drag|bring) *3 to *2 court', '(going|go) to court (against|with) you', '(file|filing|filed|bring|bringing|start|starting|open) *4 (lawsuit|suit|law suit|legal action|charges against|case against|claim against)', 'lawsuit', 'law suit', 'class action', 'small claims', 'take|taking|pursue|pursuing|seek|seeking|face|threatening legal (action|actions|recourse|remedies)', 'legal action', 'press|pressing|pursue charges', 'take *3 legally',
      '(file|filing|filed|submit|submitting|make|making|lodge|lodging|put|send|sending|write|writing) *4 (complaint|complaints|report|grievance) *6', '(report|reporting|reported|turning|turn) *1 (you|u|yall|your|this|the|ya) *1 (to|in|company|bank)', 'attorney general', 'attorneys general', 'complain|complaining|complaint|complaints *3 (to|with) *2 (@agency|state|government|banking|consumer|federal|better|authorities|attorney)', '@agency', 'better business', 'consumer (protection|financial|affairs)', 'department of (justice|financial|consumer|banking)', 'banking commissioner|commission|regulator', 'state (regulator|regulators|banking|bar)', 'federal (trade|reserve|communications) *1', '(calling|call|contact|contacting|tell|telling|go|going) *3 (channel|news|ombudsman|@agency)',
      '(violat|violating|violation|violations|violated|violate) *5 (fdcpa|tcpa|fcra|law|rights|federal|udaap|reg|hipaa)', 'fdcpa|tcpa|fcra|udaap', '(hear|hearing) from my *1 @lawyer', '@lawyer *4 (sue|court|lawsuit|suing)', 'against the law', 'own you in court', 'legal notice',
      '(los|las|les|te|lo|la|voy|vamos)? *2 (demandar|demando|demandare|demandarlos|demandarla|demandarte|demandamos|demandaremos)', '(poner|pongo|meter|presentar|presento|hacer|levantar|interponer) *2 (demanda|queja|denuncia|reporte)', '(reportar|reporto|denunciar|denuncio|reportarlos|denunciarlos|reportare) *2', 'nos vemos en *1 (corte|juzgado|tribunal|cortes)', 'llevar *3 (corte|juzgado|tribunal)', 'fiscal general', 'procuraduria', 'acciones? legal(es)?',
    ].map((phrase) => phrase.replaceAll('acciones? legal(es)?', 'accion|acciones legal|legales').replaceAll('(violat|', '(')),
  },
];

export const LEGAL_GUARDS: Readonly<Record<'attorney' | 'legal-threat' | 'bankruptcy' | 'attorney-doubt', readonly string[]>> = {
  attorney: [
    'attorney|attorneys general', 'power of attorney', '@lawyer fees|fee|cost|costs', '(do not|can not|could not|never) *2 (have|afford|need|get|hire) *3 @lawyer', 'without *2 @lawyer', '(i am|am) *1 a|an @lawyer', '(your|the bank|banks|bank\'s|lender) @lawyer', '@relative is|was *1 a|an @lawyer', 'work|works|worked for|at *2 (@lawyer|law)', '(divorce|custody|immigration|criminal|real estate) @lawyer', 'not *2 @lawyer', '(need|get|getting|find|finding|hire|hiring|consult|consulting|call|calling|want|see|seeing|contact|contacting|talk|talking) *1 (to)? *1 (a|an|another|some|the) @lawyer', 'have a? *1 @lawyer friend', 'do i (need|have)', '(should|can|may|will|would) i *3 @lawyer', 'no tengo (abogado|abogada|dinero para)', 'poder notarial', 'if i had *2 @lawyer', 'no @lawyer', '(ex|exes|wife|husband|his|her|ex \'s|exs|wife \'s|husband \'s|opposing) @lawyer', 'credit counsel|counselor|counseling',
  ],
  'attorney-doubt': ['attorney general', 'my|our @lawyer'],
  'legal-threat': [
    '(you|yall|they|u|the bank|are you|will you|gonna|someone|company|somebody|another|bank|creditor) *4 (sue|suing|sued) (me|us)', '(do not|please not|not) *2 (sue|take) (me|us)', '(sue|suing|sued) me|us', 'take me to *2 court', '(was|got|being|been|getting|were) sued', 'my name is sue', 'this is sue', 'sue (smith|jones|ann|here)', '(not|never) *3 (sue|suing|complain|complaining|filing|lawsuit)', 'report (me|it|this|my|the) *2 (to|on|payment|late|stolen|credit|bureaus|police|accident|income|card)', '(police|accident|incident|credit|stolen) *1 report', 'report *2 (lost|stolen|police)', 'me (demanda|demandan|demandar|van a demandar)', 'no me (demanden|demande|reporten|reporte)', '(make|making|made|send|sending) *3 (payment|report on)', 'credit report', 'submit|send|make a report|payment *1', '(no|not) *1 (complaint|complaints|lawsuit)', 'reporta|reportan|reportaron *1 (credito|buro|al)', 'lawsuit settlement', 'settlement from *3 lawsuit', 'waiting on *4 lawsuit', 'lawsuit money', 'court date', 'fdic insured', 'from a? *2 lawsuit', 'reportar *2 (pago|accidente|robo|tarjeta)', '(file|filing|filed) *3 report',
    'federal reserve (note|bank)', 'department of (revenue|labor)',
  ],
  bankruptcy: [
    '(not|never|no|without|avoid|avoiding|avoided|prevent|against|instead of) *5 (bankruptcy|bankrupt|chapter 7|chapter 13|bk|bancarrota|quiebra)', '(company|employer|job|store|business|work|boss|bank|plant|factory|you|ftx) *1 *3 (bankrupt|bankruptcy|bancarrota|quiebra)', '(rather|try|trying) *3 (not|avoid) *3 bankruptcy', 'do not *4 (bankruptcy|bankrupt)', 'bankruptcy is not', 'morally bankrupt', '(did|have|are) you *3 (bankruptcy|bankrupt)', 'no *4 bancarrota', '(just file) *1 (a|the|it|taxes|my)',
  ],
};
