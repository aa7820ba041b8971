/**
 * Where a person is, by the checker's own reading of rules.md §0.2: typed in from the Postal Service's prefixes, the
 * numbering plan and 49 CFR 71, not from the product's tables. Whatever is not here is nowhere: all zones at once.
 */

const ET = 'America/New_York';
const CT = 'America/Chicago';
const MT = 'America/Denver';
const PT = 'America/Los_Angeles';
const AZ = 'America/Phoenix';

/** "Empty set → ET, CT, MT, Phoenix, PT, Anchorage, Adak, Honolulu all at once." */
export const ALL_ZONES = [ET, CT, MT, AZ, PT, 'America/Anchorage', 'America/Adak', 'Pacific/Honolulu'];

/** Prefixes of three digits, first to last. Left out: those that a zone's border cuts. */
const ZIP_PREFIXES: readonly (readonly [string, number, number])[] = [
  ['America/Puerto_Rico', 6, 9],
  [ET, 10, 199], // MA RI NH ME VT CT NJ NY PA DE
  [ET, 200, 268], // DC MD VA WV
  [ET, 270, 323], // NC SC GA FL to Tallahassee
  [ET, 326, 349],
  [CT, 325, 325], // Pensacola
  [CT, 350, 367], // AL
  [CT, 369, 372], // Meridian MS, Nashville TN
  [ET, 376, 379], // Johnson City, Knoxville
  [CT, 380, 397],
  [ET, 398, 399],
  [ET, 400, 406], // Louisville, Lexington KY
  [CT, 420, 424],
  [ET, 430, 462], // OH, Indianapolis
  [CT, 463, 464], // Gary IN
  [ET, 465, 469],
  [CT, 476, 477], // Evansville
  [ET, 480, 497], // MI but the west of its upper peninsula
  [CT, 500, 567], // IA WI MN
  [CT, 570, 573],
  [CT, 580, 585],
  [MT, 590, 599], // MT
  [CT, 600, 668], // IL MO KS
  [CT, 670, 676],
  [CT, 680, 689],
  [CT, 700, 797], // LA AR OK TX
  [MT, 799, 799], // El Paso
  [MT, 800, 831], // CO WY
  [MT, 840, 847], // UT
  [AZ, 850, 864], // AZ
  [MT, 870, 884], // NM
  [PT, 889, 897], // NV
  [PT, 900, 961], // CA
  ['Pacific/Honolulu', 967, 968],
  [PT, 970, 978],
  [PT, 980, 994],
  ['America/Anchorage', 995, 998],
];

/** Area codes that lie in one zone. */
const AREA_CODES: Readonly<Record<string, string>> = {
  [ET]: `201 202 203 207 212 215 216 220 223 229 231 234 239 240 248 252 267 269 272 276 283 301 302 304 305 313 315 321
    326 330 332 336 339 347 351 352 380 386 401 404 407 410 412 413 419 434 440 443 445 470 475 478 484 502 508 513 516
    517 518 540 551 561 567 570 571 582 585 586 603 607 609 610 614 616 617 624 631 640 646 656 667 678 680 681 686 689
    703 704 706 716 717 718 724 727 728 732 734 740 743 754 757 762 770 771 772 774 781 786 802 803 804 810 813 814 820
    821 826 828 835 838 839 843 845 848 854 856 857 859 860 861 862 863 864 865 878 904 908 910 912 914 917 919 929 934
    937 941 943 947 948 954 959 973 978 980 984 989`,
  [CT]: `205 210 214 217 218 224 225 228 251 254 256 262 269X 270X 281 309 312 314 316 318 319 320 325 331 334 337 346
    361 402X 405 409 414 417 430 447 464 469 479 501 504 507 512 515 531X 534 539 557 563 572 573 580X 601 608 612 615
    618 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 773 779 806 815 816 817 830 832 847
    870 872 901 903 913X 914X 918 920 931 936 938 940 945 952 956 972 975 979 985`,
  [MT]: '303 307 385 406 435 505 575 719 720 801 915 970 983',
  [AZ]: '480 520 602 623',
  [PT]: `206 209 213 253 279 310 323 341 350 360 408 415 424 425 442 503 509 510 530 559 562 564 619 626 628 650 657 661
    669 702 707 714 725 747 760 805 818 820X 831 837 840 858 909 916 925 949 951 971`,
  'America/Anchorage': '',
  'Pacific/Honolulu': '808',
  'Pacific/Guam': '671',
};

/** Area codes that a border cuts, with what lies on either side: the ZIP's zone wins where it is one of these. */
const CUT_CODES: Readonly<Record<string, readonly string[]>> = {
  '208': [MT, PT, 'America/Boise'],
  '270': [CT, ET],
  '308': [CT, MT],
  '402': [CT, MT],
  '423': [ET, CT],
  '448': [CT, ET],
  '458': [PT, MT, 'America/Boise'],
  '531': [CT, MT],
  '541': [PT, MT, 'America/Boise'],
  '574': [ET, CT],
  '580': [CT, MT],
  '605': [CT, MT],
  '620': [CT, MT],
  '701': [CT, MT],
  '775': [PT, MT],
  '785': [CT, MT],
  '812': [ET, CT],
  '850': [CT, ET],
  '906': [ET, CT],
  '907': ['America/Anchorage', 'America/Adak'],
  '928': [AZ, MT],
  '930': [ET, CT],
  '986': [MT, PT, 'America/Boise'],
};

const zoneOfCode = new Map(
  Object.entries(AREA_CODES).flatMap(([zone, codes]) =>
    codes
      .split(/\s+/)
      .filter((code) => /^\d{3}$/.test(code))
      .map((code) => [code, zone] as const),
  ),
);

/** The zone of a ZIP code; null: not in the table. */
export function zoneOfZip(zip: string): string | null {
  if (!/^\d{5}/.test(zip)) return null;
  const prefix = Number(zip.slice(0, 3));
  if (prefix === 969) return 'Pacific/Guam';
  return ZIP_PREFIXES.find(([, first, last]) => prefix >= first && prefix <= last)?.[0] ?? null;
}

/** The union of the zones of the ZIPs and of every phone on file (rules.md §0.2). */
export function zoneSet(zips: readonly string[], phones: readonly string[]): Set<string> {
  const ofPlaces = zips.map(zoneOfZip).filter((zone) => zone !== null);
  const zones = new Set(ofPlaces);
  for (const phone of phones) {
    const code = phone.replace(/^\+1/, '').slice(0, 3);
    const single = zoneOfCode.get(code);
    const own = single === undefined ? (CUT_CODES[code] ?? ALL_ZONES) : [single];
    const shared = own.filter((zone) => ofPlaces.includes(zone));
    for (const zone of shared.length > 0 ? shared : own) zones.add(zone);
  }
  return zones.size > 0 ? zones : new Set(ALL_ZONES);
}

/** New York City by ZIP: Manhattan, Staten Island, the Bronx, Queens, Brooklyn. */
export function isNewYorkCity(zip: string): boolean {
  const prefix = zip.slice(0, 3);
  return /^(100|101|102|103|104|111|112|113|114|116)$/.test(prefix) || /^1100[45]$/.test(zip.slice(0, 5));
}
