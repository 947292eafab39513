// Nothing of the page of the components comes into the console: neither its own program nor a story.
import type { Plugin } from "vite";

const ofStories = /\.story\.tsx$|\/src\/stories\//;

/** The plugin. A chunk that holds a story fails the build, and so does a build in which no module can be seen. */
export function noStories(): Plugin {
  return {
    name: "no-stories",
    apply: "build",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((each) => (each.type === "chunk" ? each.moduleIds : []));
      if (modules.length === 0) this.error("the build tells no modules, so it cannot be seen that no story is in it");
      const found = modules.map((id) => id.split("?")[0] ?? "").filter((id) => ofStories.test(id));
      if (found.length > 0) this.error(`the console holds stories: ${found.join(", ")}; only src/stories imports them`);
    },
  };
}
