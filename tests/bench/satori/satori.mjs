// Draws cards by satori + @resvg/resvg-js, and says how long it took.
//
//   node satori.mjs FONTS LOGO.png < cards.json
//
// cards.json: {"rounds": n, "cards": [{"kicker", "headline", "body", "name", "hashtag",
//              "share", "standing", "day", "background", "ink", "accent", "track"}]}
// Prints {"draw_ms", "encode_ms", "bytes", "peak_rss_mb"}; times are per card, after one
// unmeasured round.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";

const WIDTH = 1200;
const HEIGHT = 675;
const folder = process.argv[2];
const font = (name, file, weight) => ({
  name, weight, style: "normal", data: readFileSync(join(folder, file)),
});
const logo = `data:image/png;base64,${readFileSync(process.argv[3]).toString("base64")}`;
const fonts = [
  font("Inter", "Inter-SemiBold.otf", 600),
  font("Inter Display", "InterDisplay-ExtraBold.otf", 800),
];

const box = (style, children) => ({ type: "div", props: { style: { display: "flex", ...style }, children } });

// satori has no fitting of text to its room: this is the usual stair of sizes by length.
const sizeFor = (text) => (text.length < 30 ? 150 : text.length < 60 ? 110 : text.length < 100 ? 84 : 64);

const bar = (c) => [
  box({ height: 28, borderRadius: 14, background: c.track, marginBottom: 28 }, [
    box({ width: `${c.share * 100}%`, height: 28, borderRadius: 14, background: c.accent }, ""),
  ]),
  box({ justifyContent: "space-between", fontFamily: "Inter", fontWeight: 600, fontSize: 32, marginBottom: 34 }, [
    box({}, c.standing),
    box({ fontSize: 28 }, c.day),
  ]),
];

const card = (c) =>
  box(
    {
      width: "100%", height: "100%", flexDirection: "column", padding: "52px 72px",
      background: c.background, color: c.ink, fontFamily: "Inter Display", fontWeight: 800,
    },
    [
      box({ fontFamily: "Inter", fontWeight: 600, fontSize: 28, color: c.accent, marginBottom: 34 }, c.kicker),
      box({ flexGrow: 1, fontSize: sizeFor(c.headline), lineHeight: 1.1, letterSpacing: -2 }, c.headline),
      ...(c.body ? [box({ fontFamily: "Inter", fontWeight: 600, fontSize: 32, marginBottom: 34 }, c.body)] : []),
      ...(c.share ? bar(c) : []),
      box({ height: 2, background: c.ink, opacity: 0.15, marginBottom: 28 }, ""),
      box({ justifyContent: "space-between", alignItems: "center", fontFamily: "Inter", fontWeight: 600, fontSize: 28 }, [
        box({ alignItems: "center" }, [
          { type: "img", props: { src: logo, width: 68, height: 68, style: { marginRight: 22 } } },
          box({}, c.name),
        ]),
        box({ color: c.accent }, c.hashtag),
      ]),
    ],
  );

const { cards, rounds } = JSON.parse(readFileSync(0, "utf8"));

async function round() {
  let draw = 0, encode = 0, bytes = 0;
  for (const each of cards) {
    const start = performance.now();
    const svg = await satori(card(each), { width: WIDTH, height: HEIGHT, fonts });
    const image = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
    const drawn = performance.now();
    bytes += image.asPng().length;
    encode += performance.now() - drawn;
    draw += drawn - start;
  }
  return [draw, encode, bytes].map((sum) => sum / cards.length);
}

await round();
const measured = [];
for (let i = 0; i < rounds; i++) measured.push(await round());
measured.sort((a, b) => a[0] + a[1] - b[0] - b[1]);
const [draw_ms, encode_ms, bytes] = measured[measured.length >> 1];
const peak_rss_mb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ draw_ms, encode_ms, bytes, peak_rss_mb }));
