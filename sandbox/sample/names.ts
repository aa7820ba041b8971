const words = (text: string): readonly string[] => text.split(' ');

export const FIRST_NAMES = words(
  'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca Jason Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Gary Kathleen Nicholas Angela Eric Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole Scott Anna Brandon Samantha Benjamin Katherine Samuel Christine Gregory Debra Alexander Rachel Patrick Carolyn Frank Janet Raymond Maria Jack Olivia Dennis Heather Jerry Helen Tyrone Keisha Darnell Latoya Wei Mei Hiroshi Priya Arjun Fatima Omar Aisha Nguyet Siobhan',
);
export const LAST_NAMES = words(
  "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Mitchell Campbell Roberts Carter Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Peterson Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson Watson Brooks Wood James Bennett Gray Hughes Price Myers Long Foster Sanders Ross Morales Powell Sullivan Russell Ortega Jenkins Perry Butler Barnes Fisher Henderson Coleman Simmons Patterson Jordan Reynolds Hamilton Graham Kim Nguyen Chen Patel Singh Khan O'Brien O'Connor Kowalski Schmidt Rossi Haddad Okafor Mbeki Larsen Dubois",
);
export const SPANISH_FIRST_NAMES = words(
  'José María Juan Ana Luis Carmen Carlos Rosa Jorge Guadalupe Miguel Marisol Jesús Lucía Manuel Sofía Francisco Elena Pedro Isabel Alejandro Teresa Ricardo Verónica Fernando Adriana Roberto Yolanda Raúl Beatriz',
);
export const SPANISH_LAST_NAMES = words(
  'García Martínez Rodríguez López Hernández González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Cruz Reyes Morales Ortiz Gutiérrez Ramos Ruiz Álvarez Mendoza Vásquez Castillo Jiménez Moreno Romero Herrera Medina Núñez Peña',
);
/** Streets that are in no directory. */
export const STREETS = words(
  'Quillfeather Marrowdale Tansyhook Brindlecomb Larkspindle Oatenmere Ferrisgate Hollowmint Pennywhistle Saltbramble Thistlewick Umbergrove Velvetine Wrenhollow Yarrowgate Zephyrine Copperleaf Dovecroft Emberling Foxglimmer',
);
export const MAILBOX_HOSTS = words('mail.example inbox.example post.example webmail.example home.example');
export const CARRIERS = words('Heartland-Mutual Blue-Lantern Keystone-Casualty Prairie-Shield Harbor-Indemnity');

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[áà]/g, 'a'],
  [/é/g, 'e'],
  [/í/g, 'i'],
  [/ó/g, 'o'],
  [/[úü]/g, 'u'],
  [/ñ/g, 'n'],
  [/[^a-z]/g, ''],
];

/** The name as a mailbox would write it: lower case, no accents. */
export function mailboxName(name: string): string {
  return PLAIN.reduce((text, [from, to]) => text.replace(from, to), name.toLowerCase());
}
