import { phrases, type Family } from '../grammar.ts';

/** Deaths: of the borrower, of a relative, and of telephones. */
export const DEATH: Family = {
  rules: [
    {
      id: 'died',
      label: 'deceased',
      tag: 'borrower',
      phrases: phrases(`
        ^ passed away ; owner|user of this *1 phone|number *2 (passed/died/is dead/deceased) ;
        @borrower *3 (passed/died/is dead/is deceased/deceased/dead) ;
        (person|man|woman|guy|lady|individual|one) *8 (passed away/died/is dead/is deceased) ;
        dead person|man|woman|guy|lady|people ; deceased ; the late (mr|mrs|ms) ;
        mr|mrs|ms|miss *2 (passed/died/is dead/has died/has passed) ; death certificate ; estate of ;
        (his|her|my *1) estate ; no longer with us ; no longer (alive|living) ; rest in peace ; ^ rip *3 $ ;
        his|her probate ; in probate ; went through probate ; difunto|difunta ;
        esta (fallecido|fallecida|muerto|muerta) ; certificado|acta de defuncion ;
        el|la|esa|esta *3 (senor|senora|persona|cliente|titular|dueno|duena) *4 (murio/fallecio/esta muerto/esta
          muerta/ha muerto) ;
        ya no esta con nosotros ; en paz descanse ; her|his *1 executor
      `),
    },
    {
      id: 'died-pronoun',
      label: 'deceased',
      tag: 'borrower',
      phrases: phrases(`
        he|she *1 (has been dead/is dead/been dead/was found dead) ;
        he|she|@person *2 (passed away/passed on/died/is deceased/is dead/has died/has passed/was deceased/is no
          longer with us/has passed away/is gone now/is no longer alive/was killed/is not alive/committed
          suicide/killed himself/killed herself/had passed) ;
        he|she|@person just? passed *1 (last|in|on|away|monday|tuesday|wednesday|thursday|friday|saturday|sunday|this|yesterday|today|a|few|two|three|back|from|$) ;
        el|ella *1 (murio/fallecio/ha muerto/ha fallecido/esta muerto/esta muerta/ya murio/ya fallecio) ;
        murio|fallecio el|la|hace|en|ayer|anoche|de ; (ya|se)? (fallecio|murio|ha fallecido) ;
        (his|her) (death|passing|funeral|obituary) ; we *1 (lost|buried) (him|her) ;
        lost (him|her) *1 (last|in|to|this|on)
      `),
    },
    {
      id: 'relative-died',
      label: 'deceased',
      tag: 'relative',
      phrases: phrases(`
        @relative *4 (passed away/passed on/died/is deceased/is dead/has died/has passed/just passed/recently
          passed/was killed/is no longer with us/had passed/committed suicide/killed himself/killed herself) ;
        @relative *1 passed ; @relative *1 (estate|'s estate) ;
        (lost|losing|lose|buried|burying|bury) my|our *1 @relative ; death of *2 (my|our|a) *1 @relative ;
        @relative 's (death/passing/funeral/burial) ; (my|our) late @relative ; (widow|widower|widowed) ;
        (mi|nuestro|nuestra) *1 @pariente *3 (murio/fallecio/ha muerto/ha fallecido/falleciera/se murio) ;
        (murio|fallecio|se murio|se me murio|perdi a) *1 (mi|nuestro|nuestra) *1 @pariente ; perdi a mi @pariente ;
        muerte de mi ; mi difunto|difunta
      `),
    },
    {
      id: 'funeral',
      label: 'hardship',
      tag: 'death',
      phrases: phrases(`
        death in *2 family ; died in *1 family ;
        (pay|paid|paying|cost|costs|expense|expenses|bill|bills|money|afford|spent|covering|cover|bury|help) *6
          (funeral|burial|cremation|funerals) ;
        (funeral|burial|cremation) *2 (cost|costs|expense|expenses|bill|bills|money|fees|home|payment|arrangements) ;
        (pagar|pague|gastos|costo|dinero|gaste|cubrir) *5 (velorio|entierro|sepelio|funerales|funeral) ; bury my *2 ;
        muerte en la familia
      `),
    },
    {
      id: 'executor',
      label: 'deceased',
      tag: 'executor',
      phrases: phrases(`
        (executor|executrix|administrator|administratrix) of *4 (estate|will|probate) ;
        (i am|am|as|is) *2 (executor|executrix) ; (i am|as) *2 (administrator|administratrix) of ;
        personal representative (of|for) ; estate as *1 personal representative ; letters (testamentary|of administration) ; successor in interest ;
        handling (his|her|my *1) *1 (estate|affairs) ; settling *2 estate ;
        (soy|como) *2 (albacea|ejecutor|ejecutora) ; albacea ; represent the estate ; trustee of *2 estate ;
        named executor|executrix|administrator
      `),
    },
  ],
  guards: [
    {
      masks: ['died', 'died-pronoun', 'relative-died', 'funeral'],
      phrases: phrases(`
        (phone|battery|cell|car|truck|laptop|computer|engine|transmission|motor|alternator|tablet|charger|ipad|device|vehicle|internet|wifi|signal|app|iphone|android|fridge|furnace|heater|ac|dog|cat|pet|puppy|horse|bird|fish|plant|bike|van|suv|it|starter|radiator|washer|dryer|laptop|line|call) *4 (died/dead/die/dies/dying) ;
        mi *1 (telefono|celular|carro|bateria|perro|gato|computadora|troca|camioneta|perrito) *3 (murio/fallecio/se
          murio) ;
        (se me|se) murio el|la|mi *1 (telefono|celular|carro|bateria|perro|gato|motor|troca|camioneta|perrito) ;
        dead (battery|line|broke|end|tired|serious|wrong|weight|beat|beats|phone|car) ; i am dead ; im dead ;
        not dead ; not deceased ; dead inside ; drop dead ; over my dead body ; died laughing ;
        passed (the|my|inspection|due|it|out|by|over|on the|test|exam) ; not die ; almost|nearly|about died ;
        kiosk died ; deceased (battery|phone) ; is|are *1 not|never *1 (dead|deceased) ;
        (she|he|mom|dad) *1 did not (die|pass) ; real estate ; passed on the (message|info|information|offer|word) ;
        passed on (your|it|to) ; (she|he) passed on (the|it|that|this|your|my|her|his)
      `),
    },
  ],
};
