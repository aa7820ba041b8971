import { phrases, type Family } from '../grammar.ts';

/** Cannot pay, and asks for relief. */
export const HARDSHIP: Family = {
  rules: [
    {
      id: 'hardship',
      label: 'hardship',
      phrases: phrases(`
        laid me|us|him|her off ; let me go *2 (from work/at work/my job/$) ;
        (can not|could not|will not be able to|not able to|unable to|no way to|can no longer|can barely|not going to
          be able to|am not able to|not gonna be able to|no way i can|impossible to|not possible to|not afford to|will
          not be able) *2 (pay|make|afford|send|cover|come up|keep up|catch up|swing) ;
        (can not|could not|never) afford ;
        do not have *3 (money|funds|it|cash|anything|enough|the payment|income|a job|work|any) ;
        (have|got|with|has) (no|zero) *1 (money|income|job|funds|cash|work|paycheck|way to pay) ;
        no (money|income|job|work|paycheck|funds|cash|check) ; on strike ; strike at *1 (work|job|plant) ;
        (things|times|money|life) *1 (are|is|have been|has been) *2 (tough|rough|hard|tight) ; (can not|could not) (do|swing|manage|make) #|$# ;
        (lost|lose|losing) *2 (job|work|house|home|income|everything|hours|business|benefits|my
          apartment|employment) ;
        (laid|let) (off|go) ;
        got (fired|let go|laid off|furloughed|evicted|terminated|cut|hurt|sick|injured|divorced) ;
        (was|been|am|were|just|getting|being|got|husband|wife|he|she|is|me|i) *1 (fired|furloughed|unemployed|laid
          off|let go|evicted|terminated|hospitalized|homeless|out of work|out of a job|between jobs|injured|disabled) ;
        unemployed|unemployment|furloughed|furlough|layoff|layoffs ; out of (work|a job|money|funds) ;
        (between|looking for|need a|searching for|applying for|no) (jobs|a job|work|job|employment) ;
        (hours|shifts|pay|salary|overtime|income) *3 (cut|reduced|slashed|dropped|got cut|been cut) ;
        (cut|reduced|cutting) *2 (hours|shifts|pay) ;
        (am|is|are|been|was|got|very|really|too|so|getting|be|out) *2 (sick|ill|hospitalized|disabled|injured|hurt) ;
        (in|at|to|from|out of) *1 the? *1 (hospital|icu|rehab|er|emergency room|nursing home|hospice) ;
        hospital (bill|bills|stay|bed) ;
        surgery|surgeries|chemo|cancer|dialysis|stroke|pneumonia|covid|seizure|seizures|tumor|disability|disabled|miscarriage|chemotherapy|hospitalized ;
        heart attack ; (medical|maternity|paternity|sick) leave ; (no|without) pay ;
        (medical|doctor|hospital|health) *1 (bills|bill|emergency|issues|problems|expenses|leave|issue|problem|condition) ;
        (broke|break|broken) my (leg|arm|back|hip|foot|ankle|hand|neck|wrist|knee) ; (divorce|divorced|divorcing) ;
        (husband|wife|spouse|he|she|partner|boyfriend|girlfriend) *1 (left|abandoned) me|us ;
        (separated|separation|separating) ;
        (hurricane|tornado|flood|flooded|flooding|wildfire|wildfires|earthquake|disaster|evacuated|evacuation|evacuate|fema|house fire|home fire|mudslide|storm) ;
        (house|home|apartment|trailer|place|building) *3 (burned|burnt|burn|caught
          fire|fire|flooded|destroyed|damaged) ;
        no (puedo|puede|podre) trabajar ; (can not|could not|unable to|not able to) work $ ; (am|so|are|was|flat|dead|completely|totally|stay|being) *1 broke ; i am broke ;
        (struggling|struggle|strapped|hard time|tough time|hard times|hardship|rough time|rough patch|tight|falling
          behind|behind on|drowning|fell behind|fallen behind|getting behind|rough month|financial trouble|financial
          problems|financially) ;
        short (this|on|of|a|by|for|until|right|rn|funds) ; (am|be|little|bit|come|came|run|running) short ; hard up ;
        (money|things|funds|budget|finances) *2 (tight|bad|rough|short|hard|difficult) ;
        on (disability|unemployment|welfare|food stamps|strike|workers comp|workmans comp|fixed income|medical
          leave|maternity leave|leave without pay|short term disability|ssi|ssdi) ;
        (workers|workmans) comp ; paycheck *3 (short|late|delayed|bounced|small) ; (choose|choosing|choice) between ;
        feed my (kids|family|children|baby) ; (foreclosure|eviction|evicted) ;
        my *1 (husband|wife|spouse|partner|mom|dad|kid|son|daughter) *2 (lost|got fired|was fired|laid off|is
          sick|in the hospital|has cancer|had surgery|is in|was laid|got laid|had a stroke|was in) ;
        ex *3 (child support|stopped paying|left) ; dont get paid until ;
        barely *2 (making|surviving|getting by|scraping|afford|paying) ;
        going through *3 (hard|tough|rough|divorce|lot|difficult|bad) ; fallen on hard ;
        garnished|garnishment|garnishing ; living *2 (in my car|paycheck) ; no me alcanza ; have to choose ;
        in jail|prison ; incarcerated ; locked up ; (i|we) did not get paid ; about to be (homeless/evicted/on the street) ; quit my job ; overdrawn ; (paycheck|check|direct deposit) *2 (bounced|delayed) ; government shutdown|furloughed ;
        (my|the) business (closed|failed|is closing|went under|shut) ;
        (company|store|plant|factory|employer|job|workplace|restaurant|boss) *3 (closed|shut down|went
          under|bankrupt|bankruptcy|closing|laying off|went out) ;
        (behind|late) on *3 (bills|rent|everything|payments|mortgage) ; paying for *3 funeral ;
        (can not|could not|unable to) do *3 (payment|month|amount|bill|it right now|that much) ; he|she|@relative *2 dying ;
        dying (of|from) (cancer|disease|illness) ; terminal|terminally ;
        no (puedo|podemos|podre|voy a poder|pude|podria|podremos) *2
          (pagar|pagarle|pagarles|pagarlo|hacer|cubrir|pagando|mandar|completar) ;
        no tengo *2 (dinero|trabajo|para pagar|con que|plata|lana|como pagar|feria|empleo|ingresos|pisto|como|con
          que pagar|nada) ;
        (perdi|perdio|perdimos|me quede sin|quede sin|quedo sin) *2 (trabajo|empleo|casa|ingresos|chamba|todo|jale) ;
        (sin) (trabajo|empleo|dinero|ingresos|chamba|plata|jale) ;
        (me|nos|lo|la) *1 (despidieron|corrieron|descansaron|desocuparon|echaron|suspendieron|liquidaron) ;
        (estoy|esta|ando|estuve|estamos|estaba) *2
          (enfermo|enferma|hospitalizado|hospitalizada|desempleado|desempleada|internado|internada|incapacitado|incapacitada|lastimado|lastimada|enfermos|mal de salud|quebrado|corto|corta|atrasado|atrasada) ;
        (en) *1 (el|un)? *1 (hospital|emergencias) ;
        (cirugia|operaron|operacion|cancer|quimioterapia|incapacidad|desempleo|dialisis|derrame|accidente de
          trabajo) ;
        (divorcio|divorciando|divorcie|divorciado|divorciada|separe|separacion) ;
        (huracan|inundacion|inundo|incendio|tornado|terremoto|desastre|se quemo|evacuaron) ;
        (situacion|momento|tiempo|problemas|dificultades) *2
          (dificil|economicos|economicas|dificiles|economica|financieros|financiera) ;
        no me alcanza ; (pasando) *3 (dificil|dificiles|mal|crisis) ; batallando ;
        me (redujeron|recortaron|bajaron|cortaron) *2 (horas|sueldo|salario) ; poco trabajo ; no hay trabajo
      `),
    },
    {
      id: 'relief-asked',
      label: 'hardship',
      tag: 'remedy-asked',
      phrases: phrases(`
        extension|extend|deferment|deferral|defer|deferred|forbearance|modification|modify|postpone|postponement|moratorium ;
        hardship program ; (have|take|keep) (the|your|my|this) *1 @car back ;
        (pueden|puede|vengan|venga) *1 (venir|pasar) *1 por *1 (el|la|su|mi)? *1 (carro|camioneta|troca|coche|auto) ;
        (skip|miss|push|move|delay|pause|freeze|put off|skipping|suspend) *2 (payment|payments|month|due date|bill) ;
        (pay|pay it|pay this|pay you) *1 (late|later) *1 (this|because|again)? ;
        (more|extra|some|additional|bit of|little) *1 (time|days|weeks) ;
        payment (plan|plans|arrangement|arrangements|option|options) ;
        (work|make|set) *1 (something|arrangement|arrangements|deal|plan) *1 (out|up) ; work with me ;
        (lower|reduce|smaller|reduced|lowering|cut) *2 (payment|payments|monthly) ;
        (change|move|switch|push) *2 due date ;
        (come|come and|go|please) *1 (get|take|pick up|tow|repo) *2 (car|truck|vehicle|suv|van|it|thing|keys) ;
        (voluntary|voluntarily|volunteer) *1 (repo|repossession|surrender|return|turn) ;
        (turning|turn) the? (car|truck|vehicle|suv|van|house|keys) *1 in|over|back ;
        (surrender|surrendering|turn in|give back|giving back|return|returning|hand over|handing over|turning
          in|give up|bring back|bringing back|drop off|turn over|hand back) *3
          (car|truck|vehicle|suv|van|house|home|keys|it back|trailer|boat|motorcycle) ;
        (give|giving|take|turn|bring|hand|return|taking) *1 (you|u|yall)? *2
          (car|truck|vehicle|suv|van|house|keys|it) *1 (back|in) ;
        come (get|pick) (it|the|this|your) ; take (the|this|it|your|my) *1 (car|truck|vehicle|suv|van)? back ;
        (do not want|can not keep|no longer want) *2 (car|truck|vehicle|house) ; deed in lieu ; short sale ;
        repo (it|the|this) ; ^ repo my ; (have|take|keep) (the|your|my|this) *1 @car back ; take back *2 @car ;
        put *3 (payment|payments) *2 (back|end) ; end of *2 (loan|contract|note) ; grace period ; (can|could|may) *1 i *1 have (till|until) *3 ; need (till|until) *2 ; give me *2 (days|weeks|week|month|day|till|until) ;
        (half|part|some) now *5 (later|rest|half|friday|next) ; split *2 payment|payments ; necesito hasta ; deme|denme *2 (tiempo|dias|semana|semanas) ; loss mitigation ;
        hardship ; tack *4 end ; (have|take|keep) (the|your|my|this) *1 @car back ;
        (prorroga|extension|aplazar|aplazamiento|diferir|diferimiento|posponer|extender|plazo) ;
        (mas|poco mas de|otro poco de) (tiempo|dias|plazo) ; plan de pago|pagos ;
        (saltar|saltarme|brincar|brincarme|posponer|mover) *2 (pago|mes|cuota|mensualidad|fecha) ;
        (arreglo|acuerdo) *2 (pago|pagos) ;
        (pueden|puede|vengan|venga) *1 (venir|pasar) *1 por *1 (el|la|su|mi)? *1 (carro|camioneta|troca|coche|auto) ;
        (vengan|venga|ven) *1 (por|a recoger|a llevarse|recojan|llevense) *2 (carro|camioneta|troca|coche|auto) ;
        (entregar|devolver|regresar|devuelvo|entrego|regreso) *3
          (carro|camioneta|troca|coche|casa|auto|llaves|vehiculo) ;
        bajar *2 (pago|pagos|mensualidad) ; cambiar *2 fecha
      `),
    },
  ],
  guards: [
    {
      masks: ['hardship'],
      phrases: phrases(`
        (sick|ill) (and tired|of) ; sick of ; work|works|working|job|nurse|doctor *3 hospital ;
        (can not|could not|will not) pay *2 (online|website|app|by phone|with card|here|on the
          app|thru|through|portal|link|because *3 website|because *3 app|because *3 link|because *3 portal|because *3
          site|because *3 system) ;
        (can not|unable to|could not) *2 (make|pay) *3 (online|website|app|portal|link|login|log|site|card) ;
        (website|app|portal|site|link|system|page) *5 (can not|will not|not let|not working|down|does not) ;
        flooded with ; @car *3 flooded|flood|flooding ; flooding my (phone|inbox) ; flood (insurance|zone|policy|my phone) ;
        (phone|car|truck|it|that|ac|washer|fridge|heater|laptop|computer|vehicle) *2 broke ;
        broke (down|up|my phone|the|my car|into|a) ; no money (order|down) ;
        do not have *2 (account|time|card|number|email|app|checks|checking|internet|a
          printer|lawyer|attorney|loan|your|the info|my|that|this|any idea|any idea|any questions|it on me|it in
          front|access|any more questions) ;
        do not have it (with|on|in) ; short (answer|sale|term|story|notice|version|text) ; can not afford *2 @lawyer ;
        disabled *1 veteran|vet ; no job too ; no work (calls|phone|contact|number|email) ; storm (the|out) ;
        tight lipped ; lost *1 (job offer|my card|my phone|the link) ;
        have no (problem|idea|clue|account|loan|debt|car|way to know|way of) ;
        (insurance|policy) *3 (disability|medical) ; no longer (disabled|sick|unemployed) ;
        (not|no longer) *2 (sick|unemployed|homeless|broke|struggling|laid off) ; dying to ;
        dying (laughing|of laughter|over here|lol) ; ill (pay|send|be|call|have|get|make|do|sue|try|see) ;
        in the (er|rehab) business ; no work|cash today ; divorce lawyer|attorney ;
        struggling to (understand|see|log|find|read) ; will not pay ; at work ; doctor 's? office ; at the hospital ;
        back *2 work ; separated by ; let go of ; cancer (society|walk) ; no income tax ;
        hardship (letter|application|form) (sent|attached|done) ; sick leave ; terminal *2 (airport|gate) ;
        homeless shelter donation ; not laid off ; no fui ; short code ; flat|dead tired ; ill? *1 tired of
      `),
    },
    {
      masks: ['relief-asked'],
      phrases: phrases(`
        extension (number|cord|code) ; ext|extension # ; (no|not) *2 (extension|payment plan|modification) ;
        (never|not) *2 (late|later) ; pay later today ; more time (texting|calling|and energy|zone) ; waste *3 time ;
        some time (today|tomorrow|this|next|on) ; one more time ; some time *1 (ago|soon) ; any more (time|texts) ;
        extend (my thanks|gratitude|an) ; (do not|not) *3 miss *2 payment|payments ; end of *2 (loan|contract) *1 (date|when) ; what|how *5 end of *2 loan|contract|note ; when *3 end of *2 loan ;
        come get (me|you) ; get it back ; take it back ; already (paid|have) *2 extension
      `),
    },
  ],
};
