import type { paths } from "../../api/schema.gen.d.ts";
import type { Material } from "./material.ts";

const dataitems = "/api/v1/-/{project}/dataitems";

/** The paths that data items, models and artifacts have alike, as data items spell them. */
type SharedPath = {
  [P in keyof paths]: P extends `${typeof dataitems}${infer Rest}`
    ? `/api/v1/-/{project}/models${Rest}` extends keyof paths
      ? `/api/v1/-/{project}/artifacts${Rest}` extends keyof paths
        ? P
        : never
      : never
    : never;
}[keyof paths];

/**
 * A path of the API for one of the three, in the type of the data items' path. That the path exists for all three is
 * checked by its type; that their answers are alike by Alike in material.ts.
 */
export function pathOf<P extends SharedPath>(material: Material, path: P): P {
  return path.replace(dataitems, `/api/v1/-/{project}/${material}`) as P;
}
