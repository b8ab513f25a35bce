// Bundles the face: every file directly in src/ becomes a script of its own, css/app.css the one stylesheet.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const outdir = process.argv[2] ?? "../src/lianzao/web/static/dist";
const scripts = readdirSync("src").filter((name) => name.endsWith(".ts")).map((name) => `src/${name}`);

await build({ entryPoints: scripts, bundle: true, minify: true, format: "iife", target: "es2022", outdir, logLevel: "warning" });
// No target for CSS: light-dark() and color-mix() must reach the browser as written.
await build({ entryPoints: ["css/app.css"], bundle: true, minify: true, outdir, logLevel: "warning" });
