// Doubles in decimal with a given number of places, rounded half up from their shortest digits, as Java's Formatter does.

/** Writes a double with exactly so many places: 1.005 with two gives 1.01. */
export function fixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [digits, exponent] = shortest(Math.abs(value));
  const scaled = shifted(BigInt(digits), exponent - digits.length + 1 + places)
    .toString()
    .padStart(places + 1, '0');
  const whole = scaled.slice(0, scaled.length - places);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${scaled.slice(-places)}`;
}

/** Writes a double as `1.234560e+01`. */
export function scientific(value: number, places: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential(places).split('e');
  const size = exponent.slice(1).padStart(2, '0');
  return `${Object.is(value, -0) ? '-' : ''}${mantissa}e${exponent.charAt(0)}${size}`;
}

/** The shortest digits that tell the double from its neighbours, and the power of ten of the first of them. */
function shortest(value: number): readonly [digits: string, exponent: number] {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return [mantissa.replace('.', ''), Number(exponent)];
}

function shifted(digits: bigint, places: number): bigint {
  if (places >= 0) return digits * 10n ** BigInt(places);
  const divisor = 10n ** BigInt(-places);
  return (digits + divisor / 2n) / divisor;
}
