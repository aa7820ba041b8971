import { phrases, type Family } from '../grammar.ts';

/** Lawyers, suits and complaints. */
export const LEGAL: Family = {
  rules: [
    {
      id: 'attorney',
      label: 'attorney',
      negatable: true,
      phrases: phrases(`
        (my|our) *2 @lawyer ; ^ @lawyer *2 @person ; ^ @lawyer *3 # ; (i|we) am|are represented $ ; ^ @lawyer *1 (info|information|contact) ;
        (have|got|hired|retained|obtained|has) *3 @lawyer ; (have|hired|retained) (legal|a law) ;
        (talk|speak|contact|call|refer|direct|go|send|write) *4 (my|our) @lawyer ; (represented|rep) by ;
        legal (counsel|representation|representative|team) ; retained (counsel|legal) ;
        (law|legal) (firm|office|offices|group|aid) *4
          (represents|representing|represent|handling|handles|is|my|me|us) ;
        (represent|representing|represents) *1 (me|us|our client|my client|the borrower|the debtor|the consumer) ;
        i represent ; (our|my) client ; this (firm|office) represents ; lawyered up ; through my *1 @lawyer ; (contact|call|contacting|talk to|speak with|speak to|refer to) *2 law (office|offices|firm) ;
        @lawyer is|name|'s ; (letter of representation|notice of representation) ; retained *4 (llc|llp|law|pllc) ;
        (his|her) @lawyer ; @lawyer on retainer ; (under|with) *1 representation ;
        @lawyer *2 (will|is going to) (contact|call|be|reach|get|send|handle) ;
        (mi|nuestro|nuestra) *1 (abogado|abogada|abogados) ;
        (tengo|contrate|tenemos|ya tengo|contratamos) *2 (abogado|abogada) ;
        (hable|hablen|comuniquese|comuniquense|llame|llamen|contacte|contacten) *3 (abogado|abogada) ; me representa ;
        represent|representado|representada por ; (nombre de|el) abogado *2 es ; mi representante legal ;
        the @lawyer handling ; @lawyer handling (my|this|our) ; @lawyer representing
      `),
    },
    {
      id: 'attorney-doubt',
      label: 'human-review',
      tag: 'guarded-word',
      phrases: phrases(`
        power of attorney ; poa ; poder (notarial|legal) ;
        (need|get|getting|find|finding|hire|hiring|calling|call|contacting|consult|consulting) *3 @lawyer ;
        (divorce|custody) @lawyer
      `),
    },
    {
      id: 'legal-threat',
      label: 'legal-threat',
      negatable: true,
      phrases: phrases(`
        (sue|suing|sued) (you|your|yall|u|the|this|ya|yous|yalls|everyone|everybody|all|them|for|these) ;
        (will|going|gonna|gunna|am|want|about|plan|planning|might|can|ready|could|would) *2 (sue|suing) ;
        see|seeing (you|ya|yall|u) *1 in court ; (take|taking|drag|bring) *3 to *2 court ;
        (going|go) to court (against|with) you ;
        (file|filing|filed|bring|bringing|start|starting|open) *4 (lawsuit|suit|law suit|legal action|charges
          against|case against|claim against) ;
        lawsuit ; law suit ; class action ; small claims ;
        take|taking|pursue|pursuing|seek|seeking|face|threatening legal (action|actions|recourse|remedies) ;
        legal action ; press|pressing|pursue charges ; take *3 legally ;
        (file|filing|filed|submit|submitting|make|making|lodge|lodging|put|send|sending|write|writing) *4
          (complaint|complaints|report|grievance) *6 ;
        (report|reporting|reported|turning|turn) *1 (you|u|yall|yous|your company|this company|the company|your bank|the bank|this bank|your asses) *1 (to|in|for|$) ;
        attorney general ; attorneys general ;
        complain|complaining|complaint|complaints *3 (to|with) *2
          (@agency|state|government|banking|consumer|federal|better|authorities|attorney) ;
        @agency ; better business ; consumer (protection|financial|affairs) ;
        department of (justice|financial|consumer|banking) ; banking commissioner|commission|regulator ;
        state (regulator|regulators|banking|bar) ; federal (trade|reserve|communications) *1 ;
        (calling|call|contact|contacting|tell|telling|go|going) *3 (channel|news|ombudsman|@agency) ;
        (violating|violation|violations|violated|violate) *5 (fdcpa|tcpa|fcra|law|rights|federal|udaap|reg|hipaa) ;
        fdcpa|tcpa|fcra|udaap *6 (violated|violation|violations|violating|lawsuit|suit|damages) ; i sue $ ; (hear|hearing) from my *1 @lawyer ; @lawyer *4 (sue|court|lawsuit|suing) ;
        against the law ; own you in court ; legal notice ;
        (los|las|les|te|lo|la|voy|vamos)? *2 (demandar|demando|demandare|demandarlos|demandarla|demandarte|demandamos|demandaremos) ;
        (poner|pongo|meter|presentar|presento|hacer|levantar|interponer) *2 (demanda|queja|denuncia|reporte) ;
        (reportar|reporto|denunciar|denuncio|reportarlos|denunciarlos|reportare) *2 ;
        nos vemos en *1 (corte|juzgado|tribunal|cortes) ; llevar *3 (corte|juzgado|tribunal) ; fiscal general ;
        procuraduria ; accion|acciones legal|legales
      `),
    },
  ],
  guards: [
    {
      masks: ['attorney'],
      phrases: phrases(`
        attorney|attorneys general ; power of attorney ; @lawyer fees|fee|cost|costs ;
        (do not|can not|could not|never) *2 (have|afford|need|get|hire) *3 @lawyer ; without *2 @lawyer ;
        (i am|am) *1 a|an @lawyer ; (your|the bank|banks|bank's|lender) @lawyer ; @relative is|was *1 a|an @lawyer ;
        work|works|worked for|at *2 (@lawyer|law) ; (divorce|custody|immigration|criminal|real estate) @lawyer ;
        not *2 @lawyer ;
        (need|get|getting|find|finding|hire|hiring|consult|consulting|call|calling|want|see|seeing|contact|contacting|talk|talking) *1 (to)? *1 (a|an|another|some|the) @lawyer ;
        have a? *1 @lawyer friend ; do i (need|have) ; (should|can|may|will|would) i *3 @lawyer ;
        no tengo (abogado|abogada|dinero para) ; poder notarial ; if i had *2 @lawyer ; no @lawyer ;
        (ex|exes|wife|husband|his|her|ex 's|exs|wife 's|husband 's|opposing) @lawyer ;
        credit counsel|counselor|counseling
      `),
    },
    {
      masks: ['attorney-doubt'],
      phrases: phrases(`
        attorney general ; my|our @lawyer
      `),
    },
    {
      masks: ['legal-threat'],
      phrases: phrases(`
        (you|yall|they|u|the bank|are you|will you|gonna|someone|company|somebody|another|bank|creditor) *4
          (sue|suing|sued) (me|us) ;
        (do not|please not|not) *2 (sue|take) (me|us) ; (sue|suing|sued) me|us ; take me to *2 court ;
        (did|do|have|has|will) (you|u|yall|they|bank) *2 (file|filed|filing|start|started|bring|take|taking|pursue) *3
          (lawsuit|suit|legal action|case|charges|court) ;
        (was|got|being|been|getting|were) sued ; my name is sue ; this is sue ; sue (smith|jones|ann|here) ;
        (not|never) *3 (sue|suing|complain|complaining|filing|lawsuit) ;
        report (me|it|this|my|the) *2 (to|on|payment|late|stolen|credit|bureaus|police|accident|income|card) ;
        (police|accident|incident|credit|stolen) *1 report ; report *2 (lost|stolen|police) ;
        me (demanda|demandan|demandar|van a demandar) ; no me (demanden|demande|reporten|reporte) ;
        (make|making|made|send|sending) *3 (payment|report on) ; credit report ;
        submit|send|make a report|payment *1 ; (no|not) *1 (complaint|complaints|lawsuit) ;
        reporta|reportan|reportaron *1 (credito|buro|al) ; lawsuit settlement ; settlement from *3 lawsuit ;
        waiting on *4 lawsuit ; lawsuit money ; court date ; fdic insured ; from a? *2 lawsuit ;
        reportar *2 (pago|accidente|robo|tarjeta) ; (file|filing|filed) *3 report ; federal reserve (note|bank) ;
        department of (revenue|labor)
      `),
    },
  ],
};
