// Renews the vendored files, the icon sprite and CHECKSUMS. See README.md beside this file for the commands.
// Usage: node build.mjs FOLDER_WITH_NODE_MODULES
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = resolve(process.argv[2] ?? ".", "node_modules");
const STATIC = dirname(HERE);
const MARK = [
  ["M8 .6 1 8h7z", ".95"],
  ["M8 .6 15 8H8z", ".7"],
  ["M1 8h7v7.4z", ".55"],
  ["M15 8H8v7.4z", ".82"],
].map(([d, opacity]) => `<path d="${d}" fill-opacity="${opacity}"/>`).join("");

const ICONS = `
archive arrow-clockwise arrow-counterclockwise arrow-left arrow-left-right arrow-right arrow-up-right award
bar-chart bell bell-slash bookmark bookmark-fill box-arrow-right briefcase building bus-front
calendar-check calendar-event calendar-plus calendar2-x camera card-checklist cash-coin chat-dots chat-left-text
check-circle check-circle-fill check-lg check2-all chevron-down chevron-left chevron-right chevron-up
clipboard-check clipboard-plus clock clock-history cloud-arrow-up cloud-check copy dash-lg diagram-3 download
envelope exclamation-circle exclamation-circle-fill exclamation-triangle eye eye-slash
file-earmark file-earmark-excel file-earmark-pdf file-earmark-spreadsheet file-earmark-text file-earmark-word files
flag folder funnel gear geo-alt graph-up grid grip-vertical heart heart-fill hourglass hourglass-split house-door
image info-circle journal-text kanban key laptop lightning link-45deg list list-check lock
megaphone moon-stars mortarboard paperclip patch-check patch-check-fill pause-circle pencil people
person person-badge person-check person-circle person-plus person-x phone pin-map play-circle plus-lg printer
qr-code qr-code-scan question-circle reply rss save search send share shield-check shield-exclamation shield-lock
slash-circle sliders sort-down speedometer2 star star-fill stars table tag telephone three-dots ticket-perforated
tools translate trash unlock upload wallet2 x-circle x-lg
`.trim().split(/\s+/);

const COPIES = [
  ["htmx.org", "dist/htmx.min.js", "htmx.min.js"],
  ["htmx.org", "LICENSE", "htmx.LICENSE"],
  ["@alpinejs/csp", "dist/module.esm.min.js", "alpine-csp.esm.min.js"],
  ["bootstrap", "LICENSE", "bootstrap.LICENSE"],
  ["echarts", "LICENSE", "echarts.LICENSE"],
  ["echarts", "NOTICE", "echarts.NOTICE"],
  ["zrender", "LICENSE", "zrender.LICENSE"],
  ["bootstrap-icons", "LICENSE", "../icons.LICENSE"],
];

const version = (name) => JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8")).version;

for (const [name, from, to] of COPIES) copyFileSync(join(MODULES, name, from), join(HERE, to));

const css = readFileSync(join(MODULES, "bootstrap/dist/css/bootstrap.min.css"), "utf8");
writeFileSync(join(HERE, "bootstrap.min.css"), css.replace(/\n?\/\*# sourceMappingURL=.*\*\/\s*$/, "\n"));

copyFileSync(join(HERE, "echarts.entry.js"), join(MODULES, "..", "echarts.entry.js"));
execFileSync(join(MODULES, ".bin/esbuild"), [
  "echarts.entry.js", "--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8",
  "--legal-comments=none", `--outfile=${join(HERE, "echarts.esm.min.js")}`, "--log-level=warning",
], { cwd: dirname(MODULES), stdio: "inherit" });

const symbols = ICONS.map((name) => {
  const svg = readFileSync(join(MODULES, "bootstrap-icons/icons", `${name}.svg`), "utf8");
  const body = /<svg[^>]*>(.*)<\/svg>/s.exec(svg)[1].trim().replace(/\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${body}</symbol>`;
});
symbols.unshift(`<symbol id="mark" viewBox="0 0 16 16">${MARK}</symbol>`);
writeFileSync(join(STATIC, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);

const LISTED = [
  ["bootstrap", "bootstrap.min.css"],
  ["htmx.org", "htmx.min.js"],
  ["@alpinejs/csp", "alpine-csp.esm.min.js"],
  ["echarts", "echarts.esm.min.js"],
  ["bootstrap-icons", "../icons.svg"],
];
const lines = LISTED.map(([name, file]) => {
  const digest = createHash("sha256").update(readFileSync(join(HERE, file))).digest("hex");
  return `${digest}  ${file}  # ${name} ${version(name)}`;
});
writeFileSync(join(HERE, "CHECKSUMS"), `${lines.join("\n")}\n`);
