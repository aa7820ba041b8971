import { NAMES } from './names.ts';

/** Classes of canonical words that the phrases share; `@name` in a phrase. English and Spanish. */
const WORDS: Readonly<Record<string, string>> = {
  i: 'i we',
  am: 'am are was is be been being',
  my: 'my our his her their the your this mi nuestro nuestra su el la',
  me: 'me us',
  relative:
    'mom mother dad father husband wife spouse son daughter brother sister grandma grandmother grandpa grandfather ' +
    'granddad granny nana papa uncle aunt cousin nephew niece fiance fiancee partner boyfriend girlfriend stepdad stepmom ' +
    'stepfather stepmother parent parents child kid baby mama mommy daddy hubby pops grandson granddaughter twin husbands wifes wives moms dads mothers fathers sons daughters brothers sisters grandmas grandpas',
  pariente:
    'mama madre papa padre esposo esposa marido mujer hijo hija hermano hermana abuelo abuela tio tia primo prima ' +
    'suegro suegra sobrino sobrina abuelita abuelito mamita papito mami papi tita esposos suegros pareja novio novia bebe nieto nieta',
  borrower: 'borrower customer client member owner holder cosigner cosignor coborrower debtor accountholder',
  he: 'he she',
  job: 'job work office workplace employer jobsite worksite employment boss company',
  car: 'car truck vehicle suv van auto automobile jeep motorcycle bike boat trailer rv camper carro camioneta coche troca auto moto',
  debt: 'debt loan account bill balance money note mortgage amount deuda prestamo cuenta credit card charge charges contract',
  pay: 'pay make send mail give bring transfer deposit drop cover do catch submit settle',
  payment: 'payment payments pmt note bill bills loan mortgage rent installment installments pago pagos cuota cuotas',
  swear:
    'fuck fucking fuckin shit damn ass asshole assholes bitch bitches bastard bastards cunt dick motherfucker motherfuckers',
  quantity: 'one two three four five six seven eight nine ten eleven twelve dozen couple few several',
  day: 'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun today tomorrow tonight',
  month:
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
  lawyer: 'lawyer lawyers attorney attorneys counsel solicitor',
  agency: 'cfpb ftc fcc bbb fdic occ ncua hud dfs regulator regulators ombudsman commissioner dfpi profeco',
};

export const CLASSES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...Object.entries(WORDS).map(([name, words]) => [name, words.split(' ')] as const),
  ['person', NAMES],
]);
