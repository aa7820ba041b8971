import { addDays } from '../../domain/calendar/days.ts';
import type { LocalDate } from '../../domain/calendar/days.ts';
import type { BucketDeck } from './delinquency.ts';
import type { Random } from './random.ts';
import type { Batch } from './rows.ts';
import type { TelephoneBook } from './telephone-book.ts';

/** What is shared while a lender is made: the day it is made for, the lots drawn, the numbers given out so far. */
export interface Making {
  /** The date of the snapshot where the lender is. */
  readonly on: LocalDate;
  readonly asOf: string;
  readonly book: TelephoneBook;
  readonly deck: BucketDeck;
  readonly accounts: number;
  random: Random;
  batch: Batch;
  customers: number;
  loans: number;
}

export function daysAgo(making: Making, days: number): LocalDate {
  return addDays(making.on, -days);
}
