// Measures one page with Lighthouse as on a mobile phone and prints the result as JSON. Read from the standard input by
// a node that runs in the folder of the tools: node --input-type=module - CHROME ADDRESS
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, address] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
try {
  const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error" });
  const categories = Object.values(lhr.categories);
  const wanting = categories.flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
    .map(({ id }) => `${id} ${lhr.audits[id].displayValue || ""}`.trim());
  const scores = Object.fromEntries(categories.map(({ id, score }) => [id, Math.round(score * 100)]));
  console.log(JSON.stringify({ scores, shift: lhr.audits["cumulative-layout-shift"].numericValue, wanting }));
} finally {
  await chrome.kill();
}
