import { slug } from "./address.ts";
import type { Story } from "./story.ts";

/** A story that is there to be opened. */
export interface Listed {
  name: string;
  slug: string;
  /** The folder of src that the component lies in. */
  folder: string;
  load: () => Promise<Story>;
}

const found = import.meta.glob<Story>("../**/*.story.tsx", { import: "story" });

/** Every story beside a component, by folder and name. */
export const stories: readonly Listed[] = Object.entries(found)
  .map(([path, load]) => {
    const name = path.replace(/^.*\//, "").replace(/\.story\.tsx$/, "");
    return { name, slug: slug(name), folder: path.split("/")[1] ?? "", load };
  })
  .toSorted((a, b) => b.folder.localeCompare(a.folder) || a.name.localeCompare(b.name));
