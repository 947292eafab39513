// Names that are imported from a package's index become imports of the modules that hold them. What a page needs is
// told by who imports what (vite.config.ts); through an index everything would be needed by everyone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const packages = ["lucide-react", "radix-ui"] as const;
type Package = (typeof packages)[number];

const imports = /^import \{([^}]*)\} from "(lucide-react|radix-ui)";$/gm;

/** Where the icons are, by their names: most have several. */
function icons(): Map<string, string> {
  const require = createRequire(import.meta.url);
  const index = readFileSync(
    require.resolve("lucide-react/icons").replace("/cjs/lucide-react.js", "/esm/lucide-react.mjs"),
    "utf8",
  );
  const found = new Map<string, string>();
  for (const [, names = "", file = ""] of index.matchAll(/^export \{([^}]*)\} from '\.\/icons\/([^']+)\.mjs';$/gm))
    for (const name of names.split(",")) found.set(name.trim().replace("default as ", ""), file);
  return found;
}

const kebab = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();

/** The plugin. A name that is not found fails the build. */
export function directImports(): Plugin {
  const files = icons();
  const direct = (from: Package, name: string, local: string): string => {
    if (from === "radix-ui") return `import * as ${local} from "radix-ui/${kebab(name)}";`;
    const file = files.get(name);
    if (file === undefined) throw new Error(`lucide-react has no icon ${name}`);
    return `import ${local} from "lucide-react/icons/${file}";`;
  };
  return {
    name: "direct-imports",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("/web/src/") || !packages.some((name) => code.includes(`"${name}"`))) return undefined;
      const replaced = code.replaceAll(imports, (_, names: string, from: Package) =>
        names
          .split(",")
          .map((part) => part.trim())
          .filter((part) => part !== "" && !part.startsWith("type "))
          .map((part) => {
            const [name = "", local = name] = part.split(" as ");
            return direct(from, name, local);
          })
          .join(" "),
      );
      return { code: replaced, map: null };
    },
  };
}
