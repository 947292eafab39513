import type { ComponentType } from "react";
import type { WidgetProps } from "../form-context.ts";
import type { Widget } from "../hints.ts";
import { AnyValue } from "./AnyValue.tsx";
import { Code } from "./Code.tsx";
import { Cron } from "./Cron.tsx";
import { DateTime } from "./DateTime.tsx";
import { EntityPicker } from "./EntityPicker.tsx";
import { FileUri } from "./FileUri.tsx";
import { JsonIsland } from "./JsonIsland.tsx";
import { KeyValue } from "./KeyValue.tsx";
import { Lines } from "./Lines.tsx";
import { List } from "./List.tsx";
import { NumberBox } from "./NumberBox.tsx";
import { ObjectFields } from "./ObjectFields.tsx";
import { OpenChoice } from "./OpenChoice.tsx";
import { ProfilePicker } from "./ProfilePicker.tsx";
import { Quantity } from "./Quantity.tsx";
import { SecretPicker } from "./SecretPicker.tsx";
import { Select } from "./Select.tsx";
import { Switch } from "./Switch.tsx";
import { Tags } from "./Tags.tsx";
import { Text } from "./Text.tsx";
import { TextArea } from "./TextArea.tsx";
import { Timezone } from "./Timezone.tsx";
import { YamlIsland } from "./YamlIsland.tsx";

/** What draws each widget. A union is drawn as the variant its value is of; YAML stands in should one come here. */
export const all: Readonly<Record<Widget, ComponentType<WidgetProps>>> = {
  text: Text,
  password: Text,
  textarea: TextArea,
  number: NumberBox,
  quantity: Quantity,
  switch: Switch,
  select: Select,
  combobox: OpenChoice,
  tags: Tags,
  lines: Lines,
  "key-value": KeyValue,
  list: List,
  code: Code,
  secret: SecretPicker,
  profile: ProfilePicker,
  entity: EntityPicker,
  cron: Cron,
  timezone: Timezone,
  datetime: DateTime,
  file: FileUri,
  json: JsonIsland,
  yaml: YamlIsland,
  any: AnyValue,
  union: YamlIsland,
  object: ObjectFields,
};
