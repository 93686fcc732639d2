// Charts, drawn live. The library is large, so it is loaded when the first chart appears.

import { el, still, width } from "./dom.js";
import { bandsOf, between, counted, looksAhead, named, outlook, told } from "./outlook.js";

const LIBRARY = new URL("../vendor/echarts/echarts.common.min.js", import.meta.url).href;
const ROW = 30;

let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = el("script", { src: LIBRARY, onload: () => resolve(window.echarts), onerror: reject });
    document.head.append(script);
  });
  return loading;
}

/** A figure with its drawing, its caption, and the same figures as a table for those who can't see it. */
export function chart(block, words, table) {
  const drawing = el("div", { class: "drawing", role: "img", "aria-label": summary(block, words) });
  const lying = isLying(block);
  drawing.style.height = `${lying ? Math.max(90, block.labels.length * block.series.length * ROW + 12) : 260}px`;
  const figure = el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, block.title),
    drawing,
    el("details", {}, el("summary", {}, words.t("ui.figures")), table),
  );
  draw(drawing, block, words, lying).catch(() => {
    // Without the drawing the figures are still there.
    drawing.remove();
    figure.querySelector("details").open = true;
  });
  return figure;
}

/** Bars lie where their labels are names, which stand badly side by side. */
const isLying = (block) =>
  block.kind === "bar" && (block.labels.length > 8 || block.labels.some((label) => width(label) > 10));

async function draw(place, block, words, lying) {
  const echarts = await library();
  // A node without a size can't be drawn on; it gets one when the reply is put into the page.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const live = echarts.init(place, null, { renderer: "canvas" });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = () => live.setOption(option(place, block, words, lying), true);
  show();
  dark.addEventListener("change", show);
  let seen = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === seen || !place.clientWidth) return;
    seen = place.clientWidth;
    live.resize();
    show();
  }).observe(place);
}

function option(place, block, words, lying) {
  const style = getComputedStyle(document.documentElement);
  const fonts = style.getPropertyValue("--font").trim();
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  const compact = new Intl.NumberFormat(words.locale, { notation: "compact", maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 });
  const soft = { color: color("soft"), fontFamily: fonts, fontSize: 12 };
  const names = {
    type: "category",
    data: block.labels,
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: color("line") } },
    axisLabel: lying
      ? { ...soft, width: Math.min(150, place.clientWidth * 0.36), overflow: "truncate", interval: 0 }
      : { ...soft, hideOverlap: true, formatter: onTwoLines },
  };
  const values = {
    type: "value",
    name: lying ? "" : block.unit,
    nameTextStyle: { ...soft, align: "left" },
    // Bars that lie carry their figures themselves.
    axisLabel: { ...soft, show: !lying, formatter: (value) => compact.format(value), hideOverlap: true },
    splitNumber: 4,
    splitLine: { show: !lying, lineStyle: { color: color("line") } },
  };
  const several = block.series.length > 1 || bandsOf(block).length > 0;
  const colors = ["accent", "second", "third", "fourth"].map(color);
  return {
    color: colors,
    animation: !still(),
    animationDuration: 400,
    textStyle: { fontFamily: fonts },
    grid: { left: 4, right: lying ? 52 : 12, top: lying ? (several ? 40 : 4) : several ? 54 : 30, bottom: 4, containLabel: true },
    legend: several
      ? { type: "scroll", top: 0, left: 0, textStyle: soft, itemWidth: 14, itemHeight: 8, data: named(block) }
      : undefined,
    tooltip: {
      trigger: "axis",
      // Drawn on the canvas: a tooltip of HTML carries inline styles, which the page's policy forbids.
      renderMode: "richText",
      confine: true,
      axisPointer: { type: block.kind === "bar" ? "shadow" : "line" },
      backgroundColor: color("surface"),
      borderColor: color("line"),
      textStyle: { color: color("ink"), fontFamily: fonts, fontSize: 13 },
      formatter: looksAhead(block) ? ([{ dataIndex }]) => told(block, dataIndex, whole) : undefined,
      valueFormatter: (value) => (value === null || value === undefined ? "–" : counted(value, block, whole)),
    },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: looksAhead(block) ? outlook(block, colors) : block.series.map((one) => plain(one, block, lying, soft, compact)),
  };
}

const plain = (one, block, lying, soft, compact) => ({
  name: one.name,
  type: block.kind,
  data: one.values,
  barMaxWidth: lying ? 18 : 34,
  itemStyle: { borderRadius: lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
  lineStyle: { width: 2.5 },
  symbolSize: 6,
  connectNulls: false,
  label: {
    show: lying,
    position: "right",
    ...soft,
    formatter: ({ value }) => (value === null ? "–" : compact.format(value)),
  },
});

/** The year of 2026年12月 and of "Dec 2026" on a line of its own, so that more labels find room. */
const onTwoLines = (label) => label.replace(/年(?=.)| (?=\d{4}$)/, (year) => `${year}\n`);

/** What a reader who can't see the drawing is told first; the figures follow as a table. */
function summary(block, words) {
  const number = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 });
  const line = (one, said) => {
    const shown = block.labels.map((label, i) => said(i) && `${label} ${said(i)}`).filter(Boolean);
    return [one.name, shown.join(", ")].filter(Boolean).join(": ");
  };
  const written = (value) => (value === null ? (looksAhead(block) ? "" : "–") : number.format(value));
  const parts = [
    ...block.series.map((one) => line(one, (i) => written(one.values[i]))),
    ...bandsOf(block).map((band) => line(band, (i) => between(band, i, number))),
  ];
  return `${block.title}. ${parts.join(". ")}${block.unit ? ` (${block.unit})` : ""}`;
}

/** The chart's figures as a table block. */
export function figures(block, words) {
  const number = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 });
  const headed = (one) => ({ label: [one.name, block.unit && `(${block.unit})`].filter(Boolean).join(" "), align: "end" });
  const missing = looksAhead(block) ? "" : "–";
  return {
    type: "table",
    title: "",
    columns: [{ label: "", align: "start" }, ...[...block.series, ...bandsOf(block)].map(headed)],
    rows: block.labels.map((label, i) => [
      label,
      ...block.series.map((one) => (one.values[i] === null ? missing : number.format(one.values[i]))),
      ...bandsOf(block).map((band) => between(band, i, number)),
    ]),
  };
}
