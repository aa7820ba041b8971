import type { Rule } from '../grammar.ts';

/** Words of somebody who may harm themselves. A wrong page costs a call; a missed one may cost a life: no doubt guard. */
export const DANGER_RULES: readonly Rule[] = [
  {
    id: 'self-harm',
    label: 'self-harm',
    phrases: [
      'want|wanna|wants|wanted|ready|going|like to die', 'want|wish to be dead', 'i wish i was|were|am *1 dead|gone|never', 'kill|killing|hurt|hurting|harm|harming|hang|hanging|shoot|shooting|cut|cutting|stab|drown|burn myself|ourselves', 'kms', 'unalive|off myself',
      'end|ending|take|taking|took|finish my *1 life', 'end|ending it all', 'just end it', 'gonna|to end it tonight|now', 'suicide|suicidal', 'better off *1 dead', 'better off without me', 'world|everyone|family|everybody|kids|people *2 better without me',
      '(do not|no longer|not) want|wanna *1 to? (live/be alive/be here/wake up/exist/go on)', 'no *2 reason|point *2 live|living', 'nothing *2 live for', 'no will to live', 'life|living *2 (not worth/is not worth/worth) *1 living|it', 'not worth living', 'can not (go on/live like this/keep living/keep going on)', 'can not go on',
      'do not want to be (here/alive) *1 anymore', 'tired of (living/being alive/life)', 'done with (life/living)', '(will not/not going to/will never) be (here/around/alive) *2 (tomorrow/anymore/much longer/next week/after tonight/long)', 'worry about me (after/anymore/again/any more)', '(will not/never) (have to/need to/be) *2 (worry/bother/worrying) *2 about me',
      'gone by (tomorrow/tonight/morning)', '(take/took/taking/swallow/swallowed) *3 (pills/whole bottle)', 'overdose', 'over dose|dosed', 'jump|jumping off *2 (bridge/roof/building)', '(gun|knife|rope|noose) (to my head/in my mouth/to my wrist)', 'slit my', 'slitting my', 'put a bullet in my', 'blow my (brains/head)', 'goodbye (cruel/forever/world/everyone)', 'say goodbye to my (kids/family)', 'drive|driving *2 off a (bridge/cliff)', 'drive|crash my car into a', 'not worth being alive',
      'no one would|will miss me', 'my last (night/day) *2 (earth/alive)', 'see|hear from me again after', 'wont be here *2 tomorrow', '(rather|prefer) (be dead/not be alive)', '(should|might|may|could) (just|as well)? *1 (die/be dead)', 'let me die', 'i will be dead (by/soon/tomorrow/tonight)', 'hopeless *3 (die/dead/live)', 'self harm',
      'quiero|quisiera|prefiero|deseo morir|morirme|matarme|suicidarme', 'me quiero|voy a? *1 morir|matar|suicidar', 'voy a (matarme/suicidarme/quitarme)', 'quitarme|acabar *2 (vida)', 'suicidarme|suicidio|matarme', 'ya? no quiero (vivir/seguir/estar vivo/estar viva/existir)', 'no quiero seguir viviendo', 'no tengo (ganas/razon) *2 vivir', 'no vale la pena vivir', 'estarian mejor sin mi', 'me quiero matar', 'sin ganas de vivir', 'no aguanto *2 vida', 'mejor muerto|muerta',
    ],
  },
];

/** Threats to others and violence at home: a person is paged; the label is human-review. */
export const VIOLENCE_RULES: readonly Rule[] = [
  {
    id: 'threat-to-others',
    label: 'human-review',
    tag: 'threat-to-others',
    phrases: [
      '(shoot|shooting|blow|blowing|burn|burning|shot|bomb|bombing|torch|torching) *1 (up|down)? *2 (you/your/that/the/this/yall/everyone/everybody/branch/bank/office/place/building)', 'shoot|blow up', 'burn *4 down', '(kill|hurt|murder|stab|beat|shoot|strangle|smash|punch|choke|slap|attack|hunt|cut|hang|jump) (you|your|yall|everyone|everybody|somebody|someone|him|her|them|whoever|u|one of you|all of you)',
      'beat|kick|whoop|whip *2 ass', '(going to/gonna/will) (kill/shoot/hurt/murder/stab) *1 (people/employees/tellers/staff/repo/the/that/those)', 'bring|bringing|come|coming|have|got|grab|grabbing *4 (gun/shotgun/rifle/pistol/bat/glock/9mm/ak)', 'i have a? *1 (gun/guns/bomb)', 'put a bullet in (you/your/him/someone/them)', 'i? know where you|your *2 live', 'you (are/will be) (dead/going to die)', 'you will (pay|regret|be sorry) *2 (with your|blood|life)', 'blood on your', 'bomb', 'bombs',
      'los? *1 (voy a matar/voy a quemar/voy a balear/mato)', 'voy a (matar/quemar/balacear/golpear) *2', 'shoot *3 repo', '(repo|anyone|whoever|next|someone) *6 (get|gets|will get|be|getting) (shot|killed|hurt)', 'you *2 (get|getting|will get) (shot|killed|stabbed)', 'watch your back', 'better watch (out|your)', 'make you (pay|bleed|suffer)', 'te|los|les? *1 voy a (matar/partir/romper/quemar)', 'mass shooting', 'light *2 on fire', 'set *3 on fire',
    ],
  },
  {
    id: 'violence-at-home',
    label: 'human-review',
    tag: 'violence-at-home',
    phrases: [
      '(husband|boyfriend|ex|partner|wife|girlfriend|he|she|dad|spouse|baby daddy|father|fiance|roommate) *1 (is|was|keeps|will|has been|been|just)? *1 (hits|hit|hitting|beats|beat|beating|abusing|abuses|abused|choked|chokes|choking|hurting|hurts|threatening|threatens|threatened|punched|punches|strangled|attacked|raped) me|us', '(he|she|husband|boyfriend|ex|partner|wife) *3 (will|is going to|gonna|going to|would|might|wants to|tried to|threatened to) (kill|hurt|beat|hit) me|us',
      'domestic (violence/abuse/dispute)', 'restraining|protective|protection order', 'order of protection', 'abusive', 'i am not safe', 'i am in danger', 'not safe (here/at home/for me/to text/to talk)', 'afraid of (him/her/my)', 'scared of (him/her/my)', 'scared he|she', '(he|she|husband|boyfriend|partner|wife|ex) *2 (reads|checks|monitors|watches|goes through|looks through|controls|sees|tracks|has) *2 (my|this|these) (texts|phone|messages)', 'women|womens|dv shelter', 'in a shelter *2 (from/because)', 'fled|fleeing|escaped|escaping|hiding from *1 (my|him|her|abusive|the)? *1 (husband|ex|him|her|boyfriend|partner|abuser|relationship|home)', 'my abuser', 'help me he|she',
      '(me|nos) (pega|golpea|golpeo|maltrata|amenaza|quiere matar|va a matar)', 'violencia (domestica/en casa/familiar)', 'orden de (restriccion/proteccion)', 'tengo miedo de (mi|el|que me)', 'no estoy segura|seguro aqui|en casa', 'mi (esposo|marido|ex|novio|pareja) (me pega|lee mis|revisa mi|ve mis|me revisa)',
    ],
  },
];

/** Idioms with death and killing in them. Masks the rules above. */
export const DANGER_GUARDS: readonly string[] = [
  'rather die than', 'dying to (know/see/hear/get/find)', 'die laughing', 'die of laughter', 'killing me', 'kill me', 'killed me', 'kill *1 (my|the) (score/credit/vibe/deal/battery)', 'kill two birds', 'dressed to kill', 'die hard', 'not suicidal', 'not *3 (kill|hurt|harm) myself', 'bath bomb', 'photo|photobomb|f bomb', 'the bomb', 'suicide (prevention/squad/hotline)', 'cut you a (check/deal)', 'cut you (some/off/out)', 'beat you to (it/the)', 'hit you (up/back)', 'hit me (up/back/with)', 'bombing me', 'bomb my', 'kill you to', 'hurt you to', 'shoot you a|an|the', 'shoot you (money/payment/over)', 'shoot (me|over)', 'jump you', 'hang *1 (on|tight|out|in|up)',
  'bombing *2 (with|texts|me)', 'jump *2 (through|on|in)', 'blow up my phone', 'blowing up my phone|cell', 'blow|blowing *1 up (my|the|our|this) phone',
];

/** Somebody dead who is not said to be the borrower, and deaths of things. */
export const DEATH_RULES: readonly Rule[] = [
  {
    id: 'died',
    label: 'deceased',
    tag: 'borrower',
    phrases: [
      '@borrower *3 (passed/died/is dead/is deceased/deceased/dead)', '(person|man|woman|guy|lady|individual|one) *8 (passed away/died/is dead/is deceased)', 'dead person|man|woman|guy|lady|people',
      'deceased', 'the late (mr|mrs|ms)', 'mr|mrs|ms|miss *2 (passed/died/is dead/has died/has passed)', 'death certificate', 'estate of', '(his|her|my *1) estate', 'no longer with us', 'no longer (alive|living)', 'rest in peace', '^ rip *3 $', 'his|her probate', 'in probate', 'went through probate',
      'difunto|difunta', 'esta (fallecido|fallecida|muerto|muerta)', 'certificado|acta de defuncion', 'el|la|esa|esta *3 (senor|senora|persona|cliente|titular|dueno|duena) *4 (murio/fallecio/esta muerto/esta muerta/ha muerto)', 'ya no esta con nosotros', 'en paz descanse', 'her|his *1 executor',
    ],
  },
  {
    id: 'died-pronoun',
    label: 'deceased',
    tag: 'borrower',
    phrases: [
      'he|she *2 (passed away/passed on/died/is deceased/is dead/has died/has passed/was deceased/is no longer with us/has passed away/is gone now/is no longer alive/was killed/is not alive/committed suicide/killed himself/killed herself/had passed)', 'he|she just? passed *1 (last|in|on|away|this|yesterday|today|a|few|two|three|back|from)',
      'el|ella *1 (murio/fallecio/ha muerto/ha fallecido/esta muerto/esta muerta/ya murio/ya fallecio)', 'murio|fallecio el|la|hace|en|ayer|anoche|de', '(ya|se)? (fallecio|murio|ha fallecido)', '(his|her) (death|passing|funeral|obituary)', 'we *1 (lost|buried) (him|her)', 'lost (him|her) *1 (last|in|to|this|on)',
    ],
  },
  {
    id: 'relative-died',
    label: 'deceased',
    tag: 'relative',
    phrases: [
      '@relative *4 (passed away/passed on/died/is deceased/is dead/has died/has passed/just passed/recently passed/was killed/is no longer with us/had passed/committed suicide/killed himself/killed herself)', '@relative passed *1 (last|in|on|this|yesterday|today|a|few|two|three|back|from|suddenly|unexpectedly|$)', '(lost|losing|lose|buried|burying|bury) my|our *1 @relative', 'death of *2 (my|our|a) *1 @relative', '@relative \'s (death/passing/funeral/burial)', '(my|our) late @relative', '(widow|widower|widowed)',
      '(mi|nuestro|nuestra) *1 @pariente *3 (murio/fallecio/ha muerto/ha fallecido/falleciera/se murio)', '(murio|fallecio|se murio|se me murio|perdi a) *1 (mi|nuestro|nuestra) *1 @pariente', 'perdi a mi @pariente', 'muerte de mi', 'mi difunto|difunta',
    ],
  },
  {
    id: 'funeral',
    label: 'hardship',
    tag: 'death',
    phrases: ['death in *2 family', 'died in *1 family', 'funeral|burial|cremation|funerals', 'velorio|entierro|sepelio|funerales|funeral', 'muerte en la familia'],
  },
  {
    id: 'executor',
    label: 'deceased',
    tag: 'executor',
    phrases: [
      '(executor|executrix|administrator|administratrix) of *4 (estate|will|probate)', '(i am|am|as|is) *2 (executor|executrix)', '(i am|as) *2 (administrator|administratrix) of', 'personal representative (of|for)', 'letters (testamentary|of administration)', 'successor in interest', 'handling (his|her|my *1) *1 (estate|affairs)', 'settling *2 estate', '(soy|como) *2 (albacea|ejecutor|ejecutora)', 'albacea', 'represent the estate', 'trustee of *2 estate', 'named executor|executrix|administrator',
    ],
  },
];

export const DEATH_GUARDS: readonly string[] = [
  '(phone|battery|cell|car|truck|laptop|computer|engine|transmission|motor|alternator|tablet|charger|ipad|device|vehicle|internet|wifi|signal|app|iphone|android|fridge|furnace|heater|ac|dog|cat|pet|puppy|horse|bird|fish|plant|bike|van|suv|it|starter|radiator|washer|dryer|laptop|line|call) *4 (died/dead/passed/die/dies/dying/deceased)', 'mi *1 (telefono|celular|carro|bateria|perro|gato|computadora|troca|camioneta|perrito) *3 (murio/fallecio/se murio)', '(se me|se) murio el|la|mi *1 (telefono|celular|carro|bateria|perro|gato|motor|troca|camioneta|perrito)',
  'dead (battery|line|broke|end|tired|serious|wrong|weight|beat|beats|phone|car)', 'i am dead', 'im dead', 'not dead', 'not deceased', 'dead inside', 'drop dead', 'over my dead body', 'died laughing', 'passed (the|my|inspection|due|it|out|by|over|on the|test|exam)', 'not die', 'almost|nearly|about died', 'kiosk died', 'deceased (battery|phone)', 'is|are *1 not|never *1 (dead|deceased)', '(she|he|mom|dad) *1 did not (die|pass)', 'real estate', 'passed on the (message|info|information|offer|word)', 'passed on (your|it|to)', 'she|he passed on',
];
