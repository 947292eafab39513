import { api, body } from "../api/client.ts";
import type { OptionSource } from "../ui/combobox/Combobox.tsx";

const offered = 50;

/** The names of a project's functions that hold what is typed. One call each time. */
export function functionNames(project: string): OptionSource {
  const path = { project };
  return async (typed, signal) => {
    const query = { size: offered, sort: ["name,asc"], ...(typed !== "" && { q: typed }) };
    const { content } = await body(api.GET("/api/v1/-/{project}/functions", { signal, params: { path, query } }));
    const sought = typed.trim().toLowerCase();
    return content
      .filter(({ name }) => name.toLowerCase().includes(sought))
      .map(({ name, kind }) => ({ value: name, note: kind }));
  };
}
