// Measures carewire beside its peers in one run and writes RESULTS.md. `--quick` is a smoke run that writes nothing.

import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { carewireIsBuilt, distFolder } from "./carewire.mjs";
import { withChromium, withFreshPage } from "./chromium.mjs";
import { forecast } from "./forecast.mjs";
import { gatewayEffort, measureGateway } from "./gateway.mjs";
import { effort } from "./interleave.mjs";
import { measureLoadInChromium, measureLoadInWorkerd } from "./load.mjs";
import { buildPeers, peerFiles } from "./peers.mjs";
import { report } from "./report.mjs";
import { measureSize } from "./size.mjs";
import { versions } from "./versions.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const pace = options.quick ? effort.quick : effort.full;
const built = carewireIsBuilt();
const say = (line) => process.stderr.write(`${line}\n`);

if (!built) say("pkg/dist is missing or incomplete: the rows of carewire are skipped (run `make build` first)");

say("building the peers");
const operations = await buildPeers();

say("size");
const size = await measureSize();

say("decode and call in Node");
const { measureInside } = await import(peerFiles.insideEngine);
const inNode = await measureInside({ carewire: built ? "carewire" : undefined, effort: pace });

const { inChromium, loadInChromium, chromiumVersion } = await withChromium(
  { peers: new URL("./", peerFiles.insideEngine), carewire: distFolder },
  async (chromium) => {
    say("decode and call in Chromium");
    const inChromium = await withFreshPage(chromium, (page) =>
      page.evaluate(
        async ({ bundle, ...how }) => (await import(bundle)).measureInside(how),
        {
          bundle: `${chromium.origin}/peers/inside-engine.js`,
          carewire: built ? `${chromium.origin}/carewire/web.js` : undefined,
          effort: pace,
        },
      ),
    );
    say("load in Chromium");
    const loadInChromium = await measureLoadInChromium(chromium, pace.rounds);
    return { inChromium, loadInChromium, chromiumVersion: chromium.version };
  },
);

say("load in workerd");
const loadInWorkerd = await measureLoadInWorkerd(pace.rounds);

say("the gateway in workerd");
const gateway = built ? await measureGateway(options.quick ? gatewayEffort.quick : gatewayEffort.full) : undefined;

const text = report({
  quick: options.quick,
  versions: await versions(chromiumVersion),
  operations,
  size,
  forecast: built ? await forecast() : undefined,
  engine: { Node: inNode, Chromium: inChromium },
  load: { Chromium: loadInChromium, workerd: loadInWorkerd },
  gateway,
});
process.stdout.write(text);
if (!options.quick) await writeFile(new URL("RESULTS.md", import.meta.url), text);
