import { isObject, type JsonObject } from "../../lib/json.ts";
import css from "../Field.module.css";
import { useForm, type WidgetProps } from "../form-context.ts";
import { isHidden, order } from "../layout.ts";
import { OtherMembers } from "../OtherMembers.tsx";

/** The fields of an object, and rows for members that its schema allows without naming them. */
export function ObjectFields(props: WidgetProps) {
  const { field, value, pointer } = props;
  const { Field, omit } = useForm();
  if (field.type !== "object") return null;
  const held: JsonObject = isObject(value) ? value : {};
  const placed = order(field.fields, props.hints, pointer).filter(
    (p) => !omit.includes(p.pointer) && !isHidden(p) && !(p.field.readOnly && held[p.field.name] === undefined),
  );
  return (
    <div className={css.fields}>
      {placed.map((p) => (
        <Field key={p.pointer} {...p} />
      ))}
      {field.extra !== undefined && <OtherMembers {...props} field={field} item={field.extra} />}
    </div>
  );
}
