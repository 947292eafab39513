import { FolderOpen } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { usePickers } from "../pickers.ts";
import { Text } from "./Text.tsx";

/** Where a file is: its path or address, typed or chosen. */
export function FileUri(props: WidgetProps) {
  const { browse } = usePickers();
  const words = useMessages().forms.picker;
  if (browse === undefined || props.readOnly) return <Text {...props} />;
  const choose = async (): Promise<void> => {
    const chosen = await browse();
    if (chosen !== undefined) props.onChange(chosen);
  };
  return (
    <div className={css.line}>
      <Text {...props} />
      <IconButton label={words.browse} icon={<FolderOpen />} onClick={() => void choose()} />
    </div>
  );
}
