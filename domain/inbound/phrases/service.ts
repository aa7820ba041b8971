import { phrases, type Family } from '../grammar.ts';

/** Active duty, deployment and orders (50 USC 3911). */
export const SERVICE: Family = {
  rules: [
    {
      id: 'servicemember',
      label: 'servicemember',
      negatable: true,
      phrases: phrases(`
        deployed|deploying|deployment ;
        (being|getting|got|be|am|was) (deployed|mobilized|activated|called up|called to active|recalled) ;
        active *1 (duty|military|service|army|navy|marines) ; (ship|shipping|shipped|ships) (out|off) ;
        (got|have|received|getting|just got|under|on|with|has) *2 orders ;
        orders *3 (ship|report|deploy|pcs|january|to|deployment|overseas) ; pcs|pcsing|tdy ;
        (stationed|based) *1 (overseas|abroad|in|at|on) ; (boot camp|basic training|bootcamp|basic combat training) ;
        (enlisted|enlisting|enlist) ;
        (in|joined|joining|with|for|serving|serve) *1 (the|us|u.s.)? *1 (army|navy|marines|marine corps|air
          force|airforce|coast guard|national guard|space force|military|armed forces|reserves|reserve|army
          reserves|usmc|usaf) ;
        servicemember|servicemembers|servicewoman|serviceman ; scra ; civil relief act ; my unit ; my command ;
        i am (a|an) *2 (soldier|marine|sailor|airman|guardsman|reservist) ;
        (army|navy|marine|military|guard|air force) *2 (orders|deployment|deployed|activated|active) ;
        (guard|reserve|reserves) *3 (activated|called|mobilized) ;
        leave for (basic|boot|deployment|the army|the navy|the military) ;
        overseas (with|for) *2 (army|navy|military|marines|deployment) ; combat (zone|tour) ;
        called to (duty|service|serve) ; report *1 (for|to) *2 (duty|base|basic|fort|camp) ;
        (servicio) *1 (activo|militar) ; (desplegado|desplegada|desplegaron|despliegue|movilizado|movilizada) ;
        (en) *1 (el|la|los)? *1 (ejercito|marina|fuerzas armadas|fuerza aerea|guardia nacional|marines|militares) ;
        (soy) (militar|soldado|marino) ; me (llamaron|llaman|activaron) *3 (servicio|guardia|ejercito|reserva) ;
        ordenes de ; (entrenamiento) (basico|militar) ; mi unidad
      `),
    },
  ],
  guards: [
    {
      masks: ['servicemember'],
      phrases: phrases(`
        airbag|airbags *3 deployed ;
        (was|were) (in|a|an|with|part|serving) *3
          (army|navy|marines|military|marine|air force|guard|service|reserves|active duty|corps) ;
        (was|were) deployed *3 #|back|years|ago ;
        (used to|veteran|retired|former|ex|previously|formerly|discharged|got out|vet|years in) *5
          (army|navy|marines|military|marine|air force|guard|deployed|service|reserves|active duty|corps) ;
        (army|navy|marines|military|marine|air force|corps) *2 (veteran|vet|retired|brat|retiree) ;
        veteran|vet|veterans|retired ;
        (back|doctor|doctors|court|work|online|food|amazon|standing|mail|money|purchase|protective|restraining|taking|fill|filled|placed|placing|delivery|walmart) orders ;
        orders (from|on) *1 (amazon|walmart|ebay|online|my doctor) ;
        (not|never) *3 (deployed|active duty|military|army|navy|marines|in the service|servicemember) ;
        salvation army ; old navy ; ship out *2 (package|check|order|item|letter|card|payment) ;
        shipping *2 (package|order) ; army of ; leave the army ; left the (army|navy|military|marines) ; got out of ;
        deployed (the|an|your|our) (app|update|code|software) ; money orders ;
        shipped (off|out) *2 (check|payment|package) ; (exmilitar|ex militar|veterano|veterana|retirado|retirada) ;
        dad was ; father was
      `),
    },
  ],
};
