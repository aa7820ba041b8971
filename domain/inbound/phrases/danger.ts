import { phrases, type Family } from '../grammar.ts';

/** Words of somebody who may harm themselves or others, or is harmed at home. A wrong page costs a call; a missed one may cost a life. */
export const DANGER: Family = {
  rules: [
    {
      id: 'self-harm',
      label: 'self-harm',
      phrases: phrases(`
        (quitar|quitarme|acabar con) *2 vida ;
        want|wanna|going|ready to end it ; no|nobody one? would *1 (care|notice) *2 if i *3 (gone|dead|died|disappeared) ;
        time you read this *3 (gone|dead|over) ; tell my|the *2 kids|wife|husband|family|mom|children|parents *1 i *1 love|loved ;
        wish|want|wanna *1 i *2 die ; feel like dying|death ; how much longer i can *3 (go on|take it|live) ; (use|turn|using) it on myself ;
        me mato ; mejor me mato|muero ; quisiera no despertar ; no despertar mas ; ya no aguanto la vida ;
        want|wanna|wants|wanted|ready|going|like to die ; want|wish to be dead ;
        i wish i was|were|am *1 dead|gone|never ;
        kill|killing|hurt|hurting|harm|harming|hang|hanging|shoot|shooting|cut|cutting|stab|drown|burn
          myself|ourselves ;
        kms ; unalive|off myself ; end|ending|take|taking|took|finish my *1 life ; end|ending it all ; just end it ;
        gonna|to end it tonight|now ; suicide|suicidal ; better off *1 dead ; better off without me ;
        world|everyone|family|everybody|kids|people *2 better without me ;
        (do not|no longer|not) want|wanna *1 to? (live/be alive/be here/wake up/exist/go on) ;
        no *2 reason|point *2 live|living ; nothing *2 live for ; no will to live ;
        life|living *2 (not worth/is not worth/worth) *1 living|it ; not worth living ;
        can not (go on/live like this/keep living/keep going on) ; can not go on ;
        do not want to be (here/alive) *1 anymore ; tired of (living/being alive/life) ; done with? (life/living) ; thinking *2 ending it *1 $ ; point of|in (living/being alive) ;
        (will not/not going to/will never) be (here/around/alive) *2 (tomorrow/anymore/much longer/next week/after
          tonight/long) ;
        worry about me (after/anymore/again/any more) ;
        (will not/never) (have to/need to/be) *2 (worry/bother/worrying) *2 about me ;
        gone by (tomorrow/tonight/morning) ; (take/took/taking/swallow/swallowed) *3 (pills/whole bottle) ; overdose ;
        over dose|dosed ; jump|jumping off *2 (bridge/roof/building) ;
        (gun|knife|rope|noose) (to my head/in my mouth/to my wrist) ; slit my ; slitting my ; put a bullet in my ;
        blow my (brains/head) ; goodbye (cruel/forever/world/everyone) ; say goodbye to my (kids/family) ;
        drive|driving *2 off a (bridge/cliff) ; drive|crash my car into a ; not worth being alive ;
        no one would|will miss me ; my last (night/day) *2 (earth/alive) ; see|hear from me again after ;
        wont be here *2 tomorrow ; (rather|prefer) (be dead/not be alive) ;
        (should|might|may|could) (just|as well)? *1 (die/be dead) ; let me die ;
        i will be dead (by/soon/tomorrow/tonight) ; hopeless *3 (die/dead/live) ; self harm ;
        quiero|quisiera|prefiero|deseo morir|morirme|matarme|suicidarme ; me quiero|voy a? *1 morir|matar|suicidar ;
        voy a (matarme/suicidarme/quitarme) ; quitarme|acabar *2 (vida) ; suicidarme|suicidio|matarme ;
        ya? no quiero (vivir/seguir/estar vivo/estar viva/existir) ; no quiero seguir viviendo ;
        no tengo (ganas/razon) *2 vivir ; no vale la pena vivir ; estarian mejor sin mi ; me quiero matar ;
        sin ganas de vivir ; no aguanto *2 vida ; mejor muerto|muerta
      `),
    },
    {
      id: 'threat-to-others',
      label: 'human-review',
      tag: 'threat-to-others',
      phrases: phrases(`
        (shoot|shooting|blow|blowing|burn|burning|shot|bomb|bombing|torch|torching) *1 (up|down)? *2
          (you/your/that/the/this/yall/everyone/everybody/branch/bank/office/place/building) ;
        shoot|blow up ; burn *4 down ;
        (kill|hurt|murder|stab|beat|shoot|strangle|smash|punch|choke|slap|attack|hunt|cut|hang|jump)
          (you|your|yall|everyone|everybody|somebody|someone|him|her|them|whoever|u|one of you|all of you) ;
        beat|kick|whoop|whip *2 ass ;
        (going to/gonna/will) (kill/shoot/hurt/murder/stab) *1 (people/employees/tellers/staff/repo/the/that/those) ;
        bring|bringing|come|coming|have|got|grab|grabbing *6 (gun/shotgun/rifle/pistol/bat/glock/9mm/ak) ;
        i have a? *1 (gun/guns/bomb) ; put a bullet in (you/your/him/someone/them) ; i? know where you|your *2 live ;
        you *1 (are/will be) all? (dead/going to die) ; you will (pay|regret|be sorry) *2 (with your|blood|life) ;
        blood on your ; bomb ; bombs ; (los|las|lo|la|te|les|le) voy a (matar/balear/balacear/golpear/quemar) ;
        voy a (matarlos/matarlas/matarte/matarlo/matarla/quemar/quemarles/balacear/golpearlos) ; shoot *3 repo ;
        (repo|anyone|whoever|next|someone) *6 (get|gets|will get|be|getting) (shot|killed|hurt) ;
        you *2 (get|getting|will get) (shot|killed|stabbed) ; watch your back ; better watch (out|your) ;
        make you (pay|bleed|suffer) ; mass shooting ; light *2 on fire ; set *3 on fire
      `),
    },
    {
      id: 'violence-at-home',
      label: 'human-review',
      tag: 'violence-at-home',
      phrases: phrases(`
        (husband|boyfriend|ex|partner|wife|girlfriend|he|she|dad|spouse|baby daddy|father|fiance|roommate) *1
          (is|was|keeps|will|has been|been|just)? *1
          (hits|hit|hitting|beats|beat|beating|abusing|abuses|abused|choked|chokes|choking|hurting|hurts|threatening|threatens|threatened|punched|punches|strangled|attacked|raped) me|us ;
        (he|she|husband|boyfriend|ex|partner|wife) *3 (will|is going to|gonna|going to|would|might|wants to|tried
          to|threatened to) (kill|hurt|beat|hit) me|us ;
        domestic (violence/abuse/dispute) ; restraining|protective|protection order ; order of protection ; abusive ;
        i am not safe ; i am in danger ; not safe (here/at home/for me/to text/to talk) ; afraid of (him/her/my) ;
        scared of (him/her/my) ; scared he|she ;
        (he|she|husband|boyfriend|partner|wife|ex) *2 (reads|checks|monitors|watches|goes through|looks
          through|controls|sees|tracks|has) *2 (my|this|these) (texts|phone|messages) ;
        women|womens|dv shelter ; in a shelter *2 (from/because) ;
        fled|fleeing|escaped|escaping|hiding from *1 (my|him|her|abusive|the)? *1
          (husband|ex|him|her|boyfriend|partner|abuser|relationship|home) ;
        my abuser ; (stalking|stalks|stalked) me ; stalker ; help me he|she ; (me|nos) (pega|golpea|golpeo|maltrata|amenaza|quiere matar|va a matar) ;
        violencia (domestica/en casa/familiar) ; orden de (restriccion/proteccion) ; tengo miedo de (mi|el|que me) ;
        no estoy segura|seguro aqui|en casa ;
        mi (esposo|marido|ex|novio|pareja) (me pega|lee mis|revisa mi|ve mis|me revisa)
      `),
    },
  ],
  guards: [
    {
      masks: ['self-harm', 'threat-to-others'],
      phrases: phrases(`
        die of (embarrassment|laughter|boredom|hunger|thirst|shame) ;
        rather die than ; dying to (know/see/hear/get/find) ; die laughing ; die of laughter ; killing me ; kill me ;
        killed me ; kill *1 (my|the) (score/credit/vibe/deal/battery) ; kill two birds ; dressed to kill ; die hard ;
        not suicidal ; committed suicide ; @relative *3 (killed himself|killed herself) ; not *3 (kill|hurt|harm) myself ; bath bomb ; photo|photobomb|f bomb ; the bomb ;
        suicide (prevention/squad/hotline) ; cut you a (check/deal) ; cut you (some/off/out) ; beat you to (it/the) ;
        hit you (up/back) ; hit me (up/back/with) ; bombing me ; bomb my ; kill you to ; hurt you to ;
        shoot you a|an|the ; shoot you (money/payment/over) ; shoot (me|over) ; jump you ;
        hang *1 (on|tight|out|in|up) ; bombing *2 (with|texts|me) ; jump *2 (through|on|in) ; blow up my phone ;
        blowing up my phone|cell ; blow|blowing *1 up (my|the|our|this) phone
      `),
    },
  ],
};
