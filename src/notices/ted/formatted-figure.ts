/** A figure with the decimals that it is taken for, and what had to be decided to read it. */
interface FormattedFigure {
  readonly figure: string;
  readonly assumption: string | undefined;
}

/**
 * What a figure is that stands as a program writes it in an attribute, and as people do in the text: `1420000` beside
 * `1 420 000`. Where the two differ by a power of ten the text is right (F1); where they differ otherwise, the attribute.
 */
export const formattedFigure = (attribute: string | undefined, text: string): FormattedFigure => {
  const readings = readingsOf(text);
  const [likely] = readings;
  if (attribute === undefined) return { figure: likely ?? text, assumption: undefined };
  const agree = likely === undefined || readings.some((reading) => plainDecimal(reading) === plainDecimal(attribute));
  if (agree) return { figure: attribute, assumption: undefined };
  const shifted = digitsOf(attribute) === digitsOf(likely);
  const counts = shifted ? "the text" : "the attribute";
  return {
    figure: shifted ? likely : attribute,
    assumption: `a value is ${attribute} in its attribute and ${text.trim()} in its text: ${counts} counts`,
  };
};

/** The figures that a text may mean, the likeliest first: a point or comma before three digits mostly parts thousands. */
const readingsOf = (text: string): readonly string[] => {
  const compact = text.replace(/[\s\u00a0\u202f'\u2019]/g, "");
  const match = /^(-?)(\d+(?:[.,]\d+)*)$/.exec(compact);
  if (match === null) return [];
  const [, sign = "", figure = ""] = match;
  const marks = figure.replace(/\d/g, "");
  const last = Math.max(figure.lastIndexOf("."), figure.lastIndexOf(","));
  const whole = sign + figure.replace(/[.,]/g, "");
  if (marks === "") return [whole];
  const decimals = figure.length - last - 1;
  const decimal = `${sign}${figure.slice(0, last).replace(/[.,]/g, "")}.${figure.slice(last + 1)}`;
  const alike = new Set(marks).size === 1;
  if (alike && marks.length > 1) return [whole];
  return alike && decimals === 3 ? [whole, decimal] : [decimal];
};

/** A decimal without zeros that change nothing. */
const plainDecimal = (figure: string): string => {
  const [whole = "", fraction = ""] = figure.trim().split(".");
  const rest = fraction.replace(/0+$/, "");
  return `${whole.replace(/^(-?)0+(?=\d)/, "$1")}${rest === "" ? "" : `.${rest}`}`;
};

/** The digits of a figure wherever its point is, without zeros at either end. */
const digitsOf = (figure: string): string => figure.replace(/\D/g, "").replace(/^0+|0+$/g, "");
