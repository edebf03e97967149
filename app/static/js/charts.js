// Every chart is drawn from a table that stands on the page: <div class="chart" data-chart="bar" data-table="id"
// role="img" aria-label="…">. First column: names; the others: one series each, named by their heads. Kinds: bar, line,
// stacked, pie, funnel, heatmap. ECharts is fetched only by a page that has a chart.
import { each } from "./words.js";

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = (cell) => Number(cell.dataset.value ?? cell.textContent.replace(/[^\d.-]/g, ""));

function read(table) {
  const [, ...heads] = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells]);
  return { heads, names: rows.map((row) => row[0].textContent.trim()), rows: rows.map((row) => row.slice(1).map(number)) };
}

function palette() {
  return [1, 2, 3, 4, 5].map((step) => token(`--chart-${step}`));
}

function axes(names) {
  const text = { color: token("--ink-2"), fontSize: 13, fontFamily: token("--font") };
  return {
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: names, axisLabel: { ...text, interval: 0, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--edge") } } },
    yAxis: { type: "value", axisLabel: text, splitLine: { lineStyle: { color: token("--line") } } },
  };
}

function heatmap({ heads, names, rows }) {
  const base = axes(heads);
  const most = Math.max(1, ...rows.flat());
  return {
    ...base,
    yAxis: { ...base.xAxis, data: names, inverse: true },
    visualMap: { show: false, min: 0, max: most, inRange: { color: [0, 1, 2, 3, 4, 5].map((step) => token(`--heat-${step}`)) } },
    series: [{ type: "heatmap", data: rows.flatMap((row, y) => row.map((value, x) => [x, y, value])), label: { show: true } }],
  };
}

function shares(kind, { names, rows }) {
  const label = { color: token("--ink"), fontSize: 13, formatter: "{b} {c}" };
  const same = kind === "funnel" ? { itemStyle: { color: token("--chart-1") } } : {}; // its width already tells the stages apart
  const data = names.map((name, at) => ({ name, value: rows[at][0], ...same }));
  const shape = kind === "pie" ? { radius: ["45%", "70%"] } : { left: "10%", right: "30%", top: 8, bottom: 8, sort: "none", gap: 2 };
  return { series: [{ type: kind, data, label: kind === "pie" ? label : { ...label, position: "right" }, ...shape }] };
}

function options(kind, data) {
  if (kind === "heatmap") return heatmap(data);
  if (kind === "pie" || kind === "funnel") return shares(kind, data);
  const series = data.heads.map((name, at) => ({
    name, type: kind === "line" ? "line" : "bar", stack: kind === "stacked" ? "all" : undefined,
    data: data.rows.map((row) => row[at]), barMaxWidth: 36, symbolSize: 7, lineStyle: { width: 2.5 },
  }));
  return { ...axes(data.names), series, legend: { show: series.length > 1, top: 0, left: 0, textStyle: { color: token("--ink-2") } } };
}

function draw(box, init) {
  const table = document.getElementById(box.dataset.table);
  if (!table || box.dataset.drawn) return;
  box.dataset.drawn = "true";
  const chart = init(box, null, { renderer: "svg" });
  const paint = () => chart.setOption({
    color: palette(), animation: false, textStyle: { fontFamily: token("--font") },
    tooltip: { trigger: "item", renderMode: "richText", backgroundColor: token("--surface"), borderColor: token("--line"), textStyle: { color: token("--ink") } },
    ...options(box.dataset.chart, read(table)),
  }, true);
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  new ResizeObserver(() => chart.resize()).observe(box);
}

export async function startCharts(root) {
  const boxes = [];
  each(root, "[data-chart]", (box) => boxes.push(box));
  if (!boxes.length) return;
  const { init } = await import("../vendor/echarts.esm.min.js");
  for (const box of boxes) draw(box, init);
}
