// What is expected: a line that goes on dashed, and bands shaded around it.

const SHADES = [0.18, 0.26, 0.3];

export const bandsOf = (block) => block.bands ?? [];

const isExpected = (one) => Number.isInteger(one.dashed_from);

export const looksAhead = (block) => block.kind === "line" && (bandsOf(block).length > 0 || block.series.some(isExpected));

/** What the legend names: lines first, then bands as patches. */
export const named = (block) => [
  ...block.series.map(({ name }) => ({ name })),
  ...bandsOf(block).map(({ name }) => ({ name, icon: "roundRect" })),
];

/** `300箱`, `300 cases`. */
export const counted = (value, block, number) => number.format(value) + unit(block);

const unit = (block) => (/^[a-z]/i.test(block.unit) ? ` ${block.unit}` : block.unit);

/** A band at a label, or nothing where there is none. */
export function between(band, i, number) {
  const [lower, upper] = [band.lower[i], band.upper[i]];
  return lower === null || upper === null ? "" : `${number.format(lower)}–${number.format(upper)}`;
}

/** The tooltip at a label: what is known there, and no more. */
export function told(block, i, number) {
  const lines = block.series
    .filter((one) => one.values[i] !== null)
    .map((one) => `${one.name} ${counted(one.values[i], block, number)}`);
  const around = bandsOf(block)
    .filter((band) => between(band, i, number))
    .map((band) => `${band.name} ${between(band, i, number)}${unit(block)}`);
  return [block.labels[i], ...lines, ...around].join("\n");
}

/** The series that ECharts draws: a band is an unseen lower edge with the rest of the band stacked on it. */
export function outlook(block, colors) {
  const expected = Math.max(0, block.series.findIndex(isExpected));
  const shaded = [...bandsOf(block)].sort((a, b) => breadth(b) - breadth(a));
  return [
    ...shaded.flatMap((band, at) => edges(block, band, colors[expected % colors.length], at)),
    ...block.series.flatMap((one, at) => strokes(block, one, colors[at % colors.length])),
  ];
}

const breadth = (band) => band.upper.reduce((sum, upper, i) => sum + ((upper ?? 0) - (band.lower[i] ?? 0)), 0);

/** With the value that a line has before the first of these: one label's interval would have no width. */
function joined(block, values) {
  const first = values.findIndex((value) => value !== null);
  if (first < 1) return values;
  const before = block.series.map((one) => one.values[first - 1]).find((value) => value !== null);
  return values.map((value, i) => (i === first - 1 ? (before ?? null) : value));
}

function edges(block, band, color, at) {
  const [lower, upper] = [joined(block, band.lower), joined(block, band.upper)];
  const opacity = SHADES[Math.min(at, SHADES.length - 1)];
  const bare = {
    type: "line",
    stack: `band ${at}`,
    stackStrategy: "all",
    symbol: "none",
    silent: true,
    lineStyle: { opacity: 0 },
    itemStyle: { color, opacity: opacity * 2 },
  };
  return [
    { ...bare, data: lower },
    {
      ...bare,
      name: band.name,
      data: upper.map((value, i) => (value === null || lower[i] === null ? null : value - lower[i])),
      areaStyle: { color, opacity },
    },
  ];
}

function strokes(block, one, color) {
  const split = one.dashed_from ?? one.values.length;
  const past = one.values.map((value, i) => (i < split ? value : null));
  const ahead = one.values.map((value, i) => (i < split ? null : value));
  const stroke = { name: one.name, type: "line", color, symbol: "circle", symbolSize: 5, connectNulls: false };
  return [
    { ...stroke, data: joined(block, ahead), lineStyle: { width: 2.5, type: [6, 4] }, z: 3 },
    { ...stroke, data: past, lineStyle: { width: 2.5 }, z: 4 },
  ].filter((part) => part.data.some((value) => value !== null));
}
