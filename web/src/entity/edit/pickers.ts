import { api, body } from "../../api/client.ts";
import type { Pickers } from "../../forms/pickers.ts";

const offered = 50;

/** What the pickers of every entity's form choose from in a project. */
export function projectPickers(project: string): Pickers {
  const path = { project };
  return {
    labels: async (typed, signal) => {
      const query = { size: offered, ...(typed !== "" && { label: typed }) };
      const { content } = await body(api.GET("/api/v1/-/{project}/labels", { signal, params: { path, query } }));
      return content.map(({ label }) => ({ value: label }));
    },
    secrets: async (typed, signal) => {
      const query = { size: offered, sort: ["name,asc"], ...(typed !== "" && { q: typed }) };
      const { content } = await body(api.GET("/api/v1/-/{project}/secrets", { signal, params: { path, query } }));
      return content.filter(({ name }) => name.includes(typed)).map(({ name }) => ({ value: name }));
    },
  };
}
