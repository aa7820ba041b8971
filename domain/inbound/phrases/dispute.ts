import { phrases, type Family } from '../grammar.ts';

/** Does not owe it, wrong amount, asks for proof. */
export const DISPUTE: Family = {
  rules: [
    {
      id: 'dispute',
      label: 'dispute',
      phrases: phrases(`
        (charge|bill|debit) *2 (twice|double) ;
        (do not|did not|never|not|no longer|dont) *1 (owe|owed|oweing|owing) *1
          (this|that|you|anything|nothing|it|any|the|money|yall|u|them|a|no|shit|$) ;
        owe (you|u|yall|them|nothing)? nothing ; only owe *2 # *1 not # ;
        not (my|our) (debt|loan|bill|account|charge|responsibility|mortgage|car loan|balance) ;
        not (really|actually) my (debt|loan|bill|account) ;
        (do not|never) have *1 (an|a|any) *1 (account|loan|card|debt|balance) (with|at|from|through) ;
        (do not|not) recognize *2 (debt|loan|account|charge|this|bill|balance) ; (not|is not) mine ;
        prove *1 (it|this|that|i) ;
        (proof|evidence|verification|validation|documentation) *2 (of|that|for) *3
          (debt|owe|loan|this|amount|balance|account|bill|it|charge) ;
        (send|show|give|need|want|provide|see|mail|demand|request) *3
          (proof|verification|validation|documentation|itemization) ;
        (validate|verify|validation|verification) *3 (debt|amount|balance|loan|this|account) ;
        (debt|account) (validation|verification) ; dispute|disputing|disputed|disputes ;
        (wrong|incorrect|inaccurate) *1 (amount|balance|number|numbers|total|payoff|figure|payment
          amount|charge|charges|late fee|fee|due date|bill|interest) ;
        (amount|balance|total|bill|figure|numbers|number|payoff|statement|this|that|it|fee|charge|interest|account|records|what you) *3 (is|are|looks|seems|was|says|have|showing) *2 (wrong|incorrect|not right|not correct|inaccurate|an error|a mistake|off|messed up|too high|not accurate|in error) ;
        not *1 what i *1 owe|owed ; (that|this|it) (is not|can not be) (right|correct|what) ;
        (do not|should not) *2 owe *2 (much|that|this) ;
        (charged|billed|debited|took|taken|withdrew|drafted|paid|hit|charging|pulled) *4 (twice|two
          times|double|2x|2 times|three times|3 times|too much) ;
        (double|over|wrongly|incorrectly|improperly) (charged|charge|billed|charging|billing|debited) ;
        overcharged|overcharging|overcharge|overbilled ; took (2|two|double|three|3) payments ;
        charged *5 should not (have|be) ; have *2 (balance|amount|total|payment|figures|numbers) *1 wrong ;
        (never|not|was never|was not|have not been|have never been|not been) *2 (late|delinquent|missed|past
          due|behind) ;
        (take|remove|get|delete|fix|correct|clear) *4 (off|from|on) *2 (credit|report|bureau|bureaus|score) ;
        (error|mistake|errors) (on|in|with|with) *2 (account|statement|bill|balance|report|credit|records|end|part) ;
        credit report *3 (wrong|error|incorrect|inaccurate|mistake|false) ;
        (wrong|incorrect|inaccurate|false|error|incorrectly|falsely) *3 (credit|report|reporting|reported) ;
        billing error ; (reported|report|marked|reporting|showing|show) me|us *1 (late|delinquent|behind|past due) *2 (i|we) *1 not ; (was|were|is|am) not *1 late ; already settled ; statute of limitations ; time barred ;
        (too old|expired) *2 (debt|to collect) ;
        (never|not) *2 (credited|applied|posted|recorded|showing up|showed up) ;
        (where is|where did|you lost|you misapplied|misapplied) *2 (payment|money) ; misapplied ;
        (my ex|husband|wife|he|she) *4 (owes|is responsible|responsible) ; (not|no longer) (responsible|liable) ;
        (already|was) *2 (charged off|written off|forgiven|settled|paid off) ; i want *2 itemized ; show me where ;
        (how|why) *3 owe *2 (if|when) *4 (paid|never) ;
        (fee|charge|late fee|late charge|charges|fees) *3 (wrong|incorrect|not right|error|mistake|bogus|illegal|not
          owed|unfair) ;
        should not *2 (charged|late fee|a fee|be late|have been charged) ;
        (i|we) (do not|did not) agree *2 (amount|balance|fee|charge|with|to) ;
        (bogus|fake|made up) *1 (debt|charge|charges|fee|fees|bill) ; returned the (car|vehicle|item|tv|furniture) ;
        i contest ; (i|we) settled *2 (this|it|that|debt|account|loan) ; (debt|this|it|loan|account) is *1 too old ; ^ validation ; stop reporting *3 ;
        no hice *2 (compra|cargo|transaccion) ; (not|never) apply *1 my payment ; (did not|never) (apply|credit|post) *1 (my|the) (payment|money|check) ; not (accurate|valid|legit) *1 (debt|amount)? ;
        (no|nunca|yo no) *1 (les|le|te|lo)? *1 (debo|debemos|adeudo) ; (esa|esta|eso|esto) *1 no es *1 (mi|mia|mio) ;
        no es (mi|mia|mio|nuestra) *1 (deuda|cuenta|prestamo|$) ;
        (cantidad|saldo|monto|balance|cuenta|cobro|factura) *2 (incorrecto|incorrecta|equivocada|equivocado|esta
          mal|mal|errado|no es) ;
        (esta|es|estan) (mal|incorrecto|incorrecta|equivocado) *2 (cuenta|cantidad|saldo|monto|cobro|balance) ;
        (pruebe|prueben|pruebelo|pruebenlo|compruebe|comprueben|compruebelo|comprobar|demuestren|demuestrelo) ;
        (quiero|necesito|manden|mandeme|envien|enviame|muestren) *3
          (pruebas|prueba|comprobante|verificacion|validacion) ;
        (cobraron|cobrando|cobro|cargaron|cobran|descontaron) *3 (dos veces|doble|de mas|demas|demasiado) ;
        (disputo|disputar|disputa|reclamo|impugno) ; no es correcto|correcta ;
        (nunca|jamas) *2 (tarde|atrasado|atrasada|retrasado) ; quiten *3 credito ;
        no reconozco *2 (deuda|cargo|cuenta|cobro) ; error en (mi|la|el) (cuenta|saldo|estado)
      `),
    },
    {
      id: 'insurance-charge',
      label: 'dispute',
      tag: 'insurance-charge',
      phrases: phrases(`
        (charged|charging|charge|billing|billed|adding|added|put|forcing|forced) *4 insurance *6
          (already|have|had|own|carry|never lapsed|did not lapse|covered|current) ;
        (already|have|had|own|never|carry) *6 insurance *6
          (charged|charging|charge|billing|billed|force|forced|adding|added|taking|remove|refund) ;
        (remove|take|drop|reverse|waive) *3 (force placed|forced|insurance charge|insurance premium|your insurance) ;
        (me|nos) *1 (cobraron|cobran|cobrando) *2 seguro *4 (tengo|tenia) ;
        (ya tengo|tengo|siempre tuve) *2 seguro *5 (cobran|cobraron|cobrando|cargo) ; refund *3 insurance
      `),
    },
  ],
  guards: [
    {
      masks: ['dispute'],
      phrases: phrases(`
        no es mi (nombre|numero|telefono|celular) ;
        proof of *1 (insurance|coverage|payment|income|address|residency|employment|identity|policy) ;
        insurance *3 (proof|verification) ; prove (insurance|coverage|income) ; do not owe *2 (until|till) ;
        (do not know|not sure|unsure|forgot|tell me|see|find out|know|show me) *2 (what|how much) *2 owe ;
        (what|how much) (do|did|does) *2 owe ; how much i owe ;
        verify (my|this) *1 (payment|identity|income|number|email|address|phone) ; verification (code|number) ;
        (not|never) *3 (charged|billed) twice ; (not|never) be late ;
        (not|never) *2 (late|behind) *1 (again|anymore|anymore) ; (will|would) not be late ;
        (not|is not) mine *1 (phone|number) ; not right now ; (not|never) too late ; dispute (resolved|closed) ;
        no *1 dispute ; (do not|not) want to be late ; can not be late ; is it *1 late ; not late yet ;
        so i am not late ; not be late ; employment verification ; no le debo *3 (hasta) ;
        wrong (number|person|guy|man|woman|lady|party|phone) ; (not|do not) *3 my (number|phone) ;
        was not (late|behind) on purpose
      `),
    },
  ],
};
