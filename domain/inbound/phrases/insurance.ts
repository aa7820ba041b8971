import { phrases, type Family } from '../grammar.ts';

/** Cover of the collateral, and its loss. */
export const INSURANCE: Family = {
  rules: [
    {
      id: 'insurance',
      label: 'insurance',
      phrases: phrases(`
        (proof|evidence|copy|card|picture|photo|pic|declaration|declarations|dec|certificate) *2 (of)? *1 insurance ;
        insurance *2 (card|policy|proof|info|information|declaration|declarations|page|paper|papers|paperwork|certificate|coverage|agent|company|document|documents|dec|id|binder|lapsed|lapse|canceled|cancelled|expired|renewed|reinstated|is active|active|attached|is current|started|starts|switched|dropped|carrier) ;
        (new|my|our|have|got|full|switched|changed|bought|purchased|renewed|reinstated|updated|current|car|auto|home|homeowners|hazard|flood|vehicle|home owners|here is|sending|sent|added|carry|get|getting|added|lost|dropped|canceled|cancelled|insured|the|valid|collision) *2 insurance ;
        insured (with|by|through|under|at) ; is insured ; full coverage ; coverage *2 (lapsed|lapse|active|current|continuous|in force|renewed) ; lost *1 coverage ;
        (collision|comprehensive) *1 *2 (coverage|comprehensive|collision|deductible)? ;
        (geico|allstate|usaa|esurance|statefarm|state farm|progressive|farmers|liberty
          mutual|travelers|nationwide|safeco|hartford|amica|kemper|mercury|infinity|direct auto|the
          general|root|lemonade|aaa) *2 (policy|insurance|coverage|insured|card|agent|#|now|is|sent|will) ;
        (with|through|to|by|from|at|called|have) (geico|allstate|usaa|esurance|statefarm|state
          farm|progressive|farmers insurance|liberty mutual|travelers|nationwide|safeco|hartford|kemper) ;
        policy *1 (number|#|is|started|starts|effective|renewed|active|attached|lapsed|cancelled|canceled|expired) ;
        (dec|declarations|declaration) (page|pages|sheet) ; my *1 (agent|policy) ; loss payee|lienholder on ;
        force placed ; added you as (lienholder|loss payee) ;
        (seguro|aseguranza|poliza|aseguradora|asegurado|asegurada) ; prueba de seguro ;
        comprobante de (seguro|aseguranza)
      `),
    },
    {
      id: 'collateral-loss',
      label: 'insurance',
      tag: 'collateral-loss',
      phrases: phrases(`
        (totaled|totalled|total loss|totaling) ;
        (@car) *4 (wrecked|crashed|stolen|stole|was hit|got hit|caught fire|burned|flooded|rear ended|t
          boned|destroyed|smashed|got towed|was totaled|broken into|vandalized) ;
        (wrecked|crashed|totaled|flipped|rolled|smashed|destroyed|hit a deer with) *2 (@car|it) ;
        (someone|somebody|they|thieves|drunk|guy|lady|dude|deer|tree|truck|driver|kid) *3
          (stole|hit|wrecked|crashed|rear ended|ran into|fell on|totaled|sideswiped) *2 (@car|me) ;
        stole my @car ; (car|auto|bad|an|in|into|had|got|a) *2 (accident|wreck|crash|collision) ;
        (hit|struck) a (deer|tree|pole|cow|dog|moose|guardrail) ;
        my @car (was|got|is|has been) *2 (stolen|hit|wrecked|totaled|totalled|in) ; rear ended ;
        got (rear ended|hit by|t boned|sideswiped) ; theft of *2 @car ; airbag|airbags ; filed *2 claim ;
        (choque|chocaron|chocamos|choco|chocada|chocado|me chocaron|accidente) ;
        (robaron|robo|robado|robada|se robaron) *3 (carro|camioneta|troca|coche|auto|vehiculo|moto) ;
        (carro|camioneta|troca|coche|auto|vehiculo) *4 (perdida
          total|robado|robada|robaron|destruido|chocado|chocada|quemo|choque|choco|inundo) ;
        perdida total ; tuve un (accidente|choque)
      `),
    },
  ],
  guards: [
    {
      masks: ['insurance', 'insurance-charge'],
      phrases: phrases(`
        (health|dental|life|medical|vision|unemployment|pet|phone|renters|disability|travel|social|title|fdic)
          insurance ;
        life insurance ; (credit|gap|mortgage) (life)? insurance ; insurance fraud ; numero de seguro ;
        seguro (social|medico|de vida|de desempleo|que) ; estoy seguro|segura ; ^ seguro $ ; no estoy seguro|segura ;
        ^ de seguro ; seguro que ; the progressive ; insurance is *2 (too high|expensive|killing|so high) ; (no|not) *1 seguro ;
        travelers check ;
        (do|does|is|am|what|which|how|why|when|who) *3 (need|needs|require|requires|required|accept|accepts|cost|costs|kind|type|much) *4 insurance ;
        insurance *1 (required|mandatory) ; (my|the) (agent|policy) *1 (said|told|is)? *1 (real estate|travel) ;
        (nationwide|root|infinity|mercury) *1 (search|cause|of) ; seguro de salud ;
        full coverage (foundation|makeup|dental)
      `),
    },
    {
      masks: ['collateral-loss'],
      phrases: phrases(`
        (by|on) accident ; accident *2 work ; accidentally ; happy accident ; wreck|accident waiting ; nervous wreck ;
        emotional wreck ; train wreck ; (not|never) *3 (accident|wreck|crash|totaled|stolen) ;
        (website|app|site|portal|system|market|computer|phone) *3 (crashed|crash|crashing) ;
        hit (me|you) (up|back|with) ; my @car *2 (payment|payments|note|loan|insurance|title) ; accidente de trabajo ;
        work accident ; totaled *1 (up|out to|#) ; total loss of (hours|income|words) ; hit me *2 (fee|fees|charge) ;
        crash (course|on the) ; crashed at my
      `),
    },
  ],
};
