import type { TokenText } from './tokens.ts';

/** Frequent Spanish words that are not English ones, accents away. */
const SPANISH = new Set(
  (
    'que de la el los las un una unos unas y o pero porque por para con sin mi mis tu su sus yo usted ustedes ella ellos nosotros ' +
    'es son esta estoy estan estamos soy fue era hay tengo tiene tienen tenemos puedo puede pueden podemos quiero quiere necesito ' +
    'voy vamos va ya muy mas menos tambien nada todo todos hoy ayer manana semana mes dia dias lunes martes miercoles jueves viernes ' +
    'sabado domingo hola gracias favor buenos buenas tardes noches senor senora pago pagar pague pagos dinero cuenta deuda prestamo ' +
    'carro casa trabajo mensaje mensajes textos llamadas llamen llame llamar escriban escribir manden mandar numero telefono correo ' +
    'abogado esposo esposa hijo hija madre padre mama papa murio fallecio le les se nos lo al del este esto eso esa ese aqui cuando ' +
    'donde como cuanto quien hablo ingles espanol entiendo debo deben no-se perdi despidieron enfermo hospital seguro poliza alto basta ' +
    'parar pare paren ayuda dejen deje dejenme molesten equivocado equivocada bancarrota quiebra capitulo demandar queja cobrar ' +
    'cobraron cobren tarjeta banco abri nunca jamas quitenme borrenme hasta desde despues antes tarde temprano si nadie conozco ' +
    'vive murió hice mande deposito dolares quisiera podria disculpe perdon mucho poco otra otro vez veces quiero morir matarme ' +
    'cancele cancelen cancelar contacten contacte contactar correos avisos no-mas ahorita apenas ni chinga chinguen pinche friegen ' +
    'comprendo saldo abren abre cierra sucursal comprar seguir familia ninos hijos padres hermano hermana primero segundo estaba tuve tuvo han ' +
    'fui fue ir dar ver saber sabe dice dijo hacer hizo decir cada cosa algo alguien mismo entonces ahora mientras aunque siempre casi aun ' +
    'todavia marido golpea voy pueda podre esposos murieron quedo perdimos trabajo chamba feria plata atrasado atrasada cobran cobrando ' +
    'mandame mandenme digame diganme llamenme escribanme quienes donde cuales cual cuantos cuanta tengan tenga hagan haga saquen sacar ' +
    'cuentas recibo recibi pagina enlace contrato seguros accidente chocado chocaron perdida vivir quiza quizas tal mejor peor lunes ' +
    'enfermedad doctor operacion enojado triste vaya cheque transferencia tienda iglesia escuela duermo temprano ustedes suyo mio mia ' +
    'nuestra nuestro ellas fueron seran sera estare estara estaran necesita necesitan ando andan anda viene vienen salir llegar llega ' +
    'quitar vida equivoco equivocaron equivoque nombre cambio interesa interesado esten sigan estuvo bueno ' +
    'frieguen parenle jodan basta ejercito militar desplegado servicio activo diablo vayanse vayase vete mierda largate larguense declarado declare pruebenlo pruebelo matar matarlos en automatico vengan venga venir pega golpea aseguranza troca camioneta chocaron robaron autopago ' +
    'prorroga arreglo acuerdo devolver entregar reciben recibir siento desempleo trabajando pagado claro bueno bien ese esas esos estas ' +
    'eres me te informacion quito denme darme baja noche mediodia estare pagare mandare enviare doy abono albacea fraude identidad ' +
    'robo prueben pruebas duermo dormida dormido jefe vuelvan vuelva nomas gracia texteen textee texteas textear textearme mandarme enviarme escribirme llamarme escribas escriba llamando escribiendo'
  ).split(' '),
);
/** Frequent English words that are not Spanish ones. `no`, `me`, `a`, `he` are in both and count for neither. */
const ENGLISH = new Set(
  (
    'the and i you my is am are was to of in it that this for on with not do can will have has be but your we they what how when who why ' +
    'please stop text texting call pay paid payment money friday monday today tomorrow number wrong phone from at so if just get got ' +
    'an by or as all out up now about there he she his her him they them please dont english speak spanish need want loan account job lost work'
  ).split(' '),
);
const BOTH = new Set('no me a he la hospital son come once pare'.split(' '));
/** One of these alone makes a message Spanish. */
const SURE =
  /^(?:hola|gracias|alto|basta|parar|pare|paren|ayuda|cancelar|detener|espanol|si senor|claro que si|buenas?|buenos dias|por favor|informacion|quien es|no mas|equivocado|mande|bueno|manana)$/;

const ACCENTED = /[áéíóúñü]/iu;
/** Endings that Spanish verbs and nouns have and English words hardly. */
const ENDING = /^[a-z]{2,}(?:amos|emos|imos|aron|ieron|aban|iendo|cion|ciones|arme|erme|irme|arlo|arla)$/;

/** Whether the words are Spanish: more Spanish than English function words, and enough of them. */
export function isSpanish(text: TokenText): boolean {
  const { tokens, source } = text;
  let spanish = 0;
  let english = 0;
  let total = 0;
  let long = false;
  for (const token of tokens) {
    if (!/^[a-z']+$/.test(token.word)) continue;
    total += 1;
    const accented = !token.capital && ACCENTED.test(source.slice(token.start, token.end));
    if (accented || ENDING.test(token.word) || (SPANISH.has(token.word) && !BOTH.has(token.word))) {
      spanish += 1;
      long ||= token.word.length >= 3;
    } else if (ENGLISH.has(token.word) && !BOTH.has(token.word)) english += 1;
  }
  if (total === 0) return false;
  if (SURE.test(tokens.map((token) => token.word).join(' '))) return true;
  if (spanish >= 2 && spanish > english) return true;
  return long && spanish >= 1 && english === 0 && total <= 4;
}
