import { usePickers } from "../pickers.ts";
import { asText } from "../pairs.ts";
import type { WidgetProps } from "../form-context.ts";
import { Chips } from "./Chips.tsx";

/** A list of words; of given values where the schema lists them. */
export function Tags(props: WidgetProps) {
  const { labels } = usePickers();
  const { field } = props;
  const item = field.type === "list" ? field.item : undefined;
  if (item?.type === "choice") {
    const options = item.options.map((o) => ({ value: asText(o.value), label: o.title }));
    return <Chips {...props} options={options} free={false} />;
  }
  return <Chips {...props} options={field.name === "labels" && labels !== undefined ? labels : []} free />;
}
