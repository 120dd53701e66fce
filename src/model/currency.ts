/**
 * Minor units of the currencies of ISO 4217, and of those that ended since 2015 and still stand in notices.
 * The digits are ISO's own: ICU, and with it `Intl`, differs in 29 of them (HUF has 2 here, 0 there).
 */
const CODES_BY_MINOR_UNIT: readonly (readonly [digits: number, codes: string])[] = [
  [0, "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
  [
    2,
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW " +
      "CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG " +
      "HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR " +
      "MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD " +
      "SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG " +
      "YER ZAR ZMW ZWG ZWL",
  ],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
  [4, "CLF UYW"],
];

const MINOR_UNITS: ReadonlyMap<string, number> = new Map(
  CODES_BY_MINOR_UNIT.flatMap(([digits, codes]) => codes.split(" ").map((code) => [code, digits] as const)),
);

/** How many decimals the currency has (ISO 4217), or undefined when the code names no currency. */
export const minorUnitDigits = (currency: string): number | undefined => MINOR_UNITS.get(currency);

export const currencyCodes = (): string[] => [...MINOR_UNITS.keys()].sort();
