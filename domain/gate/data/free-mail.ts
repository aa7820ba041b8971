/**
 * Domains of mailboxes that people open for themselves (1006.22(f)(3): an employer's address is known by its domain).
 * Source: the providers' own sign-up domains and the large US access providers, gathered 2026-11-23. To refresh:
 * add a domain here when a consumer's private mailbox is refused as an employer's; never add a company's domain.
 */
const FREE_MAIL: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com yahoo.com ymail.com rocketmail.com myyahoo.com outlook.com hotmail.com live.com msn.com
   passport.com icloud.com me.com mac.com aol.com aim.com verizon.net proton.me protonmail.com pm.me gmx.com gmx.us
   mail.com email.com usa.com zoho.com zohomail.com fastmail.com fastmail.fm hey.com tutanota.com tuta.com duck.com
   yandex.com inbox.com hushmail.com comcast.net xfinity.com att.net sbcglobal.net bellsouth.net ameritech.net
   pacbell.net swbell.net snet.net prodigy.net flash.net nvbell.net cox.net charter.net spectrum.net rr.com
   roadrunner.com twc.com brighthouse.com optonline.net optimum.net suddenlink.net cableone.net sparklight.net
   mediacombb.net frontier.com frontiernet.net windstream.net centurylink.net centurytel.net embarqmail.com
   qwest.net q.com earthlink.net mindspring.com juno.com netzero.net netzero.com peoplepc.com hughes.net wowway.com
   rcn.com tds.net gci.net hawaiiantel.net consolidated.net fairpoint.net ziply.com ziplyfiber.com`.split(/\s+/),
);

/** Whether an address is at a free-mail or access provider. No address, or none that can be read: no. */
export function isFreeMail(address: string | null): boolean {
  if (address === null) return false;
  return FREE_MAIL.has(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
}
