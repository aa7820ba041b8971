import { describe, expect, it } from 'vitest';
import { fictitiousRefusal, isFictitiousAddress, isFictitiousNumber } from '../../channels/fictitious.ts';

describe('numbers set aside for fiction (555-0100 to 555-0199)', () => {
  it.each(['+12025550100', '+12025550199', '12025550123', '2025550123', '(202) 555-0123', '202.555.0142'])(
    '%s is fiction',
    (number) => {
      expect(isFictitiousNumber(number)).toBe(true);
    },
  );

  it.each(['+12025550099', '+12025550200', '+12025551212', '+15550100123', '+442025550100', '+120255501000'])(
    '%s is not',
    (number) => {
      expect(isFictitiousNumber(number)).toBe(false);
    },
  );
});

describe('addresses that nobody has (RFC 2606, RFC 6761)', () => {
  it.each([
    'a@firstbank.example',
    'a@EXAMPLE.com',
    'a@mail.example.org',
    'a@b.test',
    'a@x.invalid',
    'A <a@bank.example>',
    'a@bank.example.',
  ])('%s is fiction', (address) => {
    expect(isFictitiousAddress(address)).toBe(true);
  });

  it.each(['a@bank.com', 'a@myexample.com', 'example@bank.com', 'a@example.bank.com', 'a@contest.com'])(
    '%s is not',
    (address) => {
      expect(isFictitiousAddress(address)).toBe(false);
    },
  );
});

describe('the last look before a live provider', () => {
  it('refuses fiction when live', () => {
    expect(fictitiousRefusal('live', { number: '+12025550123' })).toBe('fictitious-number');
    expect(fictitiousRefusal('live', { address: 'ann@firstbank.example' })).toBe('fictitious-address');
  });

  it('lets a real recipient pass when live, and everybody in the sandbox', () => {
    expect(fictitiousRefusal('live', { number: '+12125551212' })).toBeUndefined();
    expect(fictitiousRefusal('live', { address: 'ann@bank.com' })).toBeUndefined();
    expect(fictitiousRefusal('sandbox', { number: '+12025550123' })).toBeUndefined();
  });
});
