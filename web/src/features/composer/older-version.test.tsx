import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { Route } from "./composer.route.tsx";

/** A function of 101 versions of which the run executed the first, which the list of the newest lacks. */
function serve(first: () => Response) {
  vi.stubGlobal("fetch", ({ url }: Request) => {
    const { pathname } = new URL(url);
    const answers: readonly (readonly [RegExp, () => Response])[] = [
      [/\/functions\/v1$/, first],
      [
        /\/functions$/,
        () => Response.json({ content: [{ id: "v101", name: "train", kind: "made-up" }], totalElements: 101 }),
      ],
      [/\/runs\/r1$/, () => Response.json({ id: "r1", spec: { function: "made-up://demo/train:v1" } })],
      [/\/schemas\/run\//, () => Response.json({ kind: "made-up+job:run", schema: {} })],
      [/\/console\/config$/, () => Response.json({ kinds: [] })],
    ];
    return Promise.resolve(answers.find(([path]) => path.test(pathname))?.[1]() ?? Response.error());
  });
}

function load() {
  const loader = Route.options.loader as unknown as (of: object) => Promise<{ executed: { id: string } | undefined }>;
  return loader({
    context: { queryClient: new QueryClient() },
    params: { project: "demo", name: "train" },
    deps: { from: "r1" },
  });
}

test("a clone finds the version that its run executed, however old it is", async () => {
  serve(() => Response.json({ id: "v1", name: "train", kind: "made-up" }));
  expect((await load()).executed?.id).toBe("v1");
});

test("a clone of a run whose version is gone is composed all the same", async () => {
  serve(() => Response.json({ message: "No such function." }, { status: 404 }));
  expect((await load()).executed).toBeUndefined();
});
