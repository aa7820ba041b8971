/** A town: real ZIP and area codes, so that zones are real; the streets in the sample do not exist. */
export interface Place {
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly zone: string;
  readonly areaCodes: readonly string[];
}

const ET = 'America/New_York';
const CT = 'America/Chicago';
const MT = 'America/Denver';
const PT = 'America/Los_Angeles';

function place(city: string, stateAndZip: string, zone: string, codes: string): Place {
  const [state = '', zip = ''] = stateAndZip.split(' ');
  return { city, state, zip, zone, areaCodes: codes.split(' ') };
}

/** Where most of the lender's people live. Area codes that lie in one zone only. */
export const TOWNS: readonly Place[] = [
  place('Columbus', 'OH 43215', ET, '614 380 740 220'),
  place('Cleveland', 'OH 44114', ET, '216 440'),
  place('Cincinnati', 'OH 45202', ET, '513 937 283'),
  place('Toledo', 'OH 43604', ET, '419 567 330 234'),
  place('Pittsburgh', 'PA 15222', ET, '412 878 724'),
  place('Philadelphia', 'PA 19103', ET, '215 267 445 484 610'),
  place('Harrisburg', 'PA 17101', ET, '717 223 570 272 814 582'),
  place('Buffalo', 'NY 14202', ET, '716 585 315 680'),
  place('Albany', 'NY 12207', ET, '518 838 607 845 914'),
  place('New York', 'NY 10027', ET, '212 646 332 718 347 929 917'),
  place('Newark', 'NJ 07102', ET, '973 862 201 551 908 732 848 609 856'),
  place('Boston', 'MA 02118', ET, '617 857 781 339 508 774 978 351 413'),
  place('Providence', 'RI 02903', ET, '401'),
  place('Hartford', 'CT 06103', ET, '860 959 203 475'),
  place('Portland', 'ME 04101', ET, '207'),
  place('Manchester', 'NH 03101', ET, '603'),
  place('Burlington', 'VT 05401', ET, '802'),
  place('Baltimore', 'MD 21201', ET, '410 443 667 301 240'),
  place('Washington', 'DC 20009', ET, '202 771'),
  place('Richmond', 'VA 23219', ET, '804 686 757 948 703 571 540 434 276'),
  place('Charleston', 'WV 25301', ET, '304 681'),
  place('Charlotte', 'NC 28202', ET, '704 980 919 984 336 743 910 252 828'),
  place('Columbia', 'SC 29201', ET, '803 839 843 854 864'),
  place('Atlanta', 'GA 30303', ET, '404 470 678 770 706 762 912 478 229'),
  place('Orlando', 'FL 32801', ET, '407 689 321 352 386 813 727 941 863'),
  place('Miami', 'FL 33130', ET, '305 786 954 754 561 239 772 904'),
  place('Detroit', 'MI 48226', ET, '313 248 586 734 810 989 517 616 231 269'),
  place('Louisville', 'KY 40202', ET, '502'),
  place('Knoxville', 'TN 37902', ET, '865'),
  place('Wilmington', 'DE 19801', ET, '302'),
  place('Chicago', 'IL 60614', CT, '312 773 872 847 224 630 331 708 815'),
  place('Springfield', 'IL 62701', CT, '217 447 309 618 730'),
  place('Milwaukee', 'WI 53202', CT, '414 262 608 920 274 715 534'),
  place('Minneapolis', 'MN 55401', CT, '612 651 763 952 507 218 320'),
  place('Des Moines', 'IA 50309', CT, '515 319 563 641 712'),
  place('St. Louis', 'MO 63103', CT, '314 557 636 573 417 660 816 975'),
  place('Nashville', 'TN 37203', CT, '615 629 931 901 731'),
  place('Birmingham', 'AL 35203', CT, '205 659 256 938 334 251'),
  place('Jackson', 'MS 39201', CT, '601 769 662 228'),
  place('New Orleans', 'LA 70112', CT, '504 225 337 318 985'),
  place('Little Rock', 'AR 72201', CT, '501 479 870'),
  place('Oklahoma City', 'OK 73102', CT, '405 572 918 539 580'),
  place('Wichita', 'KS 67202', CT, '316'),
  place('Omaha', 'NE 68102', CT, '402 531'),
  place('Houston', 'TX 77002', CT, '713 281 832 346 936 979 409'),
  place('Dallas', 'TX 75201', CT, '214 469 972 945 817 682 940 903 430'),
  place('Austin', 'TX 78701', CT, '512 737 210 726 830 361 956 254 806 325'),
  place('Denver', 'CO 80202', MT, '303 720 983 970 719'),
  place('Salt Lake City', 'UT 84101', MT, '801 385 435'),
  place('Albuquerque', 'NM 87102', MT, '505 575'),
  place('Billings', 'MT 59101', MT, '406'),
  place('Cheyenne', 'WY 82001', MT, '307'),
  place('El Paso', 'TX 79901', MT, '915'),
  place('Phoenix', 'AZ 85003', 'America/Phoenix', '602 480 623 520'),
  place('Los Angeles', 'CA 90012', PT, '213 323 310 424 818 747 626 562 661'),
  place('San Diego', 'CA 92101', PT, '619 858 760 442 951 909 840 949 714 657'),
  place('Sacramento', 'CA 95814', PT, '916 279 530 209 559 805 831 408 669'),
  place('Oakland', 'CA 94612', PT, '510 341 925 415 628 650 707'),
  place('Las Vegas', 'NV 89101', PT, '702 725'),
  place('Portland', 'OR 97204', PT, '503 971'),
  place('Seattle', 'WA 98101', PT, '206 425 253 360 509'),
];

export const GUAM: Place = place('Hagatna', 'GU 96910', 'Pacific/Guam', '671');
export const HONOLULU: Place = place('Honolulu', 'HI 96813', 'Pacific/Honolulu', '808');

/** A town by its name; the awkward cases are set where their rule bites. */
export function town(city: string): Place {
  const found = TOWNS.find((candidate) => candidate.city === city);
  if (found === undefined) throw new Error(`no such town: ${city}`);
  return found;
}
