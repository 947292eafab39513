import { Upload } from "lucide-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { useFormat, useMessages } from "../../../i18n/language.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { type ChosenFile, filesDropped, filesOf } from "./chosen.ts";
import css from "./Upload.module.css";

interface DropAreaProps {
  files: readonly ChosenFile[];
  onChange: (files: ChosenFile[]) => void;
}

/** Where files are dropped or chosen. */
export function DropArea({ files, onChange }: DropAreaProps) {
  const m = useMessages();
  const words = m.materials.uploads;
  const f = useFormat();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void filesDropped(event.dataTransfer).then((dropped) => dropped.length > 0 && onChange(dropped));
  };
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <div
      className={css.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Upload aria-hidden="true" />
      <p role="status">
        {files.length === 0
          ? words.dropHere
          : files.length === 1
            ? `${files[0]?.name ?? ""}, ${f.bytes(bytes)}`
            : words.chosen(files.length, f.bytes(bytes))}
      </p>
      <Button onClick={() => input.current?.click()}>{files.length === 0 ? words.choose : words.chooseOthers}</Button>
      <label htmlFor={id} className={css.hidden}>
        {words.files}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        multiple
        tabIndex={-1}
        className={css.hidden}
        onChange={(event) => {
          const chosen = filesOf(event.target.files);
          if (chosen.length > 0) onChange(chosen);
        }}
      />
    </div>
  );
}
