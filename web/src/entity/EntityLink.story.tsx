import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { longText, type Story } from "../stories/story.ts";
import { EntityLink } from "./EntityLink.tsx";

/** Links need a router around them; this one goes nowhere. */
function Routed({ children }: { children: ReactNode }) {
  const [router] = useState(() => {
    const page = () => <p>{children}</p>;
    return createRouter({
      routeTree: createRootRoute({ component: page, notFoundComponent: page }),
      history: createMemoryHistory({ initialEntries: ["/"] }),
    });
  });
  return <RouterProvider router={router as never} />;
}

export const story: Story = {
  about: "A link to the page of a document of any type; plain text for one that has no page.",
  keyboard: { Enter: "goes there" },
  states: {
    function: (
      <Routed>
        <EntityLink of={{ entity: "function", project: "bridges", name: "train" }} />
      </Routed>
    ),
    "a version, in words of its own": (
      <Routed>
        <EntityLink of={{ entity: "model", project: "bridges", name: "forest", id: "6f96" }}>forest v7</EntityLink>
      </Routed>
    ),
    "without a page": (
      <Routed>
        <EntityLink of={{ entity: "task", project: "bridges", name: "job" }} />
      </Routed>
    ),
    "long text": (
      <Routed>
        <EntityLink of={{ entity: "run", project: "bridges", id: "6f96", name: longText.slice(0, 100) }} />
      </Routed>
    ),
  },
};
