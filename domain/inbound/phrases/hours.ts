import { phrases, type Family } from '../grammar.ts';

/** Complaints about the hour: hours without a clock time are for a person, and contact closes early until then. */
export const HOURS: Family = {
  rules: [
    {
      id: 'complains-of-hour',
      label: 'inconvenient-time',
      tag: 'late',
      phrases: phrases(`
        (text|texting|texted|message|messaging|messages|texts|call|calling|calls|contacting|bothering|email|writing)
          *5 (so late|this late|that late|too late|at this hour|at this time of night|this early|so early|too early|at
          night|in the middle of the night|late at night|at midnight|at # am|at #am|after hours|at this time|this late
          at night) ;
        (called|texted|messaged|text|call|calling|texting|woke) *2 at # (am|in the morning|at night) ;
        ^ *2 (way|too|so) *1 (early|late) $ ;
        (so|too|way too|very|kinda|kind of|pretty|super) (late|early) (to|for) *3
          (text|texting|texts|message|call|calling|this|messages) ;
        (it is|its) *2 (too late|so late|midnight|the middle of the night|too early|so early|late at night|late) ;
        (know|see) what time *2 (is|it) ; what time *1 (it is|is it) ;
        (i am|was|were|we are|kids are|baby is|kids were) *1 (asleep|sleeping|sleep|in bed) ;
        (woke|waking|wake) *1 (me|us|up|my|the) ;
        i work *1 (nights|night shift|nightshift|third shift|3rd shift|overnights|overnight|graveyard|the night
          shift|night) ;
        (night|third|3rd|graveyard|overnight) (shift|worker) ;
        i sleep *2 (days|during|in the day|in the morning|mornings|until|late) ; go to bed ;
        evening|evenings (only|are better|work best|is better) ;
        (son|es) *2 (las) *1 # de la (noche|manana|madrugada) ;
        (escriban|escribe|llamen|mensajes|texto|llamando|escribiendo|mandan|mensaje) *4 (tan tarde|muy tarde|a esta
          hora|a estas horas|de noche|tan temprano|en la noche|de madrugada) ;
        (es|ya es) *1 (muy|tan|demasiado) (tarde|temprano) ;
        (estoy|estaba|estamos|estan) (dormido|dormida|durmiendo|dormidos) ;
        trabajo *2 (de noche|en la noche|noches|las noches) ; me despertaron|despierta|despiertan|desperto ;
        tan tarde ; a estas horas ; so late
      `),
    },
    {
      id: 'mornings-only',
      label: 'inconvenient-time',
      tag: 'morning',
      phrases: phrases(`
        mornings|morning only ; only *4 (mornings|in the morning|in the mornings|morning) ;
        solo *4 (en|por) la|las manana|mananas ; (mornings|in the morning) *2 (best|better) ;
        just *2 (mornings|in the morning)
      `),
    },
    {
      id: 'part-of-day-only',
      label: 'inconvenient-time',
      tag: 'late',
      phrases: phrases(`
        (evenings|afternoons|weekends|weekdays|nights|evening|lunch|daytime) only ;
        only *4 (evenings|afternoons|weekends|nights|in the evening|in the evenings|in the afternoon|during the
          day|at night|weekdays|after work|during lunch|on weekends|on weekdays) ;
        (evenings|afternoons|after work|weekends) *2 (best|better) ;
        solo *4 (tardes|noches|tarde|noche|fines de semana) ;
        not (in the mornings|in the morning|mornings|at night|in the evening|evenings|so late|so early|during the
          day|that late|this late|this early|late at night)
      `),
    },
  ],
  guards: [
    {
      masks: ['complains-of-hour', 'mornings-only', 'part-of-day-only'],
      phrases: phrases(`
        (is it|am i|not|never|if it is|hope it is not|before it is) *1 too late ;
        too late to *2 (pay|make|apply|get|set|fix|change|send|call you) ; it is late *2 (payment|fee) ;
        late (fee|fees|charge|charges|payment|payments|on|with|because) ;
        what time *2 (you|branch|bank|office|open|close|does|do|is the|are) ;
        sorry (so|it is|its|im so|for|i am) *3 late ; it is late because ; go to bed hungry ; i am late ;
        (paid|pay|paying|sent|send) *3 (late|early|at night|in the morning|after work) ; late this ;
        know what time (you|the) ; get back to (you|sleep) ; woke up to
      `),
    },
  ],
};
