// German numbers on the map, the same as reporting/numbers_de.py writes.
const NUMBER = new Intl.NumberFormat("de-DE", { maximumFractionDigits: 0 });
const DECIMAL = new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const whole = (value) => NUMBER.format(Math.round(value));
export const decimal = (value) => DECIMAL.format(value);

export function signed(value) {
  if (Math.round(value) === 0) return "±0";
  return `${value > 0 ? "+" : "−"}${whole(Math.abs(value))}`;
}

// Sentences come from Python with places in braces: {region}.
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
