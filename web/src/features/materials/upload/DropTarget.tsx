import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { type ChosenFile, filesDropped } from "./chosen.ts";
import css from "./Upload.module.css";

interface DropTargetProps {
  /** What is shown while files hang over the page. */
  label: string;
  onFiles: (files: ChosenFile[]) => void;
  children: ReactNode;
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** A page on which files may be dropped anywhere; a button does the same for who cannot drag. */
export function DropTarget({ label, onFiles, children }: DropTargetProps) {
  const inside = useRef(0); // a part of the page is entered before the part around it is left
  const [over, setOver] = useState(false);
  const move = (by: 1 | -1) => (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    inside.current += by;
    setOver(inside.current > 0);
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    inside.current = 0;
    setOver(false);
    void filesDropped(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
  };
  return (
    <div
      className={css.target}
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className={css.over} aria-hidden="true">
          {label}
        </div>
      )}
    </div>
  );
}
